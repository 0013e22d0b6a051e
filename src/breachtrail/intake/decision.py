"""What the office does with a report: takes it up, returns or accepts it, publishes it, closes the case. Each with a reason."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeConflict, IntakeRefused
from breachtrail.intake import audit, filing, report
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import may
from breachtrail.intake.report import Report, locked
from breachtrail.intake.tables import Decision, Filed

_LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True)
class Step:
    """One decision. action: whose role may take it; before, after: the state it leads from and to."""

    action: str
    before: str
    after: str
    wants_reason: bool = True


#: In the order in which a page offers them.
DECISIONS = {
    "take": Step("report.review", "filed", "in_review", wants_reason=False),
    "accept": Step("report.review", "in_review", "accepted"),
    "return": Step("report.review", "in_review", "returned"),
    "publish": Step("report.publish", "accepted", "public"),
    "archive": Step("report.publish", "public", "archive"),
}
#: What can be decided of an addendum to a report that was accepted before; its state stays what it is.
_OF_ADDENDUM = ("accept", "return")


def decisions_open(actor: Actor, shown: Report) -> tuple[str, ...]:
    """What the actor may decide of a report as it stands."""
    return tuple(
        name
        for name, step in DECISIONS.items()
        if may(actor.role, step.action)
        and (step.before == shown.state or (shown.is_pending and name in _OF_ADDENDUM))
        and not (name == "publish" and not shown.is_publishable)
    )


def decide(
    session: Session, actor: Actor, report_id: str, decision: str, reason: str, now: dt.datetime, *, seen: int
) -> Report:
    """Decide, and keep why.

    reason: at most 4,000 characters; of ``archive`` it is what the register says of the closed case
    seen:   the newest version when the actor looked: what was filed since is not decided of unseen

    Raises IntakeForbidden, IntakeNotFound, IntakeRefused (no such decision, or no reason where one is wanted),
    IntakeConflict (the state does not allow it, or a version came in meanwhile).
    """
    if decision not in DECISIONS:
        raise IntakeRefused(
            f"There is no decision {decision[:40]!r}. There are: {', '.join(DECISIONS)}.", {"decision": "option"}
        )
    step = DECISIONS[decision]
    row = locked(session, actor, step.action, Filed.id == report_id)
    shown = report.read(session, actor, report_id)
    if row.version != seen:
        raise IntakeConflict("A new version came in after you looked. Nothing was decided: look at it first.")
    if decision not in decisions_open(actor, shown):
        raise IntakeConflict(f"A report that is {_said(shown)} cannot be decided so ({decision}). Nothing was changed.")
    text = reason.strip()
    if step.wants_reason and not text:
        raise IntakeRefused("A reason is wanted: it is kept, and the filer reads it.", {"reason": "missing"})
    if len(text) > _LONGEST_REASON or "\0" in text:
        raise IntakeRefused(f"The reason is to have {_LONGEST_REASON:,} characters at most.", {"reason": "long"})
    _carry_out(session, row, decision, text, now, is_addendum=shown.is_pending)
    number = (session.scalar(select(func.max(Decision.number)).where(Decision.report_id == row.id)) or 0) + 1
    session.add(
        Decision(
            report_id=row.id, number=number, version=row.version, decision=decision, text=text, at=now,
            account=actor.account, name=actor.name,
        )
    )  # fmt: skip
    session.flush()
    told = {"version": row.version, "state": row.state, "number": number, "reason": text}
    audit.record(session, actor, f"report.{decision}", row.id, told)
    return report.read(session, actor, report_id)


def _carry_out(session: Session, row: Filed, decision: str, text: str, now: dt.datetime, *, is_addendum: bool) -> None:
    if decision in _OF_ADDENDUM:
        row.judged = row.version
    if decision == "accept":
        row.accepted = row.version
    if not (is_addendum and decision in _OF_ADDENDUM):
        row.state = DECISIONS[decision].after
    if decision == "publish":
        row.record = (session.scalar(select(func.max(Filed.record))) or 0) + 1
    if decision == "archive":
        row.closing = text
    if decision == "return":
        filing.reopen(session, row, now)
    session.flush()


def _said(shown: Report) -> str:
    small = "" if shown.is_publishable or shown.state != "accepted" else ", and below the threshold of publication"
    return f"{shown.state.replace('_', ' ')}{small}"
