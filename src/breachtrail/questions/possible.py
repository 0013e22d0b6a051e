"""SQL for what each notice may have said on a day between two looks, and in which list it may have stood.

The last look before the day says what was known; the first sight after it, how the notice went on. What both agree on is
sure; where they differ, either may have been so. The rule stands in docs/method.md.
"""

from breachtrail.ledger.asof import NOT_SHOWN

_OPEN = ("under_investigation", "both", "all")
_ARCHIVED = ("archive", "both", "all")
_HIDDEN = f"status IN {NOT_SHOWN}"

#: Still in the open list at the next look at it (or never looked at since), or seen there on the day itself.
_IS_OPEN = """known.status = 'under_investigation' AND (open_on_the_day OR next_open IS NULL
      OR coalesce(again.status = 'under_investigation' AND sighted_on = next_open, false))"""
#: Archived before, and archived when next seen; or nothing seen since that says otherwise.
_IS_ARCHIVED = """known.status IN ('archive', 'closed')
      AND (archive_on_the_day OR coalesce(again.status = 'archive', known.known_until IS NULL))"""
#: First seen after the day though submitted by then: in the open list at its next look, or in the archive by the time
#: both lists had been looked at.
_MAY_BE_NEW = """NOT (open_on_the_day AND archive_on_the_day) AND again.submitted_on <= $as_of
      AND CASE again.status WHEN 'archive' THEN sighted_on <= greatest(next_open, next_archive)
        ELSE NOT open_on_the_day AND sighted_on = next_open END"""
#: Seen again, never gone since, or seen on the day itself.
_STAYS = """again.notice IS NOT NULL OR known.known_until IS NULL
      OR (known.status = 'under_investigation' AND open_on_the_day) OR (known.status = 'archive' AND archive_on_the_day)"""


def possible(spanned: str) -> str:
    """The beginning of a statement: relations up to ``possible``, which has a row for each version that may count.

    role:            ``then`` (known on the day ``$as_of``), ``again`` (as next seen), ``now`` (known on ``$now``)
    counted, open, archived, each with ``_sure`` and ``_may``: that the notice stood in any list, or in that one
    spanned:         a further condition on versions
    """
    flags = ", ".join(f"{name}_{how}" for name in ("counted", "open", "archived") for how in ("sure", "may"))
    return f"""WITH look AS (
  SELECT taken_on, view IN {_OPEN} AS shows_open, view IN {_ARCHIVED} AS shows_archive FROM snapshot WHERE register = $register
),
next_look AS (
  SELECT min(taken_on) FILTER (WHERE shows_open AND taken_on > $as_of) AS next_open,
    min(taken_on) FILTER (WHERE shows_archive AND taken_on > $as_of) AS next_archive,
    coalesce(bool_or(shows_open AND taken_on = $as_of), false) AS open_on_the_day,
    coalesce(bool_or(shows_archive AND taken_on = $as_of), false) AS archive_on_the_day
  FROM look
),
told AS (
  SELECT * EXCLUDE (row_hash, prefix, suffix, description) FROM version WHERE register = $register{spanned}
),
known AS (SELECT * FROM told WHERE known_from <= $as_of AND (known_until IS NULL OR known_until > $as_of)),
again AS (
  SELECT told.*, CASE WHEN known_from > $as_of THEN known_from WHEN status = 'under_investigation' THEN next_open
    WHEN status = 'archive' THEN next_archive ELSE greatest(next_open, next_archive) END AS sighted_on
  FROM told CROSS JOIN next_look
  WHERE status IN ('under_investigation', 'archive', 'all') AND (known_until IS NULL OR known_until > sighted_on)
  QUALIFY row_number() OVER (PARTITION BY notice ORDER BY sighted_on) = 1
),
standing AS (
  SELECT coalesce(known.notice, again.notice) AS notice, known.status AS was, again.status AS is_next,
    coalesce(known.{_HIDDEN}, true) AS was_unknown,
    coalesce({_IS_OPEN}, false) AS is_open,
    coalesce({_IS_ARCHIVED}, false) AS is_archived,
    coalesce({_MAY_BE_NEW}, false) AS may_be_new,
    coalesce({_STAYS}, false) AS stays,
    coalesce(sighted_on = next_open, false) AS next_in_open, open_on_the_day, archive_on_the_day
  FROM known FULL JOIN again ON known.notice = again.notice CROSS JOIN next_look
),
flagged AS (
  SELECT notice, was_unknown, may_be_new,
    coalesce((was = 'under_investigation' AND open_on_the_day) OR (was = 'archive' AND archive_on_the_day), false) AS is_seen,
    NOT was_unknown AND stays AS counted_sure,
    NOT was_unknown OR may_be_new AS counted_may,
    is_open AS open_sure,
    coalesce(is_open OR CASE WHEN open_on_the_day THEN was = 'under_investigation' WHEN was_unknown THEN may_be_new
      ELSE was IN ('under_investigation', 'all') OR (is_next IN ('under_investigation', 'all') AND next_in_open) END, false) AS open_may,
    is_archived AS archived_sure,
    coalesce(is_archived OR CASE WHEN archive_on_the_day THEN was IN ('archive', 'closed')
      WHEN was_unknown THEN may_be_new AND is_next IN ('archive', 'all')
      WHEN was = 'under_investigation' THEN NOT is_open ELSE true END, false) AS archived_may
  FROM standing
),
possible AS (
  SELECT 'then' AS role, known.*, {flags} FROM known JOIN flagged USING (notice) WHERE NOT was_unknown
  UNION ALL
  SELECT 'again', again.* EXCLUDE (sighted_on), {flags} FROM again JOIN flagged USING (notice)
  WHERE CASE WHEN was_unknown THEN may_be_new ELSE NOT is_seen AND known_from > $as_of END
  UNION ALL
  SELECT 'now', told.*, false, false, false, false, false, false FROM told
  WHERE known_from <= $now AND (known_until IS NULL OR known_until > $now) AND NOT {_HIDDEN}
)"""
