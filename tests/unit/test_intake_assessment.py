"""The assessment of an incident: the questions, what they come to, and that it is kept with its reasons."""

import pytest
from filed import AUDITOR, FILER, NOW, REVIEWER, STRANGER

from breachtrail.errors import IntakeRefused
from breachtrail.intake import assessment
from breachtrail.wording.phrases import Phrases

NAMES = [question.name for question in assessment.QUESTIONS]


def said(**answers: str) -> dict[str, str]:
    """No to everything, each with a reason, but for what is said otherwise; ``key_safe`` is asked after a Yes only."""
    whole = {question.name: "No" for question in assessment.QUESTIONS if question.group != "factor"}
    return whole | {question.reason: "Because." for question in assessment.QUESTIONS} | answers


@pytest.mark.parametrize(
    ("answers", "conclusion"),
    [
        ({}, "breach"),
        ({"permitted": "Yes"}, "permitted"),
        ({"encrypted": "Yes"}, "breach"),
        ({"encrypted": "Yes", "key_safe": "Yes"}, "secured"),
        ({"key_safe": "Yes"}, "breach"),
        ({"destroyed": "Yes"}, "secured"),
        ({"good_faith": "Yes"}, "exception"),
        ({"inadvertent": "Yes"}, "exception"),
        ({"not_retained": "Yes"}, "exception"),
        ({"low_probability": "Yes"}, "low_probability"),
    ],
)
def test_the_answers_come_to_a_conclusion(answers, conclusion: str) -> None:
    assert assessment.refusals(said(**answers)) == {}
    assert assessment.conclusion(said(**answers)) == conclusion
    assert conclusion in assessment.CONCLUSIONS


def test_what_stands_behind_the_end_is_not_asked() -> None:
    assert [question.name for question in assessment.asked({})] == ["permitted"]
    assert [question.name for question in assessment.asked(said(destroyed="Yes"))][-1] == "destroyed"
    assert "key_safe" not in [question.name for question in assessment.asked(said())]
    assert assessment.asked(said())[-1].name == "low_probability"


@pytest.mark.parametrize("name", ["nature", "recipient", "acquired", "mitigated", "low_probability"])
def test_without_four_factors_and_a_reason_there_is_no_low_probability(name: str) -> None:
    without = said(low_probability="Yes", **{f"{name}_reason": " "})
    assert assessment.refusals(without) == {f"{name}_reason": "missing"}


def test_it_is_kept_for_good_and_another_look_is_another_one(office) -> None:
    first = assessment.record(office, FILER, "laptop of May", said(), NOW)
    assessment.record(office, FILER, "laptop of May", said(encrypted="Yes", key_safe="Yes"), NOW)
    kept = assessment.of(office, AUDITOR, "laptop of May")
    assert sorted(one.conclusion for one in kept) == ["breach", "secured"]
    assert first.rules.startswith("45 CFR 164.402")
    assert "key_safe" not in first.answers
    assert (len(assessment.of(office, REVIEWER)), assessment.of(office, STRANGER)) == (2, [])


@pytest.mark.parametrize(
    ("subject", "answers"),
    [("x", {}), ("x", {"permitted": "perhaps", "permitted_reason": "y"}), (" ", said()), ("a\nb", said())],
)
def test_what_is_not_whole_is_not_kept(office, subject: str, answers) -> None:
    with pytest.raises(IntakeRefused):
        assessment.record(office, FILER, subject, answers, NOW)
    assert assessment.of(office, AUDITOR) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_question_and_conclusion_has_its_words(language: str) -> None:
    phrases = Phrases.of(language)
    assert len(set(NAMES)) == len(NAMES)
    assert all(phrases.say(f"assessment.question.{name}.{part}") for name in NAMES for part in ("label", "hint"))
    assert all(phrases.say(f"assessment.conclusion.{one}") for one in assessment.CONCLUSIONS)
