"""Notices as known at the end of a day; the trail of one notice; changes between two days; what was looked at, and when.

One of the two doors for every face: notices come from here, figures from ``questions.ask``.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger.name import name_key, readable_id
from breachtrail.ledger.rungs import DOUBTFUL, NEW
from breachtrail.ledger.store import believed
from breachtrail.notices.shape import NAMES

#: Statuses of notices that a register does not show (any more); they are outside every count unless asked for.
NOT_SHOWN = ("missing", "unlisted")

#: SQL: a version that was known at the end of the day ``$as_of``.
KNOWN_THEN = "known_from <= $as_of AND coalesce(known_until > $as_of, true)"

#: SQL: former ids; one that a notice bears itself now (one of equal twins) means that notice.
_ALIAS = "SELECT * FROM alias WHERE id NOT IN (SELECT id FROM notice)"

#: Columns of a version that are of the ledger's own making.
_INNER = "row_hash, prefix, suffix"

_DAY_OF_ID = re.compile(r"\d{4}-\d\d-\d\d")
_PARAMETER = re.compile(r"\$([a-z_0-9]+)")
_ORDERS = {
    "individuals": "individuals DESC NULLS LAST",
    "submitted_on": "submitted_on DESC",
    "first_seen": "first_seen DESC",
    "name": "lower(name)",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Coverage:
    """One look at one view of a register: a snapshot, as far as a reader needs it."""

    snapshot: str
    register: str
    view: str
    taken_on: date
    taken_not_before: date
    taken_not_after: date
    rows: int
    accepted: int
    held: int
    derived: bool
    fetched_from: str
    dress: str
    unread: tuple[str, ...]


def coverage(engine: duckdb.DuckDBPyConnection, register: str, as_of: date | None = None) -> list[Coverage]:
    """Every snapshot of ``register`` taken by ``as_of``, oldest first."""
    rows = _rows(
        engine,
        'SELECT id AS snapshot, register, view, taken_on, taken_not_before, taken_not_after, "rows", accepted, held, derived, '
        "fetched_from, dress, unread FROM snapshot WHERE register = $register "
        "AND taken_on <= coalesce($as_of, DATE '9999-12-31') ORDER BY snapshot.snapshot",
        {"register": register, "as_of": as_of},
    )
    return [Coverage(**{**row, "unread": tuple(row["unread"] or ())}) for row in rows]


def last_looked(looks: list[Coverage], views: tuple[str, ...]) -> dict[str, Coverage | None]:
    """For each view the last snapshot that shows it, None where none does."""
    return {
        view: max(
            (look for look in looks if look.view in (view, "both", "all")), key=lambda look: look.taken_on, default=None
        )
        for view in views
    }


def notices(
    engine: duckdb.DuckDBPyConnection,
    *,
    where: str,
    parameters: dict[str, Any],
    order: str = "individuals",
    limit: int | None = None,
    offset: int = 0,
    hidden_too: bool = False,
) -> list[Row]:
    """Notices, one row each: id, the columns of a notice, status, first seen, and since when it reads so.

    where, parameters: a condition in SQL over the columns of a version that names a day, as ``questions`` makes it
    order:             ``individuals`` (largest first), ``submitted_on`` or ``first_seen`` (newest first), or ``name``
    hidden_too:        also those that the register does not show on that day (missing, unlisted)
    """
    if order not in _ORDERS:
        raise QuestionError(f"Notices cannot be sorted by {order!r}. They can by: {', '.join(_ORDERS)}.")
    by = _ORDERS[order]
    sight = f"JOIN (SELECT notice, known_from AS first_seen FROM version WHERE rung = '{NEW}') AS sight USING (notice)"
    # Ids are put together for the chosen alone: of ten million rows, that is what would take the time.
    return _rows(
        engine,
        f"""WITH chosen AS MATERIALIZED (
            SELECT version.* FROM version {sight if order == "first_seen" else ""}
            WHERE {where} AND {"true" if hidden_too else f"status NOT IN {NOT_SHOWN}"}
            ORDER BY {by}, notice LIMIT $limit OFFSET $offset),
        first AS MATERIALIZED (
            SELECT * FROM version WHERE rung = '{NEW}' AND notice IN (SELECT notice FROM chosen)),
        named AS (SELECT notice, {readable_id()} AS id, known_from AS first_seen FROM first)
        SELECT named.id, chosen.* EXCLUDE (notice, register, {_INNER}), named.first_seen
        FROM chosen JOIN named USING (notice) ORDER BY {by}, notice""",
        {"limit": limit if limit is not None else 2**62, "offset": offset, **parameters},
    )


def find(engine: duckdb.DuckDBPyConnection, register: str, wanted: str) -> list[Row]:
    """Notices whose id (or alias) is ``wanted``, or whose name ever held its words; the largest first.

    Raises QuestionError if there is none.
    """
    found = _rows(
        engine,
        f"""WITH latest AS (SELECT *, row_number() OVER (PARTITION BY notice ORDER BY known_from DESC) AS nth FROM version),
        meant AS (
            SELECT notice FROM notice WHERE id = $wanted UNION SELECT notice FROM ({_ALIAS}) WHERE id = $wanted
            UNION SELECT notice FROM version WHERE contains({name_key()}, {name_key("$wanted")}) AND {name_key("$wanted")} <> '')
        SELECT notice.id, latest.* EXCLUDE (notice, nth, register, {_INNER}), notice.first_seen
        FROM latest JOIN notice USING (notice) JOIN meant USING (notice)
        WHERE nth = 1 AND latest.register = $register ORDER BY individuals DESC NULLS LAST, notice.id""",
        {"wanted": wanted.strip(), "register": register},
    )
    if not found:
        raise QuestionError(
            f"No notice has the id {wanted!r}, and none was ever filed under a name with these words. "
            "Try fewer words, or `breachtrail notices --where name~WORD`."
        )
    return found


def by_id(engine: duckdb.DuckDBPyConnection, notice_id: str) -> Row | None:
    """The newest version of the notice with this id, or with this former one, with ``id`` and ``first_seen``."""
    found = _rows(
        engine,
        f"""WITH {meant()},
        named AS (SELECT notice, {readable_id()} AS id, known_from AS first_seen FROM version
            WHERE rung = '{NEW}' AND notice IN (FROM meant))
        SELECT named.id, version.* EXCLUDE (notice, register, {_INNER}), named.first_seen
        FROM version JOIN named USING (notice) ORDER BY version.known_from DESC LIMIT 1""",
        bound(notice_id),
    )
    return found[0] if found else None


def meant() -> str:
    """SQL: ``meant``, the notice with the id (or former id) that ``bound`` binds.

    An id names the day of submission, so of ten million notices those of one day are looked at. One that a notice bears
    itself now (one of equal twins) means that notice.
    """
    return f"""first AS MATERIALIZED (
            SELECT notice, {readable_id()} AS id FROM version
            WHERE rung = '{NEW}' AND submitted_on IS NOT DISTINCT FROM try_cast($day AS DATE)),
        meant AS (SELECT notice FROM (SELECT notice, 0 AS turn FROM first WHERE id = $id
            UNION ALL SELECT notice, 1 FROM alias WHERE id = $id) ORDER BY turn, notice LIMIT 1)"""


def bound(notice_id: str) -> dict[str, Any]:
    """What ``meant`` takes."""
    day = _DAY_OF_ID.search(notice_id)
    return {"id": notice_id, "day": day[0] if day else None}


def named(engine: duckdb.DuckDBPyConnection, register: str, words: list[str] | None) -> list[Row]:
    """Names under which notices were ever filed, with the year and the largest count that a notice of that name ever had.

    words: ``place`` tells which of them the name holds; without any, every name, ``place`` being NULL
    """
    key = name_key()
    joined = (
        "told LEFT JOIN (SELECT NULL::INTEGER AS place) ON true"
        if words is None
        else f"(SELECT unnest(range(len($words)))::INTEGER AS place, {name_key('unnest($words)')} AS word) AS wanted "
        "JOIN told ON word <> '' AND strpos(key, word) > 0"
    )
    return _rows(
        engine,
        f"""WITH told AS (
            SELECT name, {key} AS key, submitted_on, max(individuals) AS individuals FROM version
            WHERE register = $register AND status NOT IN {NOT_SHOWN} AND submitted_on IS NOT NULL GROUP BY ALL)
        SELECT place, name, key, submitted_on, individuals FROM {joined} ORDER BY place, individuals DESC NULLS LAST, name""",
        {"register": register, "words": words},
    )


def trail(engine: duckdb.DuckDBPyConnection, notice_id: str) -> list[Row]:
    """Every version of a notice, oldest first, with the snapshot that showed it and how it was recognised."""
    return _rows(
        engine,
        f"""WITH {meant()}
        SELECT version.* EXCLUDE (notice, register, snapshot, {_INNER}), snapshot.id AS snapshot, snapshot.view AS seen_in,
            snapshot.taken_not_before, snapshot.taken_not_after, snapshot.fetched_from
        FROM version LEFT JOIN snapshot USING (snapshot) WHERE notice IN (FROM meant) ORDER BY known_from""",
        bound(notice_id),
    )


def changes(
    engine: duckdb.DuckDBPyConnection,
    *,
    register: str,
    since: date,
    until: date,
    where: str = "true",
    parameters: dict[str, Any] | None = None,
    kind: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """What the register says differently at the end of ``until`` than at the end of ``since``, a row a notice.

    kind: ``appeared``, ``returned``, ``gone`` (missing or unlisted since), ``changed``; ``moved`` where only the status
    did. ``before`` and ``after`` hold the two versions (NULL where there is none), ``differs`` the columns in which
    they differ, ``gained`` what the change adds to the individuals of the register. A text that was added is a change of
    ``description``. ``where`` is tested on the version after, or before for what is gone. Of many, ``limit`` may be
    taken, the weightiest first, and those of one ``kind``.
    """
    return _rows(
        engine,
        f"""WITH {_differing(since, until, where)},
        chosen AS MATERIALIZED (
            SELECT * FROM differing WHERE $kind IS NULL OR kind = $kind
            ORDER BY abs(gained) DESC, notice LIMIT $limit OFFSET $offset),
        first AS MATERIALIZED (SELECT * FROM version WHERE rung = '{NEW}' AND notice IN (SELECT notice FROM chosen)),
        named AS (SELECT notice, {readable_id()} AS id, known_from AS first_seen FROM first)
        SELECT named.id, kind, differs, gained, CASE WHEN kind <> 'appeared' THEN before END AS before, after,
            named.first_seen
        FROM chosen JOIN named USING (notice) ORDER BY abs(gained) DESC, {"named.id" if limit is None else "notice"}""",
        {"register": register, "since": since, "until": until, "kind": kind,
         "limit": limit if limit is not None else 2**62, "offset": offset, **(parameters or {})},
    )  # fmt: skip


def moves(
    engine: duckdb.DuckDBPyConnection,
    *,
    register: str,
    since: date,
    until: date,
    where: str = "true",
    parameters: dict[str, Any] | None = None,
) -> list[Row]:
    """What ``changes`` come to: for each ``kind`` how many, what they add to the individuals, how many of them revised
    that number, by how much, and how many changed the name or the status."""
    return _rows(
        engine,
        f"""WITH {_differing(since, until, where)}
        SELECT kind, count(*) AS many, sum(gained)::BIGINT AS gained,
            count(*) FILTER (list_contains(differs, 'individuals')) AS revised,
            coalesce(sum(gained) FILTER (list_contains(differs, 'individuals')), 0)::BIGINT AS revised_by,
            count(*) FILTER (list_contains(differs, 'name')) AS renamed,
            count(*) FILTER (list_contains(differs, 'status')) AS moved
        FROM differing GROUP BY kind ORDER BY kind""",
        {"register": register, "since": since, "until": until, **(parameters or {})},
    )


def _differing(since: date, until: date, where: str) -> str:
    """SQL: the relation ``differing``, a row a notice that is shown otherwise on the later day, with the kind of change."""
    if until < since:
        raise QuestionError(f"--since {since} lies after --until {until}; turn them round.")
    compared = ("status", *NAMES)
    differs = ", ".join(f"CASE WHEN old.{name} IS DISTINCT FROM new.{name} THEN '{name}' END" for name in compared)
    shown = f"status NOT IN {NOT_SHOWN}"
    then, now = (
        f"register = $register AND known_from <= {day} AND (known_until IS NULL OR known_until > {day})"
        for day in ("$since", "$until")
    )
    # Of a few notices, the others need not be put beside each other first.
    meant = f"meant AS MATERIALIZED (SELECT notice FROM version WHERE ({then} OR {now}) AND ({where})),"
    of_these = "" if where == "true" else " AND notice IN (FROM meant)"
    return f"""{meant if of_these else ""}
        old AS (SELECT * EXCLUDE ({_INNER}) FROM version WHERE {then}{of_these}),
        new AS (SELECT * EXCLUDE ({_INNER}) FROM version WHERE {now}{of_these}),
        sides AS (
            SELECT coalesce(new.notice, old.notice) AS notice, old AS before, new AS after,
                old.notice IS NULL AS is_new, old.notice IS NOT NULL AND old.{shown} AS was_shown,
                new.notice IS NOT NULL AND new.{shown} AS is_shown, [{differs}] AS columns
            FROM old FULL JOIN new ON new.notice = old.notice),
        told AS (
            SELECT notice, before, after, list_filter(columns, lambda x: x IS NOT NULL) AS differs,
                CASE WHEN is_shown AND is_new THEN 'appeared' WHEN is_shown AND NOT was_shown THEN 'returned'
                     WHEN was_shown AND NOT is_shown THEN 'gone' ELSE 'changed' END AS kind,
                CASE WHEN is_shown THEN coalesce(after.individuals, 0) ELSE 0 END
                    - CASE WHEN was_shown THEN coalesce(before.individuals, 0) ELSE 0 END AS gained
            FROM sides WHERE was_shown OR is_shown),
        differing AS (
            SELECT notice, CASE WHEN kind = 'changed' AND differs = ['status'] THEN 'moved' ELSE kind END AS kind,
                differs, gained, before, after
            FROM told WHERE len(differs) > 0 OR kind <> 'changed')"""


def held(
    engine: duckdb.DuckDBPyConnection, limit: int | None = None, register: str | None = None, as_of: date | None = None
) -> list[Row]:
    """Every held row: its snapshot, place, the rule it broke, and the row itself; if told, of one register and by a day."""
    return _rows(
        engine,
        """SELECT snapshot.id AS snapshot, held.row, field, rule, seen, raw FROM held JOIN snapshot USING (snapshot)
        WHERE coalesce(register = $register, true) AND coalesce(taken_on <= $as_of, true)
        ORDER BY snapshot.snapshot, held.row LIMIT $limit""",
        {"limit": limit if limit is not None else 2**62, "register": register, "as_of": as_of},
    )


def doubtful(engine: duckdb.DuckDBPyConnection, register: str) -> list[Row]:
    """Matches that a person should look at: what was recognised as the same notice on thin evidence."""
    return _rows(
        engine,
        f"""WITH told AS (
            SELECT *, lag(name) OVER trail AS name_before, lag(individuals) OVER trail AS individuals_before FROM version
            WINDOW trail AS (PARTITION BY notice ORDER BY known_from))
        SELECT notice.id, known_from, rung, state, submitted_on, name_before, name, individuals_before, individuals,
            snapshot.id || '#' || told.row AS row
        FROM told JOIN notice USING (notice) JOIN snapshot USING (snapshot)
        WHERE rung IN {DOUBTFUL} AND told.register = $register ORDER BY known_from DESC, notice.id""",
        {"register": register},
    )


def _rows(engine: duckdb.DuckDBPyConnection, statement: str, parameters: dict[str, Any]) -> list[Row]:
    named = set(_PARAMETER.findall(statement))
    with believed():
        result = engine.execute(statement, {name: value for name, value in parameters.items() if name in named})
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
