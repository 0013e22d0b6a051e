"""A pasted article: bounded, only text, nothing kept; what cannot be checked comes back to be changed."""

from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

ARTICLE = "December 20, 2024. In 2023, 70 breaches were reported to OCR. In 2024, 46 breaches were reported to OCR."


def pasted(visitor: httpx.Client, text: str, published: str = "", language: str = "en") -> httpx.Response:
    return visitor.post(f"/{language}/check", data={"text": text, "published": published})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_claim_has_its_verdict_and_the_text_comes_back(visitor: httpx.Client, language: str) -> None:
    response = pasted(visitor, f"\n{ARTICLE} <i>x</i>", language=language)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    page = LexborHTMLParser(response.content)
    assert len(page.css("ul.notes > li")) == 2
    assert page.css_first("textarea").text() == f"\n{ARTICLE} <i>x</i>"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "published", "says"),
    [
        ("", "", "no text to check"),
        ("a" * 200_001, "", "longer than 200,000 bytes"),
        ("的" * 70_000, "", "longer than 200,000 bytes"),
        ("In 2023 there were 9" + "9" * 200, "", "200 figures or more"),
        ("585 " * 2_001, "", "2,001 numbers"),
        (ARTICLE * 101, "", "202 claims"),
        (ARTICLE, "yesterday", "is no day"),
    ],
)
def test_what_cannot_be_checked_comes_back_with_the_reason(
    visitor: httpx.Client, text: str, published: str, says: str
) -> None:
    response = pasted(visitor, text, published)
    assert response.status_code == 422
    page = LexborHTMLParser(response.content)
    assert says in page.css_first("[role=alert]").text()  # type: ignore[union-attr]
    assert page.css_first("textarea").text() == text  # type: ignore[union-attr]


def test_a_file_is_no_text(visitor: httpx.Client) -> None:
    response = visitor.post("/zh/check", files={"text": ("a.txt", b"In 2023, 70 breaches.")})
    assert response.status_code == 422
    assert "无法回答" in response.text


def test_nothing_of_an_article_is_kept(visitor: httpx.Client, made_up_home: Path) -> None:
    before = sorted((file, file.stat().st_mtime_ns) for file in made_up_home.rglob("*"))
    assert pasted(visitor, ARTICLE).status_code == 200
    assert sorted((file, file.stat().st_mtime_ns) for file in made_up_home.rglob("*")) == before
