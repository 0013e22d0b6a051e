"""A year, or a month of it: the review, alive."""

from dataclasses import dataclass
from datetime import date

from breachtrail.errors import QuestionError
from breachtrail.questions.outlook import Outlook
from breachtrail.report import story
from breachtrail.report.scope import EARLIEST, Scope, growing
from breachtrail.report.sections.months import RECENT
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import charts, outlook


@dataclass(frozen=True)
class Link:
    """Another page: what it is called, where it is, and whether it lies before this one."""

    text: str
    url: str
    is_before: bool = False


def listed(visit: Visit) -> Page:
    """``/years``: every year with its notices and individuals, and the months of each."""
    answer = visit.ask("notices", "individuals", by="year")
    rows = answer.records()
    made = _recent(visit, [int(row["year"]) for row in rows])
    bands = {one.period.name: (one.final.low, one.final.high) for one in made.forecasts} if made else {}
    fresh = growing(visit.ledger, answer)
    shown = [{**row, "fresh": row["year"] in fresh, "band": bands.get(f"{row['year']:04}")} for row in rows]
    months = {row["month"] for row in visit.ask("notices", by="month").records()}
    return Page(
        visit.say("years.title"),
        "years.html",
        {
            "answer": answer,
            "caveats_told": visit.caveats(answer),
            "rows": rows[::-1],
            "months": {row["year"]: [f"{row['year']}-{n:02d}" for n in range(1, 13) if f"{row['year']}-{n:02d}" in months]
                       for row in rows},
            "worth": outlook.worth(made, visit.phrases) if made else None,
            "chart": charts.years(
                shown, phrases=visit.phrases, name="chart-years", title=visit.say("years.chart"),
                caption=visit.say("as_known", as_of=visit.day),
            ) if shown else None,
        },
    )  # fmt: skip


def _recent(visit: Visit, years: list[int]) -> Outlook | None:
    """The forecasts of the years that still grow; None where there are none, or none that could be judged."""
    looked = Scope.of(visit.ledger, visit.day.year, None, visit.day).looked_on
    still = [f"{year:04}" for year in years if looked - date(year, 12, 31) < RECENT]
    try:
        told = visit.ledger.forecast(*still, as_of=visit.day) if still else None
    except QuestionError:
        return None
    return told if told and told.score else None


def page(visit: Visit, year: str) -> Page:
    """``/years/2024``"""
    return _reviewed(visit, _number(year, 4), None)


def month(visit: Visit, month: str) -> Page:
    """``/months/2024-07``"""
    year, _, number = month.partition("-")
    if len(number) != 2:
        raise QuestionError(f"{month[:40]!r} is no month; write it YYYY-MM, as 2024-07.", "no_month", seen=month[:40])
    return _reviewed(visit, _number(year, 4), _number(number, 2))


def _number(told: str, digits: int) -> int:
    if not (told.isascii() and told.isdecimal() and len(told) == digits):
        raise QuestionError(
            f"{told[:40]!r} is no year or month; write them YYYY and YYYY-MM, as 2024 and 2024-07.",
            "no_year" if digits == 4 else "no_month",
            seen=told[:40],
        )
    return int(told)


def _reviewed(visit: Visit, year: int, month: int | None) -> Page:
    if not EARLIEST.year <= year <= visit.day.year:
        raise QuestionError(
            f"The register has notices of {EARLIEST.year} to {visit.day.year}, none of {year}.",
            "no_notices_then",
            first=EARLIEST.year,
            last=visit.day.year,
            seen=year,
        )

    def tell() -> story.Story:
        return story.tell(visit.ledger, Scope.of(visit.ledger, year, month, visit.day), visit.phrases)

    told = visit.kept(("story", year, month), tell)
    values = {
        "story": told,
        "year": year,
        "month": month,
        "beside": _beside(visit, year, month),
        "months": [] if month else _months(visit, year),
        "other_days": _other_days(visit, told.scope),
    }
    return Page(told.title, "year.html", values)


def _beside(visit: Visit, year: int, month: int | None) -> list[Link]:
    """The period before and the one after, as far as the register has them."""
    numbers, here = visit.phrases.numbers, visit.here
    if month is None:
        years = [other for other in (year - 1, year + 1) if EARLIEST.year <= other <= visit.day.year]
        return [Link(numbers.year(other), here.to(f"years/{other}"), other < year) for other in years]
    firsts = [date(year + (month + step) // 12, (month + step) % 12 + 1, 1) for step in (-2, 0)]
    return [
        Link(numbers.month(first), here.to(f"months/{first:%Y-%m}"), first < date(year, month, 1))
        for first in firsts
        if EARLIEST.replace(day=1) <= first <= visit.day
    ]


def _months(visit: Visit, year: int) -> list[Link]:
    firsts = [date(year, number, 1) for number in range(1, 13)]
    return [
        Link(visit.phrases.numbers.month_name(first.month, short=True), visit.here.to(f"months/{first:%Y-%m}"))
        for first in firsts
        if EARLIEST.replace(day=1) <= first <= visit.day
    ]


def _other_days(visit: Visit, scope: Scope) -> list[Link]:
    """The same period as known at its end, a year later, and on the newest day: where it was known, and is told otherwise."""
    first, newest = visit.sight.looks[0].taken_on, visit.sight.newest
    days = [day for day in (scope.last, _year_after(scope.last)) if first <= day < newest and day != visit.day]
    told = [Link(visit.phrases.numbers.day(day), visit.here.put_to(day)) for day in days]
    return told if visit.day >= newest else [*told, Link(visit.say("clock.now"), visit.here.put_to(None))]


def _year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
