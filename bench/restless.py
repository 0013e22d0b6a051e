"""Made-up registers that change as they go: rates, delays, stragglers, the office's days and closing stray; the law is known.

``made`` gives what the looks saw, and of each day the notices that whoever knew the law would still expect. Nothing here
was measured on a real register; how far things stray was set before any forecast was made with it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from breachtrail.estimates.sights import Days, Looks, Sights
from breachtrail.estimates.stay import CLASS, Cases

_QUARTER = 91
_DAYS = 6 * 365


@dataclass(frozen=True)
class Restless:
    """What the looks saw until ``today``; and for every day of submission what will come, and what is to be expected.

    first:    first day of submission
    came:     notices submitted on each day; expected: Poisson mean of those not seen yet
    """

    today: int
    sights: Sights
    looks: Looks
    cases: Cases
    first: int
    came: Days
    expected: NDArray[np.float64]


def made(seed: int, today: int) -> Restless:
    """A register of six years, looked at on 8 to 30 days, every second time or so at the open view alone."""
    draw = np.random.default_rng([seed, 77])
    first, days = today - _DAYS + 1, np.arange(today - _DAYS + 1, today + 1)
    quarter = (days - first) // _QUARTER
    quarters = int(quarter[-1]) + 1
    rate = draw.uniform(0.7, 2.5) * np.exp(np.cumsum(draw.normal(0, 0.08, quarters)))[quarter]
    week = (days - first) // 7
    rate *= draw.gamma(20.0, 1 / 20.0, int(week[-1]) + 1)[week] * np.where(days % 7 == 0, 0.1, 1.15)
    median = draw.uniform(9, 25) * np.exp(_straying(draw, quarters, 0.25))[quarter]
    stragglers = np.clip(draw.uniform(0.01, 0.05) * np.exp(_straying(draw, quarters, 0.7)), 0, 0.3)[quarter]
    closing = draw.uniform(250, 500) * np.exp(_straying(draw, quarters, 0.25))[quarter]
    came = draw.poisson(rate)
    whose = np.repeat(np.arange(len(days)), came)
    late = draw.random(len(whose)) < stragglers[whose]
    wait = np.where(
        late, 63 + draw.exponential(110.0, len(whose)), median[whose] * np.exp(draw.normal(0, 0.5, len(whose)))
    )
    # The office posts twice a week.
    office = np.arange(first, today + 1000)
    office = office[np.isin(office % 7, (2, 5))]
    submitted = days[whose]
    posted = office[np.minimum(np.searchsorted(office, submitted + wait), len(office) - 1)]
    closed = submitted + 30 + draw.gamma(2.0, closing[whose] / 2)
    ago = np.sort(draw.choice(np.arange(1, _DAYS - 30), int(draw.integers(7, 30)), replace=False))[::-1]
    looks = np.append(today - ago, today)
    whole = draw.random(len(looks)) < 0.5
    whole[0] = True

    seen_at = np.full(len(whose), len(looks))
    for step in reversed(range(len(looks))):
        seen_at[(posted <= looks[step]) & (whole[step] | (closed > looks[step]))] = step
    seen = seen_at < len(looks)
    first_seen = looks[seen_at[seen]]
    sights = Sights(submitted[seen], first_seen, closed[seen] <= first_seen, np.ones(int(seen.sum()), dtype=np.int64))

    last_whole = looks[whole].max()
    share, before = np.zeros(len(days)), np.zeros(len(days))
    for look in looks[looks >= last_whole]:
        # What was posted by a look is what had waited long enough on the office's last day.
        age = office[np.searchsorted(office, look, side="right") - 1] - days
        by = (1 - stragglers) * stats.norm.cdf(np.log(np.maximum(age, 1e-9) / median) / 0.5) * (age > 0)
        by += stragglers * -np.expm1(-np.maximum(age - 63, 0) / 110.0)
        is_open = 1.0 if look == last_whole else stats.gamma.sf(np.maximum(look - days - 30, 0), 2.0, scale=closing / 2)
        share, before = share + (by - before) * is_open, by
    return Restless(
        today, sights, Looks(looks, whole), _cases(submitted, posted, closed, looks, whole), first, came, rate * (1 - share)
    )  # fmt: skip


def _straying(draw: np.random.Generator, quarters: int, spread: float) -> NDArray[np.float64]:
    """A logarithm that strays about nothing by ``spread`` and keeps half of it from quarter to quarter."""
    found = np.empty(quarters)
    found[0] = draw.normal(0, spread)
    for place in range(1, quarters):
        found[place] = 0.5 * found[place - 1] + draw.normal(0, spread * 0.75**0.5)
    return found


def _cases(submitted: Days, posted: Days, closed: NDArray[np.float64], looks: Days, whole: NDArray[np.bool_]) -> Cases:
    rows = []
    for look in looks[whole]:
        listed = (posted <= look) & (look - submitted <= 730) & (submitted <= look)
        age = (look - submitted[listed]) // CLASS
        notices = np.bincount(age)
        still = np.bincount(age, weights=closed[listed] > look).astype(np.int64)
        rows += [(look, one, notices[one], still[one]) for one in np.flatnonzero(notices)]
    told = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Cases(told[0], told[1], told[2], told[3])
