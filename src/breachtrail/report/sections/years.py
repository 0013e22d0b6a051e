"""Year by year since the register began."""

from datetime import date
from typing import Any

from breachtrail.report.draft import Draft
from breachtrail.report.scope import EARLIEST, SETTLING
from breachtrail.wording import charts


def whole(draft: Draft, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The years that are complete and whose late notices are in: those that can be set beside each other."""
    return [row for row in rows if not _is_fresh(draft, row["year"]) and row["year"] != EARLIEST.year]


def _is_fresh(draft: Draft, year: int) -> bool:
    return draft.scope.looked_on - date(year, 12, 31) < SETTLING


def tell(draft: Draft) -> None:
    """The series by year of submission, with the years that are not whole."""
    answer = draft.ask("notices", "individuals", by=["year"], every_period=True)
    if None in answer.observed.values():
        draft.say(draft.text("unseen"))
        draft.caveats(answer, "view_unobserved")
        return
    rows = [{**row, "fresh": _is_fresh(draft, row["year"])} for row in answer.records()]
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
    )  # fmt: skip
    if len(rows) > 1:
        draft.draw(
            charts.years(
                rows, phrases=draft.phrases, name="chart-years", title=draft.text("title"),
                caption=draft.text("caption", as_of=draft.scope.as_of),
            )
        )  # fmt: skip
