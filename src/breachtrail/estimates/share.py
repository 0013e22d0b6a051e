"""Shares, frequencies and quantiles with the interval that their few cases leave them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

#: The middle 90%.
ENDS = (0.05, 0.95)


@dataclass(frozen=True)
class Estimated:
    """A figure with its 90% interval, both in the figure's own unit."""

    value: float
    between: tuple[float, float]


def share(part: int, whole: int) -> Estimated:
    """A share of independent cases, by Jeffreys' interval (Brown, Cai and DasGupta 2001)."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share")
    law = stats.beta(part + 0.5, whole - part + 0.5)
    low = 0.0 if part == 0 else float(law.ppf(ENDS[0]))
    high = 1.0 if part == whole else float(law.ppf(ENDS[1]))
    return Estimated(part / whole, (low, high))


def next_year(yearly: Sequence[int]) -> Estimated:
    """So many a year, and between which figures the next year's is to be expected if the years differ as they did.

    A negative binomial law with the years' own mean and variance (never less than Poisson's), and Student's wider ends
    for what few years cannot tell.
    """
    years = np.asarray(yearly, dtype=float)
    if len(years) < 2:
        raise ValueError("one year does not tell how years differ")
    mean = years.mean()
    variance = max(years.var(ddof=1), mean) * (1 + 1 / len(years))
    half = stats.t.ppf(ENDS[1], len(years) - 1) * np.sqrt(variance)
    return Estimated(float(mean), (float(max(0.0, np.floor(mean - half))), float(np.ceil(mean + half))))


def rate(count: int, exposure: float) -> Estimated:
    """Cases per unit of exposure, by the gamma law of a Poisson count (Garwood 1936)."""
    low = float(stats.gamma.ppf(ENDS[0], count)) if count else 0.0
    return Estimated(count / exposure, (low / exposure, float(stats.gamma.ppf(ENDS[1], count + 1)) / exposure))


def quantile(values: NDArray[np.float64], at: float) -> Estimated:
    """A quantile, with the two values in order that hold it nine times in ten, whatever the law (binomial ranks)."""
    ordered = np.sort(values)
    low, high = stats.binom.ppf(ENDS, len(ordered), at).astype(int)
    return Estimated(
        float(np.quantile(ordered, at)),
        (float(ordered[max(low - 1, 0)]), float(ordered[min(high, len(ordered) - 1)])),
    )
