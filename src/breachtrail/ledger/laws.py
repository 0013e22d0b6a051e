"""The laws that a sealed ledger can be held to by looking at it: what is kept adds up, and is what was sealed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from breachtrail.errors import LedgerBroken
from breachtrail.ledger import digest, identity, rungs
from breachtrail.ledger.name import short_suffix
from breachtrail.ledger.store import Head, believed
from breachtrail.notices import population
from breachtrail.notices.shape import NAMES
from breachtrail.notices.vocabulary import Vocabulary


@dataclass(frozen=True)
class Law:
    """One law: its name (the phrase ``law.<name>``), whether it holds, and how many broke it out of how many."""

    name: str
    holds: bool
    broken: int
    of: int


#: Columns with the words of the vocabulary, and the columns of the vocabulary that they are of.
_ONE_WORD = ("status", "state", "entity_type", "business_associate")
_SEVERAL_WORDS = {"breach_types": "breach_type", "locations": "location"}


def _says(side: str) -> str:
    return f"row({', '.join(f'{side}.{name}' for name in ('status', *NAMES))})"


def _unknown() -> str:
    one = (f"{name} NOT IN (SELECT unnest(${name}))" for name in ("rung", *_ONE_WORD))
    return " OR ".join([*one, *(f"NOT list_has_all(${name}, {name})" for name in _SEVERAL_WORDS)])


_CHECKS = {
    # Rows in a file = accepted + held, and every held row is there.
    "conservation": """
        SELECT count(*) FILTER (WHERE "rows" <> accepted + held OR held <> kept), count(*) FROM (
            SELECT snapshot.*, (SELECT count(*) FROM held WHERE held.snapshot = snapshot.snapshot) AS kept FROM snapshot)""",
    # A notice's versions follow each other without gap or overlap, the last one open.
    "intervals_tile": """
        SELECT count(*) FILTER (WHERE known_until IS DISTINCT FROM next OR known_until <= known_from), count(*) FROM (
            SELECT *, lead(known_from) OVER (PARTITION BY notice ORDER BY known_from) AS next FROM version)""",
    # Every notice has an id of its own.
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
        SELECT (SELECT count(*) FROM same), count(*) FROM notice""",
    # Every version that a row showed names its snapshot, and is known from that snapshot's day.
    "sources": """
        SELECT count(*) FILTER (WHERE snapshot.taken_on IS DISTINCT FROM version.known_from), count(*)
        FROM version LEFT JOIN snapshot USING (snapshot) WHERE version.snapshot IS NOT NULL""",
    # A notice begins with one new version, and each version after it says something else than the one before.
    "versions": f"""
        SELECT (SELECT count(*) FROM (SELECT notice FROM version GROUP BY notice
                HAVING count(*) FILTER (WHERE rung = 'new') <> 1 OR arg_min(rung, known_from) <> 'new'))
            + (SELECT count(*) FROM version AS later JOIN version AS before
                ON later.notice = before.notice AND later.known_from = before.known_until
                WHERE later.rung <> 'new' AND {_says("later")} IS NOT DISTINCT FROM {_says("before")}),
            (SELECT count(*) FROM version)""",
    # Every word is one that the vocabulary knows, and every rung one of the ladder.
    "words": f"""
        SELECT count(*) FILTER (WHERE {_unknown()}), count(*) FROM version""",
    # An alias is no notice's id, is there once, and leads to a notice.
    "aliases": """
        SELECT count(*) FILTER (WHERE same > 1 OR notice.notice IS NULL OR id IN (SELECT id FROM notice)), count(*) FROM (
            SELECT alias.*, count(*) OVER (PARTITION BY id) AS same FROM alias) AS alias
        LEFT JOIN (SELECT notice FROM notice) AS notice USING (notice)""",
    # A record id belongs to a notice, and was learnt on a day on which that was known.
    "records": """
        SELECT count(*) FILTER (WHERE known IS NULL OR known_from < known), count(*)
        FROM record LEFT JOIN (SELECT notice, min(known_from) AS known FROM version GROUP BY notice) USING (notice)""",
    # The residents that rates are reckoned with are those of the house.
    "population": """
        WITH facts AS (SELECT state, year, residents, source FROM read_csv($facts) WHERE state <> 'PR')
        SELECT count(*) FILTER (WHERE facts IS DISTINCT FROM kept), count(*)
        FROM facts FULL JOIN population AS kept ON facts.state = kept.state AND facts.year = kept.year""",
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
    words = Vocabulary.load()
    given: dict[str, dict[str, Any]] = {
        "words": {"rung": list(rungs.EVERY)}
        | {name: list(words.values(name)) for name in _ONE_WORD}
        | {name: list(words.values(column)) for name, column in _SEVERAL_WORDS.items()},
        "population": {"facts": population.residents_csv()},
    }
    try:
        with believed():
            laws = [_seal(engine, head)]
            for name, statement in _CHECKS.items():
                row = engine.execute(statement, given.get(name, {})).fetchone()
                broken, of = row if row else (0, 0)
                laws.append(Law(name, broken == 0, broken, of))
    except duckdb.Error as error:
        raise LedgerBroken(
            f"The ledger's tables are not those that BreachTrail writes ({str(error).splitlines()[0]}). "
            "Run `breachtrail rebuild`; the raw bytes are kept."
        ) from None
    return laws


def hold_to_log(engine: duckdb.DuckDBPyConnection, home: Path) -> Law:
    """Whether every id that was ever given for a row of a sealed snapshot is still a notice's, or an alias of one.

    Raises LedgerBroken if the log of ids cannot be read.
    """
    identity.recall(engine, home)
    row = engine.execute(
        """SELECT count(*) FILTER (WHERE id NOT IN (SELECT id FROM notice) AND id NOT IN (SELECT id FROM alias)), count(*)
        FROM given WHERE snapshot_id IN (SELECT id FROM snapshot)"""
    ).fetchone()
    broken, of = row if row else (0, 0)
    return Law("log", broken == 0, broken, of)
