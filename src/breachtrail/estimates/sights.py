"""First sights of notices, and the looks that gave them: what is known of late notices on a day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Looks:
    """Days on which a register was looked at, ascending, as day numbers (``date.toordinal``).

    whole: whether every view was looked at; else the open view alone, where a case that was archived before is not seen
    """

    days: Days
    whole: NDArray[np.bool_]

    def until(self, day: int) -> "Looks":
        """Those that were known at the end of ``day``."""
        known = self.days <= day
        return Looks(self.days[known], self.whole[known])

    def last_whole(self) -> int | None:
        """Day of the last look at every view."""
        return int(self.days[self.whole].max()) if self.whole.any() else None


@dataclass(frozen=True)
class Sights:
    """How many notices of a day of submission were first seen at a look, and whether open or archived by then.

    submitted, first_seen: day numbers; archived: whether first seen in the archive; notices: how many
    """

    submitted: Days
    first_seen: Days
    archived: NDArray[np.bool_]
    notices: Days

    def until(self, day: int) -> "Sights":
        """Those that were known at the end of ``day``."""
        known = self.first_seen <= day
        return Sights(self.submitted[known], self.first_seen[known], self.archived[known], self.notices[known])

    def since(self, day: int) -> "Sights":
        """Those of notices submitted on ``day`` or later."""
        late = self.submitted >= day
        return Sights(self.submitted[late], self.first_seen[late], self.archived[late], self.notices[late])

    def by_day(self, first: int, last: int) -> Days:
        """Notices seen of each day of submission from ``first`` to ``last``."""
        inside = (self.submitted >= first) & (self.submitted <= last)
        return np.bincount(
            self.submitted[inside] - first, weights=self.notices[inside], minlength=last - first + 1
        ).astype(np.int64)


def between(sights: Sights, looks: Looks) -> tuple[Days, Days]:
    """The delay of each notice from submission to posting lies above the first and at most at the second, in days.

    A notice in the open view was not there at the look before; one first seen in the archive was not posted when the
    archive was last looked at: looks at the open view alone may have missed it.
    """
    every, whole = looks.days, looks.days[looks.whole]
    before = _before(every, sights.first_seen)
    before_whole = _before(whole, sights.first_seen)
    last_without = np.where(sights.archived, before_whole, before)
    above = np.maximum(last_without - sights.submitted, 0)
    return above, np.maximum(sights.first_seen - sights.submitted, 1)


def _before(looks: Days, days: Days) -> Days:
    """The last look before each day; long ago where there was none."""
    place = np.searchsorted(looks, days, side="left")
    return np.concatenate([[0], looks])[place]
