"""From a bracket to a verdict."""

from fractions import Fraction
from typing import Any

import pytest
from handmade import figure

from breachtrail.claims.tolerance import Manner
from breachtrail.claims.verdict import Bracket, Growth, Reason, Verdict, judged


def verdict(
    told: Any, low: int, high: int, now: int, of_notices: bool = False, **flags: Any
) -> tuple[Verdict, Reason | None]:
    bracket = Bracket(Fraction(low), Fraction(high), **flags)
    found = judged(told, bracket, Fraction(low), Fraction(now), of_notices=of_notices)
    return found.verdict, found.reason


@pytest.mark.parametrize(
    ("value", "low", "high", "now", "expected"),
    [
        (720, 720, 720, 720, (Verdict.HOLDS, None)),
        (720, 720, 720, 741, (Verdict.HELD_THEN, None)),
        (720, 658, 736, 741, (Verdict.CONSISTENT, None)),
        (741, 658, 736, 741, (Verdict.HOLDS_NOW, None)),
        (600, 658, 736, 741, (Verdict.DOES_NOT_HOLD, None)),
        (650, 658, 736, 741, (Verdict.UNKNOWN, Reason.JUST_OUTSIDE)),
        (25, 5, 52, 60, (Verdict.UNKNOWN, Reason.TOO_WIDE)),
        (3, 1, 4, 4, (Verdict.CONSISTENT, None)),
        (5000, 658, 736, 741, (Verdict.UNKNOWN, Reason.FAR_OFF)),
    ],
)
def test_a_figure_to_the_digit(
    value: int, low: int, high: int, now: int, expected: tuple[Verdict, Reason | None]
) -> None:
    assert verdict(figure(value), low, high, now) == expected


def test_a_day_that_was_looked_at_leaves_no_margin() -> None:
    assert verdict(figure(742), 741, 741, 741, is_observed=True) == (Verdict.DOES_NOT_HOLD, None)
    assert verdict(figure(742), 741, 741, 741) == (Verdict.UNKNOWN, Reason.JUST_OUTSIDE)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (725, 744, 748, (Verdict.DOES_NOT_HOLD, None)),
        (737, 744, 748, (Verdict.UNKNOWN, Reason.JUST_OUTSIDE)),
        (736, 744, 748, (Verdict.DOES_NOT_HOLD, None)),
        (31, 28, 30, (Verdict.UNKNOWN, Reason.JUST_OUTSIDE)),
        (32, 28, 30, (Verdict.DOES_NOT_HOLD, None)),
        (120, 106, 118, (Verdict.UNKNOWN, Reason.JUST_OUTSIDE)),
        (121, 106, 118, (Verdict.DOES_NOT_HOLD, None)),
    ],
)
def test_numbers_of_notices_hardly_lie_outside(
    value: int, low: int, high: int, expected: tuple[Verdict, Reason | None]
) -> None:
    """1% of the bracket's end, or two notices but no more than 5%; sums of individuals are revised, and have 5%."""
    assert verdict(figure(value), low, high, high, of_notices=True) == expected


def test_sums_are_revised() -> None:
    bracket = 744_000_000, 748_000_000
    assert verdict(figure(725_000_000), *bracket, 0) == (Verdict.UNKNOWN, Reason.JUST_OUTSIDE)
    assert verdict(figure(700_000_000), *bracket, 0) == (Verdict.DOES_NOT_HOLD, None)


def test_after_the_last_look_more_may_have_come() -> None:
    assert verdict(figure(90), 50, 50, 50, growth=Growth.ANY) == (Verdict.UNKNOWN, Reason.NO_LATER_LOOK)
    assert verdict(figure(90), 50, 50, 50, growth=Growth.SOME) == (Verdict.DOES_NOT_HOLD, None)
    assert verdict(figure(60), 50, 50, 50, growth=Growth.SOME) == (Verdict.UNKNOWN, Reason.NO_LATER_LOOK)
    assert verdict(figure(50), 50, 50, 50, growth=Growth.SOME) == (Verdict.CONSISTENT, None)
    assert verdict(figure(30), 50, 50, 50, growth=Growth.ANY) == (Verdict.DOES_NOT_HOLD, None)


def test_true_words_far_from_their_figure() -> None:
    found = judged(figure(300, "over"), Bracket(Fraction(658), Fraction(736)), None, Fraction(741))
    assert (found.verdict, found.manner) == (Verdict.HOLDS, Manner.LOOSE)


def test_the_size_of_one_notice_was_one_of_those_it_stood_at() -> None:
    told, bracket = figure(5_500_000, step=100_000), Bracket(Fraction(500), Fraction(5_466_931))
    assert judged(told, bracket, Fraction(500), None).reason is Reason.TOO_WIDE
    assert judged(told, bracket, Fraction(500), None, is_of_one=True).verdict is Verdict.CONSISTENT


def test_nothing_is_a_figure_too() -> None:
    assert verdict(figure(4), 0, 0, 0, is_observed=True) == (Verdict.DOES_NOT_HOLD, None)
    assert verdict(figure(40), 0, 0, 0, is_observed=True) == (Verdict.UNKNOWN, Reason.FAR_OFF)
    assert verdict(figure(0), 0, 0, 0, is_observed=True) == (Verdict.HOLDS, None)
