"""What of an answer can be drawn, and what cannot."""

from xml.etree import ElementTree

import pytest

import breachtrail
from breachtrail.errors import QuestionError
from breachtrail.wording import answered
from breachtrail.wording.phrases import Phrases


def test_an_answer_with_one_dimension_is_drawn_and_its_rows_are_all_there(ledger: breachtrail.Ledger) -> None:
    answer = ledger.ask("notices", by="state")
    chart = answered.chart(answer, Phrases.of("en"))
    assert chart is not None
    assert len(chart.table.rows) == len(answer.rows) > 1


def test_years_that_still_grow_are_drawn_hollow(ledger: breachtrail.Ledger) -> None:
    answer = ledger.ask("notices", "individuals", by="year")
    [last] = [row["year"] for row in answer.records()][-1:]
    settled, fresh = (answered.chart(answer, Phrases.of("en"), years) for years in ((), (last,)))
    assert settled is not None
    assert fresh is not None
    assert settled.svg() != fresh.svg()


@pytest.mark.parametrize("by", [[], ["state", "year"]])
def test_what_cannot_be_drawn_is_refused_with_what_to_do(ledger: breachtrail.Ledger, by: list[str]) -> None:
    answer = ledger.ask("notices", by=by)
    assert answered.chart(answer, Phrases.of("en")) is None
    with pytest.raises(QuestionError, match="Split it by one dimension"):
        answered.pictured(answer, "en", "svg")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_picture_says_the_question_the_day_and_every_caveat(ledger: breachtrail.Ledger, language: str) -> None:
    answer = ledger.ask("notices", "individuals", by="year", as_of="2024-06-01")
    svg = answered.pictured(answer, language, "svg").decode()
    said = "".join(text.text or "" for text in ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}text"))
    plain = said.replace(" ", "")
    phrases = Phrases.of(language)
    assert phrases.numbers.day(answer.question.as_of).replace(" ", "") in plain
    assert len(answer.caveats) > 0
    for caveat in answer.caveats:
        assert phrases.say(f"caveat.{caveat.code}", **caveat.values).replace(" ", "") in plain
    assert answer.head.content[:12] in svg


def test_a_picture_names_only_what_it_draws_and_who_drew_it(ledger: breachtrail.Ledger) -> None:
    svg = answered.pictured(ledger.ask("notices", "median", by="state"), "en", "svg").decode()
    title = svg.split("</text>")[0].rsplit(">")[-1]
    assert title.startswith("Notices by state")
    assert "BreachTrail · Ledger" in svg
