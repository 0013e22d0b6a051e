"""What came of earlier forecasts of growth; over a whole ledger in test_prospect.py."""

from datetime import date

import numpy as np
import pytest

from breachtrail.estimates.interval import Interval
from breachtrail.estimates.revision import Pairs
from breachtrail.questions.hindsight import Hindsight, Judged, JudgedNew, base_rate

DAY = date(2024, 7, 6)


def revised(gained: Interval | None, came: int) -> Judged:
    return Judged(DAY, date(2025, 7, 6), 100, Interval(1, 2, 3, 4, 5), 4, 1000, gained, came)


def test_sums_are_scored_as_logarithms_of_what_they_become() -> None:
    sure = Interval(1000, 1000, 1000, 1000, 1000)
    told = Hindsight((revised(sure, 3000),), (JudgedNew(DAY, 0, sure, 1000),), None)
    assert told.of_gained is not None
    assert told.of_gained.score == pytest.approx(np.log(2))
    assert told.of_gained.as_it_stands == pytest.approx(np.log(4))
    assert told.of_new is not None
    assert (told.of_new.score, told.of_new.within_90) == (0, 1)
    assert told.of_new.as_it_stands == pytest.approx(np.log(1000))
    assert told.since == DAY


def test_where_nothing_was_told_of_a_sum_it_is_not_scored() -> None:
    told = Hindsight((revised(None, 50),), (), None)
    assert told.of_gained is None
    assert told.of_new is None
    assert told.of_revised is not None
    assert told.of_revised.within_50 == 1


def test_a_sum_that_revisions_would_take_below_nothing_is_one() -> None:
    told = Hindsight((revised(Interval(-5000, -10, 0, 10, 20), 0),), (), None)
    assert told.of_gained is not None
    assert np.isfinite(told.of_gained.score)


def test_the_base_rate_is_that_of_young_notices_known_by_then() -> None:
    gap, notices = np.array([100, 100, 100]), np.array([10_000, 10_000, 10_000])
    pairs = Pairs(
        np.array([0, 0, 500]),
        gap,
        np.zeros(3, dtype=bool),
        np.array([30, 1500, 30]),
        notices,
        np.array([1000, 0, 9000]),
    )
    assert base_rate(pairs, 100, 100) == pytest.approx(1 - np.exp(-0.1), abs=1e-3)
    assert base_rate(pairs, 600, 100) > 0.3
