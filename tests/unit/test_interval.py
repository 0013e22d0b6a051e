"""An estimate with its intervals."""

import numpy as np

from breachtrail.estimates.interval import Interval


def test_the_quantiles_are_whole_numbers_of_the_sample() -> None:
    assert Interval.of(np.arange(1, 101)) == Interval(5, 25, 50, 75, 95)


def test_what_is_certain_has_no_width() -> None:
    assert Interval.of(np.zeros(10)).quantiles == (0, 0, 0, 0, 0)
