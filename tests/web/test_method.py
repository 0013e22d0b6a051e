"""The method: everything that can be asked, every status, rung and rule, in both languages."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from breachtrail.ledger import rungs
from breachtrail.notices.shape import COLUMNS
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.web import method
from breachtrail.wording.phrases import Phrases


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_that_can_be_asked_is_described(visitor: httpx.Client, language: str) -> None:
    page = LexborHTMLParser(visitor.get(f"/{language}/method").content)
    told = {node.attributes["id"] for node in page.css("dt[id]")}
    assert told == {f"measure-{one}" for one in catalog.MEASURES} | {f"dimension-{one}" for one in catalog.dimensions()}
    assert [node.text() for node in page.css("dd pre")] == [one.sql for one in catalog.MEASURES.values()]
    assert len(page.css("section[aria-labelledby=statuses] dt")) == len(list(Vocabulary.load().values("status")))
    assert len(page.css("section[aria-labelledby=followed] li")) == len(rungs.EVERY)


def test_every_rule_that_holds_a_row_is_told() -> None:
    phrases = Phrases.of("en")
    assert {f"rule.{one}" for one in method.RULES} == {key for key in phrases.keys if key.startswith("rule.")}


def test_the_english_meanings_are_those_of_the_catalogue() -> None:
    phrases = Phrases.of("en")
    for what, described in (
        ("measure", catalog.MEASURES.values()),
        ("dimension", catalog.dimensions().values()),
        ("column", COLUMNS),
    ):
        for one in described:
            assert phrases.say(f"meaning.{what}.{one.name}") == one.meaning
