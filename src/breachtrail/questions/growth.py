"""What a period's individuals will grow by within a year: by revisions of the counts shown, and by notices still to appear.

Sums of sizes have no mean worth telling (one notice can outweigh a year), so growth is told by quantiles alone.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from breachtrail.errors import QuestionError
from breachtrail.estimates import revision
from breachtrail.estimates.added import added
from breachtrail.estimates.interval import Floats, Interval
from breachtrail.estimates.late import YEARS
from breachtrail.estimates.revision import DRAWS, Revisions
from breachtrail.estimates.score import Score
from breachtrail.estimates.sights import Days
from breachtrail.ledger.store import Head
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.questions import revised
from breachtrail.questions.hindsight import Hindsight, base_rate, hindsight
from breachtrail.questions.outlook import Known, Period, forecast
from breachtrail.questions.remembered import remembered

#: Growth is told for so many days ahead.
HORIZON = 365


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
    score_of_revisions, score_of_new: of the sum with what revisions, or new notices, add; on the scale of natural logarithms
    revisions_seen: how many the estimate of what revisions add is drawn from
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
    score_of_revisions: Score | None
    score_of_new: Score | None
    judged_since: date | None
    revisions_seen: int
    head: Head


@dataclass(frozen=True)
class Past:
    """What the growth of every period is made from, on one day.

    fitted: how counts were revised; sizes: of the notices of late years; base: the chance of a revision within a year if all
    notices of less than two years were alike; hindsight: what came of earlier forecasts
    """

    fitted: Revisions
    sizes: Days
    base: float
    hindsight: Hindsight


def growth(ledger: duckdb.DuckDBPyConnection, register: str, known: Known, period: Period, head: Head) -> Growth:
    """The growth of a period, as known at the end of the last look of ``known``."""
    day = known.as_of
    forecast(known, [period])
    told = past(ledger, register, known, head)
    fitted = told.fitted
    counts, submitted = revised.counts(ledger, register, day, period.first, period.last)
    is_placeholder = np.isin(counts, PLACEHOLDERS)
    gained = _gained(fitted, counts, submitted, day, HORIZON)[1]
    new = _new(told.sizes, known, period)
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
        told.hindsight.of_revised,
        told.hindsight.of_gained,
        told.hindsight.of_new,
        told.hindsight.since,
        len(fitted.changes.after),
        head,
    )


def past(ledger: duckdb.DuckDBPyConnection, register: str, known: Known, head: Head) -> Past:
    """What growth is made from on the last look of ``known``. Raises QuestionError if every view was looked at only once."""
    return remembered(head, ("growth", register, known.as_of), lambda: _past(ledger, register, known))


def _past(ledger: duckdb.DuckDBPyConnection, register: str, known: Known) -> Past:
    pairs, changes = revised.known(ledger, register, known.looks)
    if not len(pairs.look):
        raise QuestionError(
            "How counts are revised can be told once every view was looked at twice; so far, that was done once.",
            "looked_once",
        )
    day = known.as_of
    today = day.toordinal()
    sizes, _ = revised.counts(ledger, register, day, date.fromordinal(today - 365 * YEARS), day)
    return Past(
        revision.fit(pairs, changes, today),
        sizes,
        base_rate(pairs, today, HORIZON),
        hindsight(ledger, register, known, pairs, changes),
    )


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
    first, last = period.first.toordinal(), period.last.toordinal()
    how_many = (known.late.of(first, last) + known.late.to_come(first, last))[:DRAWS]
    return added(how_many, sizes, known.as_of.toordinal())
