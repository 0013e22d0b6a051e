"""How long notices take to appear: the share posted within so many days of submission, and of these the share still open.

A delay is known only to lie between two looks, and of the newest notices only the quick ones are seen. Both are met by
expectation and maximisation over classes of delay (Turnbull 1976 for intervals), with the unseen filled in at the rate of
their neighbours, as in the Cape Cod method of reserving. Recent sights weigh more.
"""

from dataclasses import dataclass

import numpy as np

from breachtrail.estimates.interval import Floats
from breachtrail.estimates.sights import Days, Looks, Sights, between

#: Ends of the classes of delay, in days; within a class delays are spread evenly.
ENDS = np.array([0, 4, 7, 10, 14, 18, 21, 28, 35, 49, 63, 90, 120, 180, 270, 365, 545], dtype=float)
#: Sights of so many days ago weigh half.
HALF_LIFE = 730
#: The rate of a day is taken over so many days to either side.
_NEIGHBOURS = 60
#: Before anything is seen, delays of a median of three weeks are supposed, with the weight of so many notices.
_SUPPOSED_MEDIAN, _SUPPOSED_WEIGHT = 21.0, 10.0
_ROUNDS = 60


@dataclass(frozen=True)
class Delay:
    """Delays from submission to posting, and how long cases stay in the open view.

    mass:       share of each class of delay between ``ENDS``
    stay_ages:  ages of cases in days; stay: share of them that is still open then
    """

    mass: Floats
    stay_ages: Floats
    stay: Floats

    def posted(self, age: Floats, slower: float = 0.0) -> Floats:
        """Share posted within ``age`` days of submission, if all took ``exp(slower)`` times as long as usual."""
        share: Floats = np.interp(age * np.exp(-slower), ENDS, np.concatenate([[0.0], np.cumsum(self.mass)]))
        return share

    def is_open(self, age: Floats, quicker: float = 0.0) -> Floats:
        """Share still in the open view at ``age``, if cases were closed ``exp(quicker)`` times as quickly as usual."""
        share: Floats = np.interp(age * np.exp(quicker), self.stay_ages, self.stay)
        return share

    def seen(self, submitted: Days, looks: Looks) -> Floats:
        """Share of the notices submitted on each day that these looks have seen."""
        share: Floats = self.seen_if(submitted, looks, np.zeros(1), np.zeros(1))[0, 0]
        return share

    def seen_if(self, submitted: Days, looks: Looks, slower: Floats, quicker: Floats) -> Floats:
        """The same for each slowness of posting and each quickness of closing: slowness × quickness × days."""
        whole = looks.last_whole()
        after = looks.days[looks.days > (whole or 0)]
        days = after if whole is None else np.concatenate([[whole], after])
        age = (days[:, None] - submitted).astype(float)
        posted = np.stack([self.posted(age, one) for one in slower])
        posted = np.diff(posted, axis=1, prepend=0.0)
        still = np.stack([self.is_open(age, one) for one in quicker])
        if whole is not None:
            still[:, 0] = 1.0
        share: Floats = np.clip(np.einsum("sld,qld->sqd", posted, still), 0.0, 1.0)
        return share


def fit(sights: Sights, looks: Looks, stay: tuple[Floats, Floats], today: int) -> Delay:
    """Delays as the sights known ``today`` tell them.

    stay: ages in days, and the share of cases still open at each (``stay.py``)
    """
    mass = _supposed()
    if not len(sights.notices):
        return Delay(mass, *stay)
    first = int(sights.submitted.min())
    days = np.arange(first, today + 1)
    above, at_most = between(sights, looks)
    # A notice that may have had any delay tells nothing; nor does one that no class can hold: it overlaps none.
    tell = (above > 0) | (at_most < ENDS[-1])
    weight = (sights.notices * 0.5 ** ((today - sights.first_seen) / HALF_LIFE))[tell]
    told = _overlap(above[tell].astype(float), at_most[tell].astype(float))
    shown = sights.by_day(first, today).astype(float)
    recent = 0.5 ** ((today - days) / HALF_LIFE)
    supposed = _supposed() * _SUPPOSED_WEIGHT
    fresh = days > today - int(ENDS[-1])
    unseen_if = 1.0 - _seen_by_class(days[fresh], looks, Delay(mass, *stay))
    # Sums by einsum: the threads that a product of matrices wakes cost more than products as small as these.
    for _ in range(_ROUNDS):
        seen = np.ones(len(days))
        seen[fresh] = 1.0 - np.einsum("nc,c->n", unseen_if, mass)
        rate = level(shown, seen)
        missing = np.einsum("n,nc->c", (rate * recent)[fresh], unseen_if) * mass
        likely = np.maximum(np.einsum("nc,c->n", told, mass), 1e-300)
        found = np.einsum("n,nc->c", weight / likely, told) * mass + missing + supposed
        mass = found / found.sum()
    return Delay(mass, *stay)


def level(shown: Floats, seen: Floats) -> Floats:
    """Notices submitted a day, over the days around each: those shown over the share of days that can be seen."""
    rate: Floats = _around(shown) / np.maximum(_around(seen), 1.0)
    return rate


def _around(figures: Floats) -> Floats:
    """The sum of each figure and of its neighbours within ``_NEIGHBOURS`` places."""
    upto = np.concatenate([[0.0], np.cumsum(figures)])
    places = np.arange(len(figures))
    found: Floats = upto[np.minimum(places + _NEIGHBOURS + 1, len(figures))] - upto[np.maximum(places - _NEIGHBOURS, 0)]
    return found


def _seen_by_class(days: Days, looks: Looks, delay: Delay) -> Floats:
    """Share seen of the notices of each day, for each class of delay: days × classes."""
    shares = []
    for place in range(len(delay.mass)):
        alone = np.zeros(len(delay.mass))
        alone[place] = 1.0
        shares.append(Delay(alone, delay.stay_ages, delay.stay).seen(days, looks))
    return np.stack(shares, axis=1)


def _overlap(above: Floats, at_most: Floats) -> Floats:
    """The part of each class that lies within each interval: intervals × classes."""
    low, high = ENDS[:-1], ENDS[1:]
    inside = np.minimum(at_most[:, None], high) - np.maximum(above[:, None], low)
    told: Floats = np.clip(inside, 0, None) / (high - low)
    return told


def _supposed() -> Floats:
    """Exponential delays of the supposed median."""
    upto = 1.0 - 0.5 ** (ENDS / _SUPPOSED_MEDIAN)
    mass: Floats = np.diff(upto) / upto[-1]
    return mass
