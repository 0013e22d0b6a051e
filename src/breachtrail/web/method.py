"""How each figure is counted: what a notice is, how it is followed, and every measure of the one catalogue with its SQL."""

from breachtrail.ledger import rungs
from breachtrail.ledger.asof import NOT_SHOWN
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit

#: What goes wrong for everybody else.
TRAPS = ("views", "known", "late", "several", "filer", "placeholders", "people", "blank")
#: Why a row is held.
RULES = (
    "width",
    "no_name",
    "no_submission",
    "unreadable_count",
    "impossible_count",
    "unreadable_day",
    "too_early",
    "after_taken",
    "unknown_word",
)


def page(visit: Visit) -> Page:
    """``/method``"""
    phrases = visit.phrases
    return Page(
        visit.say("method.title"),
        "method.html",
        {
            "measures": list(catalog.MEASURES.values()),
            "foretold": [phrases.label(name, "measure") for name, one in catalog.MEASURES.items() if one.foretold],
            "dimensions": list(catalog.dimensions().values()),
            "traps": TRAPS,
            "statuses": [
                (phrases.heading(one, "status"), one not in NOT_SHOWN) for one in Vocabulary.load().values("status")
            ],
            "ladder": [phrases.say(f"rung.{key(one)}") for one in (*rungs.EVERY[1:], rungs.NEW)],
            "rules": [phrases.say(f"rule.{one}", seen="…", field="…") for one in RULES],
        },
    )


def key(rung: str) -> str:
    """The name of a rung in the phrases."""
    return rung.replace(", ", "_").replace(" ", "_")
