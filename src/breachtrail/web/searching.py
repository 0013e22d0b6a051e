"""What stands among plain files in the place of pages that a server answers: a list that the reader's browser searches."""

from dataclasses import dataclass

from breachtrail.questions import catalog
from breachtrail.web import download, listing
from breachtrail.web.notices import ROWS
from breachtrail.web.page import Page
from breachtrail.web.searchindex import FILE
from breachtrail.web.selection import FILTERS
from breachtrail.web.visit import Visit

#: Orders that the list can be put into by a browser; the day of first sight is not in it.
ORDERS = ("submitted_on", "individuals", "name")
#: Values of one dimension that are shown at once; the rest is one click away.
_SHOWN = 8


@dataclass(frozen=True)
class Choice:
    """One value of a dimension, and how many notices have it."""

    value: str
    label: str
    notices: str


@dataclass(frozen=True)
class Filter:
    """One dimension with its values."""

    name: str
    heading: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def page(visit: Visit, index: str) -> Page:
    """The list of notices, with the newest of them for readers without scripts.

    index: what tells this list from the one before, so that a browser loads it anew
    """
    answer = visit.ask("notices", "individuals")
    rows = listing.lines(visit, visit.ledger.notices(as_of=visit.day, order="submitted_on", limit=ROWS))
    states = [row["state"] for row in visit.ask("notices", by="state").records() if row["state"]]
    months = [row["month"] for row in visit.ask("notices", by="month").records()]
    return Page(
        visit.say("notices.title"),
        "search.html",
        {
            "answer": answer,
            "caveats_told": visit.caveats(answer),
            "rows_found": rows,
            "filters": [_filter(visit, name) for name in FILTERS],
            "orders": ORDERS,
            "kinds": download.KINDS,
            "index": f"{visit.here.asset(FILE.rpartition('/')[2])}?{index}",
            "notice": next((row.url.replace(row.id, "{}") for row in rows), ""),
            "state": visit.here.to(f"states/{states[0]}").replace(f"states/{states[0]}", "states/{}") if states else "",
            "comma": "、" if visit.here.language == "zh" else ", ",
            "years": {month[:4]: [one for one in months if one[:4] == month[:4]] for month in reversed(months)},
        },
    )


def of_month(visit: Visit, month: str) -> Page:
    """Every notice submitted in a month, as a plain list: for readers without scripts."""
    answer = visit.ask("notices", "individuals", month=month)
    return Page(
        visit.say("notices.title") + f" {month}",
        "month.html",
        {
            "answer": answer,
            "caveats_told": visit.caveats(answer),
            "rows_found": listing.lines(
                visit, visit.ledger.notices(month=month, as_of=visit.day, order="submitted_on")
            ),
        },
    )


def server(visit: Visit) -> Page:
    """What takes a server, and how to start one."""
    return Page(visit.phrases.say("publish.server.title"), "server.html")


def _filter(visit: Visit, name: str) -> Filter:
    phrases = visit.phrases
    rows = [row for row in visit.ask("notices", by=name).records() if row[name] not in ("", None)]
    if name == "year":
        rows = rows[::-1]
    elif catalog.dimension(name).words != "size_band":
        rows = sorted(rows, key=lambda row: -row["notices"])
    choices = tuple(
        Choice(
            str(row[name]),
            str(row[name]) if name == "year" else phrases.heading(row[name], name),
            phrases.numbers.count(row["notices"]),
        )
        for row in rows
    )
    return Filter(name, phrases.heading(name, "dimension"), choices[:_SHOWN], choices[_SHOWN:])
