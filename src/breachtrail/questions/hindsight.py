"""What came of earlier forecasts of growth: each made at a whole look from what was known then, judged by a later one."""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from breachtrail.estimates import revision
from breachtrail.estimates.added import added
from breachtrail.estimates.interval import Floats, Interval
from breachtrail.estimates.late import YEARS
from breachtrail.estimates.revision import DRAWS, Changes, Pairs
from breachtrail.estimates.score import Chances, Score, chances, score
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.questions import revised
from breachtrail.questions.outlook import SETTLED, Known

#: A forecast of revisions is judged at the first whole look so many days later; it was made for just that time.
_JUDGED = 270
#: Notices of a look's year and the year before are judged; whoever takes them all as alike looks at those of this age.
_YOUNG = 730


@dataclass(frozen=True)
class Judged:
    """A forecast of the notices of a look's year and the year before, and what came of it at a later look.

    revised, revised_came:  how many would have another count
    shown:                  individuals of these notices at the look
    gained, gained_came:    what revisions would add to them; nothing was told of it before any revision had been seen
    """

    look: date
    until: date
    notices: int
    revised: Interval
    revised_came: int
    shown: int
    gained: Interval | None
    gained_came: int


@dataclass(frozen=True)
class JudgedNew:
    """A forecast of what notices of a look's year would add that it did not show yet, at their first counts."""

    look: date
    shown: int
    added: Interval
    came: int


@dataclass(frozen=True)
class Hindsight:
    """Every forecast of growth that can be judged, and the chances that it gave to single notices."""

    judged: tuple[Judged, ...]
    new: tuple[JudgedNew, ...]
    chances: Chances | None

    @property
    def since(self) -> date | None:
        """The first look that is judged."""
        return min((one.look for one in self.judged), default=None)

    @property
    def of_revised(self) -> Score | None:
        """Of the number of revisions, in notices."""
        made = self.judged
        return score([one.revised.quantiles for one in made], [one.revised_came for one in made], [0] * len(made))

    @property
    def of_gained(self) -> Score | None:
        """Of the sum after its revisions, on the scale of natural logarithms: 0.1 is a tenth of the sum."""
        return _on_logarithms([(one.shown, one.gained, one.gained_came) for one in self.judged if one.gained])

    @property
    def of_new(self) -> Score | None:
        """Of the sum with its new notices, on the same scale."""
        return _on_logarithms([(one.shown, one.added, one.came) for one in self.new])


def _on_logarithms(made: list[tuple[int, Interval, int]]) -> Score | None:
    # A sum cannot fall below one individual, whatever revisions take from it.
    told = [np.log(np.maximum(shown + np.array(gained.quantiles), 1)) for shown, gained, _ in made]
    came = [float(np.log(max(shown + gained, 1))) for shown, _, gained in made]
    return score([tuple(one) for one in told], came, [float(np.log(max(shown, 1))) for shown, _, _ in made])


def hindsight(
    ledger: duckdb.DuckDBPyConnection, register: str, known: Known, pairs: Pairs, changes: Changes
) -> Hindsight:
    """Judge every forecast of growth that was made at a whole look, by what was known at the end of ``known``."""
    whole = [int(day) for day in known.looks.days[known.looks.whole]]
    made, new = [], []
    told: list[tuple[Floats, Floats, np.ndarray]] = []
    for look in whole[1:]:
        fitted = revision.fit(pairs, changes, look)
        later = next((one for one in whole if one - look >= _JUDGED), None)
        if later is not None:
            one, chance = _of_revisions(ledger, register, fitted, pairs, look, later)
            made.append(one)
            told.append(chance)
        if date(date.fromordinal(look).year, 12, 31).toordinal() + SETTLED <= whole[-1]:
            new.append(_of_new(ledger, register, known, look))
    given, base, came = (np.concatenate(column) for column in zip(*told, strict=True)) if told else (np.zeros(0),) * 3
    return Hindsight(tuple(made), tuple(new), chances(given, base, came.astype(bool)))


def _of_revisions(
    ledger: duckdb.DuckDBPyConnection, register: str, fitted: revision.Revisions, pairs: Pairs, look: int, later: int
) -> tuple[Judged, tuple[Floats, Floats, np.ndarray]]:
    day, then = date.fromordinal(look), date.fromordinal(later)
    before, after, submitted = revised.became(ledger, register, day, then, date(day.year - 1, 1, 1))
    age, gap = (look - submitted).astype(float), later - look
    how_many, gained = fitted.growth(before, age, gap)
    came = before != after
    chance = fitted.chance(np.isin(before, PLACEHOLDERS), age, gap)
    return Judged(
        day, then, len(before), Interval.of(how_many), int(came.sum()), int(before.sum()),
        Interval.of(gained) if len(fitted.changes.after) else None,
        int((after - before).sum()),
    ), (chance, np.full(len(before), base_rate(pairs, look, gap)), came)  # fmt: skip


def _of_new(ledger: duckdb.DuckDBPyConnection, register: str, known: Known, look: int) -> JudgedNew:
    day = date.fromordinal(look)
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    late = known.late_on(look)
    missing = late.of(first.toordinal(), last.toordinal()) + late.to_come(first.toordinal(), last.toordinal())
    sizes, _ = revised.counts(ledger, register, day, date.fromordinal(look - 365 * YEARS), day)
    shown, _ = revised.counts(ledger, register, day, first, day)
    told = Interval.of(added(missing[:DRAWS], sizes, look))
    return JudgedNew(day, int(shown.sum()), told, revised.appeared(ledger, register, day, known.as_of, first, last))


def base_rate(pairs: Pairs, until: int, horizon: float) -> float:
    """The chance of a revision within ``horizon`` days if all notices of less than ``_YOUNG`` days known by then were alike."""
    seen = (pairs.look + pairs.gap <= until) & (pairs.age < _YOUNG)
    days = float((pairs.notices[seen] * pairs.gap[seen]).sum())
    return float(-np.expm1(-horizon * (pairs.revised[seen].sum() + 0.5) / (days + 1000.0)))
