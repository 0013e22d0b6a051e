"""The people behind the records of a ledger, and the commands that tell of people."""

import json
from pathlib import Path

import pytest
from asked import small_register
from click.testing import CliRunner

import breachtrail
from breachtrail.cli import app
from breachtrail.errors import SketchError
from breachtrail.estimates.distinct import Distinct, Overlap
from breachtrail.wording import people as wording
from breachtrail.wording.phrases import Phrases


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    small_register(folder)
    return folder


def test_the_bounds_are_the_largest_and_the_sum(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        for asked in ({}, {"year": 2024}, {"where": ["state=TX"]}, {"as_of": "2024-06-01"}):
            found = ledger.people(**asked)
            assert found.distinct.least == ledger.ask("largest", **asked).value()
            assert found.distinct.most == ledger.ask("individuals", **asked).value()
            assert all(
                found.distinct.least <= one.people <= found.distinct.most + 1e-6 for one in found.distinct.overlaps
            )


def test_residents_are_those_of_the_last_year_of_the_period(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        assert ledger.people(year=2023).residents_year == 2023
        assert ledger.people(year=2024).residents_year == 2024
        in_2023, in_2024 = (ledger.people(year=year).distinct.residents for year in (2023, 2024))
        assert 330_000_000 < in_2023 < in_2024 < 345_000_000


def test_a_notice_without_a_count_is_told(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        found = ledger.people(as_of="2024-06-01", year=2023)
    assert found.without_count == 1
    assert any("no count" in line for line in wording.bounds_notes(found, "en"))


def test_nobody_is_told_of_where_nothing_is_known(home: Path) -> None:
    with breachtrail.open(home) as ledger:
        found = ledger.people(year=2019)
    assert (found.distinct.least, found.distinct.most) == (0, 0)
    assert len(wording.bounds_notes(found, "en")) == 1


def run(*arguments: str) -> str:
    found = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Every notice draws anew"), ("zh", "每起通报涉及的人都从全体居民中随机产生")]
)
def test_the_command_tells_bounds_and_estimates(home: Path, lang: str, said: str) -> None:
    assert said in run("people", "--year", "2024", "--home", str(home), "--lang", lang)
    document = json.loads(run("people", "--format", "json", "--home", str(home)))
    assert document["least"] == 2_000_000
    assert [one["assumption"] for one in document["overlaps"]] == ["independent", "half", "same"]


def test_lists_are_sketched_and_laid_together(tmp_path: Path) -> None:
    key = str(tmp_path / "key")
    run("sketch", "--new-key", key)
    for name, people in (("a", range(60)), ("b", range(40, 90))):
        rows = "".join(f"Roe,J{chr(97 + n // 26)}{chr(97 + n % 26)},1980-01-02\n" for n in people)
        (tmp_path / f"{name}.csv").write_text(f"last,first,dob\n{rows}", encoding="utf-8")
        assert "60 rows" in run("sketch", str(tmp_path / f"{name}.csv"), "--key", key, "--name", name) or name == "b"
    sketches = [str(tmp_path / f"{name}.csv.sketch") for name in "ab"]
    document = json.loads(run("people", *sketches, "--key", key, "--format", "json"))
    assert (document["union"]["people"], document["overlaps"][0]["both"]["people"]) == (90, 20)
    assert "On a and b" in run("people", *sketches, "--lang", "en")
    assert "精确" in run("people", *sketches, "--lang", "zh")
    names = [line.split(",")[1] for line in (tmp_path / "a.csv").read_text().splitlines()[1:]]
    content = (tmp_path / "a.csv.sketch").read_bytes()
    assert not any(name.encode() in content for name in ("Roe", *(f"{name}|" for name in names)))


def test_commands_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    for arguments in (("sketch", "list.csv"), ("sketch",), ("people", "a.sketch", "--year", "2024")):
        with pytest.raises(SketchError):
            CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_three_digits_never_lead_over_a_bound() -> None:
    """134,760 is 135,000 to three digits, and more than all that was ever counted."""
    told = Distinct(3, 134_773, 56_789, 330_000_000, 56_789, 134_773, ())
    for language in ("en", "zh"):
        count = Phrases.of(language).numbers.count
        ends = wording.assumed(Overlap("independent", 134_760, (134_300, 134_773)), told, Phrases.of(language))
        assert ends[0] == count(134_773)
        assert ends[1].endswith(count(134_773))
        same = wording.assumed(Overlap("same", 56_789, (56_789, 56_789)), told, Phrases.of(language))
        assert same == (Phrases.of(language).numbers.rough(56_789, 3), "")
        low = wording.assumed(
            Overlap("same", 56_701, (56_701, 56_701)), Distinct(3, 1, 1, 1, 56_789, 134_773, ()), Phrases.of(language)
        )
        assert low == (count(56_789), "")
