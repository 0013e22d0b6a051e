"""Rows without a partner become notices: numbered, and given an id that a person can read and that stays."""

from datetime import date

import duckdb

from breachtrail.ledger import rungs
from breachtrail.ledger.digest import SAID, number
from breachtrail.ledger.name import slug
from breachtrail.notices.shape import NAMES, SEVERAL

#: What a row of ``today`` says, as its version will say it.
_SAID = ", ".join((SAID | {name: f"coalesce({name}_cell, '')" for name in SEVERAL}).values())

#: The engine writes whole groups of so many rows as they arrive. If they are changed in the same transaction, it writes all
#: of them a second time, into its journal; the file is unsealed, so nobody misses a transaction.
_ROWS_OF_A_GROUP = 122_880

#: The day and the four digits that end a short id, as one number: ids that differ in it need no longer look.
_SLOT = "coalesce(submitted_on - DATE '1970-01-01', -1) * 65536 + (row_hash >> 44)"


def write(engine: duckdb.DuckDBPyConnection, register: str, id_prefix: str, day: date, *, all_are_new: bool) -> int:
    """The first versions of the rows of ``alone_newer`` (of ``today``, if all are new); returns how many they are.

    Notices are numbered by their turn in the day's lists, so that of one filer's several on one day the numbers follow
    the list; what was in the list and is no new notice leaves a gap.
    """
    alone = "" if all_are_new else "WHERE key IN (SELECT key FROM alone_newer)"
    before, lowest = engine.execute(
        """SELECT (SELECT coalesce(max(notice), 0) FROM version),
            (SELECT min(first) FROM file JOIN snapshot USING (snapshot) WHERE register = $register AND taken_on = $day)""",
        {"register": register, "day": day},
    ).fetchone() or (0, 0)
    row = engine.execute(
        f"""INSERT INTO version SELECT $register, turn + $shift, $day, NULL, coalesce(status, 'all'),
            {", ".join(NAMES)}, snapshot, row, $new, {number(_SAID)}, $prefix, NULL FROM today {alone}""",
        {
            "register": register,
            "shift": before - lowest + 1,
            "prefix": id_prefix,
            "day": day,
            "new": rungs.NEW,
        },
    ).fetchone()
    new = int(row[0]) if row else 0
    if new >= _ROWS_OF_A_GROUP:
        engine.commit()
        engine.begin()
    if new:
        _tell_apart(engine, id_prefix, day)
    return new


def _tell_apart(engine: duckdb.DuckDBPyConnection, id_prefix: str, day: date) -> None:
    """A longer suffix for new notices whose id another notice has.

    Rows that are equal are told apart by their number, and from those of an earlier day by the day.
    """
    first = f"(SELECT *, {_SLOT} AS slot FROM version WHERE rung = '{rungs.NEW}' AND prefix = $prefix AND"
    fresh, before = f"{first} known_from = $day)", f"{first} known_from < $day AND suffix IS NULL)"
    told = {"prefix": id_prefix, "day": day}
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE crowd AS
        SELECT slot FROM {fresh} GROUP BY slot HAVING count(*) > 1
        UNION SELECT slot FROM {before} WHERE slot IN (SELECT slot FROM {fresh})""",
        told,
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE suffixed AS
        WITH taken AS MATERIALIZED (SELECT slot, {slug()} AS slug FROM {before} WHERE slot IN (FROM crowd)),
        near AS (SELECT notice, row_hash, slot, {slug()} AS slug FROM {fresh} WHERE slot IN (FROM crowd)),
        counted AS (SELECT *, row_number() OVER (PARTITION BY slot, slug ORDER BY notice) AS nth FROM near)
        SELECT notice, left(md5(concat_ws('|', row_hash, $day, nth)), 12) AS suffix FROM counted
        WHERE nth > 1 OR (slot, slug) IN (FROM taken)""",
        told,
    )
    engine.execute(
        "UPDATE version SET suffix = suffixed.suffix FROM suffixed "
        f"WHERE version.notice = suffixed.notice AND known_from = $day AND rung = '{rungs.NEW}'",
        {"day": day},
    )
