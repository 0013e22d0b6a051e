"""The data to take along: every column described, every download, and how to cite it."""

from breachtrail.notices.shape import COLUMNS
from breachtrail.web import download
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit


def page(visit: Visit) -> Page:
    """``/data``"""
    total = visit.ask("notices", "individuals")
    return Page(
        visit.say("data.title"),
        "data.html",
        {
            "dataset": download.dataset(visit, ""),
            "columns": COLUMNS,
            "formats": tuple(download.KINDS),
            "total": total.records()[0],
            "answer": total,
        },
    )
