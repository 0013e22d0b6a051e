"""The large end of the sizes of notices: a generalised Pareto tail above a chosen and shown threshold.

Peaks over threshold (Pickands 1975; Davison and Smith 1990): what a large notice has above a threshold follows a
generalised Pareto law with a shape and a scale. With a shape of 1 or more the law has no finite mean, so no total is ever
forecast by one here. Fits are by maximum likelihood; intervals rest on its asymptotic normality, which holds for shapes
above -0.5 (Smith 1985).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

#: Thresholds that are tried, in individuals.
THRESHOLDS = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
#: Fewer notices above a threshold say nothing of the tail.
FEWEST = 50
#: Between these ends lies the middle 90% of what is likely.
ENDS = (0.05, 0.95)
_DRAWS = 4000

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Tail:
    """A tail above ``threshold`` (individuals).

    above:    notices larger than the threshold
    shape:    of the generalised Pareto law, with its 90% interval; 1 or more: no finite mean
    scale:    in individuals
    """

    threshold: int
    above: int
    shape: float
    shape_between: tuple[float, float]
    scale: float

    @property
    def has_mean(self) -> bool | None:
        """Whether the law has a finite mean; None where the interval of its shape holds 1, so that it is not decided."""
        low, high = self.shape_between
        return True if high < 1 else False if low >= 1 else None

    def quantile(self, share: float) -> float:
        """The size that this share of the notices above the threshold exceeds."""
        return float(self.threshold + self.scale * _growth(self.shape, 1 / share))


@dataclass(frozen=True)
class ReturnLevel:
    """A size that is exceeded once in so many years on average, with its 90% interval (individuals)."""

    years: int
    size: float
    between: tuple[float, float]


def fit(counts: Counts, threshold: int) -> Tail | None:
    """The tail of what is larger than ``threshold``; None of fewer than ``FEWEST`` notices."""
    excess = counts[counts > threshold] - threshold
    if len(excess) < FEWEST:
        return None
    shape, scale = _likeliest(excess)
    half = NormalDist().inv_cdf(ENDS[1]) * (1 + shape) / len(excess) ** 0.5
    return Tail(int(threshold), len(excess), shape, (shape - half, shape + half), scale)


def tails(counts: Counts, thresholds: Sequence[int] = THRESHOLDS) -> tuple[Tail, ...]:
    """The tail above each threshold that enough notices exceed."""
    return tuple(tail for one in thresholds if (tail := fit(counts, one)) is not None)


def chosen(fitted: Sequence[Tail]) -> Tail | None:
    """The lowest threshold from which on the shape stands: its 90% interval meets that of every higher one.

    A shape that still falls with the threshold says that the law does not hold yet.
    """
    return next(
        (
            tail
            for place, tail in enumerate(fitted)
            if all(_meet(tail.shape_between, higher.shape_between) for higher in fitted[place + 1 :])
        ),
        None,
    )


def return_levels(
    tail: Tail, over_years: float, years: Sequence[int] = (1, 5, 10, 15), seed: int = 1
) -> list[ReturnLevel]:
    """Sizes exceeded once in so many years, if notices came as often as they did in ``over_years``.

    Drawn from the asymptotic law of shape and scale, and from the gamma law of the rate: what is not known of any of the
    three is in the interval. Only levels above the threshold are given, and none for a longer time than was looked at.
    """
    if over_years <= 0:
        raise ValueError("return levels need a time over which notices were counted")
    draw = np.random.default_rng(seed)
    n, shape, scale = tail.above, tail.shape, tail.scale
    spread = (1 + shape) / n * np.array([[1 + shape, -scale], [-scale, 2 * scale**2]])
    shapes, scales = draw.multivariate_normal([shape, scale], spread, _DRAWS).T
    rates = draw.gamma(n + 0.5, 1 / over_years, _DRAWS)
    levels = []
    for every in years:
        expected = n / over_years * every
        if expected <= 1 or every > over_years + 0.01:
            continue
        sizes = tail.threshold + np.maximum(scales, 0) * _growth(shapes, np.maximum(rates * every, 1))
        low, high = np.quantile(sizes, ENDS)
        levels.append(
            ReturnLevel(every, float(tail.threshold + scale * _growth(shape, expected)), (float(low), float(high)))
        )
    return levels


def _growth(shape: Any, ratio: Any) -> Any:
    """(ratio^shape - 1) / shape, which becomes the logarithm where the shape is 0."""
    flat = np.abs(shape) < 1e-9
    safe = np.where(flat, 1.0, shape)
    return np.where(flat, np.log(ratio), np.expm1(safe * np.log(ratio)) / safe)[()]


def _likeliest(excess: Counts) -> tuple[float, float]:
    """Shape and scale of greatest likelihood, by Grimshaw's reduction to one variable.

    With ``t`` = shape / scale, the best shape is the mean of log(1 + t x), so only ``t`` is searched.
    """
    mean, largest = float(excess.mean()), float(excess.max())

    def against(logarithm: float) -> float:
        t = np.exp(logarithm)
        shape = np.log1p(t * excess).mean()
        return float(np.log(shape / t) + 1 + shape)

    def against_short(share: float) -> float:
        t = -share / largest
        shape = np.log1p(t * excess).mean()
        return float(np.log(shape / t) + 1 + shape)

    heavy = optimize.minimize_scalar(
        against, bounds=(np.log(1e-6 / mean), np.log(1e6 / float(np.median(excess)))), method="bounded"
    )
    short = optimize.minimize_scalar(against_short, bounds=(1e-9, 0.999), method="bounded")
    t = np.exp(heavy.x) if heavy.fun <= short.fun else -short.x / largest
    shape = float(np.log1p(t * excess).mean())
    return shape, float(shape / t)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
