"""The bulk of the sizes of notices: their logarithms as they stand, and a log-normal law cut off where listing begins.

Two things that are easily taken for one another. The mean and the standard deviation of the logarithms describe the
notices that are listed, and nothing else. A log-normal law fitted by maximum likelihood to notices *of which only those
with 500 individuals or more are listed* describes what would be there without that limit; its figures are far from the
former, for it has to explain why most listed notices crowd at the limit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

#: Counts are whole, and those of 500 and more are listed (45 CFR 164.408): the law is cut half-way to the next count.
LISTED_FROM = 499.5


@dataclass(frozen=True)
class Body:
    """What the sizes of ``notices`` notices look like; logarithms are natural.

    mean_log, sd_log:     of the logarithms as listed
    cut_mean, cut_sd:     parameters of the log-normal law cut off at ``LISTED_FROM``; None where it has no maximum
    distance:             largest distance between the cut law's shares and the counted ones (Kolmogorov-Smirnov)
    """

    notices: int
    mean_log: float
    sd_log: float
    cut_mean: float | None
    cut_sd: float | None
    distance: float | None


def body(counts: NDArray[np.float64]) -> Body | None:
    """The body of all counts of 500 and more; None of fewer than two, or of equal ones."""
    listed = counts[counts > LISTED_FROM]
    logs = np.log(listed)
    if len(logs) < 2 or not logs.std() > 0:
        return None
    limit = np.log(LISTED_FROM)

    def against(at: NDArray[np.float64]) -> float:
        mean, sd = at[0], np.exp(at[1])
        return float(-stats.norm.logpdf(logs, mean, sd).mean() + stats.norm.logsf(limit, mean, sd))

    best = optimize.minimize(
        against, (logs.mean(), np.log(logs.std())), method="Nelder-Mead", options={"xatol": 1e-5, "fatol": 1e-10}
    )
    mean, sd = float(best.x[0]), float(np.exp(best.x[1]))
    if not best.success or mean < limit - 10 * sd or sd > 50:
        return Body(len(logs), float(logs.mean()), float(logs.std()), None, None, None)
    below = 1 - np.exp(stats.norm.logsf(np.sort(logs), mean, sd) - stats.norm.logsf(limit, mean, sd))
    # Equal counts are one step: the distance is taken before and after it.
    _, first = np.unique(np.sort(logs), return_index=True)
    after = np.append(first[1:], len(logs)) / len(logs)
    distance = np.maximum(np.abs(below[first] - first / len(logs)), np.abs(below[first] - after)).max()
    return Body(len(logs), float(logs.mean()), float(logs.std()), mean, sd, float(distance))
