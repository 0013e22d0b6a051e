"""What checking needs of a ledger: answers with their bounds, names, and what was looked at when."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from breachtrail.ledger.asof import Coverage, Row
from breachtrail.ledger.store import Head
from breachtrail.questions.bracket import Asked, Bracketed


class Ledger(Protocol):
    """An opened ledger, as ``breachtrail.open`` gives it; ``register`` is the one that is asked."""

    register: str

    @property
    def head(self) -> Head:
        """Its generation."""

    def bracketed(self, asked: Sequence[Asked], *, as_of: date, now: date | None = None) -> list[Bracketed]:
        """Bounds on ``as_of``; with ``now`` the answers as known on both days."""

    def named(self, words: Sequence[str] | None = None) -> list[Row]:
        """Names under which notices were ever filed that hold one of these words."""

    def coverage(self) -> list[Coverage]:
        """Every snapshot, oldest first."""


class Answers:
    """The answers of one check: what is asked together is one statement, and nothing is asked twice."""

    def __init__(self, ledger: Ledger, now: date) -> None:
        self._ledger, self._now = ledger, now
        self._known: dict[tuple[date, Asked], Bracketed] = {}

    def of(
        self, asks: Sequence[tuple[Asked, ...]], day: date, *, bounds_alone: bool = False
    ) -> list[tuple[Bracketed, ...]]:
        """For each tuple of questions their answers, in its order."""
        unknown = [one for one in dict.fromkeys(one for some in asks for one in some) if (day, one) not in self._known]
        found = self._ledger.bracketed(unknown, as_of=day, now=None if bounds_alone else self._now)
        self._known.update(((day, one), answer) for one, answer in zip(unknown, found, strict=True))
        return [tuple(self._known[day, one] for one in some) for some in asks]

    def of_days(self, asks: Sequence[tuple[date, tuple[Asked, ...]]]) -> list[tuple[Bracketed, ...]]:
        """The same of questions that are asked as of several days: a statement for each day."""
        for day in dict.fromkeys(day for day, _ in asks):
            self.of([some for of_day, some in asks if of_day == day], day)
        return [tuple(self._known[day, one] for one in some) for day, some in asks]
