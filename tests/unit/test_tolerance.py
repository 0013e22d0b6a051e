"""Which answers a printed figure allows, and how it was made of one."""

from fractions import Fraction
from typing import Any

import pytest
from handmade import figure

from breachtrail.claims.tolerance import Manner, allowed, is_loosely_true, manner


def allows(told: Any, answer: float) -> bool:
    value = Fraction(str(answer))
    return allowed(told).meets(value, value)


@pytest.mark.parametrize(
    ("told", "inside", "outside"),
    [
        (figure(585), [585], [584, 586]),
        (figure(0), [0], [1]),
        (figure(180_000_000, step=10_000_000), [175_000_000, 189_999_999], [174_999_999, 190_000_000]),
        (figure(5_500_000, step=100_000), [5_450_000, 5_466_931, 5_599_699], [5_449_999, 5_600_000]),
        (figure(5_500_000, step=10_000), [5_450_000, 5_599_699], [5_600_000]),
        (figure(100_000_000, step=100_000_000), [90_000_000, 109_999_999], [89_000_000, 110_000_000]),
        (figure(500, "about"), [450, 500, 550], [449, 551]),
        (figure(520, "about"), [494, 546], [493, 547]),
        (figure(585, "about"), [574, 596], [573, 597]),
        (figure(118_300_000, "about", step=100_000), [117_800_000, 118_800_000], [117_000_000, 119_000_000]),
        (figure(8, "about"), [7, 9], [6, 10]),
        (figure(500, "nearly"), [450, 499, 505], [449, 506]),
        (figure(500, "over"), [500, 550], [499, 551]),
        (figure(500, "at_least"), [500, 550], [499, 551]),
        (figure(500, "under"), [450, 500], [449, 501]),
        (figure(500, "up_to"), [450, 500], [449, 501]),
        (figure(520, upper=540), [515, 520, 540, 545], [514, 546]),
        (figure("0.73", step="0.01", unit="share"), [0.725, 0.7399], [0.7249, 0.74]),
        (figure("0.25", step="0.05", unit="share", text="one in four"), [0.225, 0.275], [0.2, 0.3]),
        (figure("0.734", step="0.001", unit="share"), [0.7335, 0.7349], [0.7334, 0.735]),
    ],
)
def test_what_a_figure_allows(told: Any, inside: list[float], outside: list[float]) -> None:
    assert [answer for answer in inside if not allows(told, answer)] == []
    assert [answer for answer in outside if allows(told, answer)] == []


@pytest.mark.parametrize(
    ("told", "answer", "how"),
    [
        (figure(585), 585, Manner.EXACT),
        (figure(2_800_000, step=100_000), 2_812_336, Manner.ROUNDED),
        (figure(2_800_000, step=100_000), 2_896_985, Manner.TRUNCATED),
        (figure(500, "nearly"), 463, Manner.HEDGED),
        (figure(500, "over"), 741, Manner.LOOSE),
    ],
)
def test_how_a_figure_was_made(told: Any, answer: int, how: Manner) -> None:
    assert manner(told, Fraction(answer)) is how


def test_words_can_be_true_far_from_their_figure() -> None:
    assert is_loosely_true(figure(500, "over"), Fraction(741), Fraction(741))
    assert is_loosely_true(figure(1000, "under"), Fraction(741), Fraction(741))
    assert not is_loosely_true(figure(500, "over"), Fraction(499), Fraction(741))
    assert not is_loosely_true(figure(741), Fraction(742), Fraction(742))
