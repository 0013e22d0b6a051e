"""What the ledger answers to a claim: the figure then and now, and the bracket, whatever kind of claim it is."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from breachtrail.claims.claim import Claim, ClaimKind
from breachtrail.claims.readings import Reading
from breachtrail.claims.verdict import Bracket, Growth
from breachtrail.ledger.asof import Coverage
from breachtrail.questions.bracket import BOUNDED, LISTS, Asked, Bracketed
from breachtrail.questions.question import Question

#: A period that ended so long before the last look gains few notices after it: they are posted 7 to 29 days late.
SETTLED = timedelta(days=60)
#: So soon after the last look only some more can have been posted.
SOON = timedelta(days=31)
_SHOWS = {"under_investigation": ("under_investigation", "both", "all"), "archive": ("archive", "both", "all")}


@dataclass(frozen=True)
class Standing:
    """then, now: the claim's figure as known on the day, and now; None where there is none."""

    then: Fraction | None
    now: Fraction | None
    bracket: Bracket


@dataclass(frozen=True)
class Sight:
    """The day of an article, and what was looked at around it."""

    day: date
    looks: tuple[Coverage, ...]

    @property
    def is_before_the_first(self) -> bool:
        """Whether nothing was known yet."""
        return all(look.taken_on > self.day for look in self.looks)

    def is_observed(self, view: str | None) -> bool:
        """Whether every list that counts was looked at on the day."""
        return all(any(look.taken_on == self.day for look in self.of(name)) for name in _named(view))

    def growth(self, view: str | None, question: Question) -> Growth:
        """Whether more can have been posted by that day than any look tells, and how much."""
        last = []
        for name in _named(view):
            looks = [look.taken_on for look in self.of(name)]
            if not looks:
                return Growth.ANY
            if max(looks) < self.day and max(looks) - min(question.submitted_to or self.day, self.day) < SETTLED:
                last.append(max(looks))
        if not last:
            return Growth.NONE
        return Growth.SOME if self.day - min(last) <= SOON else Growth.ANY

    def of(self, view: str) -> list[Coverage]:
        """The looks at one list."""
        return [look for look in self.looks if look.view in _SHOWS.get(view, (view, "both", "all"))]

    def neighbour(self, which: str) -> date | None:
        """The day of the look ``before`` or ``after`` the day, or of the one ``earlier`` than the one before."""
        days = sorted({look.taken_on for look in self.looks})
        past, coming = [one for one in days if one < self.day], [one for one in days if one > self.day]
        if which == "after":
            return coming[0] if coming else None
        nth = 1 if which == "before" else 2
        return past[-nth] if len(past) >= nth else None


def on(sight: Sight, claim: Claim) -> Sight:
    """The article's day, or the day that the sentence itself names, where that is no later."""
    told = claim.question.as_of
    return sight if told is None or told >= sight.day else replace(sight, day=told)


def _named(view: str | None) -> tuple[str, ...]:
    return (view,) if view else tuple(name for name in LISTS if name is not None)


def asked(claim: Claim, question: Question, reading: Reading | None = None) -> tuple[Asked, ...] | None:
    """What must be asked for a claim: its question, and for a share or a comparison what it is measured against.

    question: the claim's, its organisation filled in. None where the reading leaves it as it is.
    """
    mine = Asked(replace(question, as_of=None))
    if claim.whole is None:
        taken = mine if reading is None else reading.asked(mine)
        return None if taken is None else (taken,)
    other = Asked(replace(claim.whole, as_of=None))
    if reading is None:
        pair = mine, other
    else:
        first, second = reading.asked(mine), reading.asked(other)
        if first is None and second is None:
            return None
        pair = first or mine, second or other
    if claim.kind is ClaimKind.SHARE:
        rest = replace(pair[1], besides=pair[0].question, single=pair[0].single or pair[1].single)
        return (*pair, rest)
    return pair


def standing(
    claim: Claim, answers: tuple[Bracketed, ...], questions: tuple[Asked, ...], sight: Sight, view: str | None
) -> Standing:
    """The claim's figure from the answers to ``asked``; ``view``: the list that is counted, None for all."""
    measure = questions[0].question.measures[0]
    growth = max(sight.growth(view, one.question) for one in questions[:2]) if not claim.organisation else Growth.NONE
    is_observed = sight.is_observed(view)
    low, high = _bounds(answers[0], measure, view)
    then, now = (_figure(getattr(answers[0], when), measure) for when in ("then", "now"))
    if measure not in BOUNDED and claim.figure is not None and claim.figure.step >= 1:
        then, now = (None if value is None else Fraction(int(value + Fraction(1, 2))) for value in (then, now))
    if claim.whole is not None:
        other = claim.whole.measures[0]
        then, now = (
            _compared(claim, mine, _figure(getattr(answers[1], when), other))
            for when, mine in (("then", then), ("now", now))
        )
        compared = _compared_bounds(claim, (low, high), _bounds(answers[1], other, view), _rest(answers, other, view))
        low, high = (then or Fraction(0) if end is None else end for end in compared)
    elif measure not in BOUNDED and then is not None:
        known = [one for one in (then, *([now] if not is_observed and now is not None else [])) if one is not None]
        low, high = min(known), max(known)
    return Standing(then, now, Bracket(low, high, growth, is_observed))


def _rest(answers: tuple[Bracketed, ...], measure: str, view: str | None) -> tuple[Fraction, Fraction]:
    return _bounds(answers[2], measure, view) if len(answers) > 2 else (Fraction(0), Fraction(0))


def _bounds(answer: Bracketed, measure: str, view: str | None) -> tuple[Fraction, Fraction]:
    if measure not in BOUNDED:
        return Fraction(0), Fraction(0)
    low, high = answer.bounds[view][measure]
    return Fraction(low), Fraction(high)


def _figure(answer: dict[str, Any], measure: str) -> Fraction | None:
    value = answer.get(measure)
    return None if value is None else Fraction(value)


def _compared(claim: Claim, mine: Fraction | None, other: Fraction | None) -> Fraction | None:
    if mine is None or not other:
        return None
    ratio = mine / other
    if claim.kind is ClaimKind.CHANGE:
        return 1 - ratio if claim.direction == "down" else ratio - 1
    return ratio


def _compared_bounds(
    claim: Claim, mine: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction], rest: tuple[Fraction, Fraction]
) -> tuple[Fraction | None, Fraction | None]:
    if claim.kind is ClaimKind.SHARE:
        ends = _part(mine[0], rest[1]), _part(mine[1], rest[0])
        return ends
    if not other[0] or not other[1]:
        return None, None
    low, high = _compared(claim, mine[0], other[1]), _compared(claim, mine[1], other[0])
    assert low is not None
    assert high is not None
    return min(low, high), max(low, high)


def _part(part: Fraction, rest: Fraction) -> Fraction | None:
    return part / (part + rest) if part + rest else None
