"""By month of submission, against the year before."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from breachtrail.report.comparison import Comparison
from breachtrail.report.draft import Draft
from breachtrail.report.scope import EARLIEST, SETTLING, Scope
from breachtrail.wording import charts

#: A month with this share of the year's records is told apart.
OUTSTANDING = 0.2
#: Periods that ended less long before the last look carry the band in which they will end.
RECENT = timedelta(days=365)


def tell(draft: Draft) -> None:
    """The notices of each month that the looks reached."""
    scope = draft.scope
    found = _by_month(draft, scope)
    rows = [
        {"number": month, "notices": 0, "individuals": 0, **found.get(month, {})}
        for month in range(1, 13) if _end(scope.year, month) >= EARLIEST and date(scope.year, month, 1) <= scope.looked_on
    ]  # fmt: skip
    comparison = Comparison.of(scope, draft.ledger)
    before = comparison.before if comparison.is_told and comparison.before_is_whole else None
    earlier = _by_month(draft, before) if before else {}
    for row in rows:
        row["before"] = earlier.get(row["number"], {"notices": 0})["notices"] if before else None
        row["fresh"] = _is_fresh(draft, row["number"])
    bands = _bands(draft, [row["number"] for row in rows])
    for row in rows:
        row["band"] = bands.get(row["number"])
    settled = [row for row in rows if not row["fresh"] and date(scope.year, row["number"], 1) >= EARLIEST]
    draft.say(_extremes(draft, settled, len(settled) < len(rows)), _outstanding(draft, rows))
    _chart(draft, rows, before)
    _table(draft, rows, before)
    if any(row["fresh"] for row in rows):
        draft.say(draft.text("fresh"), draft.text("band") if bands else None)


def _by_month(draft: Draft, scope: Scope) -> dict[int, dict[str, Any]]:
    rows = draft.ask("notices", "individuals", by=["month"], scope=scope).records()
    return {int(row["month"][-2:]): row for row in rows}


def _bands(draft: Draft, months: list[int]) -> dict[int, tuple[int, int]]:
    """Between which figures each month that still grows will lie in the end, in nine of ten cases."""
    still = [f"{draft.scope.year}-{month:02}" for month in months if _is_recent(draft, month)]
    outlook = draft.forecast(*still) if still else None
    if outlook is None:
        return {}
    told = {one.period.first.month: (one.final.low, one.final.high) for one in outlook.forecasts}
    return {month: band for month, band in told.items() if band[0] < band[1]}


def _is_recent(draft: Draft, month: int) -> bool:
    return draft.scope.looked_on - _end(draft.scope.year, month) < RECENT


def _is_fresh(draft: Draft, month: int) -> bool:
    return draft.scope.looked_on - _end(draft.scope.year, month) < SETTLING


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _extremes(draft: Draft, rows: list[dict[str, Any]], are_some: bool) -> str | None:
    if len(rows) < 2:
        return None
    most, fewest = max(row["notices"] for row in rows), min(row["notices"] for row in rows)
    if most == fewest:
        return None

    def named(notices: int) -> list[str]:
        return [draft.numbers.month_name(row["number"]) for row in rows if row["notices"] == notices]

    return draft.text(
        "extremes", most=most, most_in=named(most), fewest=fewest, fewest_in=named(fewest), are_some=are_some
    )


def _outstanding(draft: Draft, rows: list[dict[str, Any]]) -> str | None:
    whole = draft.ask("individuals").value()
    largest = max(rows, key=lambda row: row["individuals"])
    if len(rows) < 2 or not whole or largest["individuals"] < OUTSTANDING * whole:
        return None
    return draft.text("outstanding", **{**largest, "month": largest["number"]}, whole=whole)


def _chart(draft: Draft, rows: list[dict[str, Any]], before: Scope | None) -> None:
    named: dict[str, Any] = {
        "phrases": draft.phrases, "name": "chart-months", "title": draft.text("title"), "caption": draft.caption()
    }  # fmt: skip
    if before is None and not any(row["band"] for row in rows):
        bars = [{"month": draft.numbers.month_name(row["number"]), "notices": row["notices"]} for row in rows]
        draft.draw(charts.bars(bars, by="month", measure="notices", **named), is_listed=True)
        return
    shown = [
        {
            "month": row["number"],
            "now": row["notices"],
            "before": row["before"],
            "fresh": row["fresh"],
            "band": row["band"],
        }
        for row in rows
    ]
    now, then = _known(draft, draft.scope), _known(draft, before) if before else None
    draft.draw(charts.months(shown, measure="notices", now=now, before=then, **named), is_listed=True)


def _known(draft: Draft, scope: Scope) -> str:
    return draft.text("known", name=scope.name(draft.numbers), as_of=scope.as_of)


def _table(draft: Draft, rows: list[dict[str, Any]], before: Scope | None) -> None:
    measures = ("notices", "individuals", *(("before",) if before else ()))
    are_banded = any(row["band"] for row in rows)
    columns = [
        draft.phrases.heading("month", "dimension"),
        *(draft.phrases.heading(measure, "measure") for measure in ("notices", "individuals")),
        *((draft.text("before", name=before.name(draft.numbers)),) if before else ()),
        *((draft.phrases.say("chart.band"),) if are_banded else ()),
    ]
    listed = [
        [
            draft.numbers.month_name(row["number"]),
            *(draft.numbers.count(row[measure]) for measure in measures),
            *((charts.between(row["band"], draft.phrases),) if are_banded else ()),
        ]
        for row in rows
    ]
    caption = draft.text("table", before=_known(draft, before)) if before else draft.text("title")
    names = [{0: f"months/{draft.scope.year}-{row['number']:02}"} if row["notices"] else {} for row in rows]
    draft.listing(caption, columns, listed, names=names)
