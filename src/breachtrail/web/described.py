"""The data to take along: every column described, every download, and how to cite it."""

from breachtrail.notices.shape import COLUMNS
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit

#: The ways in which a list is handed out.
FORMATS = ("csv", "xlsx", "json", "parquet")


def page(visit: Visit) -> Page:
    """``/data``"""
    total = visit.ask("notices", "individuals")
    return Page(
        visit.say("data.title"),
        "data.html",
        {"columns": COLUMNS, "formats": FORMATS, "total": total.records()[0], "answer": total},
    )
