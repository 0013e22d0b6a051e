"""Who filed the notices."""

from breachtrail.report.draft import Draft
from breachtrail.report.split import Split


def tell(draft: Draft) -> None:
    """The notices by entity type, and that to have filed is not to have been breached."""
    split = Split(draft, "entity_type")
    draft.say(split.said())
    involved = draft.ask("notices", where={"business_associate": ["Yes"]}).value()
    draft.say(draft.text("truths", filed=split.of("Business Associate"), involved=involved))
    split.show()
