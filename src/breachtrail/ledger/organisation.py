"""Who filed: until organisations are resolved, one is an equal name without its dress."""

from datetime import date
from typing import NamedTuple

import duckdb

from breachtrail.ledger.asof import KNOWN_THEN, NOT_SHOWN, Row
from breachtrail.ledger.name import name_key, readable_id
from breachtrail.ledger.rungs import NEW
from breachtrail.ledger.store import believed

_SHOWN = f"status NOT IN {NOT_SHOWN}"


class Organisation(NamedTuple):
    """One that filed.

    key:         the letters and digits of its name
    name:        as its newest notice writes it
    notices:     how many it filed; individuals: their sum
    """

    key: str
    name: str
    notices: int
    individuals: int


def organisations(engine: duckdb.DuckDBPyConnection, register: str, as_of: date, most: int) -> list[Organisation]:
    """Those whose notices the register shows on a day, the one with the most notices first; at most so many."""
    with believed():
        rows = engine.execute(
            f"""SELECT {name_key()} AS key, arg_max(name, submitted_on), count(*) AS notices, coalesce(sum(individuals), 0)::BIGINT
            FROM version WHERE register = $register AND {KNOWN_THEN} AND {_SHOWN} AND submitted_on IS NOT NULL
            GROUP BY key HAVING key <> '' ORDER BY notices DESC, key LIMIT $most""",
            {"register": register, "as_of": as_of, "most": most},
        ).fetchall()
    return [Organisation(*row) for row in rows]


def filed_by(engine: duckdb.DuckDBPyConnection, register: str, key: str, as_of: date) -> list[Row]:
    """Notices as known on a day, of which any version known by then bears this name; the newest first."""
    with believed():
        found = engine.execute(
            f"""WITH meant AS (SELECT DISTINCT notice FROM version
                WHERE register = $register AND known_from <= $as_of AND {name_key()} = $key),
            first AS (SELECT notice, {readable_id()} AS id, known_from AS first_seen FROM version
                WHERE rung = '{NEW}' AND notice IN (FROM meant))
            SELECT first.id, version.name, state, entity_type, individuals, submitted_on, breach_types, locations,
                business_associate, description, status, known_from, first.first_seen
            FROM version JOIN first USING (notice) WHERE {KNOWN_THEN} ORDER BY submitted_on DESC NULLS LAST, first.id""",
            {"register": register, "key": key, "as_of": as_of},
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def key_of(engine: duckdb.DuckDBPyConnection, name: str) -> str:
    """The letters and digits of a name."""
    row = engine.execute(f"SELECT {name_key('$name')}", {"name": name}).fetchone()
    return str(row[0]) if row else ""
