"""The form that builds a question: by scripts or without, it is one address, and its answer is the answer of `ask`."""

import re
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

import breachtrail
from breachtrail.web import asking
from breachtrail.wording.answered import PICTURES


def rows(page: LexborHTMLParser) -> list[list[str]]:
    return [
        [cell.text(strip=True) for cell in row.css("th, td")]
        for row in page.css("section[aria-labelledby=answer] tbody tr")
    ]


def seen(visitor: httpx.Client, url: str, **asked: object) -> LexborHTMLParser:
    response = visitor.get(url, params=asked or None)  # type: ignore[arg-type]
    assert response.status_code == 200, response.text[:500]
    return LexborHTMLParser(response.content)


def test_the_table_is_the_answer_of_ask(visitor: httpx.Client, made_up_home: Path) -> None:
    with breachtrail.open(made_up_home) as ledger:
        answer = ledger.ask("notices", "individuals", by="year", where={"state": ["TX", "CA"]})
    page = seen(visitor, "/en/ask?measures=notices,individuals&by=year&state=TX,CA")
    assert rows(page) == [
        [str(row["year"]), f"{row['notices']:,}", f"{row['individuals']:,}"] for row in answer.records()
    ]
    assert answer.sql.splitlines()[0] in page.css_first("details.counted pre").text()  # type: ignore[union-attr]


def test_a_share_says_what_it_is_a_part_of(visitor: httpx.Client) -> None:
    """Of one type by year it is no part of the year: it is a part of all rows, which add to 100%, and the column says so."""
    url = "/{}/ask?measures=share&by=year&breach_type=Hacking%2FIT+Incident"
    heads = [seen(visitor, url.format(one)).css("section[aria-labelledby=answer] thead th")[-1] for one in ("en", "zh")]
    assert [head.text() for head in heads] == ["Share of all notices in this answer", "占本答案全部起数的比例"]
    parts = [float(row[1].rstrip("%")) for row in rows(seen(visitor, url.format("en")))]
    assert len(parts) > 1
    assert sum(parts) == pytest.approx(100, abs=0.1 * len(parts))


def test_no_question_to_begin_with_takes_a_share_of_what_it_narrowed() -> None:
    """It would be a part of the years and not of the year, whatever the words beside it say."""
    for query in asking.EXAMPLES.values():
        assert "share" not in query["measures"] or set(query) == {"measures", "by"}


def test_a_form_sent_without_scripts_asks_the_same(visitor: httpx.Client) -> None:
    """A browser without scripts names each ticked value by itself, and sends what was left empty too."""
    plain = "/en/ask?measures=notices&measures=individuals&by=year&state=&q=&breach_type=Theft&breach_type=Hacking%2FIT+Incident&to="
    joined = "/en/ask?measures=notices,individuals&by=year&breach_type=Theft,Hacking%2FIT+Incident"
    assert rows(seen(visitor, plain)) == rows(seen(visitor, joined)) != []


def test_the_form_keeps_what_was_asked(visitor: httpx.Client) -> None:
    page = seen(
        visitor, "/zh/ask?measures=share&by=location&entity_type=Health+Plan&at_most=90000&view=archive&month=2024-07"
    )
    ticked = [box.attributes["value"] for box in page.css("form.asking input[checked]")]
    assert ticked == ["share", "location", "Health Plan"]
    assert page.css_first("form.asking [name=at_most]").attributes["value"] == "90000"  # type: ignore[union-attr]
    assert page.css_first("form.asking option[selected]").attributes["value"] == "archive"  # type: ignore[union-attr]
    assert page.css_first("form.asking [name=month]").attributes["value"] == "2024-07"  # type: ignore[union-attr]


def test_an_answer_leads_to_itself_for_good_and_to_its_notices(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/ask?measures=notices&state=TX")
    pinned = page.css_first("a[rel=bookmark]").attributes["href"] or ""  # type: ignore[union-attr]
    assert pinned == "/en/ask?measures=notices&state=TX&as_of=2026-07-09"
    total = page.css_first("section[aria-labelledby=answer] .totals dd").text()  # type: ignore[union-attr]
    found = visitor.get("/en/notices?state=TX").text
    assert f"{total} notices with" in found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", list(asking.EXAMPLES))
def test_every_example_is_answered(visitor: httpx.Client, language: str, name: str) -> None:
    page = seen(visitor, f"/{language}/ask", **asking.EXAMPLES[name])
    assert rows(page)


def test_many_bars_are_cut_in_the_picture_and_said(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/ask?measures=notices&by=month")
    caption = page.css_first("figcaption").text()  # type: ignore[union-attr]
    said = re.search(r"The latest 25 of (\d+)\.", caption)
    assert said, caption
    assert len(rows(page)) == int(said[1]) > 25
    last = rows(page)[-1][0]
    assert last in page.css_first("figure svg").text()  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chart_is_taken_along_as_a_picture_in_the_language_of_the_page(visitor: httpx.Client, language: str) -> None:
    page = seen(visitor, f"/{language}/ask?measures=notices,individuals&by=year&expected=1")
    links = [link.attributes["href"] or "" for link in page.css("p.taken a")]
    by_kind = {kind: next(link for link in links if f"answer.{kind}?" in link) for kind in PICTURES}
    svg, png = (visitor.get(by_kind[kind]) for kind in ("svg", "png"))
    assert svg.headers["content-type"] == "image/svg+xml"
    assert f'lang="{language}"' in svg.text
    assert visitor.get(by_kind["svg"].replace("expected=true", "")).text != svg.text
    assert png.content.startswith(b"\x89PNG")


def test_what_has_no_chart_is_offered_as_no_picture(visitor: httpx.Client) -> None:
    assert "answer.png" not in visitor.get("/en/ask?measures=notices").text
    refused = visitor.get("/downloads/answer.png?measures=notices")
    assert refused.status_code == 422
    assert "one dimension" in refused.text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("measures=notices&by=year,state,month", "2 at most"),
        ("measures=notices&by=fame", "Nothing can be split by “fame”"),
        ("measures=notices&view=attic", "has no list"),
        ("measures=notices&at_least=many", "whole number"),
    ],
)
def test_what_cannot_be_asked_is_said(visitor: httpx.Client, asked: str, says: str) -> None:
    response = visitor.get(f"/en/ask?{asked}")
    assert response.status_code == 422
    assert says in response.text


def test_a_question_that_fits_no_notice_says_so(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/ask?measures=notices&by=year&q=zzzz")
    assert "No notice fits the question." in page.css_first("main").text()  # type: ignore[union-attr]
