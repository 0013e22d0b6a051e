"""The days of a register, made up or real, as states that the portal can show: read from a folder of exports.

A folder of ``breachtrail simulate`` says beside its exports which row is which notice; record ids are given by that. Real
exports say nothing of the kind: there a row keeps the id of the row of an earlier day with the same name and submission
date, the first of a name and day being followed by the first, the second by the second.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger.store import scratch
from breachtrail.registers import files, provenance, register
from breachtrail.simulate.portal.lists import VIEWS
from breachtrail.simulate.portal.state import Row, State

_REGISTER = "us_hhs_ocr"
_FIRST_RECORD = 1_000_000
#: Real record ids are not in the order of the days: neighbours change places.
_SHUFFLED = 0b10110
_NAME, _SUBMITTED_ON = 0, 4


def of(folder: Path) -> Mapping[date, State]:
    """Every day of the folder's exports, oldest first; a view that a day has no file of stays as it was the day before.

    A file of both views at once is left aside: which rows stood where is not known of all such files.

    Raises QuestionError where no export of one view lies there, FileRefused for a file that is none.
    """
    names = sorted(path for path in folder.glob("*") if path.suffix in (".csv", ".xls", ".xlsx", ".zip"))
    known = register.load(_REGISTER)
    exports: dict[date, dict[str, Path]] = {}
    for path in names:
        told = provenance.of(path, known)
        if told.view in VIEWS:
            exports.setdefault(told.taken_on, {})[told.view] = path
    if not exports:
        raise QuestionError(
            f"{folder} holds no export of one view; make one up with breachtrail simulate, or name another."
        )
    states: dict[date, State] = {}
    records: dict[tuple[str, str, int], int] = {}
    shown: dict[str, Sequence[Row]] = dict.fromkeys(VIEWS, ())
    with TemporaryDirectory(prefix="breachtrail-") as spill, scratch(Path(spill)) as engine:
        for day in sorted(exports):
            seen: Counter[tuple[str, str]] = Counter()
            for view, path in exports[day].items():
                cells = _cells(engine, path)
                notices = _notices(engine, path)
                ids = [_FIRST_RECORD + (notice ^ _SHUFFLED) for notice in notices] or _by_content(cells, seen, records)
                shown[view] = [Row(id, row) for id, row in zip(ids, cells, strict=True)]
            states[day] = _without_moved(shown, exports[day])
    return states


def _without_moved(shown: Mapping[str, Sequence[Row]], fresh: Mapping[str, Path]) -> State:
    """A state in which no record is twice: what a view of today shows is gone from the older one."""
    today = {row.record for view in fresh for row in shown[view]}
    views = {
        view: rows if view in fresh else [row for row in rows if row.record not in today]
        for view, rows in shown.items()
    }
    return State(**views)


def _cells(engine: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, ...]]:
    """Rows of an export in the portal's nine columns; a column that the file lacks is blank."""
    table = files.read_text_table(engine, path, "portal_export")
    known, layout = register.recognise(table.header, path.name)
    places = [layout.places.get(column) for column in known.columns]
    cells = ", ".join("''" if place is None else f"coalesce(cells[{place + 1}], '')" for place in places)
    return engine.execute(f"SELECT {cells} FROM portal_export ORDER BY row").fetchall()


def _notices(engine: duckdb.DuckDBPyConnection, path: Path) -> list[int]:
    """The maker's numbers of an export's rows, where it is a made-up one."""
    truth = path.parent / "truth" / f"{path.stem}.parquet"
    if not truth.exists():
        return []
    return [
        number
        for (number,) in engine.execute(
            "SELECT notice FROM read_parquet($path) ORDER BY row", {"path": str(truth)}
        ).fetchall()
    ]


def _by_content(
    cells: Sequence[tuple[str, ...]], seen: "Counter[tuple[str, str]]", records: dict[tuple[str, str, int], int]
) -> list[int]:
    ids = []
    for row in cells:
        name = " ".join(row[_NAME].casefold().split()), row[_SUBMITTED_ON]
        seen[name] += 1
        ids.append(records.setdefault((*name, seen[name]), _FIRST_RECORD + (len(records) ^ _SHUFFLED)))
    return ids
