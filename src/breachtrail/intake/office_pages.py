"""What the office sees: the queue, the decisions on a report, and the audit trail."""

import re

from fastapi import APIRouter
from starlette.responses import Response

from breachtrail.errors import IntakeRefused
from breachtrail.intake import audit, decision, listing, report
from breachtrail.intake.filing_pages import page_of
from breachtrail.intake.gate import Here, allowed

router = APIRouter()
#: Entries of the audit trail on one page, and reports of the queue.
AT_ONCE, ON_A_PAGE = 100, 50


@router.get("/queue")
def queue(state: str = "", page: str = "1", here: Here = allowed("sums.read")) -> Response:
    """Reports that were filed, the oldest first, of one state or of all, page by page; and the smaller ones by year."""
    known = state if state in report.STATES else ""
    with here.office.store.begin() as session:
        many = report.queued(session, here.actor, known or None)
        pages = max(1, -(-many // ON_A_PAGE))
        number = min(int(page), pages) if re.fullmatch("[1-9][0-9]{0,5}", page) else 1
        reports = report.queue(session, here.actor, known or None, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE)
        sums = listing.sums(session, here.actor)
        return here.page(
            "queue.html",
            reports=reports,
            state=known,
            states=report.STATES,
            sums=sums,
            number=number,
            pages=pages,
            many=many,
        )


@router.post("/reports/{report_id}/review")
def review(report_id: str, here: Here = allowed("report.review")) -> Response:
    """Take a report up, accept it or return it, with the reason."""
    return _decided(here, report_id, "report.review")


@router.post("/reports/{report_id}/publication")
def publication(report_id: str, here: Here = allowed("report.publish")) -> Response:
    """Make a report public, or move it to the archive, with the reason."""
    return _decided(here, report_id, "report.publish")


@router.get("/audit")
def trail(before: int = 0, here: Here = allowed("audit.read")) -> Response:
    """The audit trail, the newest first."""
    with here.office.store.begin() as session:
        entries = audit.entries(session, here.actor, before or None, AT_ONCE)
        return here.page("audit.html", entries=entries, more=len(entries) == AT_ONCE)


def _decided(here: Here, report_id: str, action: str) -> Response:
    """Decide, if the decision is one of the route's own."""
    told = here.text("decision")
    if told not in decision.DECISIONS or decision.DECISIONS[told].action != action:
        raise IntakeRefused(here.say("office.no_decision"), {"decision": "option"})
    try:
        with here.office.store.begin() as session:
            decision.decide(session, here.actor, report_id, told, here.text("reason"), here.now, seen=_seen(here))
    except IntakeRefused:
        with here.office.store.begin() as session:
            return page_of(here, report.read(session, here.actor, report_id), "reason", 400)
    return here.to(f"/reports/{report_id}")


def _seen(here: Here) -> int:
    """The version that the page showed on which was decided."""
    told = here.text("seen")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
