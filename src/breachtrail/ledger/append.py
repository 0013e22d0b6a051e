"""One day's rows into the ledger: new notices, new versions where something changed, and who is missing.

A day is all snapshots of one register taken on it. Closing a version is the only update there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from breachtrail.ledger import arrival, corrections, identity
from breachtrail.ledger.corrections import Correction
from breachtrail.ledger.digest import row_hash
from breachtrail.ledger.match import match, start
from breachtrail.ledger.name import name_key
from breachtrail.ledger.snapshots import Reading
from breachtrail.notices.screen import WORDS
from breachtrail.notices.shape import NAMES, SEVERAL


@dataclass(frozen=True)
class Appended:
    """What one day changed in one register: counts of notices."""

    register: str
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
        "DELETE FROM held WHERE snapshot IN (SELECT snapshot FROM snapshot WHERE taken_on >= $day)",
        "DELETE FROM snapshot WHERE taken_on >= $day",
        "DELETE FROM record WHERE known_from >= $day",
        "DELETE FROM sealed_day WHERE day >= $day",
    ):
        engine.execute(statement, {"day": day})
    engine.execute("DELETE FROM alias WHERE notice > (SELECT coalesce(max(notice), 0) FROM version)")


def list_rows(engine: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> None:
    """``listed``: the accepted rows of ``reading`` and ``judged``, with key, status, place in their list, and ``turn``.

    A list in the portal's order runs from the newest day to the oldest; some run the other way; in a list that was
    sorted otherwise a row's place means nothing and is NULL. ``turn`` is a number for each row of all files, rising as
    ``place`` does in each. Worded columns are enumerations, as in ``reading``.
    """
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE file AS SELECT unnest($numbers) AS snapshot, unnest($firsts) AS first, "
        "unnest($lasts) AS last, unnest($views) AS view",
        {
            "numbers": [one.number for one in readings],
            "firsts": [one.first for one in readings],
            "lasts": [one.first + one.rows - 1 for one in readings],
            "views": [one.sidecar.view for one in readings],
        },
    )
    said = {name: f"judged.{name}::said_{name}" for name in WORDS} | {
        name: f"array_to_string(judged.{name}, ', ')::said_{name}" for name in SEVERAL
    }
    rows = f"""SELECT rowid AS key, snapshot, {", ".join(NAMES)}, NULL::VARCHAR AS said_view FROM reading WHERE cells IS NULL
        UNION ALL SELECT key, snapshot, {", ".join(said.get(name, name) for name in NAMES)}, said_view FROM judged WHERE reason IS NULL"""
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE direction AS
        SELECT snapshot, CASE WHEN coalesce(corr(key, epoch(submitted_on)), -1) < -0.9 THEN 1
            WHEN corr(key, epoch(submitted_on)) > 0.9 THEN -1 END AS direction FROM ({rows}) GROUP BY snapshot"""
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP VIEW listed AS
        SELECT key, snapshot, key - first + 1 AS row, (key - first + 1) * direction AS place,
            CASE WHEN direction = -1 THEN first + last - key ELSE key END AS turn,
            CASE WHEN view = 'both' THEN said_view ELSE view END AS status, {", ".join(NAMES)}
        FROM ({rows}) JOIN file USING (snapshot) JOIN direction USING (snapshot)"""
    )


def start_day(engine: duckdb.DuckDBPyConnection, snapshots: Sequence[int], carried: Sequence[str]) -> None:
    """Make ``today`` of the day's snapshots: what they show, each notice once, though two of them may show it.

    Columns with several values come three times: as the list, as ``<column>_cell`` (the words of the cell), and as
    ``<column>_content`` (the list's hash).
    """
    engine.execute("CREATE OR REPLACE TEMP TABLE shown_twice (key BIGINT, stays BIGINT)")
    records = _knows_records(engine)
    for place, snapshot in enumerate(snapshots[1:], start=1):
        if _overlap(engine, snapshots[:place], snapshot):
            _show(engine, "before", snapshots[0], snapshot - 1)
            _show(engine, "beside", snapshot, snapshot)
            match(engine, "before", "beside", carried=carried, both_whole=False, with_records=records)
            _leave_one(engine)
    _show(engine, "today", snapshots[0], snapshots[-1])


def _knows_records(engine: duckdb.DuckDBPyConnection) -> bool:
    """Whether any file at hand shows the register's own record ids."""
    return bool(engine.execute("SELECT 1 FROM recorded LIMIT 1").fetchall())


def _leave_one(engine: duckdb.DuckDBPyConnection) -> None:
    """Of two rows of a day that are one notice one stays, and has the record id of either; ``shown_twice``: the other.

    It is the earlier one, but for a list with record ids: that was read from the register's page, where descriptions are
    folded away.
    """
    engine.execute(
        """CREATE OR REPLACE TEMP TABLE lent AS
        SELECT CASE WHEN older.record_id IS NOT NULL AND newer.record_id IS NULL THEN partner.newer ELSE partner.older END AS stays,
            CASE WHEN older.record_id IS NOT NULL AND newer.record_id IS NULL THEN partner.older ELSE partner.newer END AS goes,
            coalesce(older.record_id, newer.record_id) AS record_id
        FROM partner LEFT JOIN recorded AS older ON older.key = partner.older LEFT JOIN recorded AS newer ON newer.key = partner.newer"""
    )
    engine.execute("UPDATE shown_twice SET stays = lent.stays FROM lent WHERE shown_twice.stays = lent.goes")
    engine.execute("INSERT INTO shown_twice SELECT goes, stays FROM lent")
    engine.execute(
        "INSERT INTO recorded SELECT stays, record_id FROM lent WHERE record_id IS NOT NULL AND stays NOT IN (SELECT key FROM recorded)"
    )


def _show(engine: duckdb.DuckDBPyConnection, view: str, first: int, last: int) -> None:
    """A view of the rows of some snapshots, without those that are shown a second time."""
    several = ", ".join(
        f"{name}_values.value AS {name}, {name}::VARCHAR AS {name}_cell, "
        f"coalesce({name}_values.content, hash(NULL::VARCHAR[])) AS {name}_content"
        for name in SEVERAL
    )
    record, recorded = "NULL::VARCHAR", ""
    if _knows_records(engine):
        record, recorded = "recorded.record_id", "LEFT JOIN recorded USING (key)"
    twice = engine.execute("SELECT 1 FROM shown_twice LIMIT 1").fetchall()
    once = "AND key NOT IN (SELECT key FROM shown_twice)" if twice else ""
    joins = " ".join(f"LEFT JOIN values_of_{name} AS {name}_values ON {name}_values.cell = {name}" for name in SEVERAL)
    engine.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT listed.* EXCLUDE ({', '.join(SEVERAL)}), {several}, "
        f"{record} AS record_id FROM listed {recorded} {joins} "
        f"WHERE snapshot BETWEEN {int(first)} AND {int(last)} {once}"
    )


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
    corrected: Sequence[Correction],
) -> Appended:
    """Bring ``today`` into the ledger as what was known from ``day`` on: find out first, write then.

    observed:  the views that the day's snapshots show; views: all that the register has
    corrected: entries of ``corrections.yml`` that speak of rows of this day. Raises CorrectionError
    """
    corrections.settle(engine, corrected)
    hashes = ", ".join(f"hash({name}) AS {name}_content" for name in SEVERAL)
    records = _knows_records(engine)
    record = (
        "(SELECT max_by(record_id, known_from::VARCHAR || record_id) FROM record WHERE record.notice = version.notice)"
    )
    engine.execute(
        f"CREATE OR REPLACE TEMP VIEW yesterday AS SELECT notice AS key, notice AS place, *, {hashes}, "
        f"{record if records else 'NULL::VARCHAR'} AS record_id FROM version WHERE known_until IS NULL AND register = '{register}'"
    )
    is_first = not engine.execute("SELECT 1 FROM yesterday LIMIT 1").fetchall()
    if is_first:
        start(engine)
        corrections.hold(engine)
    else:
        both_whole = set(views) <= set(observed) and _whole_before(engine, register, day, views)
        _match_corrected(engine, corrected, carried, both_whole, records)
    _find_changed(engine)
    _find_missing(engine, register, day, observed, views)
    new = arrival.write(engine, register, id_prefix, day, all_are_new=is_first)
    identity.note_aliases(engine, day)
    if records:
        _learn_records(engine, register, day)
    _succeed(engine, "merged", register, id_prefix, day)
    _succeed(engine, "absent", register, id_prefix, day)
    changed = _scalar(engine, "SELECT count(*) FROM merged")
    shown_once = "sum(accepted)::BIGINT - (SELECT count(*) FROM shown_twice)"
    listed = _scalar(
        engine,
        f"SELECT {shown_once} FROM snapshot WHERE register = $register AND taken_on = $day",
        {"register": register, "day": day},
    )
    left = dict(engine.execute("SELECT status, count(*) FROM absent GROUP BY status").fetchall())
    return Appended(
        register, day, listed, new, changed, left.get("closed", 0), left.get("missing", 0), left.get("unlisted", 0)
    )


def _learn_records(engine: duckdb.DuckDBPyConnection, register: str, day: date) -> None:
    """The register's own ids of today's notices, where they are not known yet."""
    engine.execute(
        """INSERT INTO record SELECT DISTINCT $register, notice, record_id, $day::DATE AS known_from FROM (
            SELECT coalesce(partner.older, arrived.notice) AS notice, today.record_id FROM today
            LEFT JOIN partner ON partner.newer = today.key
            LEFT JOIN (SELECT * FROM version WHERE known_from = $day AND rung = 'new') AS arrived
                ON arrived.snapshot = today.snapshot AND arrived.row = today.row
            WHERE today.record_id IS NOT NULL)
        WHERE (notice, record_id) NOT IN (SELECT (notice, record_id) FROM record) ORDER BY notice""",
        {"register": register, "day": day},
    )


def _match_corrected(
    engine: duckdb.DuckDBPyConnection,
    corrected: Sequence[Correction],
    carried: Sequence[str],
    both_whole: bool,
    records: bool,
) -> None:
    """Match yesterday with today; where rows are corrected, the ladder is asked once for all, then without them."""
    match(engine, "yesterday", "today", carried=carried, both_whole=both_whole, with_records=records)
    if not corrected:
        return
    corrections.hold(engine)
    for side, place in (("yesterday", "older"), ("today", "newer")):
        engine.execute(
            f"CREATE OR REPLACE TEMP VIEW {side}_unsettled AS "
            f"SELECT * FROM {side} WHERE key NOT IN (SELECT {place} FROM settled WHERE {place} IS NOT NULL)"
        )
    match(
        engine, "yesterday_unsettled", "today_unsettled", carried=carried, both_whole=both_whole, with_records=records
    )
    corrections.join(engine)


def _find_changed(engine: duckdb.DuckDBPyConnection) -> None:
    """``merged``: notices of which today says something else than before.

    A column that is not carried says nothing, nor does a blank; another dress of a name or a text is no change.
    """
    status = (
        "CASE WHEN today.status <> 'all' THEN today.status "
        "WHEN old.status IN ('closed', 'missing', 'unlisted') THEN 'all' ELSE old.status END"
    )
    other_name = f"today.name <> old.name AND {name_key('today.name')} <> {name_key('old.name')}"
    other_text = f"today.description <> old.description AND {_text_key('today')} <> {_text_key('old')}"
    said = {name: f"coalesce(today.{name}, old.{name})" for name in NAMES} | {
        "name": f"CASE WHEN {other_name} THEN today.name ELSE old.name END",
        "description": f"CASE WHEN old.description IS NULL OR ({other_text}) THEN today.description ELSE old.description END",
    }
    differs = [
        f"(today.{name} IS NOT NULL AND today.{name} IS DISTINCT FROM old.{name})"
        for name in NAMES
        if name not in ("name", "description")
    ]
    differs += [
        f"{status} <> old.status",
        f"({other_name})",
        f"(today.description IS NOT NULL AND (old.description IS NULL OR ({other_text})))",
    ]
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE merged AS
        SELECT old.notice AS notice, today.snapshot AS snapshot, today.row AS row, pair.rung AS rung, {status} AS status,
            {", ".join(f"{text} AS {name}" for name, text in said.items())}
        FROM pair JOIN today ON today.key = pair.newer
        JOIN (SELECT * FROM version WHERE known_until IS NULL) AS old ON old.notice = pair.older
        WHERE {" OR ".join(differs)}"""
    )


def _text_key(side: str) -> str:
    return f"regexp_replace(lower(strip_accents({side}.description)), '[^a-z0-9]+', '', 'g')"


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
            SELECT * FROM version WHERE known_until IS NULL AND notice IN (SELECT key FROM alone_older)
                AND (status IN (SELECT unnest($observed)) OR status IN ('closed', 'missing') OR (status = 'all' AND $whole))),
        looked AS (
            SELECT taken_on, derived, unnest(CASE WHEN view IN ('both', 'all') THEN $views::VARCHAR[] ELSE [view] END) AS view
            FROM snapshot WHERE register = $register AND taken_on <= $day),
        last_look AS (SELECT view, max(taken_on) AS taken_on FROM looked GROUP BY view),
        whole AS (
            SELECT count(*) = len($views::VARCHAR[]) AS is_whole, min(taken_on) AS since,
                (SELECT bool_or(derived) FROM looked WHERE taken_on = $day) AS by_derived FROM last_look),
        judged AS (
            SELECT gone.*, by_derived, CASE
                WHEN status = 'missing' THEN CASE WHEN is_whole AND since > known_from THEN 'unlisted' ELSE 'missing' END
                WHEN is_whole AND since >= CASE status WHEN 'closed' THEN known_from ELSE $day END THEN 'missing'
                ELSE 'closed' END AS becomes
            FROM gone, whole)
        SELECT notice, NULL::INTEGER AS snapshot, NULL::BIGINT AS row,
            CASE WHEN by_derived THEN 'absent, by a derived file' ELSE 'absent' END AS rung,
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


def _succeed(engine: duckdb.DuckDBPyConnection, table: str, register: str, id_prefix: str, day: date) -> None:
    """Close the open versions of the table's notices and open the new ones."""
    if not _scalar(engine, f"SELECT count(*) FROM {table}"):
        return
    told = {"register": register, "prefix": id_prefix, "day": day}
    engine.execute(
        f"UPDATE version SET known_until = $day WHERE known_until IS NULL AND notice IN (SELECT notice FROM {table})",
        {"day": day},
    )
    engine.execute(
        f"INSERT INTO version SELECT $register, notice, $day, NULL, status, {', '.join(NAMES)}, snapshot, row, rung, {row_hash()}, "
        f"$prefix, NULL FROM {table} "
        "ORDER BY notice",
        told,
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


def _scalar(engine: duckdb.DuckDBPyConnection, statement: str, parameters: dict[str, object] | None = None) -> int:
    row = engine.execute(statement, parameters or {}).fetchone()
    return int(row[0]) if row else 0
