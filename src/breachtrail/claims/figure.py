"""A figure as it is printed: its place, its value, and how exactly it is meant."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Hedge(StrEnum):
    """How a figure is said to stand to the real one."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    UNDER = "under"


class Unit(StrEnum):
    """What one of a figure is."""

    NOTICES = "notices"
    INDIVIDUALS = "individuals"
    SHARE = "share"
    TIMES = "times"
    RANK = "rank"
    DAYS = "days"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Figure:
    """One figure of a text; a range ("520–540") is one figure.

    start, end: its place, hedge and counted noun left out; ``text`` is what stands there
    value:      the value; a share as a fraction of one (73% is 73/100), a change as its size (up 12%: 12/100)
    upper:      the upper end of a range; None for a single value
    step:       what one unit of the last printed digit is worth: 1.8亿 → 10,000,000, 585 → 1, 73% → 1/100;
                for words such as "one in four" what such a word commonly spans
    """

    start: int
    end: int
    text: str
    value: Fraction
    step: Fraction
    hedge: Hedge = Hedge.EXACT
    unit: Unit = Unit.UNTOLD
    upper: Fraction | None = None
