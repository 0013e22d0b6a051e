"""An estimate: a median with its intervals of 50% and 90%, and what it was worth before (``score.py``)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: The quantiles that are told and scored; between the outer two lie 90%, between the inner two 50%.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Quantiles of what may be, all in the unit of the figure estimated.

    low, high: the figure lies between them in nine cases of ten; lower, upper: in one of two; median: in the middle
    """

    low: int
    lower: int
    median: int
    upper: int
    high: int

    @classmethod
    def of(cls, draws: NDArray[np.generic]) -> "Interval":
        """The quantiles of a sample, in whole numbers."""
        low, lower, median, upper, high = (
            round(float(one)) for one in np.quantile(np.asarray(draws, dtype=float), QUANTILES, method="inverted_cdf")
        )
        return cls(low, lower, median, upper, high)

    @property
    def quantiles(self) -> tuple[int, int, int, int, int]:
        """In the order of ``QUANTILES``."""
        return self.low, self.lower, self.median, self.upper, self.high
