"""Who filed the notices."""

from breachtrail.report.draft import Draft
from breachtrail.report.split import Split


def tell(draft: Draft) -> None:
    """The notices by entity type, and that to have filed is not to have been breached."""
    split = Split(draft, "entity_type")
    involved = draft.ask("notices", where={"business_associate": ["Yes"]}).value()
    draft.say(split.said(), draft.text("truths", involved=involved) if involved else None)
    split.show()
