"""Rows of text to named columns: whatever is not plain, of all files at hand, in one table under the columns of a notice."""

import duckdb

from breachtrail.notices.shape import NAMES
from breachtrail.registers.register import Layout


def start(engine: duckdb.DuckDBPyConnection) -> None:
    """An empty ``named``: ``key`` (the row of ``reading``), ``snapshot``, ``row``, the columns of a notice and ``said_view``
    as text, ``cells`` (how many), ``torn``. And ``recorded(key, record_id)``, empty: the register's own ids, where a file has them."""
    columns = ", ".join(f"{column} VARCHAR" for column in (*NAMES, "said_view"))
    engine.execute("CREATE OR REPLACE TEMP TABLE recorded (key BIGINT, record_id VARCHAR)")
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE named (key BIGINT, snapshot INTEGER, row BIGINT, {columns}, cells INTEGER, torn BOOLEAN)"
    )


def add(engine: duckdb.DuckDBPyConnection, layout: Layout, snapshot: int, first: int) -> None:
    """Add the rows of a snapshot that are kept as cells; NULL stands for a column that the file lacks.

    first: the ``rowid`` of the snapshot's first row in ``reading``. A row is ``torn`` if it has fewer cells than the
    header, or says something beyond them: empty cells behind the last, which spreadsheets leave, say nothing, and the
    engine's own reader passes over them.
    """
    told = {column: _cell(layout.places.get(column)) for column in NAMES} | {"said_view": _cell(layout.status)}
    if layout.associate_name is not None:
        told["business_associate"] = (
            f"CASE WHEN trim({_cell(layout.associate_name)}) IN ('', 'NA') THEN 'No' ELSE 'Yes' END"
        )
    engine.execute(
        f"INSERT INTO named SELECT rowid, snapshot, rowid - $first + 1, {', '.join(told.values())}, len(cells), "
        "len(cells) < $width OR array_to_string(cells[$width + 1:], '') <> '' "
        "FROM reading WHERE snapshot = $snapshot AND cells IS NOT NULL",
        {"snapshot": snapshot, "width": layout.width, "first": first},
    )
    if layout.record_id is not None:
        engine.execute(
            f"INSERT INTO recorded SELECT rowid, trim({_cell(layout.record_id)}) AS record_id FROM reading "
            "WHERE snapshot = $snapshot AND cells IS NOT NULL AND record_id <> ''",
            {"snapshot": snapshot},
        )


def carried(layout: Layout) -> frozenset[str]:
    """The columns of a notice that a file with this layout has."""
    return frozenset(layout.places) | (
        frozenset({"business_associate"}) if layout.associate_name is not None else frozenset()
    )


def _cell(place: int | None) -> str:
    return f"cells[{place + 1}]" if place is not None else "NULL::VARCHAR"
