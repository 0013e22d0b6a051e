"""What forecasts were worth."""

import numpy as np
import pytest

from breachtrail.estimates.score import chances, score, weighted_interval_score


def test_without_an_interval_the_score_is_the_distance() -> None:
    assert weighted_interval_score((10, 10, 10, 10, 10), 17) == pytest.approx(7)


def test_the_score_is_that_of_the_paper() -> None:
    """(1/2 · |y − m| + Σ α/2 · IS(α)) / (K + 1/2), with the intervals of 50% and 90%."""
    low, lower, median, upper, high = told = (2.0, 4.0, 6.0, 9.0, 12.0)
    for came in (1.0, 3.0, 6.0, 20.0):

        def one(alpha: float, down: float, up: float, came: float = came) -> float:
            return (up - down) + 2 / alpha * (max(down - came, 0) + max(came - up, 0))

        expected = (0.5 * abs(came - median) + 0.25 * one(0.5, lower, upper) + 0.05 * one(0.1, low, high)) / 2.5
        assert weighted_interval_score(told, came) == pytest.approx(expected)


def test_ends_of_an_interval_belong_to_it() -> None:
    made = score([(1, 2, 3, 4, 5)] * 4, [2, 5, 6, 0], [0, 0, 0, 0])
    assert made is not None
    assert (made.forecasts, made.within_50, made.within_90, made.as_it_stands) == (4, 0.25, 0.5, 13 / 4)


def test_nothing_judged_has_no_score() -> None:
    assert score([], [], []) is None


def test_chances_are_judged_beside_the_base_rate() -> None:
    told = chances(np.array([0.9, 0.1]), np.array([0.5, 0.5]), np.array([True, False]))
    assert told is not None
    assert (told.notices, told.came, told.told) == (2, 0.5, 0.5)
    assert (told.brier, told.brier_of_base) == pytest.approx((0.01, 0.25))
    assert (told.log, told.log_of_base) == pytest.approx((-np.log(0.9), np.log(2)))
    sure = chances(np.array([1.0]), np.array([0.5]), np.array([False]))
    assert sure is not None
    assert sure.log == pytest.approx(-np.log(1e-4))
    assert chances(np.zeros(0), np.zeros(0), np.zeros(0, dtype=bool)) is None
