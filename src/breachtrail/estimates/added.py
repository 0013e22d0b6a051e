"""What notices add that are still to appear: so many of them, with sizes like those that were seen."""

import numpy as np

from breachtrail.estimates.interval import Floats
from breachtrail.estimates.sights import Days


def added(how_many: Days, sizes: Days, seed: int) -> Floats:
    """The sum of so many sizes drawn from ``sizes``, a figure for each of ``how_many``; nothing where no size is known."""
    if not len(sizes):
        return np.zeros(len(how_many))
    draw = np.random.default_rng([4, seed])
    ends = np.cumsum(how_many)
    upto = np.concatenate([[0], np.cumsum(draw.choice(sizes, int(ends[-1])))])
    found: Floats = (upto[ends] - upto[ends - how_many]).astype(float)
    return found
