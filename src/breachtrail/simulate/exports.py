"""A made register's exports in the portal's own dress, and its truth beside them."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger.raw import sha256
from breachtrail.ledger.store import scratch
from breachtrail.registers import register
from breachtrail.registers.provenance import MANIFEST
from breachtrail.simulate import history, marginals, names, texts
from breachtrail.simulate.calendar import looks
from breachtrail.simulate.life import Life
from breachtrail.simulate.marginals import pick

_REGISTER = "us_hhs_ocr"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """What was written: the exports in the order of their days, the rows of each, and the folder with the truth."""

    files: tuple[Path, ...]
    rows: tuple[int, ...]
    truth: Path


def write(folder: Path, life: Life, *, progress: Progress = lambda what, done, of: None) -> Made:
    """Write the exports of a register's life into ``folder``, with MANIFEST.tsv and the truth beside them.

    ``truth/<day>_<view>.parquet``, for each export: file, row (1-based), notice (the maker's number), content (a hash: rows
    with the same say the same, whatever the dress of their names)
    ``truth/events.parquet``: notice, day, event (arrived, revised, resolved, renamed, taken over, respelled, recoded,
    moved, transit, withdrawn)

    Raises QuestionError where the folder holds exports already.
    """
    if (folder / MANIFEST).exists():
        raise QuestionError(f"{folder} holds exports already; name a folder of its own, or empty this one first.")
    truth = folder / "truth"
    truth.mkdir(parents=True, exist_ok=True)
    days = looks(life)
    views = ("archive",) if life.one_list else register.load(_REGISTER).views
    made: dict[Path, int] = {}
    with TemporaryDirectory(dir=folder, prefix=".breachtrail-") as spill, scratch(Path(spill)) as engine:
        marginals.load(engine, life.seed)
        names.load(engine)
        texts.load(engine)
        progress("the register's life", 0, len(days) * len(views))
        history.live(engine, life, days)
        for place, (step, view) in enumerate(product(range(len(days)), views)):
            path = folder / f"{days[step]}_{view}.csv"
            progress(path.name, place, len(days) * len(views))
            rows = _export(engine, life, step, path, archive=view == "archive")
            if rows:
                made[path] = rows
        _tell(engine, days, truth / "events.parquet")
    _list(folder, made)
    return Made(tuple(made), tuple(made.values()), truth)


def _export(engine: duckdb.DuckDBPyConnection, life: Life, step: int, path: Path, *, archive: bool) -> int:
    """One view of one day, with its rows; a view with nothing in it makes no file."""
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE listed AS SELECT * FROM made WHERE first <= {step} AND {step} < gone
        AND (archived <= {step}) = {archive} AND NOT (transit AND archived = {step})"""
    )
    counted = engine.execute("SELECT count(*) FROM listed").fetchone()
    if not counted or not counted[0]:
        return 0
    titles = [cells[0] for cells in register.load(_REGISTER).columns.values()]
    cells = ", ".join(f'{cell} AS "{title}"' for cell, title in zip(_cells(life, archive=archive), titles, strict=True))
    engine.execute(
        f"COPY (SELECT {cells} FROM ({_now(step)}) ORDER BY notice DESC) TO $path "
        "(FORMAT csv, HEADER true, FORCE_QUOTE *, QUOTE '\"', ESCAPE '\"', NULLSTR '')",
        {"path": str(path)},
    )
    said = ", ".join(_said(life, archive=archive))
    engine.execute(
        f"COPY (SELECT $file AS file, row_number() OVER (ORDER BY notice DESC) AS row, notice, hash({said}) AS content "
        f"FROM ({_now(step)}) ORDER BY row) TO $path (FORMAT parquet)",
        {"path": str(path.parent / "truth" / f"{path.stem}.parquet"), "file": path.name},
    )
    return int(counted[0])


def _now(step: int) -> str:
    """``listed`` with what befell its notices until a step: new count, name, dress, type and location."""
    last = {"counted": "individuals", "called": "name", "spelled": "dress", "coded": "breach_types, locations"}
    joins = " ".join(
        f"LEFT JOIN (SELECT notice, {', '.join(f'arg_max({one}, step) AS {one}' for one in columns.split(', '))} FROM {table} "
        f"WHERE step <= {step} GROUP BY notice) AS {table} USING (notice)"
        for table, columns in last.items()
    )
    return f"SELECT * REPLACE (coalesce(name, body(filer, 0) || form(filer, 0)) AS name) FROM listed {joins}"


def _said(life: Life, *, archive: bool) -> list[str]:
    """SQL for what a row says: its cells without the dress of its name, and its view."""
    return ["letters(name)", *_cells(life, archive=archive)[1:], str(archive)]


def _cells(life: Life, *, archive: bool) -> list[str]:
    """SQL for the nine cells of a row, in the portal's order."""
    count = f"CASE WHEN is_placeholder THEN {history.placeholder()} ELSE {history.size_of('count_of')} END"
    return [
        "dressed(name, coalesce(dress, first_dress(notice)))",
        pick("state", "state", "filer"),
        pick("entity_type", "entity type", "filer"),
        f"coalesce(individuals, {count})",
        "strftime(submitted_on, '%m/%d/%Y')",
        f"coalesce(breach_types, {history.first_coded('breach_types')})",
        f"coalesce(locations, {history.first_coded('locations')})",
        pick("business_associate", "associate", "coding_of"),
        f"described(notice, body(filer, 0), {history.size_of('count_of')})" if archive and life.texts else "''",
    ]


def _tell(engine: duckdb.DuckDBPyConnection, days: Sequence[date], path: Path) -> None:
    """What happened, as far as the snapshots show it."""
    steps = len(days)
    happened = {
        "arrived": f"SELECT notice, first AS step FROM made WHERE first < {steps}",
        "moved": f"SELECT notice, archived + transit::INTEGER AS step FROM made WHERE archived > first AND step < least(gone, {steps})",
        "transit": f"SELECT notice, archived AS step FROM made WHERE transit AND step < least(gone, {steps})",
        "withdrawn": f"SELECT notice, gone AS step FROM made WHERE gone < {steps}",
        "resolved": "SELECT notice, step FROM counted WHERE resolved",
        "revised": "SELECT notice, step FROM counted WHERE NOT resolved",
        "renamed": "SELECT notice, step FROM called WHERE how <> 'taken_over'",
        "taken over": "SELECT notice, step FROM called WHERE how = 'taken_over'",
        "respelled": "SELECT notice, step FROM spelled",
        "recoded": "SELECT notice, step FROM coded",
    }
    every = " UNION ALL ".join(
        f"SELECT notice, step, '{event}' AS event FROM ({found})" for event, found in happened.items()
    )
    engine.execute(
        f"COPY (SELECT notice, list_extract($days::DATE[], 1 + step::BIGINT) AS day, event FROM ({every}) "
        "ORDER BY step, notice, event) TO $path (FORMAT parquet)",
        {"days": list(days), "path": str(path)},
    )


def _list(folder: Path, made: Mapping[Path, int]) -> None:
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter="\t", lineterminator="\n")
        lines.writerow(("file", "view", "taken_on", "rows", "note", "sha256"))
        for path, rows in made.items():
            day, view = path.stem.split("_", 1)
            lines.writerow((path.name, view, day, rows, "made up by breachtrail simulate", sha256(path)))
