"""How counts move."""

from dataclasses import replace

import numpy as np
import pytest

from breachtrail.estimates.revision import DRAWS, Changes, Pairs, Revisions, fit


def history(rate: float = 0.002, pairs: int = 6, gap: int = 100) -> tuple[Pairs, Changes]:
    """Placeholders are revised at ``rate`` a day at every age, other counts never; each becomes 9,000."""
    revised = round(1000 * (1 - np.exp(-rate * gap)))
    rows = [
        (look * gap, gap, kind, age, 1000, revised if kind else 0)
        for look in range(pairs) for kind in (True, False) for age in (0, 150, 300, 600)
    ]  # fmt: skip
    look, gaps, kind, age, notices, came = (np.array(column) for column in zip(*rows, strict=True))
    one = np.arange(pairs) * gap
    changes = Changes(one, np.ones(pairs, dtype=bool), np.full(pairs, 500), np.full(pairs, 9000))
    return Pairs(look, gaps, kind, age, notices, came), changes


@pytest.fixture
def fitted() -> Revisions:
    return fit(*history(), until=600)


def test_the_chance_is_about_that_of_the_rate_at_risk(fitted: Revisions) -> None:
    """Not quite: that a year may stray from those before it is in the chance."""
    chance = fitted.chance(np.array([True, False]), np.array([200.0, 200.0]), 365)
    usual = 1 - np.exp(-0.002 * 365)
    assert chance[0] == pytest.approx(usual, abs=0.08)
    assert chance[1] < 0.05
    assert fitted.chance(np.array([True]), np.array([200.0]), 30)[0] < chance[0]


def test_growth_is_revisions_times_what_they_became(fitted: Revisions) -> None:
    counts, age = np.full(40, 500), np.full(40, 200.0)
    how_many, gained = fitted.growth(counts, age, 365)
    assert how_many.shape == gained.shape == (DRAWS,)
    assert how_many.mean() == pytest.approx(40 * fitted.chance(np.array([True]), age[:1], 365)[0], abs=1.0)
    assert gained.tolist() == (how_many * 8500.0).tolist()


def test_what_a_count_became_is_told_by_its_kind() -> None:
    changes = Changes(
        np.zeros(3, dtype=np.int64),
        np.array([True, False, False]),
        np.array([501, 1000, 100_000]),
        np.array([7, 3000, 50_000]),
    )
    revisions = Revisions(np.ones((2, 6)), np.ones((2, 6)), np.eye(50)[0], changes)
    assert revisions.become(500).tolist() == [7]
    assert revisions.become(2000).tolist() == [6000]
    assert revisions.become(200_000).tolist() == [100_000]


def test_only_what_was_known_then_tells() -> None:
    pairs, changes = history(pairs=6)
    early, late = fit(pairs, changes, until=200), fit(pairs, changes, until=600)
    assert len(early.changes.after) == 2
    assert len(late.changes.after) == 6


def test_years_that_differ_widen_the_spread_and_late_ones_weigh_more() -> None:
    pairs, changes = history(pairs=12)
    year = pairs.look // 300 % 2
    uneven = replace(pairs, revised=np.where(year, pairs.revised * 3, pairs.revised // 8))
    assert fit(uneven, changes, 1200).spread > fit(pairs, changes, 1200).spread + 0.2
    once, lately = (
        replace(pairs, revised=np.where(half, pairs.revised, 0)) for half in (pairs.look < 600, pairs.look >= 600)
    )
    chances = [fit(one, changes, 1200).chance(np.array([True]), np.array([200.0]), 365)[0] for one in (once, lately)]
    assert chances[1] > chances[0]


def test_intervals_hold_where_years_stray_and_the_truth_is_known() -> None:
    """Sixty lives (a thousand in bench/estimates.py): years stray by a log-normal multiple, of which half is kept."""
    held = []
    for seed in range(60):
        draw = np.random.default_rng([seed, 3])
        spread, times = draw.uniform(0.2, 1.2), 0.0
        rows, looks = [], int(draw.integers(3, 8))
        for look in range(looks + 1):
            times = 0.5 * times + draw.normal(0, 0.75**0.5)
            chance = -np.expm1(-300 * 4e-4 * np.exp(spread * times))
            rows += [(look * 300, 300, False, age, 100, draw.binomial(100, chance)) for age in (0, 180, 360, 720)]
        known, last = rows[:-4], rows[-4:]
        columns = [np.array(column) for column in zip(*known, strict=True)]
        _, changes = history()
        fitted = fit(Pairs(*columns), changes, looks * 300)
        drawn = fitted.draws(np.zeros(400, dtype=bool), np.repeat([15.0, 195.0, 375.0, 735.0], 100), 300).sum(axis=1)
        came = sum(row[5] for row in last)
        held.append(np.quantile(drawn, 0.05) <= came <= np.quantile(drawn, 0.95))
    assert 0.8 <= np.mean(held) <= 1.0
