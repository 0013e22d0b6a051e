"""What was looked at when, and what was not: every snapshot, the gaps between them, and the rows that could not be read."""

from itertools import pairwise

from breachtrail.web.page import Page
from breachtrail.web.visit import Visit

#: Days without a look that are called a gap.
GAP = 45
MOST_HELD = 200


def page(visit: Visit) -> Page:
    """``/coverage``"""
    looks = [look for look in visit.sight.looks if look.taken_on <= visit.day]
    days = sorted({look.taken_on for look in looks})
    gaps = [(before, after, (after - before).days) for before, after in pairwise(days) if (after - before).days > GAP]
    years = range(days[0].year, days[-1].year + 1)
    seen = {(look.view, look.taken_on.year, look.taken_on.month): look for look in looks}
    held = visit.ledger.held()
    views = list(dict.fromkeys(look.view for look in looks))
    return Page(
        visit.say("coverage.title"),
        "coverage.html",
        {
            "looks": looks[::-1],
            "gaps": sorted(gaps, key=lambda gap: -gap[2]),
            "calendar": [
                (view, [(year, [bool(seen.get((view, year, month))) for month in range(1, 13)]) for year in years])
                for view in views
            ],
            "rows": sum(look.rows for look in looks),
            "accepted": sum(look.accepted for look in looks),
            "held": held[:MOST_HELD],
            "many_held": len(held),
        },
    )
