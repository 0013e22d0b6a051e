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
    "closed": ("known_until", "notice, known_from", "version"),
    "record": ("known_from", "register, notice, record_id", "record"),
    "held": ("taken_on", 'snapshot, "row", field, rule, seen, raw', "held JOIN snapshot USING (snapshot)"),
}
#: What few words say for many versions is sealed once for all that share it.
_SHARED = "known_from, register, status, rung, prefix, snapshot"
#: Numbers of a version that are sealed with its ``row_hash``, each as a product with it, of which the low bits are enough.
_NUMBERED = ("notice", '"row"', "epoch(submitted_on)::BIGINT")
_LOW_BITS = 2**30 - 1


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
    return f"{_opened(after, hashed)} UNION ALL " + " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {day} AS day, count(*) AS \"rows\", sum({number(row)})::VARCHAR AS digest "
        f"FROM {where} WHERE {day} > coalesce({after}, DATE '0001-01-01') GROUP BY {day}"
        for kind, (day, row, where) in _KINDS.items()
    )


def _opened(after: str, hashed: str) -> str:
    """Versions by the day on which they became known: sums of numbers, so that ten million cost what their text would not."""
    products = ", ".join(f"sum((hashed & {_LOW_BITS}) * (coalesce({column}, 0) & {_LOW_BITS}))" for column in _NUMBERED)
    texts = f"sum(CASE WHEN coalesce(description, suffix) IS NOT NULL THEN {number('hashed, description, suffix')} END)"
    return f"""SELECT 'opened' AS kind, known_from AS day, sum(many)::BIGINT AS "rows",
            sum({number("register, status, rung, prefix, coalesce(snapshot, 0), many, sums")})::VARCHAR AS digest
        FROM (SELECT {_SHARED}, count(*) AS many, [sum(hashed), {products}, {texts}] AS sums
            FROM (SELECT *, {hashed} AS hashed FROM version WHERE known_from > coalesce({after}, DATE '0001-01-01'))
            GROUP BY ALL)
        GROUP BY known_from"""


def content_hash(engine: duckdb.DuckDBPyConnection) -> str:
    """A hash of all that the ledger says, from its sealed days; aliases are not part of it."""
    rows = engine.execute('SELECT kind, day::VARCHAR, "rows", digest FROM sealed_day ORDER BY ALL').fetchall()
    return hashlib.sha256("\n".join(map(str, rows)).encode()).hexdigest()
