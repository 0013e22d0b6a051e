"""What the register says differently at the end of one day than at the end of another."""

from breachtrail.errors import QuestionError
from breachtrail.ledger.movement import Movement
from breachtrail.questions import period
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.selection import Selection
from breachtrail.web.visit import Visit
from breachtrail.wording import changes

#: Changes on one page, the weightiest first.
MOST = 200


def page(visit: Visit) -> Page:
    """``/changes?since=2024-11-06&until=2024-12-08``, and what narrows a list of notices"""
    asked = visit.here.asked
    days = [day for day in visit.sight.days if day <= visit.day]
    until = period.day(asked.get("until") or None) or visit.day
    since = period.day(asked.get("since") or None) or next((day for day in days if day < until), days[-1])
    if until > visit.day:
        raise QuestionError(f"The page is put back to {visit.day}; {until} lies after it.")
    selection = Selection.of(asked)
    found = visit.ledger.changes(since, until, where=selection.where())
    told = [one for one in found if one["kind"] != "moved"]
    _, rows, _ = changes.table(told[:MOST], visit.here.language)
    return Page(
        visit.say("changes.title"),
        "changes.html",
        {
            "since": since,
            "until": until,
            "days": days,
            "notes": changes.notes(found, visit.here.language),
            "movement": Movement.of(found),
            "rows": [
                (
                    visit.here.to(f"notices/{one['id']}"),
                    listing.count(visit, (one["after"] or one["before"])["individuals"]),
                    row,
                )
                for one, row in zip(told[:MOST], rows, strict=True)
            ],
            "many": len(told),
            "selection": selection,
        },
    )
