"""How many notices, how many records, how large; and what must be known before any of it is quoted."""

from breachtrail.report.draft import Draft
from breachtrail.report.section import Totals

#: A notice that holds this share of the records alone is told apart from the rest.
OUTSTANDING = 0.2
#: A mean so many times the median needs a word of explanation.
SKEWED = 2
_CAVEATS = ("view_unobserved", "view_older", "without_count", "closed")


def tell(draft: Draft) -> None:
    """The totals of the period."""
    answer = draft.ask("notices", "individuals", "median", "mean", "largest")
    [total] = answer.records()
    draft.add(Totals(tuple(
        (draft.phrases.heading(measure, "measure"), draft.numbers.count(total[measure]))
        for measure in ("notices", "individuals", "median", "largest") if total[measure] is not None
    )))  # fmt: skip
    draft.say(draft.text("lead", **total), _size(draft, total))
    draft.say(_largest(draft, total), draft.text("law"))
    if not draft.scope.is_over:
        draft.say(draft.text("unfinished", looked_on=draft.scope.looked_on))
    draft.caveats(answer, *_CAVEATS, *(("fresh",) if draft.scope.is_over else ()))


def _size(draft: Draft, total: dict[str, float]) -> str | None:
    if total["median"] is None:
        return None
    return draft.text("skewed" if total["mean"] > SKEWED * total["median"] else "size", **total)


def _largest(draft: Draft, total: dict[str, int]) -> str | None:
    if total["notices"] < 2 or not total["individuals"] or total["largest"] < OUTSTANDING * total["individuals"]:
        return None
    rest = draft.ask("individuals", where=[f"individuals<{total['largest']}"]).value()
    if rest + total["largest"] != total["individuals"]:  # several are as large
        return None
    return draft.text("outstanding", largest=total["largest"], rest=rest)
