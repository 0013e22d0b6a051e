"""Every trail at once, for whoever tells of all notices one after another."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import duckdb

from breachtrail.ledger.asof import Row
from breachtrail.ledger.name import name_key
from breachtrail.ledger.store import believed


class Trails(NamedTuple):
    """All that a register ever said, by notice.

    trails:  id → every version of the notice, oldest first, as ``asof.trail`` gives it, with its ``first_seen`` and the
             ``key`` of its name
    aliases: former id → the id of the same notice now
    """

    trails: Mapping[str, list[Row]]
    aliases: Mapping[str, str]


def trails(engine: duckdb.DuckDBPyConnection, register: str) -> Trails:
    """Every version of every notice, in one statement; in the order in which the notices came to the ledger."""
    with believed():
        found = engine.execute(
            f"""SELECT notice.id, notice.first_seen, version.* EXCLUDE (notice, register, snapshot, row_hash, prefix, suffix),
                {name_key("version.name")} AS key, snapshot.id AS snapshot, snapshot.view AS seen_in,
                snapshot.taken_not_before, snapshot.taken_not_after, snapshot.fetched_from
            FROM version JOIN notice USING (notice) LEFT JOIN snapshot USING (snapshot)
            WHERE version.register = $register ORDER BY version.notice, known_from""",
            {"register": register},
        )
        names = [column[0] for column in found.description or ()]
        trails: dict[str, list[Row]] = {}
        while rows := found.fetchmany(10_000):
            for row in rows:
                version = dict(zip(names, row, strict=True))
                trails.setdefault(version.pop("id"), []).append(version)
        former = engine.execute(
            "SELECT alias.id, notice.id FROM alias JOIN notice USING (notice) WHERE notice.register = $register "
            "AND alias.id NOT IN (SELECT id FROM notice)",
            {"register": register},
        ).fetchall()
    return Trails(trails, dict(former))


def last_changed(trail: list[Row]) -> date:
    """The last day from which anything about a notice was known to be otherwise than before."""
    known_from: date = trail[-1]["known_from"]
    known_until: date | None = trail[-1]["known_until"]
    return known_until or known_from
