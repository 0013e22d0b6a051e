"""Which answers a printed figure allows: its hedge and its printed precision, as an interval.

The bounds are those of docs/checking.md. A figure that is printed to a step of more than one (1.8亿, 13.4 million) may
have been rounded or cut off at its last digit; zeros at its end may be such a step too (550万), as far as a tenth of it.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from breachtrail.claims.figure import Figure, Hedge

#: How far "about" may lie from the answer, as a part of the figure: the more digits it was printed with, the less.
#: Pairs of how many steps the figure has at most, and the part.
ABOUT = ((100, Fraction(1, 20)), (1000, Fraction(1, 50)), (None, Fraction(1, 200)))
ROUGHLY_AT_MOST = Fraction(1, 10)
#: What "nearly 500" and "fewer than 500" go down to, and "more than 500" up to.
ONE_SIDED = Fraction(1, 10)
#: What "nearly" may miss on its other side.
NO_MATTER = Fraction(1, 100)

_SHORT_OF_THE_NEXT = Fraction(1, 10**9)
_ABOVE = (Hedge.OVER, Hedge.AT_LEAST)
_BELOW = (Hedge.UNDER, Hedge.UP_TO)
#: From this step on a figure was printed with a word of scale (thousand, 万, million, 亿).
_WORD_OF_SCALE = 100


class Manner(StrEnum):
    """How a printed figure stands to an answer that it allows."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    HEDGED = "hedged"
    LOOSE = "loose"


@dataclass(frozen=True)
class Allowed:
    """The answers that a figure allows, both ends included."""

    least: Fraction
    most: Fraction

    def meets(self, low: Fraction, high: Fraction) -> bool:
        """Whether some answer from ``low`` to ``high`` is allowed."""
        return self.least <= high and low <= self.most

    def holds_all(self, low: Fraction, high: Fraction) -> bool:
        """Whether every answer from ``low`` to ``high`` is allowed."""
        return self.least <= low and high <= self.most


def allowed(figure: Figure) -> Allowed:
    """The answers that ``figure`` allows."""
    value, step = figure.value, _step(figure)
    if value == 0:
        return Allowed(Fraction(0), max(step / 2, Fraction(0)))
    if figure.upper is not None:
        slack = step / 2 if step > 1 else Fraction(0)
        return Allowed(value - slack, figure.upper + slack)
    if figure.hedge in _ABOVE:
        return Allowed(value, value * (1 + ONE_SIDED))
    if figure.hedge in _BELOW:
        rounded = step / 2 if figure.hedge is Hedge.UP_TO and figure.step != 1 else Fraction(0)
        return Allowed(value * (1 - ONE_SIDED), value + min(rounded, value * NO_MATTER))
    if figure.hedge is Hedge.NEARLY:
        return Allowed(value * (1 - ONE_SIDED), value * (1 + NO_MATTER))
    if figure.hedge is Hedge.ABOUT or _is_said_in_a_word(figure):
        slack = min(max(step / 2, value * _about(value / step)), max(value * ROUGHLY_AT_MOST, figure.step))
        if figure.step == 1:
            slack = max(slack, Fraction(1))
        return Allowed(value - slack, value + slack)
    if _is_exact(figure):
        return Allowed(value, value)
    most = value * ROUGHLY_AT_MOST if figure.step >= 1 else step
    return Allowed(value - min(step / 2, most), max(value + min(step, most) - _SHORT_OF_THE_NEXT, value))


def is_loosely_true(figure: Figure, low: Fraction, high: Fraction) -> bool:
    """Whether every answer from ``low`` to ``high`` makes the words true, though far from the figure: more than 500 of 741."""
    if figure.hedge in _ABOVE:
        return low >= figure.value
    return figure.hedge in _BELOW and high <= figure.value


def manner(figure: Figure, answer: Fraction) -> Manner:
    """How ``figure`` was made of ``answer``, which it allows."""
    if figure.value == answer:
        return Manner.EXACT
    if not allowed(figure).meets(answer, answer):
        return Manner.LOOSE
    step = _step(figure)
    if abs(answer - figure.value) <= step / 2 and not _is_exact(figure):
        return Manner.ROUNDED if figure.hedge is Hedge.EXACT else Manner.HEDGED
    if figure.hedge is Hedge.EXACT and 0 <= answer - figure.value < step:
        return Manner.TRUNCATED
    return Manner.HEDGED


def _about(steps: Fraction) -> Fraction:
    return next(part for most, part in ABOUT if most is None or steps < most)


def _is_exact(figure: Figure) -> bool:
    return figure.step == 1 and figure.hedge is Hedge.EXACT and figure.upper is None


def _is_said_in_a_word(figure: Figure) -> bool:
    """A half, one in four, doubled: rough by their nature."""
    return figure.value < 10 and figure.step >= Fraction(1, 20) and figure.step < 1 and "." not in figure.text


def _step(figure: Figure) -> Fraction:
    """What the figure is rounded to: its printed step, or more where zeros stand at its end."""
    if _is_exact(figure) or (figure.step < _WORD_OF_SCALE and figure.step != 1):
        return figure.step
    step = figure.step
    while figure.value and (figure.value / (step * 10)).denominator == 1 and step * 10 <= figure.value:
        step *= 10
    return max(figure.step, min(step, figure.value * ROUGHLY_AT_MOST * 2)) if step > figure.step else step
