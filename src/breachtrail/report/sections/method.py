"""How it was counted."""

from datetime import date

from breachtrail.report.draft import Draft

#: Caveats of the totals that other sections tell.
TOLD_ABOVE = ("fresh", "view_unobserved", "view_older", "without_count", "closed", "placeholders", "records_not_people")


def tell(draft: Draft) -> None:
    """The register, the looks behind the figures, and the caveats of the totals that no other section tells."""
    answer = draft.ask("notices", "individuals")
    scope = draft.scope
    draft.say(
        draft.text("register", register=answer.question.register),
        draft.text("known", as_of=scope.as_of, looks=len(scope.looks)),
    )
    draft.say(
        draft.text("counted"),
        draft.text("sql"),
    )
    seen = {look.snapshot: look for look in answer.observed.values() if look is not None}
    rows = [
        [
            draft.phrases.heading(look.view, "view"),
            draft.numbers.day(look.taken_on),
            _window(draft, look.taken_not_before, look.taken_not_after),
            draft.numbers.count(look.rows),
            draft.numbers.count(look.held),
        ]
        for look in seen.values()
    ]
    columns = [draft.text(f"column.{name}") for name in ("view", "taken_on", "window", "rows", "held")]
    draft.listing(draft.text("table"), columns, rows, texts=(0, 1, 2))
    [total] = answer.records()
    told = [one for one in answer.caveats if one.code not in (TOLD_ABOVE if total["notices"] else ("fresh",))]
    if told:
        draft.say(draft.text("caveats"))
        draft.points([draft.caveat(one.code, **one.values) for one in told])


def _window(draft: Draft, first: date, last: date) -> str:
    return draft.numbers.day(first) if first == last else draft.text("window", first=first, last=last)
