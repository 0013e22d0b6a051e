"""What new notices add."""

import numpy as np

from breachtrail.estimates.added import added


def test_each_figure_is_the_sum_of_as_many_sizes() -> None:
    how_many = np.array([0, 3, 1, 0, 40])
    assert added(how_many, np.array([700]), 1).tolist() == [0, 2100, 700, 0, 28_000]
    found = added(np.full(2000, 5), np.array([500, 1500]), 1)
    assert set(found) <= {2500.0 + 1000 * place for place in range(6)}
    assert abs(found.mean() - 5000) < 60


def test_without_sizes_nothing_is_added() -> None:
    assert added(np.array([2, 3]), np.zeros(0, dtype=np.int64), 1).tolist() == [0, 0]
