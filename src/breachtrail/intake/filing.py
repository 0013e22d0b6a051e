"""What a filer does: begin a report, keep it half-way, file it, and file an addendum to it.

What was filed is never changed: an addendum is the next version under the same tracking number.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from breachtrail.errors import IntakeConflict, IntakeRefused
from breachtrail.intake import audit, report, setting
from breachtrail.intake.actor import Actor
from breachtrail.intake.field import Answers, by_name
from breachtrail.intake.permissions import require, require_of
from breachtrail.intake.refusal import refusals
from breachtrail.intake.report import SETTLED, Report, locked
from breachtrail.intake.tables import Draft, Filed, Version

#: Letters and digits that nobody takes for another, and that spell no word: ten of them make 28¹⁰ numbers.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_LENGTH = 10
#: Characters of all answers together: more is no report.
_MOST = 1_000_000


def begin(session: Session, actor: Actor, now: dt.datetime) -> Report:
    """An empty draft of the actor's organisation. Raises IntakeForbidden."""
    require(actor.role, "report.write")
    require_of(actor.role, "report.write", actor.organisation, actor.organisation)
    row = Filed(
        id=secrets.token_urlsafe(12), organisation=actor.organisation, state="draft", version=0, judged=0, accepted=0,
        closing="", made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _open_draft(session, row, {}, now)
    audit.record(session, actor, "report.begun", row.id, {})
    return report.read(session, actor, row.id)


def save(session: Session, actor: Actor, report_id: str, answers: Answers, now: dt.datetime) -> Report:
    """Keep what was typed, right or wrong, beside what was typed before.

    answers: fields of the form alone; an empty text takes an answer back

    Raises IntakeForbidden, IntakeNotFound, IntakeConflict (no draft is open), IntakeRefused (a field that the form has
    not, an answer that is no text, or more than a report can hold).
    """
    row = locked(session, actor, "report.write", Filed.id == report_id)
    draft = _draft(session, row)
    strange = {name: "option" for name, answer in answers.items() if name not in by_name() or not _is_answer(answer)}
    if strange:
        raise IntakeRefused(f"The form has no such answer: {', '.join(sorted(strange))[:200]}.", strange)
    kept = {**draft.answers, **{name: _storable(answer) for name, answer in answers.items()}}
    if len(json.dumps(kept, ensure_ascii=False)) > _MOST:
        raise IntakeRefused(
            f"All answers together have more than {_MOST:,} characters, which no report has.",
            dict.fromkeys(answers, "long"),
        )
    draft.answers, draft.changed_at = kept, now
    session.flush()
    return report.read(session, actor, row.id)


def file(session: Session, actor: Actor, report_id: str, now: dt.datetime) -> str:
    """File the draft as the next version; the tracking number, which stays the same for every version.

    Raises IntakeForbidden, IntakeNotFound, IntakeConflict (no draft is open: it was filed already), IntakeRefused (not
    whole; each field says why).
    """
    row = locked(session, actor, "report.write", Filed.id == report_id)
    draft = _draft(session, row)
    if found := refusals(draft.answers, today=setting.today(session, now)):
        raise IntakeRefused(f"The report is not whole yet: {len(found)} fields are refused. Nothing was filed.", found)
    row.version += 1
    row.tracking_number = row.tracking_number or "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    row.filed_at = row.filed_at or now
    if row.state not in SETTLED:
        row.state = "filed"
    session.add(
        Version(
            report_id=row.id,
            number=row.version,
            answers=dict(draft.answers),
            filed_at=now,
            account=actor.account,
            name=actor.name,
        )
    )
    session.delete(draft)
    session.flush()
    content = {"tracking_number": row.tracking_number, "version": row.version, "content": digest(draft.answers)}
    audit.record(session, actor, "report.filed", row.id, content)
    return row.tracking_number


def addendum(session: Session, actor: Actor, tracking_number: str, now: dt.datetime) -> Report:
    """Open a draft of the next version, filled with the last one.

    Raises IntakeForbidden, IntakeNotFound, IntakeConflict (one is open already).
    """
    row = locked(session, actor, "report.write", Filed.tracking_number == report.plain(tracking_number))
    if session.get(Draft, row.id) is not None:
        raise IntakeConflict("A draft of this report is open already. Go on with it, or discard it first.")
    reopen(session, row, now)
    audit.record(session, actor, "report.reopened", row.id, {"version": row.version + 1})
    return report.read(session, actor, row.id)


def discard(session: Session, actor: Actor, report_id: str) -> None:
    """Give a draft up, and the report with it where nothing of it was filed.

    Raises IntakeForbidden, IntakeNotFound, IntakeConflict (no draft is open).
    """
    row = locked(session, actor, "report.write", Filed.id == report_id)
    session.delete(_draft(session, row))
    session.flush()
    if row.version == 0:
        session.delete(row)
        session.flush()
    audit.record(session, actor, "report.discarded", report_id, {"version": row.version + 1})


def reopen(session: Session, row: Filed, now: dt.datetime) -> None:
    """A draft of the next version, if none is open: what was filed last, without its attestation."""
    if session.get(Draft, row.id) is None:
        last = session.get_one(Version, (row.id, row.version))
        _open_draft(session, row, {name: told for name, told in last.answers.items() if name != "attested"}, now)


def digest(answers: Mapping[str, Any]) -> str:
    """The SHA-256 of what was filed, by which the audit trail vouches for it."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


def _open_draft(session: Session, row: Filed, answers: dict[str, Any], now: dt.datetime) -> None:
    session.add(Draft(report_id=row.id, answers=answers, changed_at=now))
    session.flush()


def _draft(session: Session, row: Filed) -> Draft:
    draft = session.get(Draft, row.id, populate_existing=True)
    if draft is None:
        raise IntakeConflict(
            "The report is filed, and what is filed is never overwritten. To correct it, make an addendum to it."
        )
    return draft


def _is_answer(answer: object) -> bool:
    return isinstance(answer, str) or (isinstance(answer, list) and all(isinstance(one, str) for one in answer))


def _storable(answer: str | list[str]) -> str | list[str]:
    """What every database can keep: a NUL and half a character become the mark for a lost one, which filing refuses."""
    if isinstance(answer, list):
        return [str(_storable(one)) for one in answer]
    return answer.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
