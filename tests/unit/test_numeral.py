"""Numbers as they are written, in both languages."""

from fractions import Fraction

import pytest

from breachtrail.claims.numeral import numerals, plain

F = Fraction


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("585起", 585, 1),
        ("近1.8亿", 180_000_000, 10_000_000),
        ("1340万", 13_400_000, 100_000),
        ("1341万", 13_410_000, 10_000),
        ("1亿3400万", 134_000_000, 100_000),
        ("１２３起", 123, 1),
        ("七十二起", 72, 1),
        ("一千三百四十万人", 13_400_000, 100_000),
        ("两起", 2, 1),
        ("13.4 million", 13_400_000, 100_000),
        ("13.4M", 13_400_000, 100_000),
        ("roughly 186 million", 186_000_000, 1_000_000),
        ("1.2bn", 1_200_000_000, 100_000_000),
        ("500k", 500_000, 1_000),
        ("276,775,457", 276_775_457, 1),
        ("twenty-five", 25, 1),
        ("one hundred and twenty-three", 123, 1),
        ("two hundred million", 200_000_000, 100_000_000),
        ("half a million", 500_000, 100_000),
        ("a dozen", 12, 1),
        ("two dozen", 24, 1),
        ("73%", F(73, 100), F(1, 100)),
        ("2.9 percent", F(29, 1000), F(1, 1000)),
        ("eighty-one percent", F(81, 100), F(1, 100)),
        ("百分之七十三点五", F(735, 1000), F(1, 1000)),
        ("七成", F(7, 10), F(1, 10)),
        ("七成半", F(3, 4), F(1, 100)),
        ("one in four", F(1, 4), F(1, 20)),
        ("3 out of 5", F(3, 5), F(1, 20)),
        ("nearly two-thirds", F(2, 3), F(1, 20)),
        ("三分之二", F(2, 3), F(1, 20)),
        ("每四起就有一起", F(1, 4), F(1, 20)),
        ("half of all", F(1, 2), F(1, 20)),
        ("一半", F(1, 2), F(1, 20)),
        ("doubled", 2, F(1, 5)),
        ("翻了一番", 2, F(1, 5)),
        ("三倍", 3, F(1, 5)),
        ("three times as many", 3, F(1, 5)),
    ],
)
def test_one_number(text: str, value: Fraction, step: Fraction) -> None:
    (number,) = numerals(plain(text))
    assert (number.value, number.step, number.upper) == (value, step, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("520–540", 520, 540),
        ("between 40 and 50 of them", 40, 50),
        ("3 to 4 million", 3_000_000, 4_000_000),
        ("30-40%", F(3, 10), F(4, 10)),
        ("510至530起", 510, 530),
    ],
)
def test_a_range_is_one_number(text: str, low: Fraction, high: Fraction) -> None:
    (number,) = numerals(plain(text))
    assert (number.value, number.upper) == (low, high)


@pytest.mark.parametrize("text", ["from 745 to 720", "20% to 84", "43, 34", "56 and 43"])
def test_two_numbers_stay_two(text: str) -> None:
    assert len(numerals(plain(text))) == 2


@pytest.mark.parametrize(
    "text", ["一方面", "三甲医院", "一起", "十分", "统一", "一些", "第三方", "one of the largest"[7:], "no number"]
)
def test_words_that_are_no_numbers(text: str) -> None:
    assert numerals(plain(text)) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Log4j", "part"),
        ("COVID-19", "part"),
        ("21st", "ordinal"),
        ("第三", "ordinal"),
        ("dozens of", "vague"),
        ("数百万", "vague"),
        ("2个百分点", "points"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert [number.form for number in numerals(plain(text))] == [form]


def test_places_are_those_of_the_text() -> None:
    text = "“１，２３４起”与约1.8亿—2亿"
    for number in numerals(plain(text)):
        assert 0 <= number.start < number.end <= len(text)
    assert len(plain(text)) == len(text)
