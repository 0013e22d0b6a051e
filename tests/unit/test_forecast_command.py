"""``breachtrail forecast`` and ``breachtrail growth`` as a person or a machine calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from breachtrail.cli import app


def call(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--home", str(home)])


def test_a_forecast_as_a_table_with_its_score(claimed_home: Path) -> None:
    told = call(claimed_home, "forecast", "2025")
    assert told.exit_code == 0
    assert "In the end" in told.output
    assert "No earlier forecast can be judged yet" in told.output


def test_without_a_period_the_last_year_is_told(claimed_home: Path) -> None:
    told = json.loads(call(claimed_home, "forecast", "--format", "json").output)
    assert [one["period"] for one in told["forecasts"]][-3:] == ["2025-04", "2025-Q2", "2025"]
    assert told["unit"] == "notices"
    assert told["score"] is None
    assert told["method"]


def test_growth_for_machines(claimed_home: Path) -> None:
    told = json.loads(call(claimed_home, "growth", "2024", "--format", "json").output)
    assert told["individuals"] > 0
    assert set(told["total"]) == {"low", "lower", "median", "upper", "high"}
    assert call(claimed_home, "growth", "2024", "--format", "csv").stdout.startswith(
        "counts,notices,individuals,chance"
    )
    assert "500或501" in call(claimed_home, "growth", "2024", "--lang", "zh").output


@pytest.mark.parametrize("command", ["forecast", "growth"])
def test_what_cannot_be_forecast_is_refused_in_a_sentence(claimed_home: Path, command: str) -> None:
    told = call(claimed_home, command, "2024-Q7")
    assert told.exit_code == 2 or "is no period" in str(told.exception)
