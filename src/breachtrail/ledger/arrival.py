"""Rows without a partner become notices: numbered, and given an id that a person can read and that stays."""

from datetime import date

import duckdb

from breachtrail.ledger.digest import number
from breachtrail.ledger.name import readable_id, slug
from breachtrail.notices.shape import NAMES, SEVERAL

#: What a notice's suffix is made of: all that its first row says but its day, which the id shows, and its description.
_SAID = ", ".join(
    f"coalesce({name}_cell, '')" if name in SEVERAL else f"coalesce({name}::VARCHAR, '')"
    for name in NAMES
    if name not in ("submitted_on", "description")
)
#: The first four hex digits of a row's digest of fifteen.
_SHORT = "lower(lpad(to_hex(said >> 44), 4, '0'))"


def find(engine: duckdb.DuckDBPyConnection, id_prefix: str, day: date) -> None:
    """``arrived(key, notice, submitted_on, place, said)``: the rows of ``alone_newer``, numbered; ``suffixed(key, suffix)``: those
    whose short suffix another notice of their name and day has, with a longer one; ``becoming(notice, id)``: the ids.

    Rows that are equal are told apart by their number, and from those of an earlier day by the day.
    """
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE arrived AS
        WITH narrow AS MATERIALIZED (
            SELECT key, submitted_on, place, key * sign(coalesce(place, 1)) AS turn, {number(_SAID)} AS said
            FROM today WHERE key IN (SELECT key FROM alone_newer))
        SELECT *, (SELECT coalesce(max(notice), 0) FROM noticed) + row_number() OVER (ORDER BY submitted_on, turn) AS notice
        FROM narrow"""
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE suffixed AS
        WITH crowd AS (
            SELECT submitted_on, said >> 44 AS short FROM arrived GROUP BY ALL HAVING count(*) > 1
            UNION SELECT arrived.submitted_on, said >> 44 FROM arrived JOIN noticed
                ON noticed.submitted_on IS NOT DISTINCT FROM arrived.submitted_on AND noticed.suffix = {_SHORT} AND prefix = $prefix),
        near AS (
            SELECT arrived.*, {_SHORT} AS suffix, {slug()} AS slug FROM arrived
            JOIN crowd ON crowd.short = said >> 44 AND crowd.submitted_on IS NOT DISTINCT FROM arrived.submitted_on
            JOIN (SELECT key, name FROM today) USING (key)),
        taken AS (
            SELECT submitted_on, {slug()} AS slug, suffix FROM noticed WHERE prefix = $prefix AND suffix IN (SELECT suffix FROM near)),
        counted AS (
            SELECT *, row_number() OVER (PARTITION BY submitted_on, slug, suffix ORDER BY place, key) AS nth FROM near)
        SELECT key, left(md5(concat_ws('|', said, $day, nth)), 12) AS suffix FROM counted
        WHERE nth > 1 OR EXISTS (SELECT 1 FROM taken WHERE taken.submitted_on IS NOT DISTINCT FROM counted.submitted_on
            AND taken.slug = counted.slug AND taken.suffix = counted.suffix)""",
        {"prefix": id_prefix, "day": day},
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP VIEW becoming AS SELECT notice, {readable_id()} AS id FROM (
            SELECT arrived.notice, '{id_prefix}' AS prefix, arrived.submitted_on, name, coalesce(suffix, {_SHORT}) AS suffix
            FROM arrived JOIN (SELECT key, name FROM today) USING (key) LEFT JOIN suffixed USING (key))"""
    )


def write(engine: duckdb.DuckDBPyConnection, register: str, id_prefix: str, day: date) -> None:
    """The notices and their first versions."""
    told = {"register": register, "day": day}
    source = "FROM today JOIN arrived USING (key)"
    engine.execute(
        "INSERT INTO noticed (notice, register, first_seen, prefix, submitted_on, name, suffix) "
        f"SELECT arrived.notice, $register, $day, $prefix, today.submitted_on, name, coalesce(suffix, {_SHORT}) "
        f"{source} LEFT JOIN suffixed USING (key)",
        {**told, "prefix": id_prefix},
    )
    engine.execute(
        f"INSERT INTO version SELECT $register, arrived.notice, $day, NULL, coalesce(status, 'all'), "
        f"{', '.join(f'today.{name}' for name in NAMES)}, snapshot, row, 'new' {source}",
        told,
    )
