"""Year by year since the register began."""

from datetime import date

from breachtrail.report.draft import Draft
from breachtrail.report.scope import EARLIEST, SETTLING
from breachtrail.wording import charts


def tell(draft: Draft) -> None:
    """The series by year of submission, with the years that are not whole."""
    answer = draft.ask("notices", "individuals", by=["year"], every_period=True)
    if None in answer.observed.values():
        draft.say(draft.text("unseen"))
        draft.caveats(answer, "view_unobserved")
        return
    looked_on = draft.scope.looked_on
    rows = [{**row, "fresh": looked_on - date(row["year"], 12, 31) < SETTLING} for row in answer.records()]
    whole = [row for row in rows if not row["fresh"] and row["year"] != EARLIEST.year]
    this = next((row for row in whole if row["year"] == draft.scope.year), None)
    if this is not None and len(whole) > 1:
        draft.say(*(
            draft.text(
                measure, figure=this[measure], years=len(whole), since=draft.numbers.year(whole[0]["year"]),
                more=[draft.numbers.year(row["year"]) for row in whole if row[measure] > this[measure]],
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
