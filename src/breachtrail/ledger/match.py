"""Which row of today is which notice of yesterday: two tables in, pairs with their rung out.

Nearly every row of a list that is read again says to the letter what just one row before said: the engine counts these
in one statement however many there are, and nothing more is done about them. What is left climbs the ladder.
"""

from collections.abc import Iterable

import duckdb

from breachtrail.ledger import rungs
from breachtrail.ledger.ladder import Free, climb
from breachtrail.ledger.name import name_key
from breachtrail.notices.shape import SEVERAL

_COLUMNS = ", ".join(Free._fields)
#: Rows are weighed in heaps, by so many bits of their content.
_HEAP = "content >> 50"
#: From so many rows on, the engine joins what is plain among those left over before the ladder looks at them one by one.
_MANY = 10_000
#: What a row says, as a number of either sign: what both sides say alike adds up to nothing.
_SAID = {"older": "(xor(content, mark) >> 2)::BIGINT", "newer": "-(xor(content, mark) >> 2)::BIGINT"}


def start(engine: duckdb.DuckDBPyConnection) -> None:
    """The tables of ``match``, empty: nothing is known yet, so nothing has a partner."""
    engine.execute("CREATE OR REPLACE TEMP TABLE pair (older BIGINT, newer BIGINT, rung VARCHAR)")
    for table in ("alone_older", "alone_newer", "all_older", "all_newer", "uneven"):
        engine.execute(f"CREATE OR REPLACE TEMP TABLE {table} (key BIGINT, content UBIGINT, mark UBIGINT)")
    nth = "SELECT *, row_number() OVER (PARTITION BY content, mark ORDER BY key) AS nth FROM"
    engine.execute(
        f"""CREATE OR REPLACE TEMP VIEW partner AS FROM pair UNION ALL
        SELECT older.key, newer.key, '{rungs.SAME_CONTENT}' FROM ({nth} all_older) AS older
        JOIN ({nth} all_newer) AS newer USING (content, mark, nth) WHERE content NOT IN (SELECT content FROM uneven)"""
    )


def match(
    engine: duckdb.DuckDBPyConnection,
    older: str,
    newer: str,
    *,
    carried: Iterable[str],
    both_whole: bool,
    with_records: bool = False,
) -> None:
    """Pair the rows of two relations.

    Both have ``key``, the columns of a notice, for each column with several values its hash ``<column>_content``,
    ``status``, ``place`` and ``record_id``. The result is three temporary tables:

    pair(older, newer, rung):  rows that are the same notice and may say something else of it
    alone_older(key), alone_newer(key): rows without a partner
    Rows in none of them say just what their partner says; the view ``partner`` is ``pair`` with these too.

    carried:    the columns that the newer rows come with; content is compared on these alone
    both_whole: both sides show every view, so a row without partner is one that came or went
    with_records: both sides have rows with the register's own record ids
    """
    start(engine)
    compared = sorted(set(carried) - {"description"})
    said = ", ".join(_hashed(column) for column in compared)
    mark = "hash(status, description)" if "description" in set(carried) else "hash(status)"
    for side, relation in (("older", older), ("newer", newer)):
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE all_{side} AS SELECT key, hash({said}) AS content, {mark} AS mark FROM {relation}"
        )
    if with_records:
        _join_records(engine, older, newer)
    _find_uneven(engine)
    parting = with_records and _part_records(engine, older, newer)
    for side in ("older", "newer"):
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE left_{side} AS SELECT key, content, is_one_of_each FROM all_{side} JOIN uneven USING (content)"
        )
    engine.execute(
        f"INSERT INTO pair SELECT older.key, newer.key, '{rungs.SAME_CONTENT}' "
        "FROM left_older AS older JOIN left_newer AS newer USING (content) WHERE older.is_one_of_each"
    )
    _climb(engine, older, newer, compared, both_whole, parting)
    for side in ("older", "newer"):
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE alone_{side} AS SELECT key FROM left_{side} WHERE key NOT IN (SELECT {side} FROM pair)"
        )


def _join_records(engine: duckdb.DuckDBPyConnection, older: str, newer: str) -> None:
    """The lowest rung: the register itself says that it is the same record.

    Believed where the day of submission or the name says so too: numbers that were given anew would join at random.
    """
    once = "SELECT *, {name} AS name_key FROM {relation} WHERE record_id IS NOT NULL QUALIFY count(*) OVER (PARTITION BY record_id) = 1"
    engine.execute(
        f"""INSERT INTO pair SELECT older.key, newer.key, '{rungs.SAME_RECORD}'
        FROM ({once.format(name=name_key(), relation=older)}) AS older
        JOIN ({once.format(name=name_key(), relation=newer)}) AS newer USING (record_id)
        WHERE older.submitted_on IS NOT DISTINCT FROM newer.submitted_on OR older.name_key = newer.name_key"""
    )
    for side in ("older", "newer"):
        engine.execute(f"DELETE FROM all_{side} WHERE key IN (SELECT {side} FROM pair)")


def _part_records(engine: duckdb.DuckDBPyConnection, older: str, newer: str) -> bool:
    """Rows that say the same in one view under two record ids are two notices: they climb the ladder, which knows that.

    Not on a day on which most ids found no partner: the register has numbered its records anew, or shows their ids for the
    first time. Returns whether ids part rows.
    """
    joined, lonely = engine.execute(
        f"""SELECT (SELECT count(*) FROM pair WHERE rung = '{rungs.SAME_RECORD}'),
        (SELECT count(*) FROM {newer} WHERE record_id IS NOT NULL AND key NOT IN (SELECT newer FROM pair))"""
    ).fetchone() or (0, 0)
    if joined < lonely:
        return False
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE apart AS SELECT DISTINCT content
        FROM (SELECT content, record_id, status FROM all_older JOIN {older} USING (key)) AS older
        JOIN (SELECT content, record_id, status FROM all_newer JOIN {newer} USING (key)) AS newer USING (content, status)
        WHERE older.record_id <> newer.record_id"""
    )
    engine.execute("DELETE FROM uneven WHERE content IN (SELECT content FROM apart)")
    engine.execute("INSERT INTO uneven SELECT content, false FROM apart")
    return True


def _find_uneven(engine: duckdb.DuckDBPyConnection) -> None:
    """``uneven(content, is_one_of_each)``: the contents of which one side says something else, or as often, as the other.

    What only one side says is found by a join; where both say it, but not equally often, by sums over heaps of rows, so
    that rows are counted one content at a time only where something changed.
    """
    both = " UNION ALL ".join(
        f"SELECT content, '{side}' AS side, {said} AS said FROM all_{side}" for side, said in _SAID.items()
    )
    for table, found in {
        "one_sided": "SELECT DISTINCT coalesce(older.content, newer.content) AS content FROM all_older AS older "
        "FULL JOIN all_newer AS newer ON newer.content = older.content AND newer.mark = older.mark "
        "WHERE older.content IS NULL OR newer.content IS NULL",
        "stirred": f"SELECT {_HEAP} AS heap FROM ({both}) WHERE content NOT IN (FROM one_sided) "
        "GROUP BY heap HAVING sum(said) <> 0",
        "suspect": f"FROM one_sided UNION SELECT content FROM all_older WHERE {_HEAP} IN (FROM stirred)",
        "uneven": f"SELECT content, count(*) = 2 AND min(side) <> max(side) AS is_one_of_each FROM ({both}) "
        "WHERE content IN (FROM suspect) GROUP BY content HAVING sum(said) <> 0",
    }.items():
        engine.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {found}")


def _climb(
    engine: duckdb.DuckDBPyConnection, older: str, newer: str, compared: Iterable[str], both_whole: bool, parting: bool
) -> None:
    """Take what is left over up the ladder, and add the pairs that it finds. parting: record ids keep rows apart."""
    said = ", ".join(name_key() if column == "name" else _hashed(column) for column in compared)
    many = 0
    for side, relation in (("older", older), ("newer", newer)):
        created = engine.execute(
            f"""CREATE OR REPLACE TEMP TABLE free_{side} AS SELECT key, hash({name_key()}) AS name_key, name, state, individuals,
                submitted_on, status, place, hash({said}) AS content,
                CASE WHEN description IS NOT NULL THEN hash(description) END AS text,
                {"record_id" if parting else "NULL::VARCHAR AS record_id"}
            FROM {relation} WHERE key IN (SELECT key FROM left_{side} WHERE NOT is_one_of_each)"""
        ).fetchone()
        many = created[0] if created else 0
    if many > _MANY and not parting:
        _join_named(engine)
    free = f"SELECT {_COLUMNS} FROM {{}} WHERE key NOT IN (SELECT {{}} FROM pair)"
    left = engine.execute(free.format("free_newer", "newer")).fetchall()
    days = {day for row in map(Free._make, left) if (day := row.submitted_on) is not None}
    if not days:
        return
    before = engine.execute(
        f"{free.format('free_older', 'older')} AND submitted_on IN (SELECT unnest($days))",
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


def _join_named(engine: duckdb.DuckDBPyConnection) -> None:
    """The rungs of one name on one day, all at once, for rows that are the only ones with them on their side.

    Up to these rungs the ladder joins nothing of another name or day, so it would join just these, and in these words.
    """
    once = "SELECT * FROM free_{} WHERE submitted_on IS NOT NULL QUALIFY count(*) OVER (PARTITION BY name_key, submitted_on) = 1"
    engine.execute(
        f"""INSERT INTO pair SELECT older.key, newer.key, CASE WHEN older.content = newer.content THEN '{rungs.SAME_CONTENT}'
            WHEN older.individuals IS NOT DISTINCT FROM newer.individuals THEN '{rungs.SAME_NAME_AND_COUNT}'
            ELSE '{rungs.SAME_NAME}' END
        FROM ({once.format("older")}) AS older JOIN ({once.format("newer")}) AS newer USING (name_key, submitted_on)
        WHERE older.state IS NULL OR newer.state IS NULL OR older.state = newer.state"""
    )


def _hashed(column: str) -> str:
    """A column as both sides hash it: enumerations as their words, lists by the hash they come with."""
    if column in SEVERAL:
        return f"{column}_content"
    return column if column in ("individuals", "submitted_on") else f"{column}::VARCHAR"
