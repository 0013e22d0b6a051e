"""Records are not people."""

from breachtrail.report.draft import Draft


def tell(draft: Draft) -> None:
    """Why the number of people is smaller than the number of records."""
    individuals = draft.ask("individuals").value()
    draft.say(draft.text("lead", individuals=individuals))
