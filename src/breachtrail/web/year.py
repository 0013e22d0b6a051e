"""A year, or a month of it: the review, alive."""

from breachtrail.errors import QuestionError
from breachtrail.report import story
from breachtrail.report.scope import EARLIEST, Scope
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import charts


def listed(visit: Visit) -> Page:
    """``/years``: every year with its notices and individuals, and the months of each."""
    answer = visit.ask("notices", "individuals", by="year")
    rows = answer.records()
    shown = [{**row, "fresh": is_fresh(visit, int(row["year"]))} for row in rows]
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
            "chart": charts.years(
                shown, phrases=visit.phrases, name="chart-years", title=visit.say("years.chart"),
                caption=visit.say("as_known", as_of=visit.day),
            ) if shown else None,
        },
    )  # fmt: skip


def is_fresh(visit: Visit, year: int) -> bool:
    """Whether notices of the year are still to come."""
    return not Scope.of(visit.ledger, year, None, visit.day).is_settled


def page(visit: Visit, year: str) -> Page:
    """``/years/2024``"""
    return _reviewed(visit, _number(year, 4), None)


def month(visit: Visit, month: str) -> Page:
    """``/months/2024-07``"""
    year, _, number = month.partition("-")
    if len(number) != 2:
        raise QuestionError(f"{month[:40]!r} is no month; write it YYYY-MM, as 2024-07.")
    return _reviewed(visit, _number(year, 4), _number(number, 2))


def _number(told: str, digits: int) -> int:
    if not (told.isascii() and told.isdecimal() and len(told) == digits):
        raise QuestionError(f"{told[:40]!r} is no year or month; write them YYYY and YYYY-MM, as 2024 and 2024-07.")
    return int(told)


def _reviewed(visit: Visit, year: int, month: int | None) -> Page:
    if not EARLIEST.year <= year <= visit.day.year:
        raise QuestionError(f"The register has notices of {EARLIEST.year} to {visit.day.year}, none of {year}.")

    def tell() -> story.Story:
        return story.tell(visit.ledger, Scope.of(visit.ledger, year, month, visit.day), visit.phrases)

    told = visit.kept(("story", year, month), tell)
    return Page(told.title, "year.html", {"story": told, "year": year, "month": month})
