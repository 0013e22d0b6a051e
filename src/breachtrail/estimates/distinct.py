"""How many different people stand behind sums of records: bounds that always hold, and estimates under declared assumptions.

A register tells how many individuals each notice affects, never whom. Between *the largest notice* and *the smaller of
sum and population* nothing is known without an assumption of how notices overlap. Three are worked out:

``independent``  each notice draws its individuals anew from all residents, whoever stood in others
``half``         the same, but all notices draw from one half of the residents (those who are in care, and again and again)
``same``         the same people again and again: the largest notice holds everybody

The truth may lie anywhere between the bounds. Draws are without replacement within a notice: with N residents and
notices of n_1, n_2 …, the share of residents in none is the product of 1 - n_i / N.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

#: The middle 90%.
ENDS = (0.05, 0.95)
#: Assumption → the part of the residents from which notices draw.
POOLS = {"independent": 1.0, "half": 0.5}


@dataclass(frozen=True)
class Overlap:
    """Different people under one assumption: the expected number, and the 90% interval *if the assumption holds*.

    pool: people from whom all notices draw; never fewer than the largest notice
    """

    assumption: str
    people: float
    between: tuple[float, float]
    pool: float


@dataclass(frozen=True)
class Distinct:
    """Different people behind notices.

    records:   sum of the individuals of all notices
    largest:   the largest notice
    residents: people who can have been affected
    least, most: bounds without any assumption but that each notice counts a resident once
    overlaps:  estimates, from the least overlap assumed to the most
    """

    notices: int
    records: int
    largest: int
    residents: int
    least: int
    most: int
    overlaps: tuple[Overlap, ...]


def distinct(counts: NDArray[np.float64], residents: int) -> Distinct:
    """Bounds and estimates for notices of these sizes among so many residents.

    A notice that counts more than there are residents (some give records) is taken as all of them.
    """
    if residents <= 0 or (counts < 0).any():
        raise ValueError("sizes and residents are whole numbers of people")
    sizes = np.minimum(counts[counts > 0], residents)
    records = int(counts.sum())
    largest = int(sizes.max(initial=0))
    overlaps = [drawn(name, sizes, max(residents * part, largest)) for name, part in POOLS.items()]
    overlaps.append(Overlap("same", float(largest), (float(largest), float(largest)), float(largest)))
    return Distinct(
        len(sizes), records, int(counts.max(initial=0)), residents, largest, min(records, residents), tuple(overlaps)
    )


def drawn(assumption: str, sizes: NDArray[np.float64], pool: float) -> Overlap:
    """Different people if notices of these sizes draw independently from ``pool`` people."""
    if not len(sizes):
        return Overlap(assumption, 0.0, (0.0, 0.0), pool)
    left_out = float(np.log1p(-np.minimum(sizes / pool, 1 - 1e-15)).sum())
    if sizes.max() >= pool:
        return Overlap(assumption, pool, (pool, pool), pool)
    nobody = np.exp(left_out)
    # Two given people are both in none with the product of (1 - n/N)(1 - n/(N-1)): what that differs from independence
    # by is what makes the variance smaller than a binomial one.
    both = float(np.log1p(-sizes / (pool - 1)).sum()) if sizes.max() < pool - 1 else -np.inf
    covariance = nobody * (np.exp(both) - nobody)
    variance = max(pool * nobody * (1 - nobody) + pool * (pool - 1) * covariance, 0.0)
    people = pool * (1 - nobody)
    half = stats.norm.ppf(ENDS[1]) * np.sqrt(variance) + 0.5
    low, high = max(people - half, float(sizes.max())), min(people + half, float(sizes.sum()), pool)
    return Overlap(assumption, float(people), (float(min(low, people)), float(max(high, people))), pool)
