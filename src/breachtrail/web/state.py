"""The states, and one of them: its years, its kinds of breach, its largest notices and its newest."""

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.web.year import is_fresh
from breachtrail.wording import charts
from breachtrail.wording.statemap import state_map

LISTED = 10


def listed(visit: Visit) -> Page:
    """``/states``: the map of all years together, and the states in a table; a year may be chosen."""
    year = visit.here.asked.get("year", "")
    if year and not (year.isdecimal() and len(year) == 4):
        raise QuestionError(f"{year[:40]!r} is no year; write it YYYY, as 2024.")
    period = {"year": int(year)} if year else {}
    answer = visit.ask("notices", "individuals", "notices_per_million", by="state", **period)
    rows = answer.records()
    by_rate = sorted(rows, key=lambda row: (-(row["notices_per_million"] or 0), row["state"] == "", row["state"]))
    return Page(
        visit.say("states.title"),
        "states.html",
        {
            "answer": answer,
            "caveats_told": visit.caveats(answer),
            "rows": sorted(rows, key=lambda row: (row["state"] == "", -row["notices"], row["state"])),
            "chosen": year,
            "years": [row["year"] for row in visit.ask("notices", by="year").records()][::-1],
            "chart": state_map(
                [{"state": row["state"], "notices_per_million": row["notices_per_million"]} for row in by_rate],
                measure="notices_per_million", phrases=visit.phrases, name="chart-states",
                title=visit.say("states.map"), caption=visit.say("as_known", as_of=visit.day),
            ),
        },
    )  # fmt: skip


def page(visit: Visit, state: str) -> Page:
    """``/states/TX``"""
    known = Vocabulary.load().find("state", state)
    if not known or not state.isascii():
        raise QuestionError(f"{state[:40]!r} is no state; write its USPS code, as TX.")
    where = [f"state={known}"]
    years = visit.ask("notices", "individuals", by="year", where=where)
    kinds = visit.ask("notices", "individuals", by="breach_type", where=where)
    total = visit.ask("notices", "individuals", "notices_per_million", "median", where=where)
    name = visit.phrases.heading(known, "state")
    phrases, caption = visit.phrases, visit.say("as_known", as_of=visit.day)
    shown = [{**row, "fresh": is_fresh(visit, int(row["year"]))} for row in years.records()]
    by_kind = sorted(kinds.records(), key=lambda row: -row["notices"])
    return Page(
        name,
        "state.html",
        {
            "state": known,
            "name": name,
            "total": total.records()[0],
            "answers": (total, years, kinds),
            "caveats_told": visit.caveats(years),
            "charts": [
                charts.years(shown, phrases=phrases, name="chart-years", title=visit.say("state.years", name=name),
                             caption=caption),
                charts.bars(by_kind, by="breach_type", measure="notices", phrases=phrases, name="chart-kinds",
                            title=visit.say("state.kinds", name=name), caption=caption),
            ] if shown else [],
            "largest": listing.lines(visit, visit.ledger.notices(where=where, as_of=visit.day, limit=LISTED)),
            "newest": listing.lines(
                visit, visit.ledger.notices(where=where, as_of=visit.day, order="submitted_on", limit=LISTED)
            ),
        },
    )  # fmt: skip
