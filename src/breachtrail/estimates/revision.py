"""How counts move: the chance that a notice is given another count, and to what.

Of notices at 500 or 501 and of others, by age: revisions a day at risk, from what two looks at every view said of the same
notice (a revision is known only to lie between them). Recent pairs of looks and old ones weigh the same: revisions are few.
How much a whole pair of looks differs from what was to be expected says how far the next may stray.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breachtrail.estimates.interval import Floats
from breachtrail.estimates.sights import Days

#: Ends of the classes of age, in days since submission; the last class has no end.
AGES = (90, 180, 365, 730, 1461)
#: Counts of at least so many are revised like each other, and unlike smaller ones.
LARGE = 50_000
_FOR_EVER = 100_000
_ROUNDS = 40
DRAWS = 1000


@dataclass(frozen=True)
class Pairs:
    """Notices at one whole look and the next, a row a class: how many there were, and how many got another count.

    look: day number of the first; gap: days to the next; placeholder: at 500 or 501 at the first; age: days since submission
    """

    look: Days
    gap: Days
    placeholder: NDArray[np.bool_]
    age: Days
    notices: Days
    revised: Days


@dataclass(frozen=True)
class Changes:
    """Each revision between two such looks: whether from 500 or 501, the count before, and after."""

    look: Days
    placeholder: NDArray[np.bool_]
    before: Days
    after: Days


@dataclass(frozen=True)
class Revisions:
    """Revisions a day at risk, by kind (0: others, 1: at 500 or 501) and class of age, and the revisions seen.

    events, days: what the rates come from; spread: of the logarithm by which a pair of looks differs from what was expected
    """

    events: Floats
    days: Floats
    spread: float
    changes: Changes

    def chance(self, placeholder: NDArray[np.bool_], age: Floats, horizon: float) -> Floats:
        """The chance that a notice of that kind and age is revised within ``horizon`` days."""
        rate = self.events / self.days
        chance: Floats = -np.expm1(-(_exposure(age, horizon) * rate[placeholder.astype(int)]).sum(axis=1))
        return chance

    def draws(self, placeholder: NDArray[np.bool_], age: Floats, horizon: float, seed: int = 0) -> NDArray[np.bool_]:
        """Which notices are revised within ``horizon`` days: draws × notices."""
        draw = np.random.default_rng([seed, 2])
        rate = draw.gamma(self.events, size=(DRAWS, *self.events.shape)) / self.days
        rate *= np.exp(draw.normal(-(self.spread**2) / 2, self.spread, (DRAWS, 1, 1)))
        exposure = _exposure(age, horizon)
        at_risk = np.where(placeholder, rate[:, 1] @ exposure.T, rate[:, 0] @ exposure.T)
        revised: NDArray[np.bool_] = draw.random(at_risk.shape) < -np.expm1(-at_risk)
        return revised

    def become(self, count: int) -> Days:
        """What such a count became where it was revised: from 500 or 501 the counts themselves, else in proportion."""
        kind = int(_kind(np.array([count]))[0])
        alike = _kind(self.changes.before) == kind
        before, after = self.changes.before[alike], self.changes.after[alike]
        became: Days = after if kind == 1 else np.round(count * (after / np.maximum(before, 1))).astype(np.int64)
        return became

    def growth(self, counts: Days, age: Floats, horizon: float, seed: int = 0) -> tuple[Days, Floats]:
        """How many of these notices are revised within ``horizon`` days, and what that adds to their sum: a figure a draw."""
        kinds = _kind(counts)
        revised = self.draws(kinds == 1, age, horizon, seed)
        draw = np.random.default_rng([seed, 3])
        gained = np.zeros(DRAWS)
        for kind in range(3):
            at = np.flatnonzero(kinds == kind)
            seen = self.changes.placeholder if kind == 1 else _kind(self.changes.before) == kind
            before, after = self.changes.before[seen].astype(float), self.changes.after[seen].astype(float)
            if len(at) and len(after):
                picked = draw.integers(0, len(after), (DRAWS, len(at)))
                then = after[picked] if kind == 1 else (after / np.maximum(before, 1))[picked] * counts[at]
                gained += ((then - counts[at]) * revised[:, at]).sum(axis=1)
        return revised.sum(axis=1), gained


def fit(pairs: Pairs, changes: Changes, until: int) -> Revisions:
    """Rates of revision from the pairs of looks of which both were taken by ``until``."""
    known = pairs.look + pairs.gap <= until
    kind, notices, revised = pairs.placeholder[known].astype(int), pairs.notices[known], pairs.revised[known]
    exposure = np.array(
        [_exposure(np.array([age + 15.0]), gap)[0] for age, gap in zip(pairs.age[known], pairs.gap[known], strict=True)]
    )
    exposure = exposure.reshape(-1, len(AGES) + 1)
    events, days = np.zeros((2, len(AGES) + 1)), np.zeros((2, len(AGES) + 1))
    at_risk = (notices - revised / 2)[:, None] * exposure
    np.add.at(days, kind, at_risk)
    rate = np.full_like(days, 1e-3)
    for _ in range(_ROUNDS):
        share = exposure * rate[kind]
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
        events = np.zeros_like(days)
        np.add.at(events, kind, share * revised[:, None])
        rate = (events + 0.5) / (days + 1000.0)
    expected = notices * -np.expm1(-(exposure * rate[kind]).sum(axis=1))
    looks = np.unique(pairs.look[known])
    came = np.array([revised[pairs.look[known] == look].sum() for look in looks], dtype=float)
    meant = np.array([expected[pairs.look[known] == look].sum() for look in looks], dtype=float)
    over = ((came - meant) ** 2 - meant).sum() / max(float((meant**2).sum()), 1.0)
    spread = float(np.sqrt(np.log1p(np.clip(over, 0.01, 1.0))))
    of_these = np.isin(changes.look, looks)
    seen = Changes(
        changes.look[of_these], changes.placeholder[of_these], changes.before[of_these], changes.after[of_these]
    )
    return Revisions(events + 0.5, days + 1000.0, spread, seen)


def _exposure(age: Floats, gap: float) -> Floats:
    """Days that a notice of each age spends in each class during ``gap`` days."""
    low, high = np.array([0, *AGES], dtype=float), np.array([*AGES, _FOR_EVER], dtype=float)
    inside: Floats = np.minimum((age + gap)[:, None], high) - np.maximum(age[:, None], low)
    return np.clip(inside, 0.0, None)


def _kind(counts: Days) -> Days:
    """0: a small count, 1: 500 or 501, 2: a large count."""
    return np.where(np.isin(counts, (500, 501)), 1, np.where(counts >= LARGE, 2, 0))
