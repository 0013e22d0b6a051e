"""A check in words, in both languages, and the faces that show it: terminal, page, JSON."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from handmade import FIRST, SECOND, article, claim, figure, question

import breachtrail
from breachtrail.claims import document, page, terminal
from breachtrail.claims.article import Article, Block, BlockKind, Span
from breachtrail.claims.check import check
from breachtrail.claims.claim import Aside, Claim, ClaimKind, Read, Unsure
from breachtrail.claims.figure import Figure, Hedge, Unit
from breachtrail.claims.telling import Telling
from breachtrail.claims.verdict import Bracket
from breachtrail.ledger.store import Store
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.rows import as_json

TEXT = "Of 37 breaches, 10 were in California <b>& more</b>; 2024 was bad, and Mega Health lost 2.3 million. Some 99 were not."
LANGUAGES = ("en", "zh")


def placed(words: str, value: Any, *written: str, **how: Any) -> Claim:
    """A claim whose figure stands where ``words`` do in TEXT."""
    start = TEXT.index(words)
    told = claim(value, *written, **how)
    assert told.figure is not None
    return replace(
        told,
        figure=replace(told.figure, start=start, end=start + len(words), text=words),
        start=start,
        end=start + len(words) + 12,
    )


def aside(words: str) -> Figure:
    start = TEXT.index(words)
    return Figure(start, start + len(words), words, Fraction(1), Fraction(1), Hedge.EXACT, Unit.UNTOLD)


READ = Read(
    (
        placed("37", 37),
        placed("10", 10, "state=CA"),
        placed("2.3 million", 2_300_000, measure="individuals", organisation="Mega Health", step=100_000),
    ),
    ((aside("2024"), Aside.YEAR),),
    ((aside("99"), Unsure.NOTHING_COUNTED),),
)


@pytest.fixture(params=LANGUAGES)
def telling(request: pytest.FixtureRequest, claimed: breachtrail.Ledger) -> Telling:
    return Telling(check(claimed, article(TEXT), READ), Phrases.of(request.param))


def test_the_numbers_add_up(telling: Telling) -> None:
    digits = re.findall(r"\d+", telling.sums)
    assert digits == ["5", "3", "1", "1"]
    assert sum(many for _, many in telling.totals) == len(telling.claims)


def test_what_holds_is_said_with_how_it_was_made(claimed: breachtrail.Ledger) -> None:
    told = Telling(check(claimed, article(TEXT), READ), Phrases.of("en"))
    assert told.claims[0].sentences == (
        "As known on February 1, 2025: 37, to the digit. Since then the register has changed; now it shows 38.",
    )
    assert told.claims[1].sentences == ("As known on February 1, 2025 the register shows 9; now 9.",)
    assert told.claims[2].sentences == (
        "As known on February 1, 2025: 2,350,236, cut off at the printed digit, not rounded.",
        "As printed, 2.3 million stands for 2,250,000 to 2,399,999.",
        "Taken for Mega Health, Inc., the largest notice under that name.",
    )
    zh = Telling(check(claimed, article(TEXT), READ), Phrases.of("zh"))
    assert zh.claims[2].sentences[0] == "截至2025年2月1日，门户上为2,350,236，文中舍去了尾数，并非四舍五入。"


def test_the_summary_has_what_does_not_hold_and_nothing_that_does(telling: Telling) -> None:
    lines = [line for line in telling.summary if line.startswith("·")]
    assert len(lines) == 1
    assert "10" in lines[0]


def test_every_verdict_and_reason_can_be_told(claimed: breachtrail.Ledger) -> None:
    """All phrases are there for whatever comes of a check, with the values that they ask for."""
    claims = (
        claim(25), claim(8, "state=TX"), claim(6, "state=CA"), claim(5, "state=NY"), claim(3, "state=FL"), claim(3, "state=IL"),
        claim(9, "state=CA", rank=1, ranked="state"), claim(12, "state=TX", rank=1, ranked="state"),
        claim(5, "state=FL"), claim(6, "state=FL", rank=4, ranked="state"), claim(5000),
        claim(1, measure="individuals", organisation="Nobody"),
        claim(None, "state=TX", rank=1, ranked="state", kind=ClaimKind.RANK), claim(30, hedge="over"),
        claim("0.32", "state=TX", kind=ClaimKind.SHARE, whole=claim(1).question, step="0.01"),
        claim(3, "state=TX", kind=ClaimKind.TIMES, whole=claim(1, "state=IL").question, step="0.2"),
        claim(235, measure="individuals", organisation="Mega Health"),
    )  # fmt: skip
    for day in (FIRST, SECOND, None):
        found = check(claimed, article("x", day), Read(claims, (), ()))
        for language in LANGUAGES:
            told = Telling(found, Phrases.of(language))
            assert all(one.sentences or one.checking.figure is None for one in told.claims)
            assert page.printed(told)
            assert terminal.lines(told)
            assert json.loads(as_json(document.document(told)))["claims"]


def test_reasons_not_met_in_that_ledger_have_words_too() -> None:
    for language in LANGUAGES:
        phrases = Phrases.of(language)
        for code in Aside:
            assert phrases.say(f"check.aside.{code.value}")
        for why in Unsure:
            assert phrases.say(f"check.unsure.{why.value}")
        for reason in ("too_wide", "just_outside", "no_later_look", "several_names", "nothing_counted", "far_off"):
            values = {"day": FIRST, "bracket": "1", "now": "2", "name": "A", "names": ["A", "B"], "unread": ["monthly"]}
            assert phrases.say(f"check.unknown.{reason}", **values)


def test_the_page_marks_every_number_in_its_place(telling: Telling) -> None:
    html = page.printed(telling)
    assert re.findall(r'class="mark (\w+)"', html) == ["holds", "against", "aside", "holds", "unsure"]
    assert html.count('<li id="claim-') == 3
    assert '<a class="mark holds" href="#claim-1"' in html


def test_the_article_is_no_markup_and_nothing_is_loaded(telling: Telling) -> None:
    html = page.printed(telling)
    assert "&lt;b&gt;&amp; more&lt;/b&gt;" in html
    assert "<b>& more" not in html
    assert re.findall(r"<script|<img|<link|<iframe|\bon\w+=|src=\"http|@import", html) == []
    assert not re.search(r"url\((?!\"data:font/woff2)", html)


def test_a_hostile_article_stays_text(claimed: breachtrail.Ledger) -> None:
    text = '"><script>alert(1)</script> javascript:alert(1) {{ 7*7 }} </title></style>'
    hostile = Article(text, text, "en", FIRST, "told", "text", (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    told = claim(2, measure="individuals", organisation=text)
    html = page.printed(Telling(check(claimed, hostile, Read((told,), (), ())), Phrases.of("en")))
    assert "<script>" not in html
    assert "{{ 7*7 }}" in html
    assert html.count("</style>") == 1
    assert html.count("</title>") == 1


def test_a_table_of_the_article_stays_one(claimed: breachtrail.Ledger) -> None:
    text = "State\tBreaches\nTexas\t12"
    rows = ((Span(0, 5), Span(6, 14)), (Span(15, 20), Span(21, 23)))
    block = Block(BlockKind.TABLE, 0, len(text), rows=rows)
    from dataclasses import replace

    told = claim(12, "state=TX")
    assert told.figure is not None
    told = replace(told, figure=replace(told.figure, start=21, end=23, text="12"), start=15, end=23)
    tabled = Article(text, "A title", "en", FIRST, "told", "text", (block,))
    html = page.printed(Telling(check(claimed, tabled, Read((told,), (), ())), Phrases.of("en")))
    assert '<td class="text">Texas</td>' in html
    assert '<td class="text"><a class="mark holds"' in html


def test_one_figure_can_have_two_claims(claimed: breachtrail.Ledger) -> None:
    two = Read((placed("10", 12, "state=TX"), placed("10", 9, "state=CA")), (), ())
    told = Telling(check(claimed, article(TEXT), two), Phrases.of("en"))
    html = page.printed(told)
    assert html.count('href="#claim-1"') == html.count('href="#claim-2"') == 1
    assert html.count('<li id="claim-') == 2
    assert "Of 1 numbers" in told.sums


def test_the_document_says_all_that_a_machine_needs(claimed: breachtrail.Ledger) -> None:
    told = Telling(check(claimed, article(TEXT), READ), Phrases.of("en"))
    found = json.loads(as_json(document.document(told)))
    [_, wrong, _] = found["claims"]
    assert wrong["text"] == TEXT[wrong["start"] : wrong["end"]] == "10"
    assert wrong["question"]["conditions"] == ["state=CA"]
    assert wrong["stated"] == {"value": 10, "upper": None, "hedge": "exact", "step": 1, "unit": "notices"}
    assert wrong["answer_then"]["bracket"] == {"low": 9, "high": 9, "can_grow": False, "is_observed": True}
    assert (wrong["answer_now"], wrong["verdict"]) == (9, "does_not_hold")
    assert {one["code"] for one in wrong["readings_tried"]} > {"open_alone", "archive_alone", "look_after"}
    assert found["not_about_the_register"] == [{"text": "2024", "start": 53, "end": 57, "reason": "year"}]
    assert found["not_understood"][0]["reason"] == "nothing_counted"


def test_the_sql_of_a_claim_gives_its_figure(claimed: breachtrail.Ledger, claimed_home: Path) -> None:
    told = Telling(check(claimed, article(TEXT), READ), Phrases.of("en"))
    store = Store(claimed_home)
    with duckdb.connect(str(store.path(store.head().generation)), read_only=True) as bare:
        for one, expected in zip(told.claims, (37, 9, 2_350_236), strict=True):
            _, sql = next(iter(told.statements(one.checking)))
            assert bare.sql(sql).fetchall() == [(expected,)]


def test_the_terminal_has_a_row_a_claim(telling: Telling) -> None:
    columns, rows, right = terminal.table(telling)
    assert len(columns) == len(right) == 4
    assert [row[1] for row in rows] == ["37", "9", "2,350,236"]
    assert any(line.startswith("· 99") for line in terminal.lines(telling))


def test_a_figure_without_an_article_can_be_told() -> None:
    assert Phrases.of("zh").say("check.stated.nearly", number=figure(500).text) == "近500"


def said(claimed: breachtrail.Ledger, *claims: Claim, unsure: int = 0, language: str = "en") -> Telling:
    read = Read(claims, (), tuple((aside("99"), Unsure.NOTHING_COUNTED) for _ in range(unsure)))
    return Telling(check(claimed, article("x", FIRST), read), Phrases.of(language))


UNKNOWN = {"measure": "individuals", "organisation": "Nobody at All"}


@pytest.mark.parametrize(
    ("claims", "unsure", "english", "chinese"),
    [
        ((), 0, "There is nothing in it to check. What can be checked", "文中没有可供核对的数字。能够核对的是"),
        ((), 2, "Nothing in it could be checked: 2 figures were not understood. What", "文中没有能够核对的数字：有2个"),
        (((37, {}),), 0, "Nothing in it speaks against the register.", "文中没有与门户数据不符之处。"),
        (((5, UNKNOWN),), 0, "No figure in it was found to be wrong, but the one claim", "未发现与门户数据不符的数字，但文中唯一"),
        (((37, {}), (5, UNKNOWN)), 0, "No figure in it was found to be wrong, but 1 of", "未发现与门户数据不符的数字，但2处"),
        (((37, {}), (30, {}), (5, UNKNOWN)), 0, "1 claim does not hold as stated.", "有1处与门户数据不符。"),
    ],
)  # fmt: skip
def test_the_headline_says_what_was_found_out(
    claimed: breachtrail.Ledger, claims: Any, unsure: int, english: str, chinese: str
) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        told = said(claimed, *[claim(value, **how) for value, how in claims], unsure=unsure, language=language)
        assert told.lead[0].startswith(expected)


@pytest.mark.parametrize(
    ("value", "how", "expected"),
    [
        ("0.40", {"step": "0.01"}, "As printed, 40% stands for 39.5% to 41.0%."),
        ("0.32", {"step": "0.01"}, "As printed, 32% stands for 31.5% to 33.0%."),
        ("0.401", {"step": "0.001"}, "As printed, 40.1% stands for 40.05% to 40.20%."),
        ("0.30", {"step": "0.01", "hedge": "about"}, "As printed, about 30% stands for 28.5% to 31.5%."),
        ("0.20", {"step": "0.01", "hedge": "over"}, ""),
    ],
)
def test_it_is_said_what_a_rounded_figure_stands_for(
    claimed: breachtrail.Ledger, value: str, how: dict[str, Any], expected: str
) -> None:
    share = claim(value, "state=TX", kind=ClaimKind.SHARE, whole=question(), **how)
    assert share.figure is not None
    share = replace(share, figure=replace(share.figure, text=f"{float(value) * 100:.3g}%"))
    told = [one for one in said(claimed, share).claims[0].sentences if one.startswith("As printed")]
    assert told == ([expected] if expected else [])


def test_a_figure_to_the_digit_stands_for_itself(claimed: breachtrail.Ledger) -> None:
    assert not any("As printed" in one for one in said(claimed, claim(30)).claims[0].sentences)


def test_readings_that_say_nothing_are_put_aside(claimed: breachtrail.Ledger) -> None:
    told = said(claimed, *[claim(value, f"state={state}") for value, state in ((8, "TX"), (6, "CA"), (5, "NY"))])
    first = told.claims[0]
    assert ("the open cases alone are counted", "8", True) in first.tried
    assert ("the archive alone is counted", "4") in first.rest
    assert not any("as large as printed" in reading for reading, *_ in (*first.tried, *first.rest))
    assert [score.reading.code for score in told.checked.scores if score.is_shown][:1] == ["open_alone"]
    assert any(not score.is_shown for score in told.checked.scores)
    html = page.printed(told)
    shown = re.sub(r"<details class=\"counted\">.*?</details>", "", html, flags=re.DOTALL)
    assert "the archive alone is counted" in html
    assert "the archive alone is counted" not in shown
    assert "the open cases alone are counted" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_claim_neither_totals_nor_looks_are_shown(claimed: breachtrail.Ledger, language: str) -> None:
    told = said(claimed, language=language)
    assert len(told.lead) == 1
    assert len(said(claimed, unsure=1, language=language).lead) == 2
    html = page.printed(told)
    assert 'class="totals"' not in html
    assert 'id="looks"' not in html
    assert 'class="totals"' in page.printed(said(claimed, claim(37), language=language))


@pytest.mark.parametrize(("low", "high", "expected"), [(29, 31, True), (3, 171, False), (20, 25, False)])
def test_a_span_that_holds_anything_gives_nothing(
    claimed: breachtrail.Ledger, low: int, high: int, expected: bool
) -> None:
    one = said(claimed, claim(30)).checked.claims[0]
    bracket = Bracket(Fraction(low), Fraction(high))
    assert one.shows(replace(one.tried[0], bracket=bracket, admits=low <= 30 <= high)) is expected
