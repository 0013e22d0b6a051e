"""One visit to a page: the ledger as it stands, the address, and the words of its language."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from breachtrail.errors import QuestionError
from breachtrail.questions import period
from breachtrail.questions.ask import Answer
from breachtrail.web.address import Address
from breachtrail.web.ledger import Ledger
from breachtrail.web.page import Sight
from breachtrail.web.site import Site
from breachtrail.wording.phrases import Phrases

Made = TypeVar("Made")


@dataclass(frozen=True)
class Visit:
    """What a page is made from."""

    site: Site
    ledger: Ledger
    here: Address

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases.of(self.here.language, self.ledger.register)

    @cached_property
    def sight(self) -> Sight:
        """What was looked at when. Raises QuestionError where the day asked for lies before the first look, or ahead."""
        looks = tuple(self.ledger.coverage())
        if not looks:
            raise QuestionError(
                "The ledger knows no snapshot yet. Bring one in with `breachtrail ingest` or `breachtrail sync`.",
                "no_snapshot",
            )
        return Sight(self.ledger.head, period.read_on(self.here.as_of, looks), looks)

    @property
    def day(self) -> date:
        """The day as of which the page is told."""
        return self.sight.day

    def say(self, key: str, /, **values: object) -> str:
        """A phrase of the site."""
        return self.phrases.say(f"web.{key}", **values)

    def ask(self, *measures: str, **asked: object) -> Answer:
        """Figures as of the day of the page."""
        return self.ledger.ask(*measures, **{"as_of": self.day, **asked})  # type: ignore[arg-type]

    def caveats(self, answer: Answer) -> list[str]:
        """What a reader must know beside a figure, in words."""
        return [self.phrases.say(f"caveat.{one.code}", **one.values) for one in answer.caveats]

    def kept(self, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What is worth keeping for the next visitor, as of the same day and in the same language."""
        return self.site.kept(self.ledger.head, (self.here.language, self.day, asked), make)
