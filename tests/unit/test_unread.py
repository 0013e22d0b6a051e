"""Words that the reading passed over: a figure far off is called wrong only where there are none."""

from datetime import date

import pytest

from breachtrail.claims.load import from_text
from breachtrail.claims.reading import read
from breachtrail.claims.unread import is_plain, unread

DAY = date(2026, 3, 3)


def left(text: str, language: str) -> list[tuple[str, ...]]:
    article = from_text(text, DAY, language)
    return [unread(article, claim) for claim in read(article).claims]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In 2023 there were 5 breaches.", "en"),
        ("Hacking was 13.1% of the breaches in 2023.", "en"),
        (
            "In 2023, about 5,000 breaches were reported to the HHS Office for Civil Rights by business associates.",
            "en",
        ),
        ("2023年，德克萨斯州共上报5起数据泄露事件。", "zh"),
        ("2023年黑客攻击占全部数据泄露事件的13.1%。", "zh"),
    ],
)
def test_every_word_is_known(text: str, language: str) -> None:
    assert left(text, language) == [()]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("In 2023 the gang hit health care with 30 breaches.", "en", ("gang",)),
        ("The agency closed 22 breaches in 2023.", "en", ("closed",)),
        ("In the worst month of 2023, 18 million records were breached.", "en", ("month",)),
        ('In 2023 there were 5 "mega" breaches.', "en", ("mega",)),
        ("2023年，单月最多有1800万人受影响。", "zh", ("单月",)),
        ("2023年德克萨斯州有5起数据泄露涉及学校。", "zh", ("学校",)),
        ("2023年，民权办公室就13起数据泄露达成和解。", "zh", ("就", "达成和解")),
    ],
)
def test_words_that_may_narrow_are_told(text: str, language: str, words: tuple[str, ...]) -> None:
    assert left(text, language) == [words]


def test_a_part_of_what_was_counted_before_is_one() -> None:
    told = left("In 2023, 133 million records were exposed, and 11 million of them in one breach.", "en")
    assert told == [(), ("of them",), ("of them", "one")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("In 2023 there were 5 breaches.", "en", [True]),
        ("In 2023, hacking was 13.1% of the breaches.", "en", [True]),
        ("In 2023, Mega Health lost 2.3 million.", "en", [True]),
        ("In 2023 there were 12 breaches in Texas and 9 in California.", "en", [True, False]),
        ("2023年共上报741起数据泄露，半数影响不超过6963人。", "zh", [True, False]),
    ],
)
def test_a_clause_is_plain_where_it_says_what_it_counts(text: str, language: str, expected: list[bool]) -> None:
    article = from_text(text, DAY, language)
    told = [is_plain(article, claim) for claim in read(article).claims if claim.figure and claim.figure.text != "半数"]
    assert told == expected


def test_a_row_of_a_table_is_not_plain() -> None:
    table = "| State | Breaches | Individuals |\n| --- | --- | --- |\n| Texas breaches | 5 | 600 |\n"
    article = from_text(f"# Breaches of 2023\n\n{table}", DAY, "en")
    assert [is_plain(article, claim) for claim in read(article).claims] == [False, False]
