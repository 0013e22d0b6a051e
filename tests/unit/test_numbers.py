"""Figures, days and lists, as two newspapers print them."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachtrail.wording.numbers import Change, Numbers, half_up

EN, ZH = Numbers("en"), Numbers("zh")
COUNTS = st.one_of(st.integers(0, 20_000), st.integers(0, 2_000_000), st.integers(0, 3 * 10**10))
WORDS = {"million": 10**6, "billion": 10**9, "万": 10**4, "亿": 10**8, "": 1}


def read_back(text: str) -> tuple[Decimal, Decimal]:
    """A printed figure as a reader takes it: its value, and the value of one unit in its last printed digit."""
    parts = re.fullmatch(r"([\d,]+(?:\.\d+)?)\s?(million|billion|万|亿|)", text)
    assert parts, text
    number, unit = Decimal(parts[1].replace(",", "")), WORDS[parts[2]]
    last_digit = Decimal(1).scaleb(int(number.normalize().as_tuple().exponent)) if number else Decimal(1)
    return number * unit, last_digit * unit


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (741, "741", "741"),
        (9_999, "9,999", "9999"),
        (95_797, "95,797", "9.58万"),
        (791_273, "791,273", "79.1万"),
        (958_000, "958,000", "95.8万"),
        (999_600, "999,600", "100万"),
        (1_000_000, "1 million", "100万"),
        (1_249_999, "1.2 million", "120万"),
        (1_250_000, "1.3 million", "130万"),
        (3_998_163, "4 million", "400万"),
        (5_466_931, "5.5 million", "550万"),
        (13_400_000, "13.4 million", "1340万"),
        (99_960_000, "100 million", "1亿"),
        (180_000_000, "180 million", "1.8亿"),
        (192_700_000, "192.7 million", "1.927亿"),
        (289_846_372, "289.8 million", "2.898亿"),
        (999_960_000, "1 billion", "10亿"),
        (1_234_000_000, "1.23 billion", "12.3亿"),
    ],
)
def test_a_rough_figure_is_what_a_careful_editor_prints(value: int, english: str, chinese: str) -> None:
    assert (EN.rough(value), ZH.rough(value)) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "digits", "english", "chinese"),
    [
        (289_846_372, 2, "290 million", "2.9亿"),
        (178_912_000, 2, "180 million", "1.8亿"),
        (95_797, 3, "95,800", "9.58万"),
        (397, 1, "400", "400"),
        (4, 3, "4", "4"),
        (995_000, 2, "1 million", "100万"),
    ],
)
def test_asked_for_digits_both_languages_keep_them(value: int, digits: int, english: str, chinese: str) -> None:
    assert (EN.rough(value, digits), ZH.rough(value, digits)) == (english, chinese)


@given(COUNTS, st.none() | st.integers(1, 6), st.sampled_from([EN, ZH]))
def test_a_rough_figure_read_back_lies_within_half_a_unit_of_its_last_digit(
    value: int, digits: int | None, numbers: Numbers
) -> None:
    shown, last_digit = read_back(numbers.rough(value, digits))
    assert shown == numbers.rounded(value, digits)
    assert abs(shown - value) <= last_digit / 2


@given(COUNTS)
def test_what_is_half_way_is_rounded_up_and_nothing_is_cut_off(value: int) -> None:
    step = 100_000 if 10**6 <= value < 10**9 else 10_000_000 if value >= 10**9 else 1
    assert EN.rounded(value) == (2 * value + step) // (2 * step) * step


@given(st.integers(10**6, 10**10), st.none() | st.integers(1, 5))
def test_both_languages_round_to_the_same_value(value: int, digits: int | None) -> None:
    assert EN.rounded(value, digits) == ZH.rounded(value, digits)


@given(COUNTS, st.none() | st.integers(1, 4), st.sampled_from([EN, ZH]))
def test_the_hedge_says_on_which_side_the_truth_lies(value: int, digits: int | None, numbers: Numbers) -> None:
    shown, _ = read_back(numbers.rough(value, digits))
    expected = "nearly" if shown > value else "more_than" if shown < value else "exactly"
    assert numbers.hedge(value, digits) == expected


def test_a_count_is_printed_to_the_digit_in_both_languages() -> None:
    assert (EN.count(289_846_372), ZH.count(289_846_372)) == ("289,846,372", "289,846,372")
    assert EN.count(2.5) == "3"
    assert [ZH.said(value) for value in (741, 6_963, -6_963, 10_000)] == ["741", "6963", "−6963", "10,000"]
    assert EN.said(6_963) == "6,963"
    assert (EN.signed(34), EN.signed(-1_234), EN.signed(0)) == ("+34", "−1,234", "0")
    assert (EN.decimal(12.25), ZH.decimal(1234.0, 2)) == ("12.3", "1,234.00")


def test_a_rough_figure_of_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        EN.rough(-1)
    with pytest.raises(ValueError, match="at least one digit"):
        EN.rough(5, 0)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"), (0.0004, "<0.1%"), (0.0005, "0.1%"), (0.5, "50%"), (0.6734, "67.3%"), (0.12345, "12.3%"),
        (0.9996, ">99.9%"), (1, "100%"), (1.5, "150%"), (-0.25, "−25%"),
    ],
)  # fmt: skip
def test_per_cent_keeps_one_decimal_and_never_rounds_to_all_or_nothing(share: float, text: str) -> None:
    assert EN.percent(share) == ZH.percent(share) == text


def test_a_share_is_taken_of_a_whole() -> None:
    assert EN.share(596, 741) == "80.4%"
    with pytest.raises(ZeroDivisionError, match="no share"):
        EN.share(3, 0)


def test_days_months_and_years_are_written_out() -> None:
    day = dt.date(2024, 7, 19)
    assert (EN.day(day), ZH.day(day)) == ("July 19, 2024", "2024年7月19日")
    assert (EN.month(day), ZH.month(day)) == ("July 2024", "2024年7月")
    assert (EN.month_name(12), ZH.month_name(12)) == ("December", "12月")
    assert (EN.month_name(12, short=True), ZH.month_name(12, short=True)) == ("Dec", "12月")
    assert (EN.year(2024), ZH.year(2024)) == ("2024", "2024年")


def test_lists_are_joined_as_newspapers_join_them() -> None:
    assert (EN.listed(["A", "B", "C"]), ZH.listed(["A", "B", "C"])) == ("A, B and C", "A、B和C")
    assert (EN.listed(["A"]), ZH.listed(["A", "B"])) == ("A", "A和B")


def test_a_change_has_a_direction_and_a_size() -> None:
    assert Change.between(400, 500) == Change("up", Decimal("1.25"))
    assert Change.between(500, 400).relative == Change.between(400, 480).relative == Decimal("0.2")
    assert Change.between(7, 7).direction == "unchanged"
    assert Change.between(0, 0).direction == "unchanged"
    with pytest.raises(ValueError, match="no relative size"):
        _ = Change.between(0, 5).relative
    assert (EN.times(3.04), ZH.times(2.95)) == ("3", "3")


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000))
def test_rounding_moves_a_value_by_half_a_step_at_most(value: int, step: int) -> None:
    rounded = half_up(value, step)
    assert rounded % step == 0
    assert abs(rounded - value) * 2 <= step


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Numbers("fr")
