"""Every trail at once, for whoever tells of all notices one after another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import duckdb

from breachtrail.ledger.asof import Coverage, Row
from breachtrail.ledger.name import name_key
from breachtrail.ledger.store import believed

#: Statuses of a notice that a look shows.
_SEEN = ("under_investigation", "archive", "all")


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


def look_before(trail: Sequence[Row], place: int, looks: Sequence[Coverage]) -> date | None:
    """The last look that still showed a notice otherwise than the version at ``place``; None if nothing was looked at before.

    What a version says came to be after this look and by the one of ``known_from``. Before the first version it is the
    last look at the notice's list that did not show it. A look that does not show a notice tells nothing of its words:
    a notice that was gone meanwhile was last seen before that.
    """
    known_from = trail[place]["known_from"]
    if place == 0:
        return _last(looks, trail[0]["status"], date.min, known_from)
    before = trail[place - 1]
    if before["status"] not in _SEEN and place > 1:
        return look_before(trail, place - 1, looks)
    return _last(looks, before["status"], before["known_from"], known_from) or before["known_from"]


def last_look(trail: Sequence[Row], place: int, looks: Sequence[Coverage]) -> date:
    """The last look that showed the version at ``place``; the day from which it was known where there was no other."""
    version = trail[place]
    until = version["known_until"] or date.max
    return _last(looks, version["status"], version["known_from"], until) or version["known_from"]


def _last(looks: Sequence[Coverage], status: str, first: date, before: date) -> date | None:
    """The last day from ``first`` to the one before ``before`` on which a list was looked at that shows the status."""
    days = [look.taken_on for look in looks if look.view in (status, "both", "all") and first <= look.taken_on < before]
    return max(days, default=None)
