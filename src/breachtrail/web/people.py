"""How many different people: bounds and estimates for every year of submission, and for all of them together."""

from breachtrail.questions.people import People
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import bounds
from breachtrail.wording import people as wording
from breachtrail.wording.chart import Table


def page(visit: Visit) -> Page:
    """``/people``"""
    by_year, whole = visit.kept("people", lambda: _told(visit))
    phrases, language = visit.phrases, visit.here.language
    names, rows, _ = wording.bounds_table(whole, language)
    return Page(
        phrases.say("bounds.title"),
        "people.html",
        {
            "chart": bounds.chart(
                by_year, phrases=phrases, name="chart-people", title=phrases.say("bounds.chart"),
                caption=phrases.say("bounds.caption", as_of=visit.day),
            ) if by_year else None,
            "by_year": bounds.table(by_year, phrases),
            "whole": Table.of(names, rows),
            "notes": wording.bounds_notes(whole, language),
            "sql": [whole.sql],
        },
    )  # fmt: skip


def _told(visit: Visit) -> tuple[list[tuple[int, People]], People]:
    years = [row["year"] for row in visit.ask("notices", by="year").records() if row["year"]]
    found = [(year, visit.ledger.people(year=year, as_of=visit.day)) for year in years]
    return [(year, one) for year, one in found if one.distinct.notices], visit.ledger.people(as_of=visit.day)
