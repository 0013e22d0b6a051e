"""The same period one year before, as known one year earlier: whether that can be told, and what stands in the way."""

from dataclasses import dataclass
from datetime import date

from breachtrail.report.ledger import Ledger
from breachtrail.report.scope import EARLIEST, SETTLING, Scope, year_before

#: Days by which the two looks may differ in their distance from the period, or part of that distance, to be called near.
NEAR, NEAR_PART = 45, 0.1


@dataclass(frozen=True)
class Comparison:
    """Two periods at the same distance.

    day:    the day one year before the report's
    before: the period one year before, as known on that day; None where nothing was known yet
    gap:    days by which the earlier period was last looked at nearer to its end than the report's was
    age:    days from the earlier period's end to the last look at it; negative where it was not over
    """

    day: date
    before: Scope | None
    gap: int
    age: int

    @classmethod
    def of(cls, scope: Scope, ledger: Ledger) -> "Comparison":
        """What stands to ``scope`` as it stood one year earlier."""
        before = scope.years_before(ledger)
        if before is None:
            return cls(year_before(scope.as_of), None, 0, 0)
        age = (before.looked_on - before.last).days
        return cls(before.as_of, before, (scope.looked_on - scope.last).days - age, age)

    @property
    def is_near(self) -> bool:
        """Whether the two are seen at nearly the same distance."""
        return abs(self.gap) <= max(NEAR, NEAR_PART * abs(self.age))

    @property
    def before_is_whole(self) -> bool:
        """Whether there was a duty to report on every day of the earlier period."""
        return self.before is not None and self.before.first >= EARLIEST

    @property
    def is_told(self) -> bool:
        """Whether the two can stand side by side: seen alike, or the earlier one long enough after its end."""
        return self.before is not None and (self.gap <= NEAR or self.age >= SETTLING.days)
