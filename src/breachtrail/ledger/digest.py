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

_TEXT = {column.name: f"coalesce({column.name}::VARCHAR, '')" for column in COLUMNS}
_TEXT |= {name: f"coalesce(array_to_string({name}, ', '), '')" for name in SEVERAL}

#: kind → the day on which a row became known, what of the row is sealed, and where it lies. A notice's name and day are
#: those of its first version; the laws look whether they are.
_KINDS = {
    "snapshot": (
        "taken_on",
        'id, taken_not_before, taken_not_after, fetched_from, "rows", accepted, held, columns, unread, derived, dress, '
        "reader_version",
        "snapshot",
    ),
    "notice": ("first_seen", "notice, register, prefix, coalesce(record_id, ''), suffix", "noticed"),
    "opened": (
        "known_from",
        f'register, notice, status, {", ".join(_TEXT.values())}, coalesce(snapshot, 0), coalesce("row", 0), rung',
        "version",
    ),
    "closed": ("known_until", "notice, known_from", "version"),
    "held": ("taken_on", 'snapshot, "row", field, rule, seen, raw', "held JOIN snapshot USING (snapshot)"),
}


def number(columns: str) -> str:
    """SQL for the digest of a row's columns: sixty bits as a BIGINT."""
    return f"('0x' || left(md5(concat_ws('|', {columns})), 15))::BIGINT"


def seal_days(engine: duckdb.DuckDBPyConnection) -> None:
    """Add to ``sealed_day`` the days that are not in it; they are newer than all that are."""
    engine.execute(f"INSERT INTO sealed_day {days('(SELECT max(day) FROM sealed_day)')}")


def days(after: str) -> str:
    """SQL for the days later than ``after`` (all, where that is NULL), as ``sealed_day`` has them, from the rows themselves."""
    return " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {day} AS day, count(*) AS \"rows\", sum({number(row)})::VARCHAR AS digest "
        f"FROM {where} WHERE {day} > coalesce({after}, DATE '0001-01-01') GROUP BY {day}"
        for kind, (day, row, where) in _KINDS.items()
    )


def content_hash(engine: duckdb.DuckDBPyConnection) -> str:
    """A hash of all that the ledger says, from its sealed days; aliases are not part of it."""
    rows = engine.execute('SELECT kind, day::VARCHAR, "rows", digest FROM sealed_day ORDER BY ALL').fetchall()
    return hashlib.sha256("\n".join(map(str, rows)).encode()).hexdigest()
