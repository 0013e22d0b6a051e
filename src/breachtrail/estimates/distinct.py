"""How many different people stand behind sums of records: bounds that always hold, and estimates under declared assumptions.

A register tells how many individuals each notice affects, never whom. Between *the largest notice* and *the smaller of
sum and population* nothing is known without an assumption of how notices overlap. Three are worked out:

``independent``  every notice draws its individuals anew from all residents, whoever stands in others
``half``         half of each notice's individuals are drawn so; the other half stand in larger notices already
``same``         the same people again and again: the largest notice holds everybody

The truth may lie anywhere between the bounds. Draws are without replacement within a notice: with N residents and
notices of n_1 (the largest), n_2 …, of which a part r returns, the share of residents in none is the product of
1 - n_1 / N and of all 1 - (1 - r) n_i / N.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

#: The middle 90%.
ENDS = (0.05, 0.95)
#: Assumption → the part of a notice's individuals who stand in larger notices already.
RETURNING = {"independent": 0.0, "half": 0.5, "same": 1.0}


@dataclass(frozen=True)
class Overlap:
    """Different people under one assumption: the expected number, and the 90% interval *if the assumption holds*."""

    assumption: str
    people: float
    between: tuple[float, float]


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
    overlaps = tuple(drawn(name, sizes, residents) for name in RETURNING)
    return Distinct(
        len(sizes), records, int(counts.max(initial=0)), residents, largest, min(records, residents), overlaps
    )


def drawn(assumption: str, sizes: NDArray[np.float64], residents: int) -> Overlap:
    """Different people if notices of these sizes (none above ``residents``) overlap as the assumption says."""
    largest = float(sizes.max(initial=0))
    new = sizes * (1 - RETURNING[assumption])
    if len(new):
        new[sizes.argmax()] = largest
    new = new[new > 0]
    if largest >= residents or len(new) < 2:
        return Overlap(assumption, largest, (largest, largest))
    untouched = float(np.exp(np.log1p(-new / residents).sum()))
    # Two given residents are both in none with the product of (1 - n/N)(1 - n/(N-1)), a little less than independence
    # would have it: that makes the variance smaller than a binomial one.
    rarer = float(np.expm1(np.log1p(-new / (residents - 1)).sum() - np.log1p(-new / residents).sum()))
    whole = float(residents)
    variance = whole * untouched * (1 - untouched) + whole * (whole - 1) * untouched**2 * rarer
    people = whole * (1 - untouched)
    half = NormalDist().inv_cdf(ENDS[1]) * max(variance, 0.0) ** 0.5 + 0.5
    most = min(float(sizes.sum()), whole)
    return Overlap(assumption, people, (max(people - half, largest), min(people + half, most)))
