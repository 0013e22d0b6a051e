"""The chain ladder, as a reserving actuary would run it over a register: months of submission × age, with Mack's errors.

Two of them. ``mack`` is that of the kept package ``chainladder`` on the triangle of what was known at the end of each month.
Between two looks such a triangle stands still, so ``between_looks`` of the package itself is run too. Neither is for the
running month.
"""

import warnings

import numpy as np
import pandas as pd

from breachtrail.estimates.chain_ladder import between_looks, month_of, rounded
from breachtrail.estimates.sights import Sights

__all__ = ["between_looks", "mack"]

#: Months of submission in the triangle.
MONTHS = 48


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
        last - MONTHS + 1 + place: rounded(max(ultimate[place], stood[place]), error[place], stood[place])
        for place in range(MONTHS)
    }


def _first(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}-01"
