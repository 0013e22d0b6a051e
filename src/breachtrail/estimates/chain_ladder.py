"""The chain ladder between looks: the baseline that forecasts of late notices are scored beside.

For each age in months at a look the factor from what earlier looks had seen by then to what is seen of the same months
now, weighted by volume, with the spread of the factors as its error (Mack 1993 over looks instead of months). It says
nothing of the month that is running at the look.
"""

from datetime import date
from statistics import NormalDist

import numpy as np

from breachtrail.estimates.interval import QUANTILES, Floats
from breachtrail.estimates.sights import Days, Looks, Sights

#: Months before a look that are forecast, its own among them.
RECENT = 12
#: Looks less long ago, in days, have not seen enough since to learn from.
_LEARNT_FROM = 30
_NORMAL = np.array([NormalDist().inv_cdf(level) for level in QUANTILES])


def month_of(days: Days) -> Days:
    """Months since the year 0 of day numbers."""
    return np.array([(one := date.fromordinal(int(day))).year * 12 + one.month - 1 for day in days], dtype=np.int64)


def between_looks(sights: Sights, looks: Looks, today: int) -> dict[int, Floats]:
    """The quantiles (``QUANTILES``) of what each month comes to, by month, from what was known at the end of ``today``."""
    known, last = sights.until(today), int(month_of(np.array([today]))[0])
    origin, first_seen = month_of(known.submitted), known.first_seen

    def of_month(month: int, upto: int) -> int:
        return int(known.notices[(origin == month) & (first_seen <= upto)].sum())

    earlier = [int(look) for look in looks.days if look < today - _LEARNT_FROM]
    found = {}
    for age in range(1, RECENT):
        pairs = [(int(month_of(np.array([look]))[0]) - age, look) for look in earlier]
        then = np.array([of_month(month, look) for month, look in pairs if (origin == month).any()], dtype=float)
        now = np.array([of_month(month, today) for month, look in pairs if (origin == month).any()], dtype=float)
        now, then = now[then > 0], then[then > 0]
        stood = of_month(last - age, today)
        factor = now.sum() / then.sum() if len(then) else 1.0
        spread = (then * (now / then - factor) ** 2).sum() / (len(then) - 1) if len(then) > 1 else 0.0
        error = np.sqrt(stood * spread * (1 + (stood / then.sum() if len(then) else 0)))
        found[last - age] = rounded(stood * factor, error, stood)
    return found


def rounded(middle: float, error: float, least: float) -> Floats:
    """The quantiles of a normal law, in whole notices, and never less than stands there already."""
    told: Floats = np.maximum(np.round(middle + error * _NORMAL), least)
    return told
