"""What the report needs of a ledger: figures from ``ask``, notices from the rest of the Python door."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from breachtrail.ledger.asof import Coverage, Row
from breachtrail.questions.ask import Answer
from breachtrail.questions.condition import Condition
from breachtrail.questions.people import People

if TYPE_CHECKING:
    from breachtrail.questions.growth import Growth
    from breachtrail.questions.outlook import Outlook

Day = date | str | None
Where = Mapping[str, Any] | Sequence[str] | Sequence[Condition]


class Ledger(Protocol):
    """An opened ledger, as ``breachtrail.open`` gives it; ``register`` is the one that is told of."""

    register: str

    def ask(
        self,
        *measures: str,
        by: Sequence[str] | str = (),
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        as_of: Day = None,
        view: str | None = None,
    ) -> Answer:
        """Figures as known at the end of ``as_of``."""

    def notices(
        self,
        *,
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        as_of: Day = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Notices as known on ``as_of``, the largest first."""

    def notice(self, id: str) -> Row | None:
        """The notice with this id, with its ``trail``."""

    def changes(self, since: Day, until: Day = None, *, where: Where = ()) -> list[Row]:
        """What the register says differently at the end of ``until`` than at the end of ``since``."""

    def people(self, *, year: int | None = None, month: str | None = None, as_of: Day = None) -> People:
        """Between which bounds the different people behind the records lie."""

    def forecast(self, *periods: str, as_of: Day = None) -> "Outlook":
        """How many notices each period will have in the end, with intervals and their score."""

    def growth(self, asked: str, *, as_of: Day = None) -> "Growth":
        """What a period's individuals will grow by within a year, with intervals and their score."""

    def coverage(self) -> list[Coverage]:
        """Every snapshot, oldest first."""
