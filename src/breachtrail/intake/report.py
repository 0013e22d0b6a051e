"""A report as somebody may see it: its versions, its reasons, and the draft beside them, which its filer alone sees."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeNotFound
from breachtrail.intake import setting
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import NOT_FOUND, Scope, require, require_of, scope
from breachtrail.intake.refusal import count
from breachtrail.intake.tables import Decision, Draft, Filed, Version

STATES = ("draft", "filed", "in_review", "returned", "accepted", "public", "archive")
#: States in which an addendum waits beside what was accepted before it.
SETTLED = ("accepted", "public", "archive")


@dataclass(frozen=True, slots=True)
class Filing:
    """One version as it was filed, and by whom. number 1 is the initial report, each other an addendum."""

    number: int
    filed_at: dt.datetime
    name: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """What the office decided of a version, and why."""

    at: dt.datetime
    name: str
    decision: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    answers:        what is being typed, for its filer; else what was filed last
    version:        the newest filed; 0 before the first
    accepted:       the newest that the office accepted, which is what the register shows
    has_draft:      something is being typed; for anybody but its filer always False
    is_pending:     an addendum waits for the office, and the register still shows what was accepted before
    is_publishable: what was accepted is at or over the threshold
    timezone:       where the register's days begin and end
    """

    id: str
    organisation: str
    state: str
    tracking_number: str | None
    version: int
    accepted: int
    answers: Mapping[str, Any]
    versions: tuple[Filing, ...]
    reasons: tuple[Reason, ...]
    made_at: dt.datetime
    filed_at: dt.datetime | None
    has_draft: bool
    is_pending: bool
    is_publishable: bool
    timezone: str

    @property
    def stands(self) -> Mapping[str, Any]:
        """What was filed last, whatever is being typed since; before the first filing what is being typed."""
        return self.versions[-1].answers if self.versions else self.answers


def read(session: Session, actor: Actor, report_id: str) -> Report:
    """The report with this id. Raises IntakeForbidden, IntakeNotFound (of another organisation, or a draft of somebody's)."""
    return _one(session, actor, Filed.id == report_id)


def find(session: Session, actor: Actor, tracking_number: str) -> Report:
    """The report with this tracking number; blanks and case do not count. Raises as ``read`` does."""
    return _one(session, actor, Filed.tracking_number == plain(tracking_number))


def own(session: Session, actor: Actor) -> list[Report]:
    """All of the actor's organisation, newest first. Raises IntakeForbidden."""
    require(actor.role, "report.write")
    chosen = select(Filed).where(Filed.organisation == actor.organisation).order_by(Filed.made_at.desc(), Filed.id)
    return _reports(session, chosen, with_drafts=True)


def queue(
    session: Session, actor: Actor, state: str | None = None, *, limit: int | None = None, offset: int = 0
) -> list[Report]:
    """What was filed, in one state or in all; what waits longest stands first. Raises IntakeForbidden."""
    require(actor.role, "report.queue")
    chosen = _queue(select(Filed), state).order_by(Filed.filed_at, Filed.id)
    if limit is not None:
        # By their ids: what is filed between two statements moves nobody to another page.
        page = session.scalars(chosen.with_only_columns(Filed.id).limit(limit).offset(offset)).all()
        chosen = chosen.where(Filed.id.in_(page))
    return _reports(session, chosen, with_drafts=False)


def queued(session: Session, actor: Actor, state: str | None = None) -> int:
    """How many ``queue`` has. Raises IntakeForbidden."""
    require(actor.role, "report.queue")
    return session.scalar(_queue(select(func.count()).select_from(Filed), state)) or 0


def plain(tracking_number: str) -> str:
    """A tracking number as it is kept, however somebody typed it."""
    return "".join(tracking_number.split()).upper()


def locked(session: Session, actor: Actor, action: str, condition: Any) -> Filed:
    """The row of one report, which nobody else may change until this transaction ends.

    Raises IntakeForbidden, IntakeNotFound.
    """
    require(actor.role, action)
    row = session.scalar(select(Filed).where(condition).with_for_update().execution_options(populate_existing=True))
    if row is None or (row.version == 0 and scope(actor.role, action) is not Scope.OWN):
        raise IntakeNotFound(NOT_FOUND)
    require_of(actor.role, action, actor.organisation, row.organisation)
    return row


def _queue(chosen: Any, state: str | None) -> Any:
    chosen = chosen.where(Filed.version > 0)
    return chosen if state is None else chosen.where(Filed.state == state)


def _one(session: Session, actor: Actor, condition: Any) -> Report:
    require(actor.role, "report.read")
    sees_own = scope(actor.role, "report.read") is Scope.OWN
    found = _reports(session, select(Filed).where(condition), with_drafts=sees_own)
    if not found or (found[0].version == 0 and not sees_own):
        raise IntakeNotFound(NOT_FOUND)
    require_of(actor.role, "report.read", actor.organisation, found[0].organisation)
    return found[0]


def _reports(session: Session, chosen: Select[Filed], *, with_drafts: bool) -> list[Report]:
    """The reports of a statement, with all that belongs to them, in four statements however many there are."""
    rows = session.scalars(chosen.execution_options(populate_existing=True)).all()
    ids = chosen.with_only_columns(Filed.id).order_by(None)
    office = setting.read(session)
    filings: dict[str, list[Filing]] = {row.id: [] for row in rows}
    reasons: dict[str, list[Reason]] = {row.id: [] for row in rows}
    for one in session.scalars(select(Version).where(Version.report_id.in_(ids)).order_by(Version.number)):
        filings.get(one.report_id, []).append(Filing(one.number, one.filed_at, one.name, one.answers))
    for made in session.scalars(select(Decision).where(Decision.report_id.in_(ids)).order_by(Decision.number)):
        reasons.get(made.report_id, []).append(Reason(made.at, made.name, made.decision, made.version, made.text))
    drafts: dict[str, Mapping[str, Any]] = {}
    if with_drafts:
        found = select(Draft).where(Draft.report_id.in_(ids)).execution_options(populate_existing=True)
        drafts = {draft.report_id: draft.answers for draft in session.scalars(found)}
    return [_report(row, filings[row.id], reasons[row.id], drafts.get(row.id), office) for row in rows]


def _report(
    row: Filed,
    filings: Sequence[Filing],
    reasons: Sequence[Reason],
    draft: Mapping[str, Any] | None,
    office: setting.Chosen,
) -> Report:
    # Between the statements another may have filed: what the row does not know yet is left for the next look.
    filings = filings[: row.version]
    accepted = filings[row.accepted - 1].answers if row.accepted else {}
    return Report(
        id=row.id, organisation=row.organisation, state=row.state, tracking_number=row.tracking_number,
        version=row.version, accepted=row.accepted,
        answers=draft if draft is not None else filings[-1].answers if filings else {},
        versions=tuple(filings), reasons=tuple(reasons), made_at=row.made_at, filed_at=row.filed_at,
        has_draft=draft is not None,
        is_pending=row.state in SETTLED and row.version > row.judged,
        is_publishable=(count(accepted, "individuals") or 0) >= office.threshold,
        timezone=office.timezone,
    )  # fmt: skip
