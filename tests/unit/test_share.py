"""Shares, frequencies and quantiles: the intervals cover, and ends are ends."""

import numpy as np
import pytest

from breachtrail.estimates import share


def test_a_share_of_none_or_all_reaches_its_end() -> None:
    assert share.share(0, 30).between[0] == 0
    assert share.share(30, 30).between[1] == 1
    with pytest.raises(ValueError, match="no share"):
        share.share(1, 0)


@pytest.mark.parametrize("truth", [0.05, 0.3, 0.8])
def test_the_interval_of_a_share_covers(truth: float) -> None:
    draws = np.random.default_rng(1).binomial(60, truth, 600)
    inside = np.mean([low <= truth <= high for low, high in (share.share(int(n), 60).between for n in draws)])
    assert 0.84 <= inside <= 0.97


def test_the_interval_of_a_rate_covers() -> None:
    draws = np.random.default_rng(2).poisson(8, 600)
    inside = np.mean([low <= 0.8 <= high for low, high in (share.rate(int(n), 10).between for n in draws)])
    assert 0.88 <= inside <= 0.99
    assert share.rate(0, 10).between[0] == 0


def test_next_year_lies_between_nine_times_in_ten_though_years_differ_by_more_than_chance() -> None:
    draw = np.random.default_rng(3)
    years = draw.negative_binomial(20, 0.3, (800, 6))
    found = [share.next_year(row[:5].tolist()).between for row in years]
    inside = np.mean([low <= last <= high for (low, high), last in zip(found, years[:, 5], strict=True)])
    assert 0.86 <= inside <= 0.96
    with pytest.raises(ValueError, match="one year"):
        share.next_year([4])


def test_the_interval_of_a_median_covers_whatever_the_law() -> None:
    draw = np.random.default_rng(4)
    inside = [
        low <= 1.0 <= high
        for low, high in (share.quantile(np.exp(draw.normal(0, 2, 41)), 0.5).between for _ in range(400))
    ]
    assert 0.87 <= np.mean(inside) <= 0.98
