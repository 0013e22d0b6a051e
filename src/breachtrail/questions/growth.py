"""What a period's individuals will grow by within a year: by revisions of the counts shown, and by notices still to appear.

Sums of sizes have no mean worth telling (one notice can outweigh a year), so growth is told by quantiles alone.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from breachtrail.errors import QuestionError
from breachtrail.estimates import revision
from breachtrail.estimates.interval import Floats, Interval
from breachtrail.estimates.late import YEARS
from breachtrail.estimates.revision import DRAWS, Revisions
from breachtrail.estimates.score import Score, score
from breachtrail.estimates.sights import Days
from breachtrail.ledger.store import Head
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.questions import revised
from breachtrail.questions.outlook import Known, Period, forecast
from breachtrail.questions.remembered import remembered

#: Growth is told for so many days ahead, and judged between whole looks at least so far apart.
HORIZON, _JUDGED = 365, 270


@dataclass(frozen=True)
class Becoming:
    """What may become of the counts of some notices within a year.

    notices, individuals: what the register shows of them
    chance:  that one of them is revised, on the average; revised: how many are; gained: what that adds to the sum
    becomes: what such a count became where it was revised (of 500 and 501; None for others, and where none was seen)
    """

    notices: int
    individuals: int
    chance: float
    revised: Interval
    gained: Interval
    becomes: Interval | None


@dataclass(frozen=True)
class Growth:
    """What a period's individuals will come to within a year of ``as_of``, as far as notices submitted in it tell.

    placeholders, others: the notices at 500 or 501, and the others that give a count
    by_revisions, by_new: what revisions add, and what notices add that are late or still to be submitted
    total:  what the register will then show of the period
    score:  how many revisions were forecast, and how many came, between earlier whole looks; None where there are none
    """

    period: Period
    as_of: date
    individuals: int
    placeholders: Becoming
    others: Becoming
    by_revisions: Interval
    by_new: Interval
    total: Interval
    score: Score | None
    judged_since: date | None
    head: Head


@dataclass(frozen=True)
class _Past:
    """What the growth of every period is made from, on one day: how counts were revised, and the sizes of late years."""

    fitted: Revisions
    sizes: Days
    score: Score | None
    judged_since: date | None


def growth(ledger: duckdb.DuckDBPyConnection, register: str, known: Known, period: Period, head: Head) -> Growth:
    """The growth of a period, as known at the end of the last look of ``known``."""
    day = known.as_of
    forecast(known, [period])
    past = remembered(head, ("growth", register, day), lambda: _past(ledger, register, known))
    fitted = past.fitted
    counts, submitted = revised.counts(ledger, register, day, period.first, period.last)
    is_placeholder = np.isin(counts, PLACEHOLDERS)
    gained = _gained(fitted, counts, submitted, day, HORIZON)[1]
    new = _new(past.sizes, known, period)
    individuals = int(counts.sum())
    return Growth(
        period,
        day,
        individuals,
        _becoming(fitted, counts[is_placeholder], submitted[is_placeholder], day),
        _becoming(fitted, counts[~is_placeholder], submitted[~is_placeholder], day),
        Interval.of(gained),
        Interval.of(new),
        Interval.of(np.maximum(individuals + gained + new, 0)),
        past.score,
        past.judged_since,
        head,
    )


def _past(ledger: duckdb.DuckDBPyConnection, register: str, known: Known) -> _Past:
    pairs, changes = revised.known(ledger, register, known.looks)
    if not len(pairs.look):
        raise QuestionError(
            "How counts are revised can be told once every view was looked at twice; so far, that was done once."
        )
    day = known.as_of
    sizes, _ = revised.counts(ledger, register, day, date.fromordinal(day.toordinal() - 365 * YEARS), day)
    made, since = _judged(ledger, register, known, pairs, changes)
    return _Past(revision.fit(pairs, changes, day.toordinal()), sizes, made, since)


def _gained(fitted: Revisions, counts: Days, submitted: Days, day: date, horizon: int) -> tuple[Days, Floats]:
    return fitted.growth(counts, (day.toordinal() - submitted).astype(float), horizon)


def _becoming(fitted: Revisions, counts: Days, submitted: Days, day: date) -> Becoming:
    age = (day.toordinal() - submitted).astype(float)
    placeholder = np.isin(counts, PLACEHOLDERS)
    how_many, gained = _gained(fitted, counts, submitted, day, HORIZON)
    became = fitted.become(PLACEHOLDERS[0]) if placeholder.any() else np.zeros(0)
    return Becoming(
        len(counts),
        int(counts.sum()),
        float(fitted.chance(placeholder, age, HORIZON).mean()) if len(counts) else 0.0,
        Interval.of(how_many),
        Interval.of(gained),
        Interval.of(became) if len(became) else None,
    )


def _new(sizes: Days, known: Known, period: Period) -> Floats:
    """What notices of the period that are not shown yet add: their number, with sizes like those of the last years."""
    day = known.as_of
    first, last = period.first.toordinal(), period.last.toordinal()
    how_many = (known.late.of(first, last) + known.late.to_come(first, last))[:DRAWS]
    if not len(sizes):
        return np.zeros(DRAWS)
    draw = np.random.default_rng([4, day.toordinal()])
    ends = np.cumsum(how_many)
    upto = np.concatenate([[0], np.cumsum(draw.choice(sizes, int(ends[-1])))])
    added: Floats = (upto[ends] - upto[ends - how_many]).astype(float)
    return added


def _judged(
    ledger: duckdb.DuckDBPyConnection, register: str, known: Known, pairs: revision.Pairs, changes: revision.Changes
) -> tuple[Score | None, date | None]:
    """Forecasts of how many notices of the last two years would be revised, from each whole look to one much later."""
    whole = [int(day) for day in known.looks.days[known.looks.whole]]
    told, came, since = [], [], None
    for look in whole:
        later = next((one for one in whole if one - look >= _JUDGED), None)
        if later is None or not (pairs.look + pairs.gap <= look).any():
            continue
        day, then = date.fromordinal(look), date.fromordinal(later)
        first = date(day.year - 1, 1, 1)
        counts, submitted = revised.counts(ledger, register, day, first, day)
        fitted = revision.fit(pairs, changes, look)
        age = (look - submitted).astype(float)
        drawn = fitted.draws(np.isin(counts, PLACEHOLDERS), age, later - look).sum(axis=1)
        told.append(Interval.of(drawn).quantiles)
        came.append(revised.between(ledger, register, day, then, first))
        since = since or day
    return score(told, came, [0] * len(came)), since
