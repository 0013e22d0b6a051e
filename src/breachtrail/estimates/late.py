"""Late notices: how many of each period are still to appear, given what the looks have shown.

What is usual (``delay.py``) is one thing; how quick the register is at present another, and it changes. So three things
are left open and weighed by how well they explain the newest days: how much slower notices appear than usual, how much
quicker cases are closed than usual, and how many notices are submitted a day. Of stragglers, late by more than two months,
the newest days say nothing: how many times as many there are as usual is left open too. How far each may stray is learnt
from earlier looks. The number of notices of a stretch of days is taken as Poisson about a rate that varies (negative binomial).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import special

from breachtrail.estimates import delay as delays
from breachtrail.estimates import stay as stays
from breachtrail.estimates.delay import Delay
from breachtrail.estimates.interval import Floats
from breachtrail.estimates.sights import Days, Looks, Sights
from breachtrail.estimates.stay import QUICKER, Cases

#: How much slower notices appear than usual, as a logarithm: what is tried.
SLOWER = np.linspace(-1.6, 1.6, 33)
_RATES = np.linspace(-2.5, 2.5, 21)  # standard deviations of the rate
#: A look is judged once so many days have passed since, by the days of submission of so many days before it.
_JUDGED_AFTER, _JUDGED_DAYS = 120, 120
#: Freedom of the Student distribution of slowness: a look may be far from usual.
_FREEDOM = 4
_SPREADS = np.linspace(0.05, 1.0, 20)
#: A notice that is late by so many days is a straggler; each look has them so many times as often as usual: a logarithm.
STRAGGLER = 63
_STRAYS = np.linspace(-3.0, 3.0, 25)  # standard deviations of that logarithm
_STRAGGLER_SPREADS = np.linspace(0.05, 1.5, 30)
_STRAGGLER_SUPPOSED = 0.5
_CHUNK = 7
#: Of days with a larger share seen, what is still to come says nothing of the present.
_WHOLLY_SEEN = 0.985
DRAWS = 4000
#: Notices submitted earlier tell nothing of the present.
YEARS = 6


@dataclass(frozen=True)
class Late:
    """What may still appear of days already past, and what may be submitted on days to come: a sample of both.

    starts:  first days of the stretches of days (day numbers), ascending; the last ends the day before ``today``'s morrow
    shown:   notices of each stretch that were seen
    unseen:  notices of each stretch that were not, draws × stretches
    a_day:   notices submitted a day, a figure a draw
    varied:  variance of a count over its mean
    drift:   standard deviation of the logarithm of the rate over a year
    strays:  standard deviation of the logarithm of how many times as many stragglers a look has as is usual
    """

    today: int
    starts: Days
    shown: Days
    unseen: Days
    a_day: Floats
    varied: float
    drift: float
    strays: float
    delay: Delay

    def of(self, first: int, last: int) -> Days:
        """Notices submitted from ``first`` to ``last`` that are still to appear; the ends must be ends of months.

        Days to come are not among them: see ``to_come``.
        """
        unseen: Days = self.unseen[:, (self.starts >= first) & (self.starts <= last)].sum(axis=1)
        return unseen

    def to_come(self, first: int, last: int, seed: int = 0) -> Days:
        """Notices that will be submitted from ``first`` to ``last``, as far as these days are to come."""
        begin = max(first, self.today + 1)
        if last < begin:
            return np.zeros(len(self.a_day), dtype=np.int64)
        draw = np.random.default_rng([seed, self.today, 1])
        years = (last - self.today) / 365
        rate = self.a_day * np.exp(draw.normal(0.0, self.drift * np.sqrt(years), len(self.a_day)))
        return _counts(draw, rate * (last - begin + 1), self.varied)


def late(sights: Sights, looks: Looks, cases: Cases, today: int, seed: int = 0) -> Late:
    """What is still to appear, as far as sights, looks and cases known at the end of ``today`` tell."""
    sights = sights.until(today).since(today - 365 * YEARS)
    looks, cases = looks.until(today), cases.until(today)
    stay = stays.fit(cases, today)
    usual = delays.fit(sights, looks, stay, today)
    first = int(min(sights.submitted.min(), today)) if len(sights.submitted) else today
    days = np.arange(first, today + 1)
    shown = sights.by_day(first, today)
    seen = usual.seen(days, looks)
    starts = _starts(days)
    varied = _varied(shown, seen, days)
    slowness = _spread(sights, looks, usual, shown, seen, first, varied)
    fresh = seen < _WHOLLY_SEEN
    begin = int(np.argmax(fresh)) if fresh.any() else len(days) - 1
    begin = int(np.searchsorted(starts, days[begin], side="right")) - 1
    drift = _drift(shown, seen)
    rate, strays = _rate(shown, seen, int(starts[begin] - first), drift)

    chunks = starts[begin:]
    place = np.searchsorted(chunks, days[days >= chunks[0]], side="right") - 1
    fresh_days = days[days >= chunks[0]]
    length = np.bincount(place)
    counted = np.bincount(place, weights=shown[days >= chunks[0]]).astype(np.int64)
    seen_if = usual.seen_if(fresh_days, looks, SLOWER, QUICKER)
    share = np.add.reduceat(seen_if, np.searchsorted(place, np.arange(len(chunks))), axis=2) / length
    expected = rate * np.exp(_RATES * strays)[:, None] * length
    weight = _weights(counted, share, expected, varied, slowness, stays.spread(cases, stay))
    draw = np.random.default_rng([seed, today])
    picked = draw.choice(weight.size, DRAWS, p=weight.ravel())
    slow, quick, of_rate = np.unravel_index(picked, weight.shape)
    mean, seen_share = expected[of_rate], share[slow, quick]
    spare = varied - 1.0
    given = draw.gamma(mean / spare + counted, 1.0 / (1.0 / spare + seen_share))
    stray = _stragglers(sights, looks, usual, shown, seen, first)
    times = np.exp(draw.normal(-(stray**2) / 2, stray, DRAWS))[:, None]
    unseen = draw.poisson(
        given * (1.0 - seen_share) * (1.0 + _of_stragglers(usual, today - chunks) * (times - 1.0))
    ).astype(np.int64)
    counts_of_old = np.bincount(np.searchsorted(starts, days, side="right") - 1, weights=shown)[:begin].astype(np.int64)
    length_of_old = np.diff(starts[: begin + 1])
    left = np.clip(1.0 - np.add.reduceat(seen, starts - first)[:begin] / length_of_old, 0, 1)
    still = _placed(draw, counts_of_old * left, times[:, 0])
    return Late(
        today, starts, np.concatenate([counts_of_old, counted]), np.concatenate([still, unseen], axis=1),
        rate * np.exp(_RATES[of_rate] * strays), varied, drift, stray, usual,
    )  # fmt: skip


def _placed(draw: np.random.Generator, mean: Floats, times: Floats) -> Days:
    """Poisson numbers about ``mean`` so many ``times``, draws × stretches: few in all, so they are drawn together and dealt out."""
    total = float(mean.sum())
    many = draw.poisson(total * times)
    if not many.any():
        return np.zeros((len(times), len(mean)), dtype=np.int64)
    place = draw.choice(len(mean), int(many.sum()), p=mean / total)
    at = np.repeat(np.arange(len(times)), many) * len(mean) + place
    return np.bincount(at, minlength=len(times) * len(mean)).reshape(len(times), len(mean)).astype(np.int64)


def _weights(
    counted: Days, share: Floats, expected: Floats, varied: float, slowness: float, quickness: float
) -> Floats:
    """How likely each slowness, quickness and rate is after all: slowness × quickness × rate."""
    size = expected / (varied - 1.0)
    beta = 1.0 / (varied - 1.0)
    p = share[:, :, None, :]
    log = (
        special.gammaln(counted + size) - special.gammaln(size)
        + size * np.log(beta / (beta + p)) + counted * np.log(np.maximum(p, 1e-12) / (beta + p))
    ).sum(axis=-1)  # fmt: skip
    log += -(_FREEDOM + 1) / 2 * np.log1p((SLOWER / slowness) ** 2 / _FREEDOM)[:, None, None]
    log += -0.5 * (QUICKER / quickness)[None, :, None] ** 2
    log += -0.5 * _RATES**2
    weight = np.exp(log - log.max())
    found: Floats = weight / weight.sum()
    return found


def _starts(days: Days) -> Days:
    """First days of the stretches: weeks, broken by the ends of months."""
    in_month = np.array([date.fromordinal(int(day)).day for day in days])
    begins = ((in_month - 1) % _CHUNK == 0) & (in_month <= 3 * _CHUNK + 1) | (days == days[0])
    found: Days = days[begins]
    return found


def _months(days: Days) -> NDArray[np.int64]:
    return np.array([(one := date.fromordinal(int(day))).year * 12 + one.month for day in days], dtype=np.int64)


def _varied(shown: Days, seen: Floats, days: Days) -> float:
    """Variance of a month's count over its mean, from the months that are wholly seen, against the months around each."""
    month = _months(days)
    month -= month[0]
    counts = np.bincount(month, weights=shown)
    whole = np.bincount(month, weights=seen) / np.bincount(month) > _WHOLLY_SEEN
    counts = counts[1:][whole[1:]][-48:]
    if len(counts) < 6:
        return 2.0
    around = np.array([np.delete(counts, at)[max(0, at - 6) : at + 6].mean() for at in range(len(counts))])
    width = min(12, len(counts) - 1)
    return float(np.clip(np.mean((counts - around) ** 2 / np.maximum(around, 0.5)) / (1 + 1 / width), 1.05, 8.0))


def _drift(shown: Days, seen: Floats) -> float:
    """Standard deviation of the logarithm of the rate over a year, from the years seen; 0.1 to 0.4."""
    ratio = []
    end = len(shown) - 60
    while end - 730 >= 0:
        now, before = slice(end - 365, end), slice(end - 730, end - 365)
        ratio.append(
            np.log((shown[now].sum() + 1) / (seen[now].sum() + 1))
            - np.log((shown[before].sum() + 1) / (seen[before].sum() + 1))
        )
        end -= 180
    return float(np.clip(np.sqrt(np.mean(np.square(ratio))), 0.1, 0.4)) if ratio else 0.25


def _rate(shown: Days, seen: Floats, begin: int, drift: float) -> tuple[float, float]:
    """Notices submitted a day in the year before the fresh days, and how far the logarithm of the rate may have strayed since."""
    before = slice(max(0, begin - 365), max(begin, 1))
    rate = (shown[before].sum() + 0.5) / (seen[before].sum() + 0.5)
    years = (len(shown) - begin) / 365 / 2 + 0.25
    return float(rate), float(drift * np.sqrt(years) + 0.02)


def _spread(
    sights: Sights, looks: Looks, usual: Delay, shown: Days, seen: Floats, first: int, varied: float
) -> float:  # fmt: skip
    """Spread of slowness over the earlier looks: what later looks have told of each, most likely in all.

    Each look is given a chance to be of any slowness; a half-normal prior of spread 0.4 stands beside them.
    """
    today = first + len(shown) - 1
    log = -0.5 * (_SPREADS / 0.4) ** 2
    for look in looks.days[(looks.days <= today - _JUDGED_AFTER) & (looks.days > first + _JUDGED_DAYS)]:
        then = looks.until(int(look))
        days = np.arange(look - _JUDGED_DAYS, look + 1)
        at = days - first
        known = sights.until(int(look)).by_day(int(days[0]), int(look))
        left = shown[at] - known
        seen_then = usual.seen_if(days, then, SLOWER, np.zeros(1))[:, 0]
        p = np.clip(seen_then / np.maximum(seen[at], 0.05), 1e-4, 1 - 1e-4)
        likely = (known * np.log(p) + left * np.log(1 - p)).sum(axis=1) / varied
        likely = np.exp(likely - likely.max())
        prior = (1 + (SLOWER[:, None] / _SPREADS) ** 2 / _FREEDOM) ** (-(_FREEDOM + 1) / 2)
        log += np.log(likely @ (prior / prior.sum(axis=0)))
    weight = np.exp(log - log.max())
    return float((weight * _SPREADS).sum() / weight.sum())


def _stragglers(sights: Sights, looks: Looks, usual: Delay, shown: Days, seen: Floats, first: int) -> float:
    """How far the number of stragglers strays from look to look: what came after each earlier look beside what is usual.

    The numbers are taken as Poisson about a log-normal multiple of the usual one; a half-normal prior stands beside them.
    """
    today = first + len(shown) - 1
    log = -0.5 * (_STRAGGLER_SPREADS / _STRAGGLER_SUPPOSED) ** 2
    weight = np.exp(-0.5 * _STRAYS**2)
    times = np.exp(_STRAYS * _STRAGGLER_SPREADS[:, None] - _STRAGGLER_SPREADS[:, None] ** 2 / 2)
    for look in looks.days[(looks.days <= today - _JUDGED_AFTER) & (looks.days > first + _JUDGED_DAYS)]:
        days = np.arange(max(first, look - int(delays.ENDS[-1])), look - STRAGGLER + 1)
        at = days - first
        came = float((shown[at] - sights.until(int(look)).by_day(int(days[0]), int(days[-1]))).sum())
        meant = np.clip(seen[at] - usual.seen(days, looks.until(int(look))), 0.0, None)
        expected = float((shown[at] / np.maximum(seen[at], 0.05) * meant).sum()) + 0.05
        likely = came * np.log(expected * times) - expected * times
        log += special.logsumexp(likely, axis=1, b=weight / weight.sum())
    told = np.exp(log - log.max())
    return float((told * _STRAGGLER_SPREADS).sum() / told.sum())


def _of_stragglers(usual: Delay, age: Days) -> Floats:
    """Of what is not posted at each age, the share that will be late by ``STRAGGLER`` days or more."""
    left = 1.0 - usual.posted(np.array([STRAGGLER, *np.minimum(age, STRAGGLER)], dtype=float))
    share: Floats = np.clip(left[0] / np.maximum(left[1:], 1e-9), 0.0, 1.0)
    return share


def _counts(draw: np.random.Generator, mean: Floats, varied: float) -> Days:
    """Counts about a mean, with the variance of ``varied`` means."""
    return draw.poisson(draw.gamma(mean / (varied - 1.0), varied - 1.0)).astype(np.int64)
