"""What the report needs of a ledger: figures from ``ask``, notices from the rest of the Python door."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from breachtrail.ledger.asof import Coverage, Row
from breachtrail.questions.ask import Answer
from breachtrail.questions.condition import Condition
from breachtrail.questions.people import People

Day = date | str | None
Where = Mapping[str, Any] | Sequence[str] | Sequence[Condition]


class Ledger(Protocol):
    """An opened ledger, as ``breachtrail.open`` gives it."""

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

    def show(self, wanted: str) -> list[Row]:
        """Notices with this id, each with its ``trail``."""

    def changes(self, since: Day, until: Day = None, *, where: Where = ()) -> list[Row]:
        """What the register says differently at the end of ``until`` than at the end of ``since``."""

    def people(self, *, year: int | None = None, month: str | None = None, as_of: Day = None) -> People:
        """Between which bounds the different people behind the records lie."""

    def coverage(self) -> list[Coverage]:
        """Every snapshot, oldest first."""
