"""What a period will come to: what the register shows of it, what is late, and what is still to be submitted.

Each forecast is made only from what was known on its day, so that the same can be asked of any day before, and what came
of it says what such forecasts are worth.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import duckdb
import numpy as np

from breachtrail.errors import QuestionError
from breachtrail.estimates.interval import Interval
from breachtrail.estimates.late import Late, late
from breachtrail.estimates.score import Score, score
from breachtrail.estimates.sights import Days, Looks, Sights
from breachtrail.estimates.stay import Cases
from breachtrail.ledger import asof
from breachtrail.ledger.store import Head
from breachtrail.questions import sight

#: A month is settled, and judges the forecasts of it, when every view was looked at so many days after its end.
SETTLED = 180
#: So many months before a look are forecast on it, its own among them.
RECENT = 12
#: Nothing is said of what lies further ahead of the last look.
AHEAD = timedelta(days=2 * 366)
#: So many of the last looks say how good such forecasts are.
JUDGED = 8

_NAMED = re.compile(r"(?P<year>(?!0000)[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Period:
    """A month, quarter or year: its name (``2026-07``, ``2026-Q3``, ``2026``), first and last day."""

    name: str
    first: date
    last: date

    @classmethod
    def parse(cls, told: str) -> "Period":
        """A period from its name. Raises QuestionError for anything else."""
        found = _NAMED.fullmatch(told)
        if found is None:
            raise QuestionError(f"{told!r} is no period; write 2026, 2026-Q3 or 2026-07.")
        year, quarter, month = int(found["year"]), int(found["quarter"] or 0), int(found["month"] or 0)
        first, last = (quarter * 3 - 2, quarter * 3) if quarter else (month, month) if month else (1, 12)
        return cls(told, date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    @classmethod
    def running(cls, kind: str, day: date) -> "Period":
        """The quarter or year of a day."""
        return cls.parse(f"{day.year:04}-Q{(day.month + 2) // 3}" if kind == "quarter" else f"{day.year:04}")

    @property
    def kind(self) -> str:
        """``month``, ``quarter`` or ``year``."""
        return "quarter" if "Q" in self.name else "month" if "-" in self.name else "year"


@dataclass(frozen=True)
class Forecast:
    """What a period will come to, in notices.

    shown:   what the register shows of it on ``as_of``, the day of the last look
    late:    submitted by then, and still to appear; to_come: still to be submitted and to appear
    final:   what the register will show of it in the end
    """

    period: Period
    as_of: date
    shown: int
    late: Interval
    to_come: Interval
    final: Interval


@dataclass(frozen=True)
class Outlook:
    """Forecasts of several periods, and what such forecasts were worth.

    score: of the forecasts that were made in the same way on looks before, whose outcome is known; None where there is none yet
    judged_since: the first of these looks
    judged_kind: what was forecast then: ``month``, or ``quarter`` or ``year`` where only such periods are asked for and some
                 can be judged
    """

    as_of: date
    forecasts: tuple[Forecast, ...]
    score: Score | None
    judged_since: date | None
    judged_kind: str
    head: Head


@dataclass(frozen=True)
class Known:
    """All that the forecasts of a register are made from: sights, looks and cases until a day; notices shown by day."""

    as_of: date
    sights: Sights
    looks: Looks
    cases: Cases
    shown: Mapping[date, int]

    @classmethod
    def of(cls, ledger: duckdb.DuckDBPyConnection, register: str, as_of: date | None = None) -> "Known":
        """As known at the end of ``as_of`` (the newest day known, if not given). Raises QuestionError if too little is."""
        days = [look.taken_on for look in asof.coverage(ledger, register, as_of)]
        if not days:
            raise QuestionError(
                f"Nothing is known of the register {register!r} by that day, so nothing can be forecast.",
                "nothing_by_then",
            )
        looks = sight.looks(ledger, register, max(days))
        if not looks.whole.any():
            raise QuestionError(
                "Every look so far was at one view alone. What a period will come to can be told once every view was looked at.",
                "one_view_alone",
            )
        day = date.fromordinal(int(looks.days.max()))
        return cls(
            day,
            sight.sights(ledger, register, day),
            looks,
            sight.cases(ledger, register, looks),
            sight.shown(ledger, register, day),
        )

    @property
    def late(self) -> Late:
        """What is still to appear: one estimate, for all that is asked of this day."""
        return self.late_on(self.as_of.toordinal())

    def late_on(self, day: int) -> Late:
        """What was still to appear on an earlier look, as far as was known then; worked out once."""
        if day not in self._late:
            self._late[day] = late(self.sights, self.looks, self.cases, day)
        return self._late[day]

    @cached_property
    def _late(self) -> dict[int, Late]:
        return {}

    @cached_property
    def judged(self) -> Sequence["Judged"]:
        """What came of the forecasts that were made on the last looks."""
        return judged(self)

    def judged_of(self, kind: str) -> Sequence["Judged"]:
        """The same of the quarter or the year running on each look; these are few, so all looks are judged."""
        if kind == "month":
            return self.judged
        if kind not in self._judged:
            self._judged[kind] = judged(self, None, lambda day: [Period.running(kind, day)])
        return self._judged[kind]

    def score_of(self, kind: str) -> Score | None:
        """What those forecasts were worth; worked out once."""
        if kind not in self._scores:
            self._scores[kind] = score_of(self.judged_of(kind))
        return self._scores[kind]

    @cached_property
    def _scores(self) -> dict[str, Score | None]:
        return {}

    @cached_property
    def _judged(self) -> dict[str, Sequence["Judged"]]:
        return {}


def outlook(known: Known, periods: Sequence[Period], head: Head) -> Outlook:
    """The forecasts of these periods with their score."""
    kinds = {one.kind for one in periods}
    kind = kinds.pop() if len(kinds) == 1 else "month"
    made = known.judged_of(kind)
    if not made:
        kind, made = "month", known.judged
    since = min((one.forecast.as_of for one in made), default=None)
    return Outlook(known.as_of, tuple(forecast(known, periods)), known.score_of(kind), since, kind, head)


def forecast(known: Known, periods: Sequence[Period]) -> list[Forecast]:
    """The forecast of each period, from one and the same estimate of what is late.

    Raises QuestionError for a period that ends too far ahead.
    """
    for period in periods:
        if period.last - known.as_of > AHEAD:
            raise QuestionError(
                f"{period.name} ends more than two years after the last look ({known.as_of}); so far ahead nothing can be said.",
                "too_far",
                period=period.name,
                day=known.as_of,
            )
    return [_forecast(known.late, period, known.shown) for period in periods]


def _forecast(estimate: Late, period: Period, by_day: Mapping[date, int]) -> Forecast:
    shown = _during(by_day, period)
    unseen, coming = _draws(estimate, period)
    final = Interval.of(shown + unseen + coming)
    return Forecast(period, date.fromordinal(estimate.today), shown, Interval.of(unseen), Interval.of(coming), final)


def _draws(estimate: Late, period: Period) -> tuple[Days, Days]:
    first, last = period.first.toordinal(), period.last.toordinal()
    return estimate.of(first, last), estimate.to_come(first, last)


def _during(by_day: Mapping[date, int], period: Period) -> int:
    return sum(notices for day, notices in by_day.items() if period.first <= day <= period.last)


def recent(day: date) -> list[Period]:
    """What is asked of most: the months of the last year, the quarter and the year of a day."""
    return [*months(day), Period.running("quarter", day), Period.running("year", day)]


def months(last: date, how_many: int = RECENT) -> list[Period]:
    """The month of a day and those before it, oldest first."""
    places = range(last.year * 12 + last.month - how_many, last.year * 12 + last.month)
    return [Period.parse(f"{place // 12:04}-{place % 12 + 1:02}") for place in places]


@dataclass(frozen=True)
class Judged:
    """A forecast made on an earlier day, and what it came to: the notices of its period that were ever shown since.

    below, at_most: the chance that the forecast gave to fewer notices than came, and to no more than came
    promised: the chances that it gave to its intervals of one in two and nine in ten, ends included
    """

    forecast: Forecast
    came: int
    below: float
    at_most: float
    promised: tuple[float, float]

    def held(self, low: float, high: float) -> float:
        """The part of the chance given to what came that lies between two levels (Czado, Gneiting and Held 2009).

        The mean of it over many forecasts is ``high - low`` if they are right, also of whole numbers.
        """
        if self.at_most == self.below:
            return float(low < self.below < high)
        return max(0.0, min(self.at_most, high) - max(self.below, low)) / (self.at_most - self.below)


def judged(
    known: Known, looks: int | None = JUDGED, periods: Callable[[date], Sequence[Period]] | None = None
) -> list[Judged]:
    """The forecasts of the last looks (all, if None), each from what was known then, and what came of them.

    periods: which periods are forecast at a look; else recent months. Those that are not settled yet are left out.
    """
    settled = known.looks.last_whole()
    assert settled is not None
    begun = known.looks.days[known.looks.whole].min()
    days = [int(day) for day in known.looks.days if begun < day < settled]
    came = _seen(known.sights)
    found = []
    for day in days[-looks:] if looks else days:
        told = [one for one in (periods or months)(date.fromordinal(day)) if one.last.toordinal() <= settled - SETTLED]
        if told:
            found += _judged(known.late_on(day), told, _seen(known.sights.until(day)), came)
    return found


def _judged(
    estimate: Late, periods: Sequence[Period], then: Mapping[date, int], came: Mapping[date, int]
) -> list[Judged]:
    found = []
    for period in periods:
        truth = _during(came, period)
        unseen, coming = _draws(estimate, period)
        draws = unseen + coming + _during(then, period)
        made = _forecast(estimate, period, then)
        low, lower, _, upper, high = made.final.quantiles
        promised = tuple(float(np.mean((one <= draws) & (draws <= two))) for one, two in ((lower, upper), (low, high)))
        below, at_most = float(np.mean(draws < truth)), float(np.mean(draws <= truth))
        found.append(Judged(made, truth, below, at_most, (promised[0], promised[1])))
    return found


def _seen(sights: Sights) -> dict[date, int]:
    first, last = int(sights.submitted.min()), int(sights.submitted.max())
    return {
        date.fromordinal(first + place): int(count) for place, count in enumerate(sights.by_day(first, last)) if count
    }


def score_of(made: Sequence[Judged]) -> Score | None:
    """What these forecasts were worth."""
    return score(
        [one.forecast.final.quantiles for one in made],
        [one.came for one in made],
        [one.forecast.shown for one in made],
    )
