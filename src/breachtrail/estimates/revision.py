"""How counts move: the chance that a notice is given another count, and to what.

Of notices at 500 or 501 and of others, by age: revisions a day at risk, from what two looks at every view said of the same
notice (a revision is known only to lie between them). What was seen two years ago weighs half, as with sights. Some years
have several times as many revisions as others, or next to none: how far a year strays from those before it is learnt from
those seen, and as long as few were seen, much is left open.
"""

import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from breachtrail.estimates.delay import HALF_LIFE
from breachtrail.estimates.interval import Floats
from breachtrail.estimates.sights import Days

#: Ends of the classes of age, in days since submission; the last class has no end.
AGES = (90, 180, 365, 730, 1461)
#: Counts of at least so many are revised like each other, and unlike smaller ones.
LARGE = 50_000
_FOR_EVER = 100_000
_ROUNDS = 40
#: How far the logarithm of the number of revisions may stray from stretch to stretch: what is tried, and what is supposed of it.
_SPREADS = np.linspace(0.05, 2.5, 50)
_SUPPOSED_SPREAD = 1.0
#: Freedom of the Student distribution of that logarithm: a stretch may be far from usual.
_FREEDOM = 4
_STRAYS = np.linspace(-6.0, 6.0, 49)
#: Revisions are told for about a year, so it is stretches of so many days or more that are compared.
_SPAN = 270
#: No number of revisions is taken to be further from the usual than this, as a logarithm.
_FURTHEST = 3.0
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

    events, days: what the rates come from
    spreads:      how likely each of ``_SPREADS`` is after all
    """

    events: Floats
    days: Floats
    spreads: Floats
    changes: Changes

    @property
    def spread(self) -> float:
        """Of the logarithm by which a stretch of days differs from what is usual, on the average of what is likely."""
        return float(self.spreads @ _SPREADS)

    def chance(self, placeholder: NDArray[np.bool_], age: Floats, horizon: float) -> Floats:
        """The chance that a notice of that kind and age is revised within ``horizon`` days."""
        ages, place = np.unique(age, return_inverse=True)
        (rate, _), exposure = self._rates(2), _exposure(ages, horizon)
        by_kind = np.stack(
            [-np.expm1(-(np.einsum("dc,nc->dn", rate[:, kind], exposure))).mean(axis=0) for kind in (0, 1)]
        )
        chance: Floats = by_kind[placeholder.astype(int), place]
        return chance

    def draws(self, placeholder: NDArray[np.bool_], age: Floats, horizon: float, seed: int = 0) -> NDArray[np.bool_]:
        """Which notices are revised within ``horizon`` days: draws × notices."""
        ages, place = np.unique(age, return_inverse=True)
        (rate, draw), exposure = self._rates(seed, 2), _exposure(ages, horizon)
        chance = np.stack([-np.expm1(-(np.einsum("dc,nc->dn", rate[:, kind], exposure))) for kind in (0, 1)])
        at_risk = chance[placeholder.astype(int), :, place].T
        revised: NDArray[np.bool_] = draw.random(at_risk.shape) < at_risk
        return revised

    def _rates(self, *seed: int) -> tuple[Floats, np.random.Generator]:
        """Revisions a day at risk (draws × kinds × classes of age), and what goes on drawing behind them."""
        if seed not in self._drawn:
            draw = np.random.default_rng(seed)
            self._drawn[seed] = self._rates_by(draw), draw
        rates, draw = self._drawn[seed]
        return rates, copy.deepcopy(draw)

    @cached_property
    def _drawn(self) -> dict[tuple[int, ...], tuple[Floats, np.random.Generator]]:
        return {}

    def _rates_by(self, draw: np.random.Generator) -> Floats:
        rate = draw.gamma(self.events, size=(DRAWS, *self.events.shape)) / self.days
        spread = draw.choice(_SPREADS, DRAWS, p=self.spreads)
        strays = np.clip(spread * draw.standard_t(_FREEDOM, DRAWS), -_FURTHEST, _FURTHEST)
        drawn: Floats = rate * np.exp(strays)[:, None, None]
        return drawn

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
                drawn, which = np.nonzero(revised[:, at])
                picked, now = draw.integers(0, len(after), len(drawn)), counts[at][which]
                then = after[picked] if kind == 1 else (after / np.maximum(before, 1))[picked] * now
                gained += np.bincount(drawn, weights=then - now, minlength=DRAWS)
        return revised.sum(axis=1), gained


def fit(pairs: Pairs, changes: Changes, until: int) -> Revisions:
    """Rates of revision from the pairs of looks of which both were taken by ``until``."""
    known = pairs.look + pairs.gap <= until
    kind, notices, revised = pairs.placeholder[known].astype(int), pairs.notices[known], pairs.revised[known]
    exposure = _exposure((pairs.age[known] + 15).astype(float), pairs.gap[known])
    weight = 0.5 ** ((until - pairs.look[known] - pairs.gap[known]) / HALF_LIFE)
    events, days = np.zeros((2, len(AGES) + 1)), np.zeros((2, len(AGES) + 1))
    at_risk = (weight * (notices - revised / 2))[:, None] * exposure
    np.add.at(days, kind, at_risk)
    rate = np.full_like(days, 1e-3)
    for _ in range(_ROUNDS):
        share = exposure * rate[kind]
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
        events = np.zeros_like(days)
        np.add.at(events, kind, share * (weight * revised)[:, None])
        rate = (events + 0.5) / (days + 1000.0)
    expected = notices * -np.expm1(-(exposure * rate[kind]).sum(axis=1))
    looks, first = np.unique(pairs.look[known], return_index=True)
    gap = pairs.gap[known][first]
    at_span = _spans(gap)
    span = at_span[np.searchsorted(looks, pairs.look[known])]
    came, meant = (np.bincount(span, weights=one).astype(float) for one in (revised, expected))
    ends = np.array([(looks + gap)[at_span == one].max() for one in np.unique(at_span)])
    of_these = np.isin(changes.look, looks)
    seen = Changes(
        changes.look[of_these], changes.placeholder[of_these], changes.before[of_these], changes.after[of_these]
    )
    return Revisions(events + 0.5, days + 1000.0, _straying(came, meant, ends), seen)


def _spans(gaps: Days) -> Days:
    """The stretch of ``_SPAN`` days or more that each pair of looks belongs to; what is left over belongs to the last."""
    span, days, place = np.zeros(len(gaps), dtype=np.int64), 0, 0
    for at, gap in enumerate(gaps):
        span[at], days = place, days + int(gap)
        if days >= _SPAN:
            place, days = place + 1, 0
    return np.minimum(span, max(place - 1, 0))


def _straying(came: Floats, meant: Floats, ends: Days) -> Floats:
    """How likely each of ``_SPREADS`` is: each stretch beside those before it, of which late ones weigh more.

    What was to be expected of a stretch is known as well as the revisions before it tell (a gamma law, so that the number is
    negative binomial), and came several times as often. A half-normal prior of spread ``_SUPPOSED_SPREAD`` stands beside them.
    """
    before = (np.tri(len(ends), k=-1) * 0.5 ** (np.abs(np.subtract.outer(ends, ends)) / HALF_LIFE))[1:]
    known = (before @ came + 0.5)[:, None, None]
    usual = known[:, 0, 0] / (before @ meant + 0.5) * meant[1:]
    law = (1 + _STRAYS**2 / _FREEDOM) ** (-(_FREEDOM + 1) / 2)
    times = np.exp(np.clip(_SPREADS[:, None] * _STRAYS, -_FURTHEST, _FURTHEST))
    expected = (usual + 1e-6)[:, None, None] * times
    number = came[1:, None, None]
    likely = special.gammaln(number + known) - special.gammaln(known)
    likely = likely + known * np.log(known / (known + expected)) + number * np.log(expected / (known + expected))
    log = special.logsumexp(likely, axis=2, b=law / law.sum()).sum(axis=0) - 0.5 * (_SPREADS / _SUPPOSED_SPREAD) ** 2
    found: Floats = np.exp(log - special.logsumexp(log))
    return found


def _exposure(age: Floats, gap: float | Days) -> Floats:
    """Days that a notice of each age spends in each class during ``gap`` days."""
    low, high = np.array([0, *AGES], dtype=float), np.array([*AGES, _FOR_EVER], dtype=float)
    inside: Floats = np.minimum((age + gap)[:, None], high) - np.maximum(age[:, None], low)
    return np.clip(inside, 0.0, None)


def _kind(counts: Days) -> Days:
    """0: a small count, 1: 500 or 501, 2: a large count."""
    return np.where(np.isin(counts, (500, 501)), 1, np.where(counts >= LARGE, 2, 0))
