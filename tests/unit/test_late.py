"""Late notices: what is still to appear."""

from datetime import date, timedelta

import numpy as np
import pytest

from breachtrail.estimates.late import DRAWS, Late, late
from breachtrail.estimates.sights import Looks, Sights
from breachtrail.estimates.stay import Cases

TODAY = date(2026, 7, 9).toordinal()
NOTHING = np.zeros(0, dtype=np.int64)
NO_CASES = Cases(NOTHING, NOTHING, NOTHING, NOTHING)


def made(slower_at_last: bool = False, a_day: float = 2.0) -> tuple[Sights, Looks, np.ndarray, np.ndarray]:
    """A register of three years, looked at every thirty days; delays of 5 to 24 days, thrice as long of late if asked."""
    draw = np.random.default_rng(5)
    submitted = np.sort(draw.integers(TODAY - 1095, TODAY + 1, int(1095 * a_day)))
    delays = draw.integers(5, 25, len(submitted))
    delays = np.where(slower_at_last & (submitted > TODAY - 70), delays * 3, delays)
    looks = np.arange(TODAY, TODAY - 1095, -30)[::-1]
    at = np.searchsorted(looks, submitted + delays)
    told = at < len(looks)
    first = looks[np.minimum(at, len(looks) - 1)][told]
    sights = Sights(submitted[told], first, np.zeros(told.sum(), dtype=bool), np.ones(told.sum(), dtype=np.int64))
    return sights, Looks(looks, np.ones(len(looks), dtype=bool)), submitted, told


def month(estimate: Late, year: int, number: int) -> np.ndarray:
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return estimate.of(first.toordinal(), last.toordinal())


def test_what_is_missing_of_the_last_months_lies_within_the_intervals() -> None:
    sights, looks, submitted, told = made()
    estimate = late(sights, looks, NO_CASES, TODAY)
    for number in (5, 6, 7):
        first = date(2026, number, 1).toordinal()
        missing = int((~told & (submitted >= first) & (submitted < first + 30 + (number == 5))).sum())
        low, high = np.quantile(month(estimate, 2026, number), [0.05, 0.95])
        assert low <= missing <= high
    assert month(estimate, 2026, 1).max() <= 3


def test_a_register_that_became_slower_is_noticed() -> None:
    usual, slow = (late(*made(slower_at_last=flag)[:2], NO_CASES, TODAY) for flag in (False, True))
    assert np.median(month(slow, 2026, 6)) > np.median(month(usual, 2026, 6)) + 10


def test_shown_and_unseen_are_told_by_the_same_days() -> None:
    sights, looks, _, told = made()
    estimate = late(sights, looks, NO_CASES, TODAY)
    assert estimate.unseen.shape == (DRAWS, len(estimate.starts)) == (DRAWS, len(estimate.shown))
    assert estimate.shown.sum() == told.sum()
    assert {date.fromordinal(int(day)).day for day in estimate.starts[1:]} == {1, 8, 15, 22}


def test_days_to_come_have_the_rate_of_late_and_days_past_have_none() -> None:
    sights, looks, _, _ = made()
    estimate = late(sights, looks, NO_CASES, TODAY)
    assert np.median(estimate.to_come(TODAY - 10, TODAY + 50)) == pytest.approx(100, rel=0.15)
    assert not estimate.to_come(TODAY - 50, TODAY).any()


def test_the_same_facts_give_the_same_figures_and_later_ones_change_nothing() -> None:
    sights, looks, _, _ = made()
    then = TODAY - 90
    whole, cut = late(sights, looks, NO_CASES, then), late(sights.until(then), looks.until(then), NO_CASES, then)
    assert (whole.unseen == cut.unseen).all()


def test_a_register_of_one_look_and_few_notices_can_be_told_of() -> None:
    one = Sights(np.array([TODAY - 40]), np.array([TODAY]), np.array([False]), np.array([1]))
    estimate = late(one, Looks(np.array([TODAY]), np.array([True])), NO_CASES, TODAY)
    assert np.isfinite(estimate.a_day).all()
    nothing = Sights(NOTHING, NOTHING, NOTHING.astype(bool), NOTHING)
    estimate = late(nothing, Looks(np.array([TODAY]), np.array([True])), NO_CASES, TODAY)
    assert np.median(estimate.of(TODAY, TODAY)) <= 1


def with_stragglers(straying: bool) -> tuple[Sights, Looks]:
    """Of two notices a day, eight of a hundred come a hundred days later than others; if straying, all of them after every other look."""
    draw = np.random.default_rng(6)
    submitted = np.sort(draw.integers(TODAY - 2000, TODAY + 1, 4000))
    late_by = np.where(straying & ((submitted - TODAY) // 180 % 2 == 0), 0.0, 0.16 if straying else 0.08)
    delays = draw.integers(5, 25, len(submitted)) + 100 * (draw.random(len(submitted)) < late_by)
    looks = np.arange(TODAY, TODAY - 2000, -60)[::-1]
    at = np.searchsorted(looks, submitted + delays)
    told = at < len(looks)
    first = looks[np.minimum(at, len(looks) - 1)][told]
    sights = Sights(submitted[told], first, np.zeros(told.sum(), dtype=bool), np.ones(told.sum(), dtype=np.int64))
    return sights, Looks(looks, np.ones(len(looks), dtype=bool))


def test_stragglers_that_stray_widen_what_is_told_of_older_months() -> None:
    steady, straying = (late(*with_stragglers(flag), NO_CASES, TODAY) for flag in (False, True))
    assert straying.strays > steady.strays + 0.1
    spread = [np.var(month(one, 2026, 4)) / np.mean(month(one, 2026, 4)) for one in (steady, straying)]
    assert spread[1] > spread[0] > 1.0
