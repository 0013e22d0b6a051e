"""By what means: the breach types."""

from breachtrail.report.draft import Draft
from breachtrail.report.split import Split


def tell(draft: Draft) -> None:
    """The notices by breach type."""
    split = Split(draft, "breach_type")
    draft.say(split.said(), draft.text("ransomware") if split.of("Hacking/IT Incident") else None)
    split.show()
    draft.caveats(split.answer, "several_values")
