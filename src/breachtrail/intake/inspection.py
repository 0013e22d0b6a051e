"""Whether the store holds what its audit trail says: nothing filed was changed, lost or put in past it."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeBroken
from breachtrail.intake import audit, filing
from breachtrail.intake.identity import Reminder
from breachtrail.intake.report import SETTLED
from breachtrail.intake.tables import Assessed, AuditEntry, Decision, Draft, Filed, Version


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was looked through, and the head of the trail, to be noted elsewhere."""

    entries: int
    reports: int
    versions: int
    drafts: int
    head: audit.Head


@dataclass
class _Told:
    """What the trail tells of one report."""

    state: str = "draft"
    tracking_number: str | None = None
    version: int = 0
    digests: dict[int, str] = field(default_factory=dict)
    decisions: dict[int, tuple[str, int, str]] = field(default_factory=dict)


def verify(session: Session, noted: audit.Head | None = None) -> Inspected:
    """Go through the trail, then hold every report, version, decision, assessment and reminder to it.

    noted: the head of the trail as it was written down earlier; it must still be in it

    Raises IntakeBroken at the first thing that is not as the trail says.
    """
    entries = audit.verify(session, noted)
    told, assessments = _read(session)
    versions = _hold_versions(session, told)
    _hold_decisions(session, told)
    drafts = set(session.scalars(select(Draft.report_id)))
    reports = 0
    for row in session.scalars(select(Filed).order_by(Filed.id)):
        reports += 1
        said = told.pop(row.id, None)
        if said is None or (row.state, row.version, row.tracking_number) != (
            said.state,
            said.version,
            said.tracking_number,
        ):
            raise _broken(f"report {row.tracking_number or row.id} is not in the state that the trail tells")
        if row.version == 0 and row.id not in drafts:
            raise _broken(f"report {row.id} is neither a draft nor filed")
    if told:
        raise _broken(f"report {min(told)} is gone")
    _hold_reminders(session)
    kept = {row.id: (row.conclusion, filing.digest(row.answers)) for row in session.scalars(select(Assessed))}
    if kept != assessments:
        raise _broken("an assessment is not what was recorded")
    return Inspected(entries, reports, versions, len(drafts), audit.head(session))


def _read(session: Session) -> tuple[dict[str, _Told], dict[str, tuple[str, str]]]:
    """Every report as its entries tell it, and every assessment."""
    told: dict[str, _Told] = {}
    assessments: dict[str, tuple[str, str]] = {}
    chosen = select(AuditEntry.action, AuditEntry.subject, AuditEntry.detail).order_by(AuditEntry.number)
    for action, subject, detail in session.execute(chosen.execution_options(yield_per=1000)):
        said = json.loads(detail)
        if action == "assessment.recorded":
            assessments[subject] = (said["conclusion"], said["content"])
        elif action.startswith("report."):
            _tell(told, action.removeprefix("report."), subject, said)
    return told, assessments


def _tell(told: dict[str, _Told], what: str, subject: str, said: dict[str, Any]) -> None:
    one = told.setdefault(subject, _Told())
    if what == "filed":
        one.version, one.tracking_number = said["version"], said["tracking_number"]
        one.digests[one.version] = said["content"]
        one.state = one.state if one.state in SETTLED else "filed"
    elif what == "discarded" and one.version == 0:
        del told[subject]
    elif "number" in said:
        one.state = said["state"]
        one.decisions[said["number"]] = (what, said["version"], said["reason"])


def _hold_versions(session: Session, told: dict[str, _Told]) -> int:
    found = 0
    for row in session.scalars(select(Version).execution_options(yield_per=200)):
        found += 1
        if row.report_id not in told or told[row.report_id].digests.get(row.number) != filing.digest(row.answers):
            raise _broken(f"version {row.number} of report {row.report_id} is not what was filed")
        session.expunge(row)
    if found != sum(len(one.digests) for one in told.values()):
        raise _broken("a version that was filed is gone")
    return found


def _hold_decisions(session: Session, told: dict[str, _Told]) -> None:
    found = 0
    for row in session.scalars(select(Decision)):
        found += 1
        said = (row.decision, row.version, row.text)
        if row.report_id not in told or told[row.report_id].decisions.get(row.number) != said:
            raise _broken(f"decision {row.number} on report {row.report_id} is not what was decided")
    if found != sum(len(one.decisions) for one in told.values()):
        raise _broken("a decision is gone")


def _hold_reminders(session: Session) -> None:
    chosen = select(AuditEntry.subject, AuditEntry.detail).where(AuditEntry.action == "reminder.sent")
    told = {}
    for account, detail in session.execute(chosen):
        said = json.loads(detail)
        told[account, said["day"]] = said["content"]
    sent = session.scalars(select(Reminder).where(Reminder.sent_at.is_not(None)))
    if told != {(row.account_id, row.day): filing.digest({"told": row.told}) for row in sent}:
        raise _broken("a reminder is not what was sent")


def _broken(what: str) -> IntakeBroken:
    return IntakeBroken(
        f"The register is not what its audit trail says: {what}. Somebody changed the database past BreachTrail. Keep it as it "
        "is, and compare it with a backup."
    )
