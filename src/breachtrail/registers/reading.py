"""A file into ``reading``: plain rows typed as they are read, every other row as its cells, all in the file's order."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from breachtrail.ledger.raw import Sidecar
from breachtrail.ledger.snapshots import Reading
from breachtrail.notices import plain
from breachtrail.notices.shape import NAMES
from breachtrail.registers import files, named, register
from breachtrail.registers.register import Layout

#: What the engine says of a file that is no clean CSV after all.
_NOT_CLEAN = (duckdb.ProgrammingError, duckdb.DataError)


def read(engine: duckdb.DuckDBPyConnection, path: Path, sidecar: Sidecar, number: int) -> Reading:
    """Bring the rows of ``path`` into ``reading`` as snapshot ``number``, and what is not plain of them into ``named``.

    Raises FileRefused for what is no export of the sidecar's register.
    """
    clean = files.clean_csv(path)
    if clean is not None:
        _, layout = register.recognise(clean.header, path.name, sidecar.register)
        for attempt in (_read_plain, _read_cells):
            try:
                with _whole_or_not_at_all(engine):
                    attempt(engine, clean, layout, number, sidecar)
            except (_Undone, *_NOT_CLEAN):
                continue
            return _told(engine, sidecar, number, layout, clean.header, clean.dress, path)
        # a row of another width, an open quote: the patient parser tells which
    text = files.read_text_table(engine, path, "text_table", sidecar.register)
    _, layout = register.recognise(text.header, path.name, sidecar.register)
    engine.execute(
        "INSERT INTO reading (snapshot, cells) SELECT $snapshot, cells FROM text_table ORDER BY row",
        {"snapshot": number},
    )
    engine.execute("DROP TABLE text_table")
    return _told(engine, sidecar, number, layout, text.header, text.dress, path)


class _Undone(Exception):
    """What was read is not what it seemed."""


@contextmanager
def _whole_or_not_at_all(engine: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Undone, not deleted, if anything is raised: a row's place is its ``rowid``, and deleted rows leave gaps in these."""
    engine.begin()
    try:
        yield
    except BaseException:
        engine.rollback()
        raise
    engine.commit()


def _read_plain(
    engine: duckdb.DuckDBPyConnection, clean: files.CleanCsv, layout: Layout, number: int, sidecar: Sidecar
) -> None:
    """Rows that can be plain are. Not for a file of another layout, or of another order of day and month."""
    if set(layout.places) != set(NAMES) or layout.status is not None or layout.record_id is not None:
        raise _Undone
    plain.read(engine, clean.relation, clean.parameters, layout.places, layout.width, number, sidecar.taken_not_after)
    if plain.is_unsure_of_days(engine, number, layout.places["submitted_on"]):
        raise _Undone


def _read_cells(
    engine: duckdb.DuckDBPyConnection, clean: files.CleanCsv, layout: Layout, number: int, sidecar: Sidecar
) -> None:
    cells = ", ".join(f"coalesce(c{place}, '')" for place in range(layout.width))
    engine.execute(
        f"INSERT INTO reading (snapshot, cells) SELECT $snapshot, [{cells}] FROM {clean.relation}",
        {**clean.parameters, "snapshot": number},
    )


def _told(
    engine: duckdb.DuckDBPyConnection,
    sidecar: Sidecar,
    number: int,
    layout: Layout,
    header: tuple[str, ...],
    dress: str,
    path: Path,
) -> Reading:
    row = engine.execute(
        "SELECT count(*), min(rowid), count(*) FILTER (WHERE cells IS NULL) FROM reading WHERE snapshot = $snapshot",
        {"snapshot": number},
    ).fetchone()
    rows, first, plain_rows = row or (0, None, 0)
    if not rows and not register.load(sidecar.register).may_be_empty:
        raise files.without_rows(path)
    if plain_rows < rows:
        named.add(engine, layout, number, first)
    return Reading(
        number,
        sidecar,
        first or 0,
        rows,
        plain_rows,
        header,
        layout.unread,
        named.carried(layout),
        layout.derived,
        dress,
    )
