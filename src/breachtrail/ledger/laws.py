"""The laws that a sealed ledger can be held to by looking at it: what is kept adds up, and is what was sealed."""

from dataclasses import dataclass

import duckdb

from breachtrail.ledger.store import Head, believed, content_hash


@dataclass(frozen=True)
class Law:
    """One law: its name (the phrase ``law.<name>``), whether it holds, and how many broke it out of how many."""

    name: str
    holds: bool
    broken: int
    of: int


_CHECKS = {
    # Rows in a file = accepted + held, and every held row is there.
    "conservation": """
        SELECT count(*) FILTER (WHERE "rows" <> accepted + held OR held <> kept), count(*) FROM (
            SELECT snapshot.*, (SELECT count(*) FROM held WHERE held.snapshot = snapshot.snapshot) AS kept FROM snapshot)""",
    # A notice's versions follow each other without gap or overlap, the last one open.
    "intervals_tile": """
        SELECT count(*) FILTER (WHERE known_until IS DISTINCT FROM next OR known_until <= known_from), count(*) FROM (
            SELECT *, lead(known_from) OVER (PARTITION BY notice ORDER BY known_from) AS next FROM version)""",
    # Every notice has an id of its own, and was first seen when its first version says.
    "ids": """
        SELECT count(*) FILTER (WHERE same > 1 OR first IS DISTINCT FROM first_seen), count(*) FROM (
            SELECT notice.*, count(*) OVER (PARTITION BY id) AS same,
                (SELECT min(known_from) FROM version WHERE version.notice = notice.notice) AS first FROM notice)""",
    # Every version that a row showed names its snapshot, and is known from that snapshot's day.
    "sources": """
        SELECT count(*) FILTER (WHERE snapshot.taken_on IS DISTINCT FROM version.known_from), count(*)
        FROM version LEFT JOIN snapshot USING (snapshot) WHERE version.snapshot IS NOT NULL""",
}


def hold(engine: duckdb.DuckDBPyConnection, head: Head) -> list[Law]:
    """Check an opened generation against its own laws and its seal. Raises LedgerBroken if it cannot be read."""
    with believed():
        laws = [Law("seal", content_hash(engine) == head.content, 0, 1)]
        for name, statement in _CHECKS.items():
            row = engine.execute(statement).fetchone()
            broken, of = row if row else (0, 0)
            laws.append(Law(name, broken == 0, broken, of))
    return laws
