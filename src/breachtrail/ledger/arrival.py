"""Rows without a partner become notices: numbered, and given an id that a person can read and that stays."""

from datetime import date

import duckdb

from breachtrail.ledger import rungs
from breachtrail.ledger.digest import SAID, number
from breachtrail.ledger.name import readable_id, slug
from breachtrail.notices.shape import NAMES, SEVERAL

#: What a row of ``today`` says, as its version will say it.
_SAID = ", ".join((SAID | {name: f"coalesce({name}_cell, '')" for name in SEVERAL}).values())


def find(engine: duckdb.DuckDBPyConnection, id_prefix: str, day: date, *, all_are_new: bool) -> None:
    """``arrived(key, notice, submitted_on, place, row_hash)``: the rows of ``alone_newer``, numbered; ``suffixed(key, suffix)``:
    those whose short suffix another notice of their name and day has, with a longer one; ``becoming(notice, id)``: the ids.

    Rows that are equal are told apart by their number, and from those of an earlier day by the day.
    """
    alone = "" if all_are_new else "WHERE key IN (SELECT key FROM alone_newer)"
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE arrived AS
        WITH narrow AS MATERIALIZED (
            SELECT key, submitted_on, place, key * sign(coalesce(place, 1)) AS turn, {number(_SAID)} AS row_hash FROM today {alone})
        SELECT *, (SELECT coalesce(max(notice), 0) FROM version) + row_number() OVER (ORDER BY submitted_on, turn) AS notice
        FROM narrow"""
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE suffixed AS
        WITH crowd AS (
            SELECT submitted_on, row_hash >> 44 AS short FROM arrived GROUP BY ALL HAVING count(*) > 1
            UNION SELECT arrived.submitted_on, arrived.row_hash >> 44 FROM arrived JOIN version
                ON version.submitted_on IS NOT DISTINCT FROM arrived.submitted_on
                AND version.row_hash >> 44 = arrived.row_hash >> 44 AND rung = $new AND prefix = $prefix),
        near AS (
            SELECT arrived.*, {slug()} AS slug FROM arrived
            JOIN crowd ON short = row_hash >> 44 AND crowd.submitted_on IS NOT DISTINCT FROM arrived.submitted_on
            JOIN (SELECT key, name FROM today) USING (key)),
        taken AS (
            SELECT submitted_on, {slug()} AS slug, row_hash >> 44 AS short FROM version
            WHERE rung = $new AND prefix = $prefix AND suffix IS NULL AND submitted_on IN (SELECT submitted_on FROM crowd)),
        counted AS (
            SELECT *, row_number() OVER (PARTITION BY submitted_on, slug, row_hash >> 44 ORDER BY place, key) AS nth FROM near)
        SELECT key, left(md5(concat_ws('|', row_hash, $day, nth)), 12) AS suffix FROM counted
        WHERE nth > 1 OR EXISTS (SELECT 1 FROM taken WHERE taken.submitted_on IS NOT DISTINCT FROM counted.submitted_on
            AND taken.slug = counted.slug AND taken.short = row_hash >> 44)""",
        {"prefix": id_prefix, "day": day, "new": rungs.NEW},
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP VIEW becoming AS SELECT notice, {readable_id()} AS id FROM (
            SELECT notice, '{id_prefix}' AS prefix, submitted_on, name, row_hash, suffix
            FROM arrived JOIN (SELECT key, name FROM today) USING (key) LEFT JOIN suffixed USING (key))"""
    )


def write(engine: duckdb.DuckDBPyConnection, register: str, id_prefix: str, day: date) -> None:
    """The first versions of the notices that arrived."""
    # Today's rows, wide as they are, stream past the narrow tables of those that arrived.
    engine.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    engine.execute(
        "INSERT INTO version SELECT $register, notice, $day, NULL, coalesce(status, 'all'), "
        f"{', '.join(f'today.{name}' for name in NAMES)}, snapshot, row, $new, row_hash, $prefix, suffix "
        "FROM today JOIN arrived USING (key) LEFT JOIN suffixed USING (key)",
        {"register": register, "prefix": id_prefix, "day": day, "new": rungs.NEW},
    )
    engine.execute("RESET disabled_optimizers")
