"""Why something is not answered, as a page says it."""

from dataclasses import dataclass

from breachtrail.errors import BreachTrailError
from breachtrail.wording.phrases import Phrases


@dataclass(frozen=True)
class Refusal:
    """A sentence for a person; ``is_english``: it is said in English whatever the language of the page."""

    text: str
    is_english: bool = False

    @classmethod
    def of(cls, error: BreachTrailError, phrases: Phrases) -> "Refusal":
        """In the language of the page, where the error names its phrase."""
        if error.name:
            return cls(phrases.say(f"refusal.{error.name}", **error.values))
        return cls(str(error), phrases.language != "en")
