"""The laws that a sealed ledger can be held to by looking at it: what is kept adds up, and is what was sealed."""

from dataclasses import dataclass

import duckdb

from breachtrail.ledger import digest, rungs
from breachtrail.ledger.name import short_suffix
from breachtrail.ledger.store import Head, believed


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
    # Every notice has one first version, and an id of its own.
    "ids": f"""
        WITH alike AS (
            SELECT prefix, submitted_on, coalesce(suffix, {short_suffix()}) AS ending FROM version WHERE rung = '{rungs.NEW}'
            GROUP BY ALL HAVING count(*) > 1),
        same AS (
            SELECT id FROM notice WHERE notice IN (
                SELECT notice FROM version JOIN alike ON alike.prefix = version.prefix
                    AND alike.ending = coalesce(suffix, {short_suffix()})
                    AND alike.submitted_on IS NOT DISTINCT FROM version.submitted_on WHERE rung = '{rungs.NEW}')
            GROUP BY id HAVING count(*) > 1)
        SELECT count(*) FILTER (WHERE is_new <> 1 OR first <> first_new) + (SELECT count(*) FROM same), count(*) FROM (
            SELECT notice, count(*) FILTER (WHERE rung = '{rungs.NEW}') AS is_new, min(known_from) AS first,
                min(known_from) FILTER (WHERE rung = '{rungs.NEW}') AS first_new FROM version GROUP BY notice)""",
    # Every version that a row showed names its snapshot, and is known from that snapshot's day.
    "sources": """
        SELECT count(*) FILTER (WHERE snapshot.taken_on IS DISTINCT FROM version.known_from), count(*)
        FROM version LEFT JOIN snapshot USING (snapshot) WHERE version.snapshot IS NOT NULL""",
}


def _seal(engine: duckdb.DuckDBPyConnection, head: Head) -> Law:
    """The rows of each day are those that were sealed, and the sealed days those that the pointer names."""
    row = engine.execute(
        f"""SELECT count(*) FILTER (WHERE sealed IS DISTINCT FROM found), count(*) FROM sealed_day AS sealed
        FULL JOIN ({digest.found_days()}) AS found USING (kind, day)"""
    ).fetchone()
    broken, of = row if row else (0, 0)
    return Law("seal", broken == 0 and digest.content_hash(engine) == head.content, broken, of)


def hold(engine: duckdb.DuckDBPyConnection, head: Head) -> list[Law]:
    """Check an opened generation against its own laws and its seal. Raises LedgerBroken if it cannot be read."""
    with believed():
        laws = [_seal(engine, head)]
        for name, statement in _CHECKS.items():
            row = engine.execute(statement).fetchone()
            broken, of = row if row else (0, 0)
            laws.append(Law(name, broken == 0, broken, of))
    return laws
