"""Where the information was: the locations."""

from breachtrail.report.draft import Draft
from breachtrail.report.split import Split


def tell(draft: Draft) -> None:
    """The notices by location of the information."""
    split = Split(draft, "location")
    draft.say(split.said())
    split.show()
    draft.caveats(split.answer, "several_values")
