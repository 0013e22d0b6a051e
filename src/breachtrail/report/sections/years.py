"""Year by year since the register began."""

from datetime import date
from typing import Any

from breachtrail.report.draft import Draft
from breachtrail.report.scope import EARLIEST, SETTLING
from breachtrail.report.sections.months import RECENT
from breachtrail.wording import charts


def whole(draft: Draft, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The years that are complete and whose late notices are in: those that can be set beside each other."""
    return [row for row in rows if not _is_fresh(draft, row["year"]) and row["year"] != EARLIEST.year]


def _is_fresh(draft: Draft, year: int) -> bool:
    return draft.scope.looked_on - date(year, 12, 31) < SETTLING


def _bands(draft: Draft, years: list[int]) -> dict[int, tuple[int, int]]:
    """Between which figures the notices of each year that still grows will lie in the end, in nine of ten cases."""
    still = [f"{year:04}" for year in years if draft.scope.looked_on - date(year, 12, 31) < RECENT]
    outlook = draft.forecast(*still) if still else None
    told = [(one.period.first.year, one.final.low, one.final.high) for one in outlook.forecasts] if outlook else []
    return {year: (low, high) for year, low, high in told if low < high}


def tell(draft: Draft) -> None:
    """The series by year of submission, with the years that are not whole."""
    answer = draft.ask("notices", "individuals", by=["year"], every_period=True)
    if None in answer.observed.values():
        draft.say(draft.text("unseen"))
        draft.caveats(answer, "view_unobserved")
        return
    bands = _bands(draft, [row["year"] for row in answer.records()])
    rows = [{**row, "fresh": _is_fresh(draft, row["year"]), "band": bands.get(row["year"])} for row in answer.records()]
    complete = whole(draft, rows)
    this = next((row for row in complete if row["year"] == draft.scope.year), None)
    if this is not None and len(complete) > 1:
        draft.say(*(
            draft.text(
                measure, figure=this[measure], years=len(complete), since=draft.numbers.year(complete[0]["year"]),
                more=[draft.numbers.year(row["year"]) for row in complete if row[measure] > this[measure]],
            )
            for measure in ("notices", "individuals")
        ))  # fmt: skip
    draft.say(
        draft.text("first") if any(row["year"] == EARLIEST.year for row in rows) else None,
        draft.text("fresh", years=[draft.numbers.year(row["year"]) for row in rows if row["fresh"]])
        if any(row["fresh"] for row in rows) else None,
        draft.text("band", years=[draft.numbers.year(year) for year in bands]) if bands else None,
    )  # fmt: skip
    if len(rows) > 1:
        draft.draw(
            charts.years(
                rows, phrases=draft.phrases, name="chart-years", title=draft.text("title"),
                caption=draft.text("caption", as_of=draft.scope.as_of),
            )
        )  # fmt: skip
