"""What the office sees: the queue, the decisions on a report, and the audit trail."""

from fastapi import APIRouter
from starlette.responses import Response

from breachtrail.errors import IntakeForbidden, IntakeRefused
from breachtrail.intake import audit, report
from breachtrail.intake.filing_pages import page_of
from breachtrail.intake.gate import SOMEBODY, Here, allowed

router = APIRouter()
#: Entries of the audit trail on one page.
AT_ONCE = 100


@router.get("/queue")
def queue(state: str = "", here: Here = allowed("report.queue")) -> Response:
    """Reports that were filed, the oldest first, of one state or of all."""
    known = state if state in report.STATES else ""
    with here.office.store.begin() as session:
        reports = report.queue(session, here.actor, known or None)
        return here.page("queue.html", reports=reports, state=known, states=report.STATES)


@router.post("/reports/{report_id}/decide")
def decide(report_id: str, here: Here = allowed(SOMEBODY)) -> Response:
    """A decision on a report, with its reason; which ones a role may make is judged with the report's state."""
    try:
        with here.office.store.begin() as session:
            report.decide(session, here.actor, report_id, here.text("decision"), here.text("reason"), here.now)
    except IntakeRefused:
        with here.office.store.begin() as session:
            one = report.read(session, here.actor, report_id)
            return page_of(here, one, "reason", 400)
    return here.to(f"/reports/{report_id}")


@router.get("/audit")
def trail(before: int = 0, here: Here = allowed("audit.read")) -> Response:
    """The audit trail, the newest first."""
    with here.office.store.begin() as session:
        entries = audit.entries(session, here.actor, before or None, AT_ONCE)
        return here.page("audit.html", entries=entries, more=len(entries) == AT_ONCE)
