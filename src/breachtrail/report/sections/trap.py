"""The trap: counting the cases under investigation alone."""

from breachtrail.questions.ask import Answer
from breachtrail.report.draft import Draft

OPEN = "under_investigation"
#: So many looks are told, the newest last.
LOOKS = 5


def tell(draft: Draft) -> None:
    """What a count of the open cases alone gives, and why it is too small."""
    [whole] = draft.ask("notices", "individuals").records()
    by_status = {row["status"] for row in draft.ask("notices", by=["status"]).records()}
    if by_status == {"all"} and all(look.view in ("all", "both") for look in draft.scope.looks):
        draft.say(draft.text("undivided"))
        return
    alone = draft.ask("notices", "individuals", view=OPEN)
    if None in alone.observed.values():
        draft.say(draft.text("sprung"), draft.text("why"))
        return
    unlooked = _unlooked(draft, alone)
    if unlooked:
        draft.say(unlooked, draft.text("why"))
        return
    [open_cases] = alone.records()
    values = {"notices": whole["notices"], "individuals": whole["individuals"], "open": open_cases["notices"],
              "open_individuals": open_cases["individuals"], "as_of": draft.scope.as_of}  # fmt: skip
    if open_cases["notices"] == whole["notices"]:
        draft.say(draft.text("same", **values), draft.text("why"))
        return
    draft.say(draft.text("lead" if open_cases["notices"] else "none_open", **values), draft.text("why"))
    if open_cases["notices"]:
        _looks(draft)


def _unlooked(draft: Draft, alone: Answer) -> str | None:
    """That the other list had not been looked at since the period began, so that nothing in it can be known."""
    for view, look in alone.observed.items():
        if view != OPEN and look is not None and look.taken_on < draft.scope.first:
            return draft.text("unlooked", view=view, taken_on=look.taken_on)
    return None


def _looks(draft: Draft) -> None:
    days = sorted(
        {look.taken_on for look in draft.scope.looks if look.view == OPEN and look.taken_on > draft.scope.first}
    )
    rows = []
    for day in days[-LOOKS:]:
        alone = draft.ask("notices", view=OPEN, as_of=day).value()
        both = draft.ask("notices", as_of=day).value()
        rows.append([draft.numbers.day(day), draft.numbers.count(alone), draft.numbers.count(both)])
    if len(rows) > 1:
        draft.say(draft.text("shrinks"))
        draft.listing(draft.text("table"), [draft.text(f"column.{name}") for name in ("day", "open", "both")], rows)
