"""Names as a newspaper prints them."""

import pytest

from breachtrail.report.organisation import printed_name
from breachtrail.wording.phrases import Phrases

EN, ZH = Phrases.of("en"), Phrases.of("zh")


@pytest.mark.parametrize(
    ("published", "english", "chinese"),
    [
        ("Change Healthcare, Inc.", "Change Healthcare", "Change Healthcare"),
        ("  Kaiser  Foundation Health Plan, Inc. ", "Kaiser Permanente", "凯撒医疗集团（Kaiser Permanente）"),
        ("The KROGER Co.", "Kroger", "克罗格"),
        ("Sunny Valley, LLC d/b/a Tampa General Hospital", "Tampa General Hospital", "坦帕综合医院"),
    ],
)
def test_a_well_known_name_is_printed_as_its_readers_know_it(published: str, english: str, chinese: str) -> None:
    assert (printed_name(published, EN), printed_name(published, ZH)) == (english, chinese)


@pytest.mark.parametrize(
    "published",
    [
        "Sunny Valley, L.L.C.",  # legal dress stays on
        "Pleasant Hills Community Health Systems",  # the words stand within another name
        "Anthemis Clinic",  # a longer word
        "Friends of Change Healthcare",
    ],
)
def test_any_other_name_stands_as_published(published: str) -> None:
    assert printed_name(published, EN) == printed_name(published, ZH) == published


def test_blanks_and_what_a_cut_left_hanging_are_tidied() -> None:
    assert printed_name(" Sunny \n Valley ", EN) == "Sunny Valley"
    assert printed_name("Sunny Valley, LLC (", EN) == "Sunny Valley, LLC"
