"""What helps: sound references, both languages, and conditions that can be asked."""

from pathlib import Path
from typing import Any

import pytest

import breachtrail
from breachtrail.errors import VocabularyError
from breachtrail.report.advice import Advice
from breachtrail.wording import font

NAMED = {"en": "a", "zh": "甲"}


def document(**changed: Any) -> dict[str, Any]:
    cause = {"where": {}, "seen": NAMED, "do": NAMED, "practices": ["1"], "goals": ["training"]}
    return {
        "practices": {"1": NAMED}, "goals": {"training": NAMED}, "causes": [{**cause, **changed}],
        "systems": [], "systems_as_of": None,
    }  # fmt: skip


def test_every_cause_can_be_asked_for(asked_home: Path) -> None:
    with breachtrail.open(asked_home) as ledger:
        for cause in Advice.load().causes:
            assert ledger.ask("notices", where=cause.where).value() >= 0


def test_everything_is_said_in_both_languages_with_glyphs_that_are_there() -> None:
    advice = Advice.load()
    texts = [
        text for one in advice.causes for text in (one.seen, one.do, *one.goals, *(each.name for each in one.practices))
    ]
    assert all(text.en and text.zh and text.en != text.zh for text in texts)
    assert font.missing("".join(text.zh for text in texts)) == ""


def test_paid_updates_never_end_before_the_free_ones() -> None:
    systems = Advice.load().systems
    assert [one.name for one in systems if one.paid_until and one.paid_until <= one.ended] == []
    assert [one.ended for one in systems] == sorted(one.ended for one in systems)
    assert all(one.ended <= Advice.load().systems_as_of for one in systems)


@pytest.mark.parametrize("changed", [{"practices": ["11"]}, {"goals": ["prayer"]}])
def test_a_practice_or_goal_that_is_not_listed_is_refused(changed: dict[str, Any]) -> None:
    assert Advice.from_document(document()).causes[0].practices[0].number == "1"
    with pytest.raises(VocabularyError, match=r"names '(11|prayer)', which is not listed there"):
        Advice.from_document(document(**changed))
