"""Law 1 for articles: every number of a text ends in one place, whatever the text; and no text brings the check down."""

import html
import itertools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from handmade import claimed_register
from hypothesis import given
from hypothesis import strategies as st

import breachtrail
from breachtrail.claims import document, kept, page, terminal
from breachtrail.claims.check import check
from breachtrail.claims.load import from_text
from breachtrail.claims.reading import read
from breachtrail.claims.telling import Telling
from breachtrail.errors import ArticleRefused
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.rows import as_json

WORDS = [
    "breaches", "individuals", "Texas", "California", "德克萨斯州", "起", "万人", "亿", "近", "约", "nearly", "about",
    "more", "than", "in", "2024", "2024年", "of", "hacking", "email", "providers", "health", "plans", "business",
    "associates", "医疗服务提供者", "黑客", "网络服务器", "followed", "by", "led", "居首", "其后依次为", "Mega", "Health", "(", ")",
    ",", ".", ";", ":", "。", "，", "、", "（", "）", "%", "$", "one", "in", "four", "half", "doubled", "up", "down",
    "from", "585", "1.8", "13,400,000", "13.4", "million", "73", "12", "0", "1/2", "2-3", "520–540", "\n\n",
    "#", "-", "|", "<b>", "</b>", "&", "\"", "'", "中", "x",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.integers(0, 10**10).map(str) | st.text(max_size=4), max_size=40).map(
    " ".join
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[breachtrail.Ledger]:
    with claimed_register(tmp_path_factory.mktemp("articles") / "home").open() as opened:
        yield opened


@given(TEXTS, st.sampled_from(["en", "zh"]))
def test_no_text_brings_it_down_and_every_number_has_its_place(
    ledger: breachtrail.Ledger, text: str, language: str
) -> None:
    try:
        article = from_text(text, published=date(2025, 2, 15), language=language)
    except ArticleRefused:  # a text of blanks and marks alone
        return
    told = read(article)
    places = [claim.figure for claim in told.claims if claim.figure] + [
        figure for figure, _ in (*told.not_about_the_register, *told.not_understood)
    ]
    spans = sorted({(figure.start, figure.end) for figure in places})
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    digits = {found.start() for found in re.finditer(r"[0-9]", article.text)}
    assert digits <= covered
    checked = check(ledger, article, told)
    for of_answer in ("en", "zh"):
        telling = Telling(checked, Phrases.of(of_answer))
        assert terminal.lines(telling)
        assert as_json(document.document(telling))
    shown = page.printed(telling)
    plain = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>\d+</sup>", "", shown)))
    for start, end in spans:
        assert article.text[start:end] in plain


def test_what_is_kept_of_a_text_says_the_same_again(ledger: breachtrail.Ledger, tmp_path: Path) -> None:
    text = "In 2024, Texas led with 12 breaches, followed by California with 9. About 32% of all breaches in 2024 were in Texas."
    article = from_text(text, published=date(2025, 2, 1), language="en")
    first = check(ledger, article, read(article))
    path = tmp_path / "claims.yml"
    path.write_text(kept.written(first), encoding="utf-8")
    second = check(ledger, *kept.load(path))
    assert [one.verdict for one in second.claims] == [one.verdict for one in first.claims]
    assert len(first.claims) == 3
