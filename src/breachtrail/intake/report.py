"""stand-in"""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column
from breachtrail.errors import IntakeConflict, IntakeForbidden, IntakeNotFound, IntakeRefused
from breachtrail.intake import audit, permissions
from breachtrail.intake import field as fields
from breachtrail.intake.tables import Base, Moment


class Report(Base):
    __tablename__ = "report"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    tracking_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    answers: Mapped[dict] = mapped_column(JSON)
    versions: Mapped[list] = mapped_column(JSON)
    reasons: Mapped[list] = mapped_column(JSON)
    made_at: Mapped[dt.datetime] = mapped_column(Moment)


STATES = ("draft", "filed", "in_review", "returned", "accepted", "public", "archive", "kept")
DECISIONS = {
    "filed": {"take": "in_review"},
    "in_review": {"return": "returned", "accept": "accepted"},
    "accepted": {"publish": "public"},
    "public": {"archive": "archive"},
}
NEEDS = {
    "take": "report.review",
    "return": "report.review",
    "accept": "report.review",
    "publish": "report.publish",
    "archive": "report.publish",
}


def _may(actor, action):
    if not permissions.may(actor.role, action):
        raise IntakeForbidden("Your role does not allow this.")


def begin(session, actor, now):
    _may(actor, "report.write")
    r = Report(
        id=secrets.token_hex(8),
        organisation=actor.organisation,
        state="draft",
        answers={},
        versions=[],
        reasons=[],
        made_at=now,
        tracking_number=None,
    )
    session.add(r)
    session.flush()
    return r


def read(session, actor, report_id):
    _may(actor, "report.read")
    r = session.scalar(select(Report).where(Report.id == report_id).with_for_update())
    if (
        r is None
        or (actor.role == "filer" and r.organisation != actor.organisation)
        or (actor.role != "filer" and r.state == "draft" and not r.versions)
    ):
        raise IntakeNotFound("There is no such report.")
    return r


def _draft(session, actor, report_id):
    _may(actor, "report.write")
    r = read(session, actor, report_id)
    if r.state not in ("draft", "returned"):
        raise IntakeConflict("The report is filed; what is filed is not overwritten. Make an addendum.")
    return r


def save(session, actor, report_id, answers, now):
    r = _draft(session, actor, report_id)
    r.answers = {**r.answers, **answers}
    return r


def file(session, actor, report_id, now):
    r = _draft(session, actor, report_id)
    if bad := fields.refusals(r.answers, None, now):
        raise IntakeRefused("The report is not whole.", bad)
    r.tracking_number = r.tracking_number or secrets.token_hex(5).upper()
    r.versions = [*r.versions, {"number": len(r.versions) + 1, "filed_at": now.isoformat(), "answers": r.answers}]
    r.state = "filed"
    audit.record(session, actor, "report.filed", r.id, {})
    return r.tracking_number


def addendum(session, actor, tracking_number, now):
    _may(actor, "report.write")
    r = session.scalar(
        select(Report).where(Report.tracking_number == tracking_number, Report.organisation == actor.organisation)
    )
    if r is None:
        raise IntakeNotFound("There is no such report.")
    if r.state in ("draft", "returned"):
        raise IntakeConflict("There is a draft already.")
    r.state = "draft"
    return r


def discard(session, actor, report_id):
    r = _draft(session, actor, report_id)
    session.delete(r)


def own(session, actor):
    _may(actor, "report.write")
    return session.scalars(
        select(Report).where(Report.organisation == actor.organisation).order_by(Report.made_at.desc())
    ).all()


def queue(session, actor, state=None):
    if not (permissions.may(actor.role, "report.review") or permissions.may(actor.role, "report.publish")):
        raise IntakeForbidden("no")
    q = select(Report).where(Report.versions != []).order_by(Report.made_at)
    return [r for r in session.scalars(q).all() if r.versions and (state is None or r.state == state)]


def decisions_open(actor, report):
    return tuple(d for d in DECISIONS.get(report.state, {}) if permissions.may(actor.role, NEEDS[d]))


def decide(session, actor, report_id, decision, reason, now):
    _may(actor, NEEDS.get(decision, "nothing"))
    r = read(session, actor, report_id)
    if decision not in DECISIONS.get(r.state, {}):
        raise IntakeConflict("Its state does not allow this.")
    if not reason.strip():
        raise IntakeRefused("A reason is wanted.", {"reason": "missing"})
    r.reasons = [*r.reasons, {"at": now.isoformat(), "by": actor.name, "decision": decision, "text": reason}]
    r.state = DECISIONS[r.state][decision]
    return r


def must_be_draft(r):
    if r.state not in ("draft", "returned"):
        raise IntakeConflict("The report is filed; what is filed is not overwritten. Make an addendum.")
