"""Brackets against days that were left out: what the register did show on them lies inside.

Each day is taken out of the exports, and what its snapshots show is compared with the bracket that the others give. One day
in an ordinary run, on the exports around it; all nine, on all exports, with ``HYPOTHESIS_PROFILE=deep`` (docs/method.md has the figures).
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import breachtrail
from breachtrail import pipeline
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions.bracket import Asked
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
DAYS = ["2024-12-08"]
ALL_DAYS = [
    "2020-02-11",
    "2021-03-13",
    "2023-06-03",
    "2023-12-15",
    "2024-05-28",
    "2024-07-06",
    "2024-11-06",
    *DAYS,
    "2025-04-12",
]
#: Looks so far from the day are left out of an ordinary run.
NEAR = timedelta(days=430)
#: The part of all figures that may lie outside: a count that was revised twice between two looks is not foreseen.
OUTSIDE = 0.01


def questions(day: date) -> list[Question]:
    """Notices of the year and the year before, whole and by each value of four columns."""
    vocabulary = Vocabulary.load()
    conditions: list[tuple[Condition, ...]] = [()]
    for column in ("state", "entity_type", "breach_type", "location"):
        conditions += [(Condition(column, "=", (value,)),) for value in vocabulary.values(column) if value]
    return [
        Question(("notices",), (), some, date(year, 1, 1), date(year, 12, 31))
        for year in (day.year - 1, day.year)
        for some in conditions
    ]


@pytest.fixture(scope="module", params=ALL_DAYS if IS_DEEP else DAYS)
def left_out(
    request: pytest.FixtureRequest,
    manifest: list[dict[str, str]],
    exports: list[Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[date, set[str], breachtrail.Ledger]]:
    """A day, the lists looked at on it, and a ledger that never saw it."""
    day = date.fromisoformat(request.param)
    taken = {path: date.fromisoformat(line["taken_on"]) for path, line in zip(exports, manifest, strict=True)}
    home = tmp_path_factory.mktemp("left-out") / "home"
    pipeline.ingest(
        home,
        [path for path, on in taken.items() if on != day and (IS_DEEP or abs(on - day) <= NEAR or on.year == 2026)],
    )
    views = {line["view"] for line in manifest if line["taken_on"] == request.param}
    with breachtrail.open(home) as ledger:
        yield day, views, ledger


def test_what_was_shown_lies_in_the_bracket(
    left_out: tuple[date, set[str], breachtrail.Ledger], real_ledger: Path
) -> None:
    day, views, ledger = left_out
    asked = questions(day)
    brackets = ledger.bracketed([Asked(question) for question in asked], as_of=day)
    outside, figures = [], 0
    with breachtrail.open(real_ledger) as whole:
        for view in [*views, *([None] if len(views) > 1 else [])]:
            seen = [
                Asked(Question(("notices",), (), one.conditions, one.submitted_from, one.submitted_to, None, view))
                for one in asked
            ]
            for question, bracket, truth in zip(
                asked, brackets, whole.bracketed(seen, as_of=day, now=day), strict=True
            ):
                for measure in ("notices", "individuals"):
                    low, high = bracket.bounds[view][measure]
                    figures += 1
                    if not low <= truth.then[measure] <= high:
                        outside.append((view, question, measure, low, truth.then[measure], high))
    assert len(outside) <= OUTSIDE * figures, outside


def test_totals_of_neighbouring_looks_are_no_bracket(real_ledger: Path) -> None:
    """The open list falls from 556 to 472 between two looks; notice by notice, it can have held more than either."""
    question = Asked(Question(("notices",), (), (), date(2024, 1, 1), date(2024, 12, 31)))
    with breachtrail.open(real_ledger) as ledger:
        totals = [
            ledger.ask("notices", year=2024, as_of=day, view="under_investigation").value()
            for day in ("2024-12-08", "2025-04-12")
        ]
        [found] = ledger.bracketed([question], as_of=date(2025, 1, 23))
    low, high = found.bounds["under_investigation"]["notices"]
    assert low < min(totals) < max(totals) < 585 < high
