"""Charts of every kind, of invented figures."""

from datetime import date
from typing import Any

import numpy as np

from breachtrail.estimates.distinct import distinct
from breachtrail.estimates.interval import Interval
from breachtrail.ledger.store import Head
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions.outlook import Forecast, Period
from breachtrail.questions.outlook import months as months_of
from breachtrail.questions.people import People
from breachtrail.questions.question import Question
from breachtrail.questions.worth import Worth
from breachtrail.wording import bounds
from breachtrail.wording.chart import Chart
from breachtrail.wording.charts import bars, months, revisions, years
from breachtrail.wording.forecasts import coming, held, scores
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.statemap import state_map

LONG_NAME = "Associated Consolidated Regional Medical Management Resource Group of Western Springfield, L.L.C."
STATES = [state for state in Vocabulary.load().values("state") if state != "WY"]


def forecast(month: Period) -> Forecast:
    """A month that stands at 40, or at 10 times its number if that is less, and will come to some 60."""
    shown, none = min(40, month.first.month * 10), Interval(0, 0, 0, 0, 0)
    return Forecast(month, date(2026, 3, 15), shown, none, none, Interval(shown, 55, 60, 65, 80))


def behind(records: int) -> People:
    """The people behind three notices of so many records, twice as many and four times as many."""
    among = distinct(np.array([records, 2 * records, 4 * records], dtype=float), 330_000_000)
    return People(Question(("notices",)), among, 2024, 0, "", Head(1, "0f"))


def made_up(phrases: Phrases) -> dict[str, Chart]:
    """One chart of each kind, of invented figures."""

    def heads(name: str) -> dict[str, Any]:
        return {"phrases": phrases, "name": name, "title": f"<{name}>", "caption": "&"}

    types = [("Hacking/IT Incident", 596), ("Unauthorized Access/Disclosure", 118), ("Theft", 9), ("", 0)]
    names = [("Acme Health", 192_700_000), ("Acme Health", 3_998_163), (LONG_NAME, 1_276_026)]
    by_month = [
        {"month": month, "now": 60 + month, "before": 70 - month, "fresh": month > 10} for month in range(1, 13)
    ]
    by_month_individuals = [
        {"month": month, "now": month * 13_999_999 if month < 8 else None, "before": None if month == 2 else 999_999}
        for month in range(1, 13)
    ]
    since = [
        {"year": year, "notices": 18 + 44 * age, "individuals": 10 ** (4 + age / 4), "fresh": year == 2026,
         "band": (770 + 40 * (year - 2025), 790 + 100 * (year - 2025)) if year > 2024 else None}
        for age, year in enumerate(range(2009, 2027))
    ]  # fmt: skip
    revised = [
        {"name": "Acme Health", "steps": [500, 100_000_000, 192_700_000]},
        {"name": LONG_NAME, "steps": [791_273, 95_797]},
        {"name": "Nearly the Same", "steps": [2_310_000, 2_320_000]},
    ]
    worths = [
        (
            phrases.say(f"forecasts.age.{name}"),
            Worth(11, place / 4, 1 - place / 8, place / 3, 2.5 if place else None, 3.0),
        )
        for place, name in enumerate(("one", "two", "some", "many", "over"))
    ]
    rates = [{"state": state, "notices_per_million": None if state in ("", "GU") else 0.5 + place / 7}
             for place, state in enumerate(STATES)]  # fmt: skip
    return {
        "types": bars([{"breach_type": value, "notices": count} for value, count in types],
                      by="breach_type", measure="notices", **heads("types")),
        "largest": bars([{"name": name, "individuals": count} for name, count in names],
                        by="name", measure="individuals", **heads("largest")),
        "months": months(by_month, measure="notices", now=phrases.numbers.year(2024),
                         before=phrases.numbers.year(2023), **heads("months")),
        "sizes": months(by_month_individuals, measure="individuals", now=phrases.numbers.year(2024),
                        before=phrases.numbers.year(2023), **heads("sizes")),
        "years": years(since, **heads("years")),
        "revised": revisions(revised, **heads("revised")),
        "coming": coming([forecast(month) for month in months_of(date(2026, 3, 15))], **heads("coming")),
        "held": held(worths, "<by>", **heads("held")),
        "scores": scores(worths, "<by>", **heads("scores")),
        "people": bounds.chart([(year, behind(10 ** (place + 2))) for place, year in enumerate(range(2009, 2016))], **heads("people")),
        "map": state_map(rates, measure="notices_per_million", **heads("map")),
    }  # fmt: skip
