"""How counts move."""

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
    return fit(*history(), until=10_000)


def test_the_chance_is_that_of_the_rate_at_risk(fitted: Revisions) -> None:
    chance = fitted.chance(np.array([True, False]), np.array([200.0, 200.0]), 365)
    assert chance == pytest.approx([1 - np.exp(-0.002 * 365), 0.0], abs=0.01)
    assert fitted.chance(np.array([True]), np.array([200.0]), 30)[0] < chance[0]


def test_growth_is_revisions_times_what_they_became(fitted: Revisions) -> None:
    how_many, gained = fitted.growth(np.array([500] * 40 + [70_000]), np.full(41, 200.0), 365)
    assert how_many.shape == gained.shape == (DRAWS,)
    assert how_many.mean() == pytest.approx(40 * (1 - np.exp(-0.002 * 365)), abs=1.5)
    assert np.median(gained) == np.median(how_many) * 8500.0


def test_what_a_count_became_is_told_by_its_kind() -> None:
    changes = Changes(
        np.zeros(3, dtype=np.int64),
        np.array([True, False, False]),
        np.array([501, 1000, 100_000]),
        np.array([7, 3000, 50_000]),
    )
    revisions = Revisions(np.ones((2, 6)), np.ones((2, 6)), 0.1, changes)
    assert revisions.become(500).tolist() == [7]
    assert revisions.become(2000).tolist() == [6000]
    assert revisions.become(200_000).tolist() == [100_000]


def test_only_what_was_known_then_tells() -> None:
    pairs, changes = history(pairs=6)
    early, late = fit(pairs, changes, until=200), fit(pairs, changes, until=600)
    assert len(early.changes.after) == 2
    assert len(late.changes.after) == 6


def test_pairs_of_looks_that_differ_widen_the_spread() -> None:
    pairs, changes = history()
    uneven = Pairs(
        pairs.look,
        pairs.gap,
        pairs.placeholder,
        pairs.age,
        pairs.notices,
        np.where(pairs.look % 200, pairs.revised * 2, pairs.revised // 4),
    )
    assert fit(uneven, changes, 10_000).spread > fit(pairs, changes, 10_000).spread + 0.2
