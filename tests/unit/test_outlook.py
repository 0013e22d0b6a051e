"""What a period will come to, from a ledger."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.errors import QuestionError
from breachtrail.questions.outlook import Period, judged, months
from breachtrail.wording import growth as grown
from breachtrail.wording import outlook as telling
from breachtrail.wording.phrases import Phrases


@pytest.fixture
def home(foretold_home: Path) -> Path:
    """Two years with a notice every third day, posted twelve days later; looked at every sixty days."""
    return foretold_home


def test_a_forecast_adds_what_is_late_and_to_come_to_what_is_shown(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        outlook = ledger.forecast("2024", "2024-12", "2023-Q2")
        shown = ledger.ask("notices", year=2024).value()
    year, month, quarter = outlook.forecasts
    assert year.shown == shown
    assert year.shown <= year.final.low <= year.final.median <= year.final.high
    assert month.to_come.high > 0
    assert year.late.high > 0
    assert quarter.final.high - quarter.shown <= 1
    assert 112 <= year.final.low <= 122 <= year.final.high <= 140
    assert outlook.score is not None
    assert outlook.score.within_90 > 0.7


def test_it_is_made_only_from_what_was_known_on_its_day(home: Path, tmp_path: Path) -> None:
    """The same forecast comes of a ledger that holds nothing newer."""
    with breachtrail.open(home) as ledger:
        then = ledger.forecast("2024", as_of="2024-03-01")
        assert then.as_of == date(2024, 2, 25)
        assert then.forecasts == ledger.forecast("2024", as_of="2024-02-25").forecasts
        assert then.forecasts != ledger.forecast("2024").forecasts


def test_revisions_and_new_notices_are_told_apart(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        told = ledger.growth("2024")
        assert told.individuals == ledger.ask("individuals", year=2024).value()
    assert told.placeholders.chance > 0.5 > told.others.chance
    assert told.placeholders.becomes is not None
    assert told.placeholders.becomes.median == 7000
    assert told.by_revisions.median > 0
    assert told.by_new.median > 0
    assert told.total.low > told.individuals


def test_a_forecast_says_what_its_intervals_promise_ends_included(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        made = judged(ledger._known(None, "us_hhs_ocr"))
    assert made
    for one in made:
        assert one.promised[0] >= 0.5
        assert one.promised[1] >= 0.9
        assert 0 <= one.held(0.25, 0.75) <= one.held(0.05, 0.95) <= 1


def test_what_came_is_held_by_as_much_of_its_chance_as_lies_between_the_levels(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        one = judged(ledger._known(None, "us_hhs_ocr"))[0]
    assert replace(one, below=0.2, at_most=0.6).held(0.25, 0.75) == pytest.approx(0.35 / 0.4)
    assert replace(one, below=0.8, at_most=0.9).held(0.25, 0.75) == 0.0
    assert replace(one, below=0.0, at_most=1.0).held(0.05, 0.95) == pytest.approx(0.9)
    assert replace(one, below=1.0, at_most=1.0).held(0.05, 0.95) == 0.0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_told_without_its_interval_and_score(home: Path, language: str) -> None:
    phrases = Phrases.of(language)
    with breachtrail.open(home) as ledger:
        outlook, growth = ledger.forecast(), ledger.growth("2024")
    columns, rows, right = telling.table(outlook, phrases)
    assert {len(row) for row in rows} == {len(columns)} == {len(right)}
    assert telling.worth(outlook, phrases) in telling.notes(outlook, phrases)
    assert grown.worth(growth, phrases) in grown.notes(growth, phrases)
    assert {"score", "method", "forecasts"} <= set(telling.document(outlook, phrases))
    assert {len(row) for row in telling.rows(outlook)} == {len(telling.COLUMNS)}
    assert {len(row) for row in grown.rows(growth)} == {len(grown.COLUMNS)}


def test_what_cannot_be_judged_says_so(register: MadeUpRegister) -> None:
    register.look("2024-05-28", under_investigation=[Row()], archive=[Row("Other Clinic")])
    with register.open() as ledger:
        outlook = ledger.forecast("2024")
        assert outlook.score is None
        assert telling.worth(outlook, Phrases.of("en")) == Phrases.of("en").say("estimate.no_score")
        with pytest.raises(QuestionError, match="looked at twice"):
            ledger.growth("2024")


def test_one_view_alone_is_refused(register: MadeUpRegister) -> None:
    register.look("2024-05-28", under_investigation=[Row()])
    with register.open() as ledger, pytest.raises(QuestionError, match="one view alone"):
        ledger.forecast("2024")


@pytest.mark.parametrize("told", ["", "2024-", "2024-13", "2024-Q5", "2024-7", "0000", "soon", "२०२४"])
def test_what_is_no_period_is_refused(told: str) -> None:
    with pytest.raises(QuestionError, match="is no period"):
        Period.parse(told)


def test_so_far_ahead_nothing_is_said(home: Path) -> None:
    with breachtrail.open(home) as ledger, pytest.raises(QuestionError, match="two years after the last look"):
        ledger.forecast("9999")


def test_the_months_of_a_year() -> None:
    told = months(date(2026, 2, 3))
    assert (told[0].name, told[-1].name, len(told)) == ("2025-03", "2026-02", 12)
    assert Period.parse("2024-Q1").last == date(2024, 3, 31)
    assert Period.parse("2024-02").last == date(2024, 2, 29)
