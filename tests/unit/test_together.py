"""One question of many periods at once is answered as each by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asked import small_register

import breachtrail
from breachtrail.questions import catalog, condition
from breachtrail.questions.question import Question
from breachtrail.questions.together import Together

#: Two of them overlap, one holds no notice, and one began before there were any.
PERIODS = [
    (date(2023, 1, 1), date(2023, 12, 31)),
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2024, 2, 1), date(2024, 2, 29)),
    (date(2024, 3, 1), date(2024, 3, 31)),
    (date(2024, 5, 1), date(2024, 5, 31)),
    (date(2009, 1, 1), date(2009, 12, 31)),
]
MEASURES = tuple(name for name in catalog.MEASURES if Together.may_be_asked([name]))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[breachtrail.Ledger]:
    home: Path = small_register(tmp_path_factory.mktemp("together")).home
    with breachtrail.open(home) as opened:
        yield opened


def each(ledger: breachtrail.Ledger, question: Question) -> list[Any]:
    return [ledger.answer(replace(question, submitted_from=first, submitted_to=last)) for first, last in PERIODS]


@pytest.mark.parametrize("dimension", [None, *catalog.dimensions()])
def test_every_answer_is_the_one_to_its_own_question(ledger: breachtrail.Ledger, dimension: str | None) -> None:
    question = Question(MEASURES, (dimension,) if dimension else ())
    together = ledger.together(question, PERIODS)
    answers = [together.answer(period) for period in PERIODS]
    assert answers == each(ledger, question)
    assert sum(len(answer.rows) for answer in answers) >= 3


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": date(2024, 6, 1)},
        {"as_of": date(2024, 9, 1), "view": "under_investigation"},
        {"conditions": (condition.parse("individuals>=1000"),)},
        {"conditions": (condition.parse("location=Email"), condition.parse("entity_type!=Health Plan"))},
        {"conditions": (condition.parse("status=missing,unlisted"),)},
        {"conditions": (condition.parse("name~no such name"),)},
        {"dimensions": ("breach_type", "location")},
        {"dimensions": ("information_type", "state"), "as_of": date(2024, 6, 1)},
    ],
)
def test_days_views_and_conditions_are_kept(ledger: breachtrail.Ledger, asked: dict[str, Any]) -> None:
    question = Question(("notices", "individuals", "share", "median"), **asked)
    together = ledger.together(question, PERIODS)
    assert [together.answer(period) for period in PERIODS] == each(ledger, question)


def test_rates_look_beyond_the_notices_of_a_period() -> None:
    assert not Together.may_be_asked(["notices", "notices_per_million"])
    assert {"notices", "individuals", "share", "individuals_share", "posting_delay", "days_open"} <= set(MEASURES)
