"""How long notices take to appear, from sights that are known to lie between two looks alone."""

import numpy as np
import pytest

from breachtrail.estimates.delay import ENDS, Delay, fit
from breachtrail.estimates.sights import Looks, Sights

ALL_OPEN = (np.array([0.0]), np.array([1.0]))
TODAY = 3000


def seen(delays: np.ndarray, submitted: np.ndarray, looks: np.ndarray) -> Sights:
    """What looks at these days see of notices posted so late."""
    at = np.searchsorted(looks, submitted + delays)
    told = at < len(looks)
    first = looks[np.minimum(at, len(looks) - 1)]
    return Sights(submitted[told], first[told], np.zeros(told.sum(), dtype=bool), np.ones(told.sum(), dtype=np.int64))


@pytest.mark.parametrize("gap", [10, 45, 120])
def test_the_delays_are_found_again_however_far_apart_the_looks_lie(gap: int) -> None:
    draw = np.random.default_rng(1)
    submitted = np.sort(draw.integers(1000, TODAY, 20_000))
    delays = draw.gamma(2.0, 10.0, len(submitted)).astype(np.int64) + 1
    looks = np.arange(TODAY, 900, -gap)[::-1]
    found = fit(seen(delays, submitted, looks), Looks(looks, np.ones(len(looks), dtype=bool)), ALL_OPEN, TODAY)
    ages = np.array([14.0, 28.0, 49.0, 90.0])
    truth = np.array([(delays <= age).mean() for age in ages])
    assert found.posted(ages) == pytest.approx(truth, abs=0.04)


def test_a_look_at_the_open_view_misses_what_was_archived_meanwhile() -> None:
    mass = np.zeros(len(ENDS) - 1)
    mass[0] = 1.0
    delay = Delay(mass, np.array([0.0, 100.0]), np.array([1.0, 0.0]))
    looks = Looks(np.array([1000, 1050]), np.array([True, False]))
    assert delay.seen(np.array([990, 1000, 1025, 1051]), looks) == pytest.approx([1.0, 0.5, 0.75, 0.0], abs=1e-9)


def test_slower_and_quicker_turn_the_clock() -> None:
    mass = np.full(len(ENDS) - 1, 1 / (len(ENDS) - 1))
    delay = Delay(mass, np.array([0.0, 100.0]), np.array([1.0, 0.0]))
    assert delay.posted(np.array([20.0]), np.log(2)) == delay.posted(np.array([10.0]))
    assert delay.is_open(np.array([20.0]), np.log(2)) == delay.is_open(np.array([40.0]))


def test_without_any_sight_a_median_of_three_weeks_is_supposed() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    found = fit(
        Sights(nothing, nothing, nothing.astype(bool), nothing), Looks(np.array([5]), np.array([True])), ALL_OPEN, 5
    )
    assert found.posted(np.array([21.0])) == pytest.approx([0.5])


def test_a_notice_that_no_class_can_hold_teaches_nothing() -> None:
    """First seen when it was older, at the look before, than the longest delay: found again, or listed late; no delay of a year."""
    draw = np.random.default_rng(2)
    submitted = np.sort(draw.integers(1000, TODAY, 3000))
    looks = Looks(np.arange(900, TODAY + 1, 60), np.ones(36, dtype=bool))
    told = seen(np.full(len(submitted), 10), submitted, looks.days)
    old = Sights(
        np.append(told.submitted, np.full(200, 1000)),
        np.append(told.first_seen, np.full(200, 2940)),
        np.append(told.archived, np.zeros(200, dtype=bool)),
        np.append(told.notices, np.ones(200, dtype=np.int64)),
    )
    assert fit(old, looks, ALL_OPEN, TODAY).mass[-1] < 0.002
    assert fit(old, looks, ALL_OPEN, TODAY).mass == pytest.approx(fit(told, looks, ALL_OPEN, TODAY).mass, abs=0.01)


def test_seen_if_is_seen_with_the_clock_turned() -> None:
    mass = np.full(len(ENDS) - 1, 1 / (len(ENDS) - 1))
    delay = Delay(mass, np.array([0.0, 100.0]), np.array([1.0, 0.0]))
    looks = Looks(np.array([1000, 1030, 1050]), np.array([True, False, False]))
    days = np.arange(900, 1051)
    told = delay.seen_if(days, looks, np.array([0.0, 0.5]), np.array([0.0, 1.0]))
    assert told.shape == (2, 2, len(days))
    assert told[0, 0] == pytest.approx(delay.seen(days, looks))
    assert (told[1, 0] <= told[0, 0] + 1e-12).all()
    assert (told[0, 1] <= told[0, 0] + 1e-12).all()
