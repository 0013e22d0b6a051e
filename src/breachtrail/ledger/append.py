"""One day's rows into the ledger: new notices, new versions where something changed, and who is missing.

A day is all snapshots of one register taken on it. Closing a version is the only update there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from breachtrail.ledger import identity, rungs
from breachtrail.ledger.match import match
from breachtrail.ledger.name import name_key
from breachtrail.notices.shape import NAMES, SEVERAL

#: Keys of rows: the snapshot's number, then the row's.
_ROWS_PER_SNAPSHOT = 10_000_000_000


@dataclass(frozen=True)
class Appended:
    """What one day changed: counts of notices."""

    day: date
    listed: int
    new: int
    changed: int
    closed: int
    missing: int
    unlisted: int


def forget_from(engine: duckdb.DuckDBPyConnection, day: date) -> None:
    """Take the ledger back to what was known before ``day``, so that its days can be lived through again."""
    for statement in (
        "DELETE FROM version WHERE known_from >= $day",
        "UPDATE version SET known_until = NULL WHERE known_until >= $day",
        "DELETE FROM alias WHERE notice IN (SELECT notice FROM notice WHERE first_seen >= $day)",
        "DELETE FROM notice WHERE first_seen >= $day",
        "DELETE FROM held WHERE snapshot IN (SELECT snapshot FROM snapshot WHERE taken_on >= $day)",
        "DELETE FROM snapshot WHERE taken_on >= $day",
    ):
        engine.execute(statement, {"day": day})
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE known_as AS SELECT notice, {_hashed_name('name')} AS name_key FROM version "
        "WHERE known_until IS NULL"
    )


def list_rows(engine: duckdb.DuckDBPyConnection) -> None:
    """Turn ``judged`` into ``listed``: accepted rows with their key, status, place in their list and name key.

    A list in the portal's order runs from the newest day to the oldest; some run the other way; in a list that was
    sorted otherwise a row's place means nothing and is NULL.
    """
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE listed AS
        WITH of AS (
            SELECT snapshot.snapshot, any_value(view) AS view,
                CASE WHEN coalesce(corr(row, epoch(submitted_on)), -1) < -0.9 THEN 1
                     WHEN corr(row, epoch(submitted_on)) > 0.9 THEN -1 END AS direction
            FROM judged JOIN snapshot USING (snapshot) GROUP BY snapshot.snapshot)
        SELECT snapshot * {_ROWS_PER_SNAPSHOT} + row AS key, snapshot, row, row * direction AS place,
            CASE WHEN view = 'both' THEN said_view ELSE view END AS status, {", ".join(NAMES)}, {_hashed_name("name")} AS name_key
        FROM judged JOIN of USING (snapshot) WHERE reason IS NULL"""
    )


def start_day(engine: duckdb.DuckDBPyConnection, snapshots: Sequence[int], carried: Sequence[str]) -> None:
    """Make ``today`` of the day's snapshots: what they show, each notice once, though two of them may show it."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE today AS SELECT * FROM listed WHERE snapshot BETWEEN $first AND $last",
        {"first": min(snapshots), "last": max(snapshots)},
    )
    for place, snapshot in enumerate(snapshots[1:], start=1):
        if _overlap(engine, snapshots[:place], snapshot):
            engine.execute(
                f"CREATE OR REPLACE TEMP VIEW before AS SELECT * FROM today WHERE snapshot < {int(snapshot)}"
            )
            engine.execute(
                f"CREATE OR REPLACE TEMP VIEW beside AS SELECT * FROM today WHERE snapshot = {int(snapshot)}"
            )
            match(engine, "before", "beside", carried=carried, both_whole=False)
            engine.execute("DELETE FROM today WHERE key IN (SELECT newer FROM pair)")


def _overlap(engine: duckdb.DuckDBPyConnection, before: Sequence[int], snapshot: int) -> bool:
    """Whether a snapshot shows a view that one before it on the same day shows too."""
    row = engine.execute(
        "SELECT count(*) FROM snapshot AS a JOIN snapshot AS b ON b.snapshot = $snapshot WHERE a.snapshot BETWEEN $first AND $last "
        "AND (a.view = b.view OR a.view IN ('both', 'all') OR b.view IN ('both', 'all'))",
        {"snapshot": snapshot, "first": before[0], "last": before[-1]},
    ).fetchone()
    return row is not None and row[0] > 0


def append_day(
    engine: duckdb.DuckDBPyConnection,
    *,
    register: str,
    id_prefix: str,
    day: date,
    observed: Sequence[str],
    views: Sequence[str],
    carried: Sequence[str],
) -> Appended:
    """Bring ``today`` into the ledger as what was known from ``day`` on: find out first, write then.

    observed: the views that the day's snapshots show; views: all that the register has
    """
    engine.execute(
        f"CREATE OR REPLACE TEMP VIEW yesterday AS SELECT notice AS key, notice AS place, status, known_from, name_key, "
        f"{', '.join(f'version.{name}' for name in NAMES)} FROM version JOIN known_as USING (notice) "
        f"WHERE known_until IS NULL AND register = '{register}'"
    )
    whole = set(views) <= set(observed)
    match(
        engine, "yesterday", "today", carried=carried, both_whole=whole and _whole_before(engine, register, day, views)
    )
    _find_new(engine, id_prefix, day)
    _find_changed(engine)
    _find_missing(engine, register, day, observed, views)
    identity.note_aliases(engine, register)
    _write_new(engine, register, day)
    _succeed(engine, "merged", register, day)
    _succeed(engine, "absent", register, day)
    new, changed, listed = (
        _scalar(engine, f"SELECT count(*) FROM {table}") for table in ("arrived", "merged", "today")
    )
    left = dict(engine.execute("SELECT status, count(*) FROM absent GROUP BY status").fetchall())
    return Appended(day, listed, new, changed, left.get("closed", 0), left.get("missing", 0), left.get("unlisted", 0))


def _find_new(engine: duckdb.DuckDBPyConnection, id_prefix: str, day: date) -> None:
    """``arrived``: rows without a partner become notices, with an id that a person can read.

    Equal rows of one day are told apart by their number, and from those of an earlier day by the day.
    """
    types = ", ".join(f"array_to_string({column}, ',')" for column in SEVERAL)
    content = f"md5(concat_ws('|', {name_key()}, state, entity_type, individuals, {types}, business_associate))"
    slug = "trim(left(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '-', 'g'), 40), '-')"
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE arrived AS
        WITH told AS (
            SELECT *, {content} AS hash, concat_ws('-', $prefix, coalesce(submitted_on::VARCHAR, 'undated'),
                coalesce(nullif({slug}, ''), 'unnamed')) AS stem
            FROM today WHERE key NOT IN (SELECT newer FROM pair)),
        counted AS (
            SELECT *, concat_ws('-', stem, left(hash, 4)) AS short,
                row_number() OVER (PARTITION BY stem, left(hash, 4) ORDER BY place, key) AS nth FROM told),
        first AS (SELECT coalesce(max(notice), 0) AS last FROM notice)
        SELECT last + row_number() OVER () AS notice,
            CASE WHEN nth > 1 OR short IN (SELECT id FROM notice)
                THEN concat_ws('-', stem, left(md5(concat_ws('|', hash, $day, nth)), 12)) ELSE short END AS id, ordered.*
        FROM (SELECT * FROM counted ORDER BY submitted_on, snapshot, place, row) AS ordered, first""",
        {"prefix": id_prefix, "day": day},
    )


def _write_new(engine: duckdb.DuckDBPyConnection, register: str, day: date) -> None:
    told = {"register": register, "day": day}
    engine.execute("INSERT INTO notice SELECT notice, id, $register, NULL, $day FROM arrived ORDER BY notice", told)
    engine.execute(
        f"INSERT INTO version SELECT $register, notice, $day, NULL, coalesce(status, 'all'), {', '.join(NAMES)}, snapshot, row, "
        "'new' FROM arrived ORDER BY notice",
        told,
    )
    engine.execute("INSERT INTO known_as SELECT notice, name_key FROM arrived")


def _find_changed(engine: duckdb.DuckDBPyConnection) -> None:
    """``merged``: notices of which today says something else than before.

    A column that is not carried says nothing, nor does a blank; another dress of a name or a text is no change.
    """
    status = (
        "CASE WHEN today.status <> 'all' THEN today.status "
        "WHEN old.status IN ('closed', 'missing', 'unlisted') THEN 'all' ELSE old.status END"
    )
    said = {name: f"coalesce(today.{name}, old.{name})" for name in NAMES} | {
        "name": "CASE WHEN today.name_key = name_key THEN old.name ELSE today.name END",
        "description": "CASE WHEN old.description IS NULL OR other_text THEN today.description ELSE old.description END",
    }
    differs = [
        f"(today.{name} IS NOT NULL AND today.{name} IS DISTINCT FROM old.{name})"
        for name in NAMES
        if name not in ("name", "description")
    ]
    differs += [
        f"{status} <> old.status",
        "today.name_key <> name_key",
        "(today.description IS NOT NULL AND (old.description IS NULL OR other_text))",
    ]
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE suspect AS
        SELECT pair.* FROM pair JOIN all_older AS old ON old.key = pair.older JOIN all_newer AS today ON today.key = pair.newer
        WHERE rung <> '{rungs.SAME_CONTENT}' OR today.status IS DISTINCT FROM old.status
            OR (today.text IS NOT NULL AND today.text IS DISTINCT FROM old.text)"""
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE merged AS
        SELECT old.notice AS notice, today.snapshot AS snapshot, today.row AS row, rung, {status} AS status,
            today.name_key AS name_key, {", ".join(f"{text} AS {name}" for name, text in said.items())}
        FROM (
            SELECT today, old, was.name_key, suspect.rung, CASE WHEN today.description <> old.description
                THEN {_text_key("today")} <> {_text_key("old")} ELSE false END AS other_text
            FROM suspect JOIN today ON today.key = suspect.newer JOIN all_older AS was ON was.key = suspect.older
            JOIN (SELECT * FROM version WHERE known_until IS NULL AND notice IN (SELECT older FROM suspect)) AS old
                ON old.notice = suspect.older)
        WHERE {" OR ".join(differs)}"""
    )


def _text_key(side: str) -> str:
    return f"regexp_replace(lower(strip_accents({side}.description)), '[^a-z0-9]+', '', 'g')"


def _hashed_name(column: str) -> str:
    return f"hash({name_key(column)})"


def _find_missing(
    engine: duckdb.DuckDBPyConnection, register: str, day: date, observed: Sequence[str], views: Sequence[str]
) -> None:
    """``absent``: notices that today's views should show and do not, where their status changes by it.

    A view not fetched is not a view emptied: a notice that left its view while another was not looked at since is
    ``closed`` and counts on. Once every view has been looked at without it, it is ``missing``: the register does not
    show it, though it may be in transit between views. Once every view has been looked at again, it is ``unlisted``.
    """
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE absent AS
        WITH gone AS (
            SELECT key, name_key FROM all_older
            WHERE (status IN (SELECT unnest($observed)) OR status IN ('closed', 'missing') OR (status = 'all' AND $whole))
              AND key NOT IN (SELECT older FROM pair)),
        looked AS (
            SELECT taken_on, derived, unnest(CASE WHEN view IN ('both', 'all') THEN $views::VARCHAR[] ELSE [view] END) AS view
            FROM snapshot WHERE register = $register AND taken_on <= $day),
        last_look AS (SELECT view, max(taken_on) AS taken_on FROM looked GROUP BY view),
        whole AS (
            SELECT count(*) = len($views::VARCHAR[]) AS is_whole, min(taken_on) AS since,
                (SELECT bool_or(derived) FROM looked WHERE taken_on = $day) AS by_derived FROM last_look),
        judged AS (
            SELECT version.*, name_key, by_derived, CASE
                WHEN version.status = 'missing' THEN CASE WHEN is_whole AND since > known_from THEN 'unlisted' ELSE 'missing' END
                WHEN is_whole AND since >= CASE version.status WHEN 'closed' THEN known_from ELSE $day END THEN 'missing'
                ELSE 'closed' END AS becomes
            FROM gone JOIN version ON notice = key, whole WHERE known_until IS NULL)
        SELECT notice, NULL::INTEGER AS snapshot, NULL::BIGINT AS row,
            CASE WHEN by_derived THEN 'absent, by a derived file' ELSE 'absent' END AS rung, name_key,
            becomes AS status, {", ".join(NAMES)}
        FROM judged WHERE status <> becomes""",
        {
            "day": day,
            "observed": list(observed),
            "views": list(views),
            "register": register,
            "whole": set(views) <= set(observed),
        },
    )


def _succeed(engine: duckdb.DuckDBPyConnection, table: str, register: str, day: date) -> None:
    """Close the open versions of the table's notices and open the new ones."""
    if not _scalar(engine, f"SELECT count(*) FROM {table}"):
        return
    told = {"register": register, "day": day}
    engine.execute(
        f"UPDATE version SET known_until = $day WHERE known_until IS NULL AND notice IN (SELECT notice FROM {table})",
        {"day": day},
    )
    engine.execute(
        f"INSERT INTO version SELECT $register, notice, $day, NULL, status, {', '.join(NAMES)}, snapshot, row, rung FROM {table} "
        "ORDER BY notice",
        told,
    )
    engine.execute(
        f"UPDATE known_as SET name_key = now.name_key FROM {table} AS now "
        "WHERE known_as.notice = now.notice AND known_as.name_key <> now.name_key"
    )


def _whole_before(engine: duckdb.DuckDBPyConnection, register: str, day: date, views: Sequence[str]) -> bool:
    """Whether the last day looked at before showed every view."""
    seen = engine.execute(
        "SELECT list(DISTINCT view) FROM snapshot WHERE register = $register AND taken_on = "
        "(SELECT max(taken_on) FROM snapshot WHERE register = $register AND taken_on < $day)",
        {"register": register, "day": day},
    ).fetchone()
    last = set(seen[0] or ()) if seen else set()
    return bool(last & {"both", "all"}) or set(views) <= last


def _scalar(engine: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = engine.execute(statement).fetchone()
    return int(row[0]) if row else 0
