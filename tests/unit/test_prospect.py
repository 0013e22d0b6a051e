"""What may become of one notice's count."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.cli import app
from breachtrail.errors import QuestionError
from breachtrail.questions.growth import past
from breachtrail.wording import growth as grown
from breachtrail.wording import prospect as telling
from breachtrail.wording.phrases import Phrases


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice every fourth day, every fifth at 500; 500 becomes 7,000 after half a year, other counts stand."""
    register = MadeUpRegister(tmp_path_factory.mktemp("prospect") / "home")
    days = [date(2022, 1, 1) + timedelta(days=4 * place) for place in range(200)]
    for look in (date(2022, 6, 30) + timedelta(days=90 * place) for place in range(8)):
        rows = [
            Row(f"Clinic {place}", submitted_on=day, individuals=900 + place if place % 5 else 500 if look - day < timedelta(200) else 7000)
            for place, day in enumerate(days) if day <= look - timedelta(days=12)
        ]  # fmt: skip
        register.look(str(look), under_investigation=rows[len(rows) // 2 :], archive=rows[: len(rows) // 2])
    return register.home


def id_of(ledger: breachtrail.Ledger, name: str) -> str:
    [one] = [row for row in ledger.show(name) if row["name"] == name]
    return str(one["id"])


def test_a_placeholder_will_move_and_another_count_will_not(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        young, other = (ledger.prospect(id_of(ledger, name)) for name in ("Clinic 165", "Clinic 166"))
    assert (young.individuals, young.placeholder, other.placeholder) == (500, True, False)
    assert young.chance > 0.5 > young.base > other.chance
    assert young.becomes is not None
    assert young.becomes.low == young.becomes.high == 7000
    assert young.alike > 0
    assert other.becomes is None
    assert young.age == (young.as_of - young.submitted_on).days


def test_its_score_beats_that_of_all_notices_alike(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        told = ledger.prospect(id_of(ledger, "Clinic 165"))
    assert told.score is not None
    assert told.score.brier < told.score.brier_of_base
    assert told.score.log < told.score.log_of_base
    assert told.judged_since is not None


def test_what_came_of_sums_is_what_the_notices_became(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        hindsight = past(ledger._engine, "us_hhs_ocr", ledger._known(None, "us_hhs_ocr"), ledger.head).hindsight
        growth = ledger.growth("2023")
    assert hindsight.judged
    for one in hindsight.judged:
        assert one.gained_came == one.revised_came * 6500 > 0
    assert growth.score_of_revisions is not None
    assert growth.score_of_revisions.score < growth.score_of_revisions.as_it_stands
    assert len(grown.worth_of_sums(growth, Phrases.of("en"))) == 2
    day = date(2022, 9, 28)
    [new] = [one for one in hindsight.new if one.look == day]
    assert new.came == sum(
        900 + place if place % 5 else 500
        for place in range(92) if date(2022, 1, 1) + timedelta(days=4 * place + 12) > day
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_told_with_interval_method_and_score(home: Path, language: str) -> None:
    phrases = Phrases.of(language)
    with breachtrail.open(home) as ledger:
        told = ledger.prospect(id_of(ledger, "Clinic 165"))
    notes = telling.notes(told, phrases)
    assert telling.worth(told, phrases) in notes
    assert phrases.say("prospect.method") in notes
    assert len(telling.rows(told)[0]) == len(telling.COLUMNS)
    assert {"chance", "becomes", "score", "method", "unit"} <= set(telling.document(told, phrases))


def test_the_command(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        id = id_of(ledger, "Clinic 165")

    def call(*words: str) -> str:
        return CliRunner().invoke(app, ["growth", *words, "--home", str(home)]).stdout

    assert json.loads(call("--notice", id, "--format", "json"))["becomes"]["median"] == 7000
    assert call("--notice", id, "--format", "csv").startswith("id,individuals,submitted_on,chance")
    assert "chance that this count is revised" in call("--notice", id)
    assert "布里尔评分" in call("--notice", id, "--lang", "zh")


@pytest.mark.parametrize("words", [(), ("2023", "--notice", "x")])
def test_a_period_or_a_notice_is_named(home: Path, words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(app, ["growth", *words, "--home", str(home)])
    assert told.exit_code == 2
    assert "one of the two" in told.output


def test_what_is_not_shown_has_no_prospect(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        with pytest.raises(QuestionError, match="No notice has the id"):
            ledger.prospect("ocr-nothing")
        with pytest.raises(QuestionError, match="shows no notice"):
            ledger.prospect(id_of(ledger, "Clinic 165"), as_of="2023-01-01")
