"""From the bounds of an answer to a verdict on a figure; the rules are those of docs/checking.md."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

from breachtrail.claims import tolerance
from breachtrail.claims.figure import Figure
from breachtrail.claims.tolerance import Manner

#: While a list was unobserved, a figure must lie further outside its bracket than this part of the bracket's end to be
#: called wrong: sums of individuals, which are revised, and numbers of notices, which hardly ever lie outside
#: (docs/method.md has the figures); of these so many notices are within the former margin too.
MARGIN, MARGIN_OF_NOTICES = Fraction(1, 20), Fraction(1, 100)
NEAR = 2
#: A bracket whose ends are further apart than this, and by more than a few, is no evidence for a figure inside.
TOO_WIDE = 2
A_FEW = 5
#: A figure so many times as large as the answer, or as small, and by more than some, may be of something else than was
#: understood; it is called wrong only where every word of its clause was.
FAR_OFF = 4
SOME = 20


class Verdict(StrEnum):
    """What is said of a claim."""

    HOLDS = "holds"
    CONSISTENT = "consistent"
    HELD_THEN = "held_then"
    HOLDS_NOW = "holds_now"
    ONLY_IF = "only_if"
    DOES_NOT_HOLD = "does_not_hold"
    UNKNOWN = "unknown"


#: Verdicts that speak against what was published.
AGAINST = (Verdict.ONLY_IF, Verdict.DOES_NOT_HOLD, Verdict.HOLDS_NOW)


class Reason(StrEnum):
    """Why nothing can be known of a claim."""

    TOO_WIDE = "too_wide"
    JUST_OUTSIDE = "just_outside"
    BEFORE_FIRST_LOOK = "before_first_look"
    NO_LATER_LOOK = "no_later_look"
    FAR_OFF = "far_off"
    NO_SUCH_NAME = "no_such_name"
    SEVERAL_NAMES = "several_names"
    NOTHING_COUNTED = "nothing_counted"


class Growth(IntEnum):
    """How much more can have been posted by a day that lies after the last look."""

    NONE = 0
    SOME = 1
    ANY = 2


#: ``Growth.SOME``: as a part of what was seen, and in notices.
GROWN, GROWN_BY = Fraction(1, 4), 3


@dataclass(frozen=True)
class Bracket:
    """What the answer can have been on a day.

    low, high:   the least and the most; equal where the day was looked at
    growth:      how much more may have been posted than any look tells: the day lies after the last one
    is_observed: every list that counts was looked at on the day itself
    """

    low: Fraction
    high: Fraction
    growth: Growth = Growth.NONE
    is_observed: bool = False

    def can_reach(self, answer: Fraction) -> bool:
        """Whether the register can have grown to ``answer`` since the last look."""
        if self.growth is Growth.SOME:
            return answer <= self.high * (1 + GROWN) + GROWN_BY
        return self.growth is Growth.ANY

    @property
    def is_wide(self) -> bool:
        """Whether lying inside says little."""
        return self.high > TOO_WIDE * self.low and self.high - self.low > A_FEW


@dataclass(frozen=True)
class Judgement:
    """A verdict on one figure.

    manner: how the figure was made of the answer, where it holds
    reason: why nothing can be known
    unread: words of the clause that were not understood, where the figure is far off
    """

    verdict: Verdict
    manner: Manner | None = None
    reason: Reason | None = None
    unread: tuple[str, ...] = ()


def judged(
    figure: Figure,
    bracket: Bracket,
    then: Fraction | None,
    now: Fraction | None,
    *,
    is_of_one: bool = False,
    of_notices: bool = False,
) -> Judgement:
    """The verdict on ``figure`` by the plain reading.

    then, now: the answer as known on the article's day, and now; None where there is none
    is_of_one: it is the size of one notice, whose bracket ends at counts that the register did show
    of_notices: notices are counted, or one number of notices is measured by another
    """
    answers = tolerance.allowed(figure)
    holds_now = now is not None and answers.meets(now, now)
    if answers.holds_all(bracket.low, bracket.high) and bracket.growth is Growth.NONE:
        manner = tolerance.manner(figure, bracket.low if then is None else then)
        return Judgement(Verdict.HOLDS if holds_now else Verdict.HELD_THEN, manner)
    if answers.meets(bracket.low, bracket.high):
        if bracket.is_wide and not (is_of_one and any(answers.meets(end, end) for end in (bracket.low, bracket.high))):
            return Judgement(Verdict.UNKNOWN, reason=Reason.TOO_WIDE)
        return Judgement(Verdict.CONSISTENT, _manner_in(figure, answers, bracket, then))
    if answers.least > bracket.high and bracket.can_reach(answers.least):
        return Judgement(Verdict.UNKNOWN, reason=Reason.NO_LATER_LOOK)
    if tolerance.is_loosely_true(figure, bracket.low, bracket.high):
        return Judgement(Verdict.HOLDS, Manner.LOOSE)
    if holds_now:
        assert now is not None
        return Judgement(Verdict.HOLDS_NOW, tolerance.manner(figure, now))
    if not bracket.is_observed and is_near(answers, bracket, of_notices, figure.step >= 1):
        return Judgement(Verdict.UNKNOWN, reason=Reason.JUST_OUTSIDE)
    if _is_far(answers.least, bracket.high) or _is_far(bracket.low, answers.most):
        return Judgement(Verdict.UNKNOWN, reason=Reason.FAR_OFF)
    return Judgement(Verdict.DOES_NOT_HOLD)


def _is_far(large: Fraction, small: Fraction) -> bool:
    return large > FAR_OFF * small and (large - small > SOME or large < 1)


def is_near(answers: tolerance.Allowed, bracket: Bracket, of_notices: bool = False, is_count: bool = False) -> bool:
    """Whether the nearest allowed answer lies outside the bracket by no more than a bracket may be wrong by."""
    end = bracket.high if answers.least > bracket.high else bracket.low
    margin = MARGIN * end
    if of_notices:
        margin = max(MARGIN_OF_NOTICES * end, min(margin, Fraction(NEAR if is_count else 0)))
    return outside(answers, bracket) <= margin


def outside(answers: tolerance.Allowed, bracket: Bracket) -> Fraction:
    """How far the nearest allowed answer lies outside the bracket; 0 inside."""
    return max(answers.least - bracket.high, bracket.low - answers.most, Fraction(0))


def _manner_in(figure: Figure, answers: tolerance.Allowed, bracket: Bracket, then: Fraction | None) -> Manner | None:
    """How the figure was made, where the answer known on the day allows it or the bracket is a point."""
    answer = then if then is not None else bracket.low
    return tolerance.manner(figure, answer) if answers.meets(answer, answer) else None
