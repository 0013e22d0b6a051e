"""The tail of sizes: the law that made them is found again, its interval covers, and thresholds are chosen by rule."""

import numpy as np
import pytest
from scipy import stats

from breachtrail.estimates import tail


def made(shape: float, notices: int, seed: int, scale: float = 200_000.0) -> np.ndarray:
    return 100_000 + stats.genpareto.rvs(shape, scale=scale, size=notices, random_state=seed)


@pytest.mark.parametrize("shape", [-0.2, 0.1, 0.66, 0.97, 1.37])
def test_the_likeliest_law_is_that_of_scipy(shape: float) -> None:
    counts = made(shape, 2000, seed=3)
    found = tail.fit(counts, 100_000)
    theirs, _, scale = stats.genpareto.fit(counts - 100_000, floc=0)
    assert found is not None
    assert (found.shape, found.scale) == (pytest.approx(theirs, abs=2e-3), pytest.approx(scale, rel=2e-3))


def test_the_interval_of_the_shape_covers_nine_times_in_ten() -> None:
    inside = 0
    for seed in range(300):
        found = tail.fit(made(0.9, 300, seed), 100_000)
        assert found is not None
        inside += found.shape_between[0] <= 0.9 <= found.shape_between[1]
    assert 0.85 <= inside / 300 <= 0.95


def test_return_levels_cover_what_they_estimate() -> None:
    """Thirty notices a year above the threshold for ten years; the size exceeded once in five of them is known."""
    truth = 100_000 + 200_000 * ((30 * 5) ** 0.7 - 1) / 0.7
    inside = 0
    for seed in range(200):
        number = np.random.default_rng(seed).poisson(300)
        found = tail.fit(made(0.7, number, seed), 100_000)
        assert found is not None
        [level] = tail.return_levels(found, 10, years=(5,))
        inside += level.between[0] <= truth <= level.between[1]
    assert 0.84 <= inside / 200 <= 0.96


def test_no_level_is_given_for_a_time_longer_than_was_looked_at() -> None:
    found = tail.fit(made(0.7, 300, 1), 100_000)
    assert found is not None
    assert [level.years for level in tail.return_levels(found, 5)] == [1, 5]


def test_a_threshold_is_chosen_where_the_shape_stands() -> None:
    falling = [tail.Tail(u, 100, s, (s - 0.1, s + 0.1), 1.0) for u, s in ((10, 1.4), (20, 1.1), (50, 1.0), (100, 0.95))]
    assert tail.chosen(falling) == falling[1]
    assert tail.chosen([]) is None


def test_a_shape_near_one_leaves_the_mean_undecided() -> None:
    assert [
        tail.Tail(1, 100, shape, (shape - 0.1, shape + 0.1), 1.0).has_mean for shape in (0.5, 0.95, 1.2)
    ] == [True, None, False]  # fmt: skip


def test_few_notices_have_no_tail() -> None:
    assert tail.fit(made(0.7, tail.FEWEST - 1, 1), 100_000) is None
