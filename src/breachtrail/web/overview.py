"""The front page: this year so far beside the last one as it stood then, the map, what is new, and what was not observed."""

from datetime import timedelta

from breachtrail.ledger.movement import Moves
from breachtrail.report.comparison import Comparison
from breachtrail.report.draft import Draft
from breachtrail.report.scope import Scope
from breachtrail.report.sections import before, largest, months, states
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import changes

#: The sections of the review that the front page takes over.
SECTIONS = {"before": before.tell, "months": months.tell, "states": states.tell, "largest": largest.tell}
#: Caveats that say what was not observed.
UNOBSERVED = ("view_unobserved", "view_older", "inside_window", "derived_file")
NEWEST = 10
WEEK = timedelta(days=7)
#: From then on it is said above all else that nobody looked.
STALE = timedelta(days=14)


def page(visit: Visit) -> Page:
    """``/``"""
    scope = Scope.of(visit.ledger, visit.day.year, None, visit.day)
    now = visit.ask("notices", "individuals", "placeholders", year=scope.year)
    comparison = Comparison.of(scope, visit.ledger)
    earlier = comparison.before if comparison.is_told else None
    then = visit.ledger.ask("notices", "individuals", **earlier.asked, as_of=earlier.as_of) if earlier else None
    total = now.records()[0]
    looked = max(day for day in visit.sight.days if day <= visit.day)
    return Page(
        visit.say("overview.title"),
        "overview.html",
        {
            "year": scope.year,
            "now": now,
            "total": total,
            "before": earlier,
            "then": then,
            "earlier": then.records()[0] if then else None,
            "looked": looked,
            "is_stale": visit.day - looked > STALE,
            "unobserved": [
                visit.phrases.say(f"caveat.{one.code}", **one.values) for one in now.caveats if one.code in UNOBSERVED
            ],
            "caveats_told": visit.caveats(now),
            "newest": listing.lines(visit, visit.ledger.notices(as_of=visit.day, order="first_seen", limit=NEWEST)),
            "sections": _sections(visit, scope) if total["notices"] else (),
            **_week(visit),
        },
    )


def _sections(visit: Visit, scope: Scope) -> tuple[object, ...]:
    def tell() -> tuple[object, ...]:
        told = []
        for key, section in SECTIONS.items():
            draft = Draft(key, scope, visit.ledger, visit.phrases)
            section(draft)
            told.append(draft.section())
        return tuple(told)

    return visit.kept("overview", tell)


def _week(visit: Visit) -> dict[str, object]:
    """What changed in the week before the day, or since the last look before that if it was looked at less often."""
    days = [day for day in visit.sight.days if day <= visit.day]
    earlier = [day for day in days if day <= days[0] - WEEK]
    if not earlier:
        return {"since": None}
    moves = Moves.of(visit.ledger.moves(earlier[0], visit.day))
    return {"since": earlier[0], "moved": [changes.why(moves, visit.here.language)]}
