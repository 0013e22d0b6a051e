"""Placeholders that still stand where a number should."""

from breachtrail.report.draft import Draft


def tell(draft: Draft) -> None:
    """How many notices still stand at 500 or 501."""
    [whole] = draft.ask("notices", "placeholders").records()
    values = {"notices": whole["notices"], "placeholders": whole["placeholders"], "as_of": draft.scope.as_of}
    draft.say(draft.text("open" if whole["placeholders"] else "none", **values), draft.text("meaning"))
