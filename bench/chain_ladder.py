"""The chain ladder, as a reserving actuary would run it over a register: months of submission × age, with Mack's errors.

Two of them. ``mack`` is that of the kept package ``chainladder`` on the triangle of what was known at the end of each month.
Between two looks such a triangle stands still, so ``between_looks`` is there too: for each age in months at a look the
factor from what earlier looks had seen by then to what is seen of the same months now. Neither is for the running month.
"""

import warnings
from datetime import date

import numpy as np
import pandas as pd
from scipy.stats import norm

from breachtrail.estimates.interval import QUANTILES
from breachtrail.estimates.sights import Looks, Sights

#: Months before a look that are forecast, its own among them, and months of submission in the triangle.
RECENT = 12
MONTHS = 48


def month_of(days: np.ndarray) -> np.ndarray:
    """Months since the year 0 of day numbers."""
    return np.array([(one := date.fromordinal(int(day))).year * 12 + one.month - 1 for day in days], dtype=np.int64)


def mack(sights: Sights, today: int) -> dict[int, np.ndarray]:
    """The quantiles of what each month comes to, by month, from what was known at the end of ``today``."""
    import chainladder

    known = sights.until(today)
    last = int(month_of(np.array([today]))[0])
    origin, seen = month_of(known.submitted), month_of(known.first_seen)
    counts = np.zeros((MONTHS, MONTHS))
    inside = origin > last - MONTHS
    np.add.at(counts, (origin[inside] - last + MONTHS - 1, seen[inside] - last + MONTHS - 1), known.notices[inside])
    rows = [
        (_first(last - MONTHS + 1 + one), _first(last - MONTHS + 1 + two), counts[one, two])
        for one in range(MONTHS)
        for two in range(one, MONTHS)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        triangle = chainladder.Triangle(
            pd.DataFrame(rows, columns=["origin", "seen", "notices"]), origin="origin", development="seen",
            columns="notices", origin_format="%Y-%m-%d", cumulative=False,
        ).incr_to_cum()  # fmt: skip
        fitted = chainladder.MackChainladder().fit(triangle).summary_.to_frame()
    stood, ultimate, error = (
        np.nan_to_num(fitted[name].to_numpy(dtype=float)) for name in ("Latest", "Ultimate", "Mack Std Err")
    )
    return {
        last - MONTHS + 1 + place: _quantiles(max(ultimate[place], stood[place]), error[place], stood[place])
        for place in range(MONTHS)
    }


def between_looks(sights: Sights, looks: Looks, today: int) -> dict[int, np.ndarray]:
    """The same from the looks themselves: factors by age at a look, volume-weighted, with their spread."""
    known, last = sights.until(today), int(month_of(np.array([today]))[0])
    origin, first_seen = month_of(known.submitted), known.first_seen

    def of_month(month: int, upto: int) -> int:
        return int(known.notices[(origin == month) & (first_seen <= upto)].sum())

    earlier = [int(look) for look in looks.days if look < today - 30]
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
        found[last - age] = _quantiles(stood * factor, error, stood)
    return found


def _quantiles(middle: float, error: float, least: float) -> np.ndarray:
    """Of a normal distribution, in whole notices, and never less than stands there already."""
    return np.maximum(np.round(middle + error * norm.ppf(QUANTILES)), least)


def _first(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}-01"
