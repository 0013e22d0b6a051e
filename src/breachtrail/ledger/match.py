"""Which row of today is which notice of yesterday: two tables in, pairs with their rung out.

Nearly every row of a list that is read again is equal in content to just one row before: the engine joins these, in
one statement however many there are. What is left climbs the ladder.
"""

from collections.abc import Iterable

import duckdb

from breachtrail.ledger import rungs
from breachtrail.ledger.ladder import Free, climb

_COLUMNS = ", ".join(Free._fields)


def match(
    engine: duckdb.DuckDBPyConnection, older: str, newer: str, *, carried: Iterable[str], both_whole: bool
) -> None:
    """Pair the rows of two tables; the result is the temporary table ``pair(older, newer, rung)``.

    Both tables have ``key``, ``name_key``, the columns of a notice, ``status`` and ``place``; beside the pairs, their
    narrow forms stay as the temporary tables ``all_older`` and ``all_newer``.

    carried:    the columns that the newer rows come with; content is compared on these alone
    both_whole: both sides show every view, so a row without partner is one that came or went
    """
    content = ", ".join(
        "name_key" if column == "name" else column for column in sorted(carried) if column != "description"
    )
    for side, table in (("older", older), ("newer", newer)):
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE all_{side} AS SELECT key, name_key, name, state, individuals, submitted_on, status, "
            f"place, hash({content}) AS content, CASE WHEN description IS NOT NULL THEN hash(description) END AS text FROM {table}"
        )
    alone = "SELECT any_value(key) AS key, content FROM {side} GROUP BY content HAVING count(*) = 1"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE pair AS SELECT older.key AS older, newer.key AS newer, '{rungs.SAME_CONTENT}' AS rung "
        f"FROM ({alone.format(side='all_older')}) AS older JOIN ({alone.format(side='all_newer')}) AS newer USING (content)"
    )
    left = engine.execute(f"SELECT {_COLUMNS} FROM all_newer WHERE key NOT IN (SELECT newer FROM pair)").fetchall()
    days = {day for row in map(Free._make, left) if (day := row.submitted_on) is not None}
    if not days:
        return
    before = engine.execute(
        f"SELECT {_COLUMNS} FROM all_older WHERE submitted_on IN (SELECT unnest($days)) AND key NOT IN (SELECT older FROM pair)",
        {"days": sorted(days)},
    ).fetchall()
    found = climb(map(Free._make, before), map(Free._make, left), both_whole=both_whole)
    if found:
        engine.execute(
            "INSERT INTO pair SELECT unnest($older), unnest($newer), unnest($rungs)",
            {
                "older": [old for old, _, _ in found],
                "newer": [new for _, new, _ in found],
                "rungs": [rung for _, _, rung in found],
            },
        )
