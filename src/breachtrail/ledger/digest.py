"""What a ledger says, day by day, as numbers: the past is sealed once, and each day after adds its own.

A row's digest is the first sixty bits of the MD5 of its text (against slips of disks and hands, not against forgers: the
raw bytes have SHA-256 for that); a day's is the sum of its rows', whatever their order on disk. The content hash of a
ledger is the SHA-256 of all its days. What became known on a day never changes, so neither does the day's digest, and
sealing costs what the newest days brought.
"""

import hashlib

import duckdb

from breachtrail.notices.shape import COLUMNS, SEVERAL

SCHEMA = 'CREATE TABLE sealed_day (kind VARCHAR, day DATE, "rows" BIGINT, digest VARCHAR);'

#: What a row says, in SQL: all but its day, its description and where it stands, each as text.
SAID = {
    column.name: f"coalesce({column.name}::VARCHAR, '')"
    for column in COLUMNS
    if column.name not in ("submitted_on", "description")
} | {name: f"coalesce(array_to_string({name}, ', '), '')" for name in SEVERAL}

#: kind → the day on which a row became known, what of the row is sealed, and where it lies.
_KINDS = {
    "snapshot": (
        "taken_on",
        'id, taken_not_before, taken_not_after, fetched_from, "rows", accepted, held, columns, unread, derived, dress, '
        "reader_version",
        "snapshot",
    ),
    "opened": (
        "known_from",
        "{row_hash}, register, notice, status, coalesce(submitted_on::VARCHAR, ''), coalesce(description, ''), "
        "coalesce(snapshot, 0), coalesce(\"row\", 0), rung, prefix, coalesce(suffix, '')",
        "version",
    ),
    "closed": ("known_until", "notice, known_from", "version"),
    "record": ("known_from", "register, notice, record_id", "record"),
    "held": ("taken_on", 'snapshot, "row", field, rule, seen, raw', "held JOIN snapshot USING (snapshot)"),
}


def number(columns: str) -> str:
    """SQL for the digest of a row's columns: sixty bits as a BIGINT."""
    return f"('0x' || left(md5(concat_ws('|', {columns})), 15))::BIGINT"


def row_hash() -> str:
    """SQL for the digest of what a version says, its lists being lists."""
    return number(", ".join(SAID.values()))


def seal_days(engine: duckdb.DuckDBPyConnection) -> None:
    """Add to ``sealed_day`` the days that are not in it; they are newer than all that are."""
    engine.execute(f"INSERT INTO sealed_day {_days('(SELECT max(day) FROM sealed_day)', 'row_hash')}")


def found_days() -> str:
    """SQL for all days as they should be sealed, worked out anew from the rows."""
    return _days("NULL", row_hash())


def _days(after: str, hashed: str) -> str:
    return " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {day} AS day, count(*) AS \"rows\", sum({number(row.format(row_hash=hashed))})::VARCHAR AS digest "
        f"FROM {where} WHERE {day} > coalesce({after}, DATE '0001-01-01') GROUP BY {day}"
        for kind, (day, row, where) in _KINDS.items()
    )


def content_hash(engine: duckdb.DuckDBPyConnection) -> str:
    """A hash of all that the ledger says, from its sealed days; aliases are not part of it."""
    rows = engine.execute('SELECT kind, day::VARCHAR, "rows", digest FROM sealed_day ORDER BY ALL').fetchall()
    return hashlib.sha256("\n".join(map(str, rows)).encode()).hexdigest()
