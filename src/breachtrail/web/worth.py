"""What is forecast, and what such forecasts were worth: worked out from the ledger, once for each state and day."""

from dataclasses import dataclass
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.questions.growth import Growth
from breachtrail.questions.outlook import Outlook
from breachtrail.questions.worth import Record
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import forecasts, growth, outlook
from breachtrail.wording.chart import Table

#: Groups of the pictures: months that were over, by age and all together.
_DRAWN = ("one", "two", "some", "many", "over")


@dataclass(frozen=True)
class Estimates:
    """What a page tells in either language; growth is None where every view was looked at once alone."""

    outlook: Outlook
    growth: Growth | None
    record: Record


def page(visit: Visit) -> Page:
    """``/estimates``"""
    found = visit.site.kept(visit.ledger.head, ("estimates", visit.day), lambda: _found(visit))
    told: dict[str, Any] = {"outlook": None}
    if found:
        told = {
            "outlook": found.outlook,
            "worth": outlook.worth(found.outlook, visit.phrases),
            **_expected(visit, found.outlook),
            **_growth(visit, found.growth),
            **_record(visit, found.record),
        }
    return Page(visit.phrases.say("forecasts.title"), "estimates.html", told)


def _found(visit: Visit) -> Estimates | None:
    """None where too little is known to forecast anything."""
    ledger, day = visit.ledger, visit.day
    try:
        made = ledger.forecast(as_of=day)
    except QuestionError:
        return None
    try:
        growing = ledger.growth(f"{day.year:04}", as_of=day)
    except QuestionError:
        growing = None
    return Estimates(made, growing, ledger.record(as_of=day))


def _expected(visit: Visit, made: Outlook) -> dict[str, Any]:
    phrases = visit.phrases
    return {
        "expected": forecasts.coming(
            [one for one in made.forecasts if one.period.first.month == one.period.last.month], phrases=phrases, name="chart-expected",
            title=phrases.say("forecasts.now.title"), caption=phrases.say("forecasts.now.caption", as_of=made.as_of),
        ),
        "every": forecasts.in_the_end(made.forecasts, phrases),
        "apart": forecasts.still_to_appear(made.forecasts, phrases),
    }  # fmt: skip


def _growth(visit: Visit, told: Growth | None) -> dict[str, Any]:
    if told is None:
        return {"growing": None}
    names, rows, _ = growth.table(told, visit.phrases)
    return {"growing": Table.of(names, rows), "growth_notes": growth.notes(told, visit.phrases)[:-1]}


def _record(visit: Visit, record: Record) -> dict[str, Any]:
    phrases = visit.phrases
    if not record.by_age:
        return {"record": None}
    drawn = [(phrases.say(f"forecasts.age.{name}"), record.by_age[name]) for name in _DRAWN if name in record.by_age]
    by_age = [(phrases.say(f"forecasts.age.{name}"), one) for name, one in record.by_age.items()]
    by_period = [(phrases.say(f"forecasts.period.{name}"), one) for name, one in record.by_period.items()]
    by_look = [(phrases.numbers.day(look), one) for look, one in record.by_look.items()]
    say = {key: phrases.say(f"forecasts.worth.{key}") for key in ("by_age", "by_period", "by_look", "held", "scores")}
    return {
        "record": record,
        "judged": sum(one.forecasts for name, one in record.by_age.items() if name in ("running", "over")),
        "held": forecasts.held(
            drawn, say["by_age"], phrases=phrases, name="chart-held", title=say["held"],
            caption=phrases.say("forecasts.worth.held_caption"),
        ),
        "scores": forecasts.scores(
            drawn, say["by_age"], phrases=phrases, name="chart-scores", title=say["scores"],
            caption=phrases.say("forecasts.worth.scores_caption"),
        ),
        "ages": forecasts.table([*by_age, *by_period], say["by_age"], phrases),
        "looks": forecasts.table(by_look, say["by_look"], phrases),
    }  # fmt: skip
