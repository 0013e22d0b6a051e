"""A question in words, each kind of condition among them."""

from datetime import date

import pytest

from breachtrail.questions import condition
from breachtrail.questions.question import Question
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.question import said


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("state=TX,CA", "state is Texas or California", "得克萨斯州"),
        ("individuals>=1000", "at least 1,000 individuals", "人数不少于1000"),
        ("individuals<=90000", "at most 90,000 individuals", "人数不多于90,000"),
        ("individuals<2000", "fewer than 2,000 individuals", "人数少于2000"),
        ("name~example", "the name holds example", "名称含example"),
        ("individuals!=500", "individuals!=500", "individuals!=500"),
    ],
)
def test_a_condition_is_said_in_words(written: str, english: str, chinese: str) -> None:
    question = Question(("notices",), (), (condition.parse(written),), as_of=date(2026, 7, 9))
    for language, expected in (("en", english), ("zh", chinese)):
        phrases = Phrases.of(language)
        assert expected in said(question, phrases), said(question, phrases)
