"""How it was counted."""

from datetime import date

from breachtrail.report.draft import Draft


def tell(draft: Draft) -> None:
    """The register, the looks behind the figures, every caveat of the totals, and the ledger's head."""
    answer = draft.ask("notices", "individuals")
    scope = draft.scope
    draft.say(
        draft.text("register", register=answer.question.register),
        draft.text("known", as_of=scope.as_of, looks=len(scope.looks)),
    )
    draft.say(
        draft.text("counted"),
        draft.text("sql"),
        draft.text("head", generation=answer.head.generation, content=answer.head.content),
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
    told = [one for one in answer.caveats if scope.is_over or one.code != "fresh"]
    if told:
        draft.say(draft.text("caveats"))
        draft.points([draft.caveat(one.code, **one.values) for one in told])


def _window(draft: Draft, first: date, last: date) -> str:
    return draft.numbers.day(first) if first == last else draft.text("window", first=first, last=last)
