"""How long cases stay in the open view."""

import numpy as np
import pytest

from breachtrail.estimates.stay import Cases, fit, spread


def cases(*shares: float) -> Cases:
    """At each look a hundred cases of each of twenty ages; ``shares`` of them are closed a class of age."""
    rows = [
        (1000 + 100 * look, age, 100, round(100 * (1 - closed) ** age))
        for look, closed in enumerate(shares) for age in range(20)
    ]  # fmt: skip
    return Cases(*np.array(rows).T)


def test_the_share_still_open_is_found_and_never_grows_with_age() -> None:
    ages, share = fit(cases(0.1, 0.1), 1100)
    assert np.interp(165.0, ages, share) == pytest.approx(0.9**5, abs=0.02)
    assert (np.diff(share) <= 0).all()


def test_looks_that_differ_have_a_wider_spread() -> None:
    alike, unlike = cases(0.1, 0.1, 0.1), cases(0.03, 0.1, 0.3)
    assert spread(alike, fit(alike, 1200)) < 0.2 < spread(unlike, fit(unlike, 1200))


def test_where_nothing_is_known_all_are_taken_to_be_open() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    ages, share = fit(Cases(nothing, nothing, nothing, nothing), 5)
    assert np.interp(500.0, ages, share) == 1.0
