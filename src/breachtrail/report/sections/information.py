"""What kinds of information were exposed, as far as descriptions tell, and of which period they do."""

from dataclasses import replace
from typing import Any

from breachtrail.report.draft import Draft
from breachtrail.wording import charts

#: Below this share of described notices nothing is said of the whole.
ENOUGH = 0.5
#: Values of the dimension that are no kinds: a notice without a description, and a description that names none.
UNDESCRIBED, UNNAMED = "no description", "none named"


def tell(draft: Draft) -> None:
    """The kinds of information of the period, or why they cannot be told yet and those of the latest year that can."""
    notices = draft.ask("notices").value()
    rows = draft.ask("notices", by=["information_type"]).records()
    described = notices - _undescribed(rows)
    if described >= ENOUGH * notices:
        draft.say(draft.text("described", described=described, notices=notices))
        _kinds(draft, rows, described, draft.period, str(draft.scope.year))
        return
    draft.say(draft.text("untold", described=described, notices=notices))
    _latest(draft)


def _latest(draft: Draft) -> None:
    of_year = {row["year"]: row["notices"] for row in draft.ask("notices", by=["year"], every_period=True).records()}
    for year in sorted((year for year in of_year if year < draft.scope.year), reverse=True):
        whole = replace(draft.scope, year=year, month=None)
        kinds = draft.ask("notices", by=["information_type"], scope=whole).records()
        described = of_year[year] - _undescribed(kinds)
        if described >= ENOUGH * of_year[year]:
            told = draft.numbers.year(year)
            draft.say(draft.text("latest", told=told, described=described, notices=of_year[year]))
            _kinds(draft, kinds, described, told, str(year))
            return
    draft.say(draft.text("never"))


def _undescribed(rows: list[dict[str, Any]]) -> int:
    return sum(row["notices"] for row in rows if row["information_type"] == UNDESCRIBED)


def _kinds(draft: Draft, rows: list[dict[str, Any]], described: int, told: str, year: str) -> None:
    named = [row for row in rows if row["information_type"] not in (UNDESCRIBED, UNNAMED)]
    kinds = sorted(named, key=lambda row: -row["notices"])
    if not kinds:
        return
    top, *others = kinds
    values = {"value": top["information_type"], "count": top["notices"], "described": described}
    items = [{"value": row["information_type"], "count": row["notices"], "described": described} for row in others]
    draft.say(draft.text("kinds", others=[draft.text("item", **item) for item in items], told=told, **values))
    shares = [{"information_type": row["information_type"], "share": row["notices"] / described} for row in kinds]
    draft.draw(
        charts.bars(
            shares, by="information_type", measure="share", how="percent", phrases=draft.phrases, name=f"chart-information-{year}",
            title=draft.text("title", told=told), caption=draft.text("caption", described=described, as_of=draft.scope.as_of),
        ),
        is_listed=True,
    )  # fmt: skip
    draft.listing(
        draft.text("title", told=told),
        [draft.phrases.heading("information_type", "dimension"), draft.phrases.heading("notices", "measure"), draft.text("column")],
        [
            [draft.phrases.heading(row["information_type"], "information_type"), draft.numbers.count(row["notices"]),
             draft.numbers.share(row["notices"], described)]
            for row in kinds
        ],
    )  # fmt: skip
