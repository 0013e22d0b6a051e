"""Organisations like mine: what is counted, with intervals; and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.cli import app
from breachtrail.errors import QuestionError
from breachtrail.wording import people as wording


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of Texas' health plans six notices in 2022 and 24 in 2023, of 1,000, 2,000 … individuals; two of Ohio."""
    folder = tmp_path_factory.mktemp("home")
    plans = [
        Row(f"Plan {n}", "TX", "Health Plan", 1000 * (n + 1), f"{n % 12 + 1:02}/15/{2022 if n < 6 else 2023}",
            "Theft" if n < 3 else "Hacking/IT Incident", "Email", "Yes" if n < 10 else "No")
        for n in range(30)
    ]  # fmt: skip
    plans += [Row(f"Ohio {n}", "OH", "Health Plan", 501, "05/05/2023") for n in range(2)]
    other = [Row("Clinic", "TX", "Healthcare Provider", 700, "05/06/2023")]
    MadeUpRegister(folder).look("2024-06-01", {"under_investigation": plans, "archive": other})
    return folder


def test_what_is_counted(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        found = ledger.peers("health plan", states=["Texas"], years=2, organisations=100)
    assert (found.kind.entity_type, found.kind.states) == ("Health Plan", ("TX",))
    assert (found.yearly, found.notices) == ({2022: 6, 2023: 24}, 30)
    assert found.a_year is not None
    assert found.a_year.value == 15
    assert found.per_organisation is not None
    assert found.per_organisation.value == 0.15
    assert found.sizes[0.5].value == 15_500
    assert [(one.value, one.notices, one.share.value) for one in found.means] == [
        ("Hacking/IT Incident", 27, 0.9), ("Theft", 3, 0.1),
    ]  # fmt: skip
    assert found.through_associate is not None
    assert found.through_associate.value == pytest.approx(1 / 3)


def test_sizes_are_those_that_can_befall_an_organisation_of_this_size(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        found = ledger.peers("Health Plan", states=["TX"], years=2, size=25_000)
        few = ledger.peers("Health Plan", states=["TX"], years=2, size=5_000)
    assert found.larger is not None
    assert found.larger.value == pytest.approx(5 / 30)
    assert found.sizes[0.5].value == 13_000
    assert few.sizes == {}
    assert any("Too few" in line for line in wording.peers_lines(few, "en"))


def test_too_few_notices_carry_no_shares(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        found = ledger.peers("Health Plan", states=["OH"], years=2)
    assert (found.notices, found.is_enough) == (2, False)
    assert (found.sizes, found.means, found.through_associate, found.larger) == ({}, (), None, None)
    assert any("too few" in line for line in wording.peers_lines(found, "en"))
    assert any("不足以" in line for line in wording.peers_lines(found, "zh"))


def test_a_rate_without_a_number_of_organisations_is_refused(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        found = ledger.peers("Health Plan", years=1)
    assert (found.per_organisation, found.a_year) == (None, None)
    assert any("knows their number" in line for line in wording.peers_lines(found, "en"))


@pytest.mark.parametrize("asked", [{"size": 499}, {"years": 0}, {"organisations": 0}, {"states": ["XX"]}])
def test_what_cannot_be_asked(home: Path, asked: dict[str, object]) -> None:
    with breachtrail.open(home) as ledger, pytest.raises(QuestionError):
        ledger.peers("Health Plan", **asked)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_prints_it_and_gives_it_to_machines(home: Path, lang: str) -> None:
    told = [
        "peers",
        "--entity-type",
        "Health Plan",
        "--state",
        "TX",
        "--years",
        "2",
        "--home",
        str(home),
        "--lang",
        lang,
    ]
    shown = CliRunner().invoke(app, [*told, "--sql"], catch_exceptions=False)
    assert "30" in shown.output
    assert "SELECT individuals FROM version" in shown.output
    document = json.loads(CliRunner().invoke(app, [*told, "--format", "json"], catch_exceptions=False).output)
    assert document["yearly"] == {"2022": 6, "2023": 24}
    assert document["sizes"]["0.5"]["between"][0] < 15_500 < document["sizes"]["0.5"]["between"][1]
