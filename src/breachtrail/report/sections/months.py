"""By month of submission, against the year before."""

from calendar import monthrange
from datetime import date
from typing import Any

from breachtrail.report.comparison import Comparison
from breachtrail.report.draft import Draft
from breachtrail.report.scope import SETTLING
from breachtrail.wording import charts

#: A month with this share of the year's records is told apart.
OUTSTANDING = 0.2


def tell(draft: Draft) -> None:
    """The notices of each month that the looks reached."""
    scope = draft.scope
    found = {row["month"]: row for row in draft.ask("notices", "individuals", by=["month"]).records()}
    reached = [month for month in range(1, 13) if date(scope.year, month, 1) <= scope.looked_on]
    rows = [
        {"month": month, "notices": 0, "individuals": 0, **found.get(f"{scope.year}-{month:02}", {}), "number": month}
        for month in reached
    ]
    settled = [row for row in rows if not _is_fresh(draft, row["number"])]
    draft.say(_extremes(draft, settled), _outstanding(draft, rows))
    _chart(draft, rows)
    measures = ("notices", "individuals")
    draft.listing(
        draft.text("title"),
        [
            draft.phrases.heading("month", "dimension"),
            *(draft.phrases.heading(measure, "measure") for measure in measures),
        ],
        [
            [draft.numbers.month_name(row["number"]), *(draft.numbers.count(row[measure]) for measure in measures)]
            for row in rows
        ],
    )
    if len(settled) < len(rows):
        draft.say(draft.text("fresh"))


def _is_fresh(draft: Draft, month: int) -> bool:
    year = draft.scope.year
    return draft.scope.looked_on - date(year, month, monthrange(year, month)[1]) < SETTLING


def _extremes(draft: Draft, rows: list[dict[str, Any]]) -> str | None:
    if len(rows) < 2:
        return None
    most, fewest = max(row["notices"] for row in rows), min(row["notices"] for row in rows)
    if most == fewest:
        return None

    def named(notices: int) -> list[str]:
        return [draft.numbers.month_name(row["number"]) for row in rows if row["notices"] == notices]

    return draft.text("extremes", most=most, most_in=named(most), fewest=fewest, fewest_in=named(fewest))


def _outstanding(draft: Draft, rows: list[dict[str, Any]]) -> str | None:
    whole = draft.ask("individuals").value()
    largest = max(rows, key=lambda row: row["individuals"])
    if len(rows) < 2 or not whole or largest["individuals"] < OUTSTANDING * whole:
        return None
    return draft.text("outstanding", **{**largest, "month": largest["number"]}, whole=whole)


def _chart(draft: Draft, rows: list[dict[str, Any]]) -> None:
    comparison = Comparison.of(draft.scope, draft.ledger)
    if comparison.is_told and comparison.before is not None:
        before = comparison.before
        earlier = {row["month"]: row["notices"] for row in draft.ask("notices", by=["month"], scope=before).records()}
        shown = [
            {"month": row["number"], "now": row["notices"], "before": earlier.get(f"{before.year}-{row['number']:02}", 0),
             "fresh": _is_fresh(draft, row["number"])}
            for row in rows
        ]  # fmt: skip
        draft.add(
            charts.months(
                shown, measure="notices", phrases=draft.phrases, name="chart-months", title=draft.text("title"),
                now=draft.text("known", name=draft.period, as_of=draft.scope.as_of),
                before=draft.text("known", name=before.name(draft.numbers), as_of=before.as_of), caption=draft.caption(),
            )
        )  # fmt: skip
        return
    bars = [{"month": draft.numbers.month_name(row["number"]), "notices": row["notices"]} for row in rows]
    draft.add(
        charts.bars(
            bars, by="month", measure="notices", phrases=draft.phrases, name="chart-months", title=draft.text("title"),
            caption=draft.caption(),
        )
    )  # fmt: skip
