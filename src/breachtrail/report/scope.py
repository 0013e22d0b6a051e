"""What a report is about: a year or a month of submission, as known on a day."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.ledger.asof import Coverage
from breachtrail.notices.shape import FIRST_POSSIBLE_SUBMISSION
from breachtrail.questions.ask import Answer
from breachtrail.report.ledger import Day, Ledger
from breachtrail.wording.numbers import Numbers

#: The day on which the duty to report began; the year and the month that hold it are not whole.
EARLIEST = date.fromisoformat(FIRST_POSSIBLE_SUBMISSION)
#: A period that ended less long before the last look still gains notices (they are posted 7 to 29 days late).
SETTLING = timedelta(days=60)


@dataclass(frozen=True)
class Scope:
    """A period of submission and the day as of which it is told.

    looks: the snapshots taken by that day, oldest first; at least one
    """

    year: int
    month: int | None
    as_of: date
    looks: tuple[Coverage, ...]

    @classmethod
    def of(cls, ledger: Ledger, year: int, month: int | None = None, as_of: Day = None) -> "Scope":
        """The scope, its day filled in. Raises QuestionError for an impossible month, or a day before the first look."""
        if month is not None and not 1 <= month <= 12:
            raise QuestionError(
                f"{month} is no month; write a number from 1 to 12.", "no_month", seen=f"{year:04}-{month:02}"
            )
        day = ledger.ask("notices", as_of=as_of).question.as_of
        assert day is not None
        return cls(year, month, day, tuple(look for look in ledger.coverage() if look.taken_on <= day))

    @property
    def first(self) -> date:
        """The first day of the period."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """The last day of the period."""
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def asked(self) -> dict[str, Any]:
        """The period as ``ask`` takes it."""
        return {"month": f"{self.year}-{self.month:02}"} if self.month else {"year": self.year}

    @property
    def period(self) -> str:
        """The period as ``forecast`` takes it."""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def condition(self) -> dict[str, Any]:
        """The period as a condition on notices."""
        return {key: [value] for key, value in self.asked.items()}

    @property
    def looked_on(self) -> date:
        """The day of the last look at anything."""
        return max(look.taken_on for look in self.looks)

    @property
    def is_over(self) -> bool:
        """Whether the last look came after the period's end."""
        return self.looked_on > self.last

    @property
    def is_settled(self) -> bool:
        """Whether the last look came long enough after the period's end for late notices to be in."""
        return self.looked_on - self.last >= SETTLING

    def years_before(self, ledger: Ledger) -> "Scope | None":
        """The same period one year before, as known one year earlier; None where nothing was known yet."""
        day = year_before(self.as_of)
        looks = tuple(look for look in ledger.coverage() if look.taken_on <= day)
        return replace(self, year=self.year - 1, as_of=day, looks=looks) if looks else None

    def name(self, numbers: Numbers) -> str:
        """2024 or July 2024; 2024年 or 2024年7月."""
        return numbers.month(self.first) if self.month else numbers.year(self.year)


def growing(ledger: Ledger, answer: Answer) -> frozenset[int]:
    """The years of an answer by year of which notices are still to come; none of any other answer."""
    years = [row["year"] for row in answer.records()] if answer.question.dimensions == ("year",) else []
    if not years:
        return frozenset()
    newest = Scope.of(ledger, max(years), None, answer.question.as_of)
    return frozenset(year for year in years if not replace(newest, year=year).is_settled)


def year_before(day: date) -> date:
    """The same day one year before; February 28 for a leap day."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
