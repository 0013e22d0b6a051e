"""What forecasts were worth: how often their intervals held what came, and the weighted interval score.

The weighted interval score is that of Bracher, Ray, Gneiting and Reich (PLOS Computational Biology 2021): in the unit of
the figure, the smaller the better, and for a forecast without an interval the distance from what came.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breachtrail.estimates.interval import QUANTILES, Floats


@dataclass(frozen=True)
class Score:
    """Forecasts beside what came of them.

    forecasts: how many; within_50, within_90: shares of them whose interval held what came
    score:     mean weighted interval score; as_it_stands: the same of the figure as it stood on the day of the forecast
    """

    forecasts: int
    within_50: float
    within_90: float
    score: float
    as_it_stands: float


def weighted_interval_score(quantiles: Sequence[float], came: float) -> float:
    """The score of one forecast, told by its quantiles at ``QUANTILES``: twice the mean loss of these quantiles."""
    levels, told = np.asarray(QUANTILES), np.asarray(quantiles, dtype=float)
    losses = np.where(came >= told, levels * (came - told), (1 - levels) * (told - came))
    return float(2 * losses.mean())


def score(quantiles: Sequence[Sequence[float]], came: Sequence[float], stood: Sequence[float]) -> Score | None:
    """The score of several forecasts; None where there is none.

    quantiles: of each forecast, at ``QUANTILES``; came: what came; stood: the figure on the day of the forecast
    """
    if not came:
        return None
    told, truth = np.asarray(quantiles, dtype=float), np.asarray(came, dtype=float)
    return Score(
        len(truth),
        float(((told[:, 1] <= truth) & (truth <= told[:, 3])).mean()),
        float(((told[:, 0] <= truth) & (truth <= told[:, 4])).mean()),
        float(np.mean([weighted_interval_score(one, two) for one, two in zip(told, truth, strict=True)])),
        float(np.abs(truth - np.asarray(stood, dtype=float)).mean()),
    )


@dataclass(frozen=True)
class Chances:
    """Chances that were told of single notices, beside what came of them; both scores the smaller the better.

    notices:  how many times a chance was told; came: share of them of which it came true; told: the mean chance
    brier:    mean square of the distance between the chance and what came (0 or 1); log: mean of minus the logarithm of the
              chance that was given to what came
    brier_of_base, log_of_base: the same, if every notice had been given the share of all that was known then
    """

    notices: int
    came: float
    told: float
    brier: float
    brier_of_base: float
    log: float
    log_of_base: float


def chances(told: Floats, base: Floats, came: NDArray[np.bool_]) -> Chances | None:
    """The scores of chances ``told`` and of ``base`` rates; None where there is none."""
    if not len(came):
        return None
    return Chances(
        len(came), float(came.mean()), float(told.mean()), _brier(told, came), _brier(base, came), _log(told, came),
        _log(base, came),
    )  # fmt: skip


def _brier(told: Floats, came: NDArray[np.bool_]) -> float:
    return float(np.mean((told - came) ** 2))


def _log(told: Floats, came: NDArray[np.bool_]) -> float:
    # A chance of none at all cannot be scored; no forecast is taken to be surer than one in ten thousand.
    given = np.clip(np.where(came, told, 1 - told), 1e-4, 1.0)
    return float(-np.log(given).mean())
