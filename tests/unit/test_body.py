"""The bulk of sizes: logarithms as listed are one thing, the law cut off at the limit another."""

import numpy as np
import pytest

from breachtrail.estimates.body import LISTED_FROM, body


def test_the_law_that_was_cut_is_found_again_and_the_listed_logarithms_are_not_it() -> None:
    drawn = np.exp(np.random.default_rng(5).normal(7.0, 2.0, 60_000))
    listed = np.round(drawn)
    found = body(listed[listed > LISTED_FROM])
    assert found is not None
    assert found.cut_mean == pytest.approx(7.0, abs=0.12)
    assert found.cut_sd == pytest.approx(2.0, abs=0.05)
    assert found.mean_log > 7.7
    assert found.distance is not None
    assert found.distance < 0.02


def test_a_law_that_does_not_fit_lies_far_off() -> None:
    two_heaps = np.concatenate([np.full(500, 600.0), np.full(500, 1e6)])
    found = body(two_heaps)
    assert found is not None
    assert found.distance is None or found.distance > 0.2


def test_counts_below_the_limit_and_equal_ones_make_no_body() -> None:
    assert body(np.array([10.0, 20.0, 499.0])) is None
    assert body(np.array([500.0] * 30)) is None
