"""How each figure is counted: every measure and dimension of the one catalogue, with its SQL and what it means."""

from breachtrail.questions import catalog
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit


def page(visit: Visit) -> Page:
    """``/method``"""
    return Page(
        visit.say("method.title"),
        "method.html",
        {"measures": list(catalog.MEASURES.values()), "dimensions": list(catalog.dimensions().values())},
    )
