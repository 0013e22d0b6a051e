"""What a visitor is told who asks for what cannot be: a sentence in the language of the page."""

import re

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from breachtrail.wording.phrases import Phrases

REFUSED = {
    "years/2024?as_of=yesterday": ("no_day", {"seen": "yesterday"}),
    "states?year=x": ("no_year", {"seen": "x"}),
    "months/2024": ("no_month", {"seen": "2024"}),
    "states/XX": ("no_state", {"seen": "XX"}),
    "notices?at_least=x": ("no_number", {"seen": "x"}),
    "notices?breach_type=Magic": ("never", {"dimension": "breach_type", "seen": "Magic"}),
    "notices?page=0": ("no_page", {"seen": "0"}),
    "notices?order=x": ("no_order", {"seen": "x"}),
    "ask?measures=x": ("no_measure", {"seen": "x"}),
    "ask?measures=notices&by=x": ("no_dimension", {"seen": "x"}),
    "notices/nothing": ("no_notice", {"seen": "nothing"}),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", REFUSED)
def test_a_refusal_is_told_in_the_language_of_the_page(visitor: httpx.Client, language: str, path: str) -> None:
    name, values = REFUSED[path]
    answer = visitor.get(f"/{language}/{path}")
    assert 400 <= answer.status_code < 500
    [told, *_] = LexborHTMLParser(answer.text).css("main p")
    assert told.text().strip() == Phrases.of(language).say(f"refusal.{name}", **values)
    assert "lang" not in told.attributes


def test_what_is_refused_before_the_site_is_asked_is_told_so_too(visitor: httpx.Client) -> None:
    long = "x" * 9_000
    assert re.search("[\u4e00-\u9fff]", visitor.get(f"/zh/?q={long}").text)
    assert "letters at most" in visitor.get(f"/en/?q={long}").text
