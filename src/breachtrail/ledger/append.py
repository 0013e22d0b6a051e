"""One day's rows into the ledger: new notices, new versions where something changed, and who is missing.

A day is all snapshots of one register taken on it. Closing a version is the only update there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from breachtrail.ledger import identity
from breachtrail.ledger.match import match
from breachtrail.ledger.name import name_key
from breachtrail.ledger.raw import Sidecar
from breachtrail.notices.screen import Screened
from breachtrail.notices.shape import NAMES, SEVERAL

#: A description is another one only if its letters and digits are.
_DESCRIPTION_KEY = "regexp_replace(lower(strip_accents({text})), '[^a-z0-9]+', '', 'g')"


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


def add_snapshot(
    engine: duckdb.DuckDBPyConnection,
    sidecar: Sidecar,
    screened: Screened,
    *,
    columns: Sequence[str],
    unread: Sequence[str],
    derived: bool,
    dress: str,
    reader_version: int,
) -> int:
    """Record a snapshot and its held rows; returns its number."""
    number = _scalar(engine, "SELECT coalesce(max(snapshot), 0) + 1 FROM snapshot")
    engine.execute(
        """INSERT INTO snapshot VALUES ($number, $id, $register, $view, $taken_on, $not_before, $not_after, $from, $sha256,
        $rows, $accepted, $held, $columns, $unread, $derived, $dress, $reader_version)""",
        {
            "number": number,
            "id": sidecar.id,
            "register": sidecar.register,
            "view": sidecar.view,
            "taken_on": sidecar.taken_on,
            "not_before": sidecar.taken_not_before,
            "not_after": sidecar.taken_not_after,
            "from": sidecar.fetched_from,
            "sha256": sidecar.sha256,
            "rows": screened.accepted_rows + screened.held_rows,
            "accepted": screened.accepted_rows,
            "held": screened.held_rows,
            "columns": list(columns),
            "unread": list(unread),
            "derived": derived,
            "dress": dress,
            "reader_version": reader_version,
        },
    )
    engine.execute(f"INSERT INTO held SELECT $number, * FROM {screened.held}", {"number": number})
    return number


def start_day(engine: duckdb.DuckDBPyConnection) -> None:
    """An empty ``today``: the rows that the day's snapshots show, each notice once."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE today AS SELECT 0::BIGINT AS key, version.snapshot, version.row, "
        f"0::BIGINT AS place, status, {', '.join(NAMES)} FROM version WHERE false"
    )


def add_rows(
    engine: duckdb.DuckDBPyConnection, accepted: str, snapshot: int, view: str, carried: Sequence[str]
) -> None:
    """Add a snapshot's accepted rows to ``today``; rows that an overlapping snapshot of the day shows already are left.

    view: the view that the whole file shows, or ``both``, where only a row's own ``said_view`` tells.
    """
    status = "said_view" if view == "both" else "$view"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE arriving AS SELECT row + (SELECT coalesce(max(key), 0) FROM today) AS key, $snapshot::INTEGER AS snapshot, row, "
        f"row * $order AS place, {status}::VARCHAR AS status, {', '.join(NAMES)} FROM {accepted} ORDER BY row",
        {"snapshot": snapshot, "order": _order(engine, accepted)} | ({} if view == "both" else {"view": view}),
    )
    overlaps = engine.execute(
        "SELECT count(*) FROM today WHERE $view IN ('both', 'all') OR status IS NULL OR status = $view", {"view": view}
    ).fetchone()
    if overlaps and overlaps[0]:
        match(engine, "today", "arriving", carried=carried, both_whole=False)
        engine.execute("DELETE FROM arriving WHERE key IN (SELECT newer FROM pair)")
    engine.execute("INSERT INTO today SELECT * FROM arriving")


def _order(engine: duckdb.DuckDBPyConnection, accepted: str) -> int | None:
    """1 for a list that runs from the newest day to the oldest, as the portal's, -1 for the reverse, None for neither."""
    row = engine.execute(f"SELECT corr(row, epoch(submitted_on)) FROM {accepted}").fetchone()
    along = row[0] if row and row[0] is not None else -1.0
    return 1 if along < -0.9 else -1 if along > 0.9 else None


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
    """Bring ``today`` into the ledger as what was known from ``day`` on.

    observed: the views that the day's snapshots show; views: all that the register has
    """
    whole = set(views) <= set(observed)
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE yesterday AS SELECT notice AS key, notice AS place, status, known_from, "
        f"{', '.join(f'version.{name}' for name in NAMES)} FROM version "
        "WHERE known_until IS NULL AND register = $register",
        {"register": register},
    )
    whole_before = _whole_before(engine, register, day, views)
    match(engine, "yesterday", "today", carried=carried, both_whole=whole and whole_before)
    new = _add_new(engine, register, id_prefix, day)
    changed = _add_changed(engine, register, day)
    identity.note_aliases(engine)
    left = _add_missing(engine, register, day, observed, views)
    listed = _scalar(engine, "SELECT count(*) FROM today")
    return Appended(day, listed, new, changed, left.get("closed", 0), left.get("missing", 0), left.get("unlisted", 0))


def _add_new(engine: duckdb.DuckDBPyConnection, register: str, id_prefix: str, day: date) -> int:
    """Rows without a partner become notices, with an id that a person can read."""
    types = ", ".join(f"array_to_string({column}, ',')" for column in SEVERAL)
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE arrived AS
        WITH fresh AS (SELECT *, {name_key()} AS name_key FROM today WHERE key NOT IN (SELECT newer FROM pair)),
        told AS (SELECT *, md5(concat_ws('|', name_key, state, entity_type, individuals, {types}, business_associate,
            row_number() OVER (PARTITION BY name_key, state, submitted_on, entity_type, individuals, {types} ORDER BY snapshot, row)
            )) AS hash FROM fresh),
        named AS (SELECT *, concat_ws('-', $prefix, coalesce(submitted_on::VARCHAR, 'undated'),
            coalesce(nullif(trim(left(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '-', 'g'), 40), '-'), ''), 'unnamed')) AS stem
            FROM told)
        SELECT (SELECT coalesce(max(notice), 0) FROM notice) + row_number() OVER (ORDER BY submitted_on, snapshot, place, row) AS notice,
            concat_ws('-', stem, CASE WHEN count(*) OVER (PARTITION BY stem, left(hash, 4)) > 1
                OR EXISTS (SELECT 1 FROM notice WHERE notice.id = concat_ws('-', stem, left(hash, 4)))
                THEN left(hash, 12) ELSE left(hash, 4) END) AS id, named.* FROM named""",
        {"prefix": id_prefix},
    )
    engine.execute(
        "INSERT INTO notice SELECT notice, id, $register, NULL, $day FROM arrived ORDER BY notice",
        {"register": register, "day": day},
    )
    engine.execute(
        f"INSERT INTO version SELECT $register, notice, $day, NULL, coalesce(status, 'all'), {', '.join(NAMES)}, snapshot, row, 'new' "
        "FROM arrived ORDER BY notice",
        {"register": register, "day": day},
    )
    return _scalar(engine, "SELECT count(*) FROM arrived")


def _add_changed(engine: duckdb.DuckDBPyConnection, register: str, day: date) -> int:
    """Notices of which today says something else than before get a new version.

    A column that is not carried says nothing, nor does a blank; another dress of a name or a text is no change.
    """
    said = ", ".join(
        f"CASE WHEN {name_key('today.name')} = {name_key('old.name')} THEN old.name ELSE today.name END AS name"
        if name == "name"
        else f"CASE WHEN {_same_text()} THEN old.description ELSE today.description END AS description"
        if name == "description"
        else f"coalesce(today.{name}, old.{name}) AS {name}"
        for name in NAMES
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE merged AS
        SELECT old.key AS notice, today.snapshot, today.row, pair.rung, old AS old_version,
            CASE WHEN today.status IS NOT NULL AND today.status <> 'all' THEN today.status
                 WHEN old.status IN ('closed', 'missing', 'unlisted') THEN 'all' ELSE old.status END AS status, {said}
        FROM pair JOIN yesterday AS old ON old.key = pair.older JOIN today ON today.key = pair.newer"""
    )
    differs = " OR ".join(f"{name} IS DISTINCT FROM old_version.{name}" for name in ("status", *NAMES))
    engine.execute(f"DELETE FROM merged WHERE NOT ({differs})")
    _succeed(engine, "merged", register, day)
    return _scalar(engine, "SELECT count(*) FROM merged")


def _same_text() -> str:
    today, old = (_DESCRIPTION_KEY.format(text=f"{side}.description") for side in ("today", "old"))
    return f"today.description IS NULL OR today.description = old.description OR {today} = {old}"


def _add_missing(
    engine: duckdb.DuckDBPyConnection, register: str, day: date, observed: Sequence[str], views: Sequence[str]
) -> dict[str, int]:
    """Notices that today's views should show and do not; returns how many took on which status.

    A view not fetched is not a view emptied: a notice that left its view while another was not looked at since is
    ``closed`` and counts on. Once every view has been looked at without it, it is ``missing``: the register does not
    show it, though it may be in transit between views. Once every view has been looked at again, it is ``unlisted``.
    """
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE missing AS
        WITH gone AS (
            SELECT *, CASE WHEN status IN ('closed', 'missing') THEN known_from ELSE $day END AS left_on FROM yesterday
            WHERE key NOT IN (SELECT older FROM pair)
              AND (status IN (SELECT unnest($observed)) OR status IN ('closed', 'missing') OR (status = 'all' AND $whole))),
        looked AS (
            SELECT DISTINCT taken_on, derived,
                unnest(CASE WHEN view IN ('both', 'all') THEN $views::VARCHAR[] ELSE [view] END) AS view
            FROM snapshot WHERE register = $register AND taken_on <= $day),
        judged AS (
            SELECT gone.*, len($views::VARCHAR[]) = (
                SELECT count(DISTINCT view) FROM looked
                WHERE taken_on > left_on OR (taken_on = left_on AND gone.status <> 'missing')) AS nowhere
            FROM gone)
        SELECT key AS notice, NULL::INTEGER AS snapshot, NULL::BIGINT AS row, status AS was,
            CASE WHEN EXISTS (SELECT 1 FROM looked WHERE taken_on = $day AND derived)
                THEN 'absent, by a derived file' ELSE 'absent' END AS rung,
            CASE WHEN NOT nowhere THEN CASE status WHEN 'missing' THEN 'missing' ELSE 'closed' END
                 WHEN status = 'missing' THEN 'unlisted' ELSE 'missing' END AS status, {", ".join(NAMES)}
        FROM judged""",
        {"day": day, "observed": list(observed), "views": list(views), "register": register,
         "whole": set(views) <= set(observed)},
    )  # fmt: skip
    engine.execute("DELETE FROM missing WHERE was = status")
    _succeed(engine, "missing", register, day)
    return dict(engine.execute("SELECT status, count(*) FROM missing GROUP BY status").fetchall())


def _succeed(engine: duckdb.DuckDBPyConnection, table: str, register: str, day: date) -> None:
    """Close the open versions of the table's notices and open the new ones."""
    engine.execute(
        f"UPDATE version SET known_until = $day WHERE known_until IS NULL AND notice IN (SELECT notice FROM {table})",
        {"day": day},
    )
    engine.execute(
        f"INSERT INTO version SELECT $register, notice, $day, NULL, status, {', '.join(NAMES)}, snapshot, row, rung FROM {table} "
        "ORDER BY notice",
        {"register": register, "day": day},
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
