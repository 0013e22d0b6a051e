"""Every version of every notice as one table, for people who count with their own tools, and its codebook."""

from pathlib import Path

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.notices import formula, shape
from breachtrail.questions import engine

_LEADING = (
    ("id", "VARCHAR", "Id of the notice in BreachTrail; it never changes."),
    ("known_from", "DATE", "First day at whose end the register was known to read so (the snapshot's day, US Eastern)."),
    ("known_until", "DATE", "First day at whose end it read otherwise; empty if it still reads so."),
    ("status", "VARCHAR", "under_investigation, archive, all (before the lists were split in July 2017), closed (left one list "
     "while the other was not looked at since), missing (in no list on a day when all were looked at), unlisted (again so)."),
)  # fmt: skip
_TRAILING = (
    ("first_seen", "DATE", "Day of the first snapshot that shows the notice."),
    ("recognised_by", "VARCHAR", "Rung of the matching ladder that joined this version to the one before."),
    ("snapshot", "VARCHAR", "Snapshot that showed this version: register/day/view/first 16 digits of its SHA-256."),
)


def export(ledger: duckdb.DuckDBPyConnection, path: Path, register: str) -> list[Path]:
    """Write the table to ``path`` and the codebook beside it; raises QuestionError if its ending is no known format."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("csv", "parquet"):
        raise QuestionError(f"{path.name} should end in .csv or .parquet, so that its format is known.")
    columns = ", ".join(_column(column, kind) for column in shape.COLUMNS)
    engine.copy_to(
        ledger,
        f"SELECT notice.id, known_from, known_until, status, {columns}, first_seen, rung AS recognised_by, "
        "snapshot.id AS snapshot FROM version JOIN notice USING (notice) LEFT JOIN snapshot USING (snapshot) "
        f"WHERE version.register = {engine.literal(register)} ORDER BY notice.notice, known_from",
        path,
        kind,
    )
    codebook = path.with_name(f"{path.stem}-codebook.csv")
    engine.write_table(codebook, [(name, "VARCHAR") for name in ("column", "type", "meaning")], described(), "csv")
    return [path, codebook]


def described() -> list[tuple[str, str, str]]:
    """Every column of the table in its order: name, type and meaning."""
    own = ((column.name, column.type, f"{column.meaning} {column.unit}".strip()) for column in shape.COLUMNS)
    return [*_LEADING, *own, *_TRAILING]


def _column(column: shape.Column, kind: str) -> str:
    """A column as it is written: in CSV several values are joined as the portal does it, and no cell is a formula."""
    if kind == "parquet" or not column.type.startswith("VARCHAR"):
        return column.name
    text = f"array_to_string({column.name}, ', ')" if column.type.endswith("[]") else column.name
    return f"{formula.disarmed_sql(text)} AS {column.name}"
