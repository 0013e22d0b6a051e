"""The states, and one of them: its years, its kinds of breach, its largest notices and its newest."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import condition
from breachtrail.questions.ask import Answer
from breachtrail.questions.bracket import Asked, Bounds
from breachtrail.registers import register as registers
from breachtrail.report.scope import SETTLING, growing
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import charts, terminal
from breachtrail.wording.chart import Chart
from breachtrail.wording.statemap import state_map

LISTED = 10
#: The dimensions that are drawn as bars, and the titles of these charts.
_BARS = {"breach_type": "web.state.kinds", "location": "pages.state.places", "entity_type": "pages.state.filers"}


def listed(visit: Visit) -> Page:
    """``/states``: the map of all years together, and the states in a table; a year may be chosen."""
    year = visit.here.asked.get("year", "")
    if year and not (year.isdecimal() and len(year) == 4):
        raise QuestionError(f"{year[:40]!r} is no year; write it YYYY, as 2024.", "no_year", seen=year[:40])
    period = {"year": int(year)} if year else {}
    rated = registers.load(visit.ledger.register).nationwide
    measures = ("notices", "individuals", *(("notices_per_million",) if rated else ()))
    answer = visit.ask(*measures, by="state", **period)
    rows = answer.records()
    return Page(
        visit.say("states.title"),
        "states.html",
        {
            "answer": answer,
            "caveats_told": visit.caveats(answer),
            "rows": sorted(rows, key=lambda row: (row["state"] == "", -row["notices"], row["state"])),
            "states": sorted(
                (row["state"] for row in rows if row["state"]),
                key=lambda one: visit.phrases.heading(one, "state") if visit.here.language == "en" else one,
            ),
            "chosen": year,
            "years": [row["year"] for row in visit.ask("notices", by="year").records()][::-1],
            "measures": measures,
            "chart": _map(visit, rows) if rated else None,
        },
    )


def _map(visit: Visit, rows: list[dict[str, Any]]) -> Chart:
    by_rate = sorted(rows, key=lambda row: (-(row["notices_per_million"] or 0), row["state"] == "", row["state"]))
    return state_map(
        [{"state": row["state"], "notices_per_million": row["notices_per_million"]} for row in by_rate],
        measure="notices_per_million", phrases=visit.phrases, name="chart-states",
        title=visit.say("states.map"), caption=visit.say("as_known", as_of=visit.day),
    )  # fmt: skip


@dataclass(frozen=True)
class Year:
    """A year of one state, as known at its end (None where that cannot be told) and as known on the day of the page.

    looks:  the last look at each list by the year's end, in words
    bounds: measure → the fewest and the most that can have stood there at the year's end, where they differ
    """

    year: int
    url: str
    notices: int
    individuals: int
    then: Answer | None
    then_url: str
    looks: tuple[str, ...] = ()
    bounds: Mapping[str, Bounds] = field(default_factory=dict)


def page(visit: Visit, state: str) -> Page:
    """``/states/TX``"""
    known = Vocabulary.load().find("state", state)
    if not known or not state.isascii():
        raise QuestionError(f"{state[:40]!r} is no state; write its USPS code, as TX.", "no_state", seen=state[:40])
    where = [f"state={known}"]
    name = visit.phrases.heading(known, "state")
    rated = registers.load(visit.ledger.register).nationwide
    total = visit.ask("notices", "individuals", *(("notices_per_million",) if rated else ()), "median", where=where)
    values: dict[str, Any] = {"state": known, "name": name, "total": total.records()[0], "observed_by": total}
    if not values["total"]["notices"]:
        return Page(name, "state.html", values)
    by = {one: visit.ask("notices", "individuals", by=one, where=where) for one in ("year", *_BARS)}
    every = visit.ask("notices_per_million", by="state") if rated else None
    told = _years(visit, where, by["year"])
    values |= {
        "rank": _rank(every, known) if every else None,
        "answers": [total, *by.values(), *([every] if every else []), *(one.then for one in told if one.then)],
        "caveats_told": visit.caveats(by["year"]),
        "charts": _charts(visit, name, by),
        "by_year": told[::-1],
        "late": SETTLING.days,
        "largest": listing.lines(visit, visit.ledger.notices(where=where, as_of=visit.day, limit=LISTED)),
        "newest": listing.lines(
            visit, visit.ledger.notices(where=where, as_of=visit.day, order="submitted_on", limit=LISTED)
        ),
    }
    return Page(name, "state.html", values)


def _rank(every: Answer, state: str) -> tuple[int, int] | None:
    """The place of a state by notices per million residents, and among how many; None where it has no rate."""
    rates = {
        row["state"]: row["notices_per_million"] for row in every.records() if row["notices_per_million"] is not None
    }
    return (1 + sum(rate > rates[state] for rate in rates.values()), len(rates)) if state in rates else None


def _years(visit: Visit, where: list[str], now: Answer) -> list[Year]:
    told = []
    for row in now.records():
        end, year = date(row["year"], 12, 31), int(row["year"])
        put_back = replace(visit.here, as_of=end)
        then = _then(visit, where, year, end)
        told.append(
            Year(
                year, visit.here.to("notices", **_query(where, year)), row["notices"], row["individuals"],
                then, put_back.to("notices", **_query(where, year)),
                terminal.looks(then, visit.phrases) if then else (), _bounds(visit, where, then) if then else {},
            )
        )  # fmt: skip
    return told


def _bounds(visit: Visit, where: list[str], then: Answer) -> dict[str, Bounds]:
    """What can have stood there at the year's end, as the looks around it tell; the newest day alone knows them all.

    Every state is asked at once, which takes no longer than one, and kept for the pages of the others.
    """
    if visit.day < visit.sight.newest or then.question.as_of is None:
        return {}
    end = then.question.as_of

    def ask() -> dict[str, Mapping[str, Bounds]]:
        states = [one for one in Vocabulary.load().values("state") if one]
        asked = [Asked(replace(then.question, conditions=(condition.of("state", "=", [state]),))) for state in states]
        return {
            state: one.bounds[None] for state, one in zip(states, visit.ledger.bracketed(asked, as_of=end), strict=True)
        }

    bounds = visit.site.kept(visit.ledger.head, ("bounds at a year's end", end), ask)[where[0].partition("=")[2]]
    return {name: bounds[name] for name in ("notices", "individuals") if bounds[name][0] < bounds[name][1]}


def _query(where: list[str], year: int) -> dict[str, str]:
    return {"state": where[0].partition("=")[2], "year": str(year)}


def _then(visit: Visit, where: list[str], year: int, end: date) -> Answer | None:
    """The year as known at its end; None where it is not over, or nothing was looked at in its last weeks."""
    if end > visit.day or not any(end - SETTLING <= look.taken_on <= end for look in visit.sight.looks):
        return None
    answer = visit.ledger.ask("notices", "individuals", where=where, year=year, as_of=end)
    return answer if all(answer.observed.values()) else None


def _charts(visit: Visit, name: str, by: dict[str, Answer]) -> list[Chart]:
    phrases, caption = visit.phrases, visit.say("as_known", as_of=visit.day)
    rows = by["year"].records()
    fresh = growing(visit.ledger, by["year"])
    shown = [{**row, "fresh": row["year"] in fresh} for row in rows]
    years = charts.years(
        shown, phrases=phrases, name="chart-years", title=visit.say("state.years", name=name), caption=caption
    )
    return [years] + [
        charts.bars(
            sorted(by[one].records(), key=lambda row: -row["notices"]), by=one, measure="notices", phrases=phrases,
            name=f"chart-{one.replace('_', '-')}", title=phrases.say(title, name=name), caption=caption,
        )
        for one, title in _BARS.items()
    ]  # fmt: skip
