"""How long cases stay in the open view: the share still open at each age, and how much that differs from look to look."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breachtrail.estimates.delay import HALF_LIFE
from breachtrail.estimates.interval import Floats
from breachtrail.estimates.sights import Days

#: Ages are taken in classes of so many days.
CLASS = 30
#: How much quicker cases can be closed than usual, as a logarithm: what is tried, and the least spread supposed.
QUICKER = np.linspace(-1.2, 1.2, 9)
_LEAST_SPREAD = 0.15


@dataclass(frozen=True)
class Cases:
    """Cases by age at looks at every view: ``looked`` (day numbers), ``age`` (class of ``CLASS`` days), how many, and open."""

    looked: Days
    age: Days
    notices: Days
    open: Days

    def until(self, day: int) -> "Cases":
        """Those that were known at the end of ``day``."""
        known = self.looked <= day
        return Cases(self.looked[known], self.age[known], self.notices[known], self.open[known])


def fit(cases: Cases, today: int) -> tuple[Floats, Floats]:
    """Ages in days, and the share of cases still open at each; all, where nothing is known."""
    if not len(cases.looked):
        return np.array([0.0]), np.array([1.0])
    weight = 0.5 ** ((today - cases.looked) / HALF_LIFE)
    most = int(cases.age.max()) + 1
    notices = np.bincount(cases.age, weights=weight * cases.notices, minlength=most)
    still = np.bincount(cases.age, weights=weight * cases.open, minlength=most)
    share = np.minimum.accumulate((still + 1.0) / (notices + 1.0))
    return np.concatenate([[0.0], (np.arange(most) + 0.5) * CLASS]), np.concatenate([[1.0], np.minimum(share, 1.0)])


def spread(cases: Cases, stay: tuple[Floats, Floats]) -> float:
    """Standard deviation of ``QUICKER`` from look to look."""
    found = [
        _nearest(cases.age[at], cases.notices[at], cases.open[at], stay)
        for at in (cases.looked == look for look in np.unique(cases.looked))
    ]
    return max(_LEAST_SPREAD, float(np.std(found))) if len(found) > 1 else 0.5


def _nearest(age: Days, notices: Days, still: Days, stay: tuple[Floats, Floats]) -> float:
    """The quickness of closing under which a look is the least surprising."""
    likely: NDArray[np.float64] = np.empty(len(QUICKER))
    for place, quicker in enumerate(QUICKER):
        share = np.clip(np.interp((age + 0.5) * CLASS * np.exp(quicker), *stay), 0.005, 0.995)
        likely[place] = (still * np.log(share) + (notices - still) * np.log(1 - share)).sum()
    return float(QUICKER[likely.argmax()])
