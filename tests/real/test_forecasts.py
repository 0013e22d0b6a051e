"""Forecasts over the real snapshots: made only from what was known on their day, and worth what docs/estimates.md says."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import breachtrail
from breachtrail import pipeline
from breachtrail.questions import growth
from breachtrail.questions.outlook import Known, judged, score_of


def test_a_forecast_of_an_earlier_day_is_that_of_a_ledger_that_ends_there(
    real_ledger: Path, exports: list[Path], tmp_path: Path
) -> None:
    day = "2021-01-08"
    pipeline.ingest(tmp_path / "then", [path for path in exports if path.name[:10] <= day])
    with breachtrail.open(real_ledger) as now, breachtrail.open(tmp_path / "then") as then:
        asked = ("2020", "2020-Q4", "2020-12", "2021-01")
        assert now.forecast(*asked, as_of=day).forecasts == then.forecast(*asked).forecasts
        assert now.forecast("2020", as_of=day).score == then.forecast("2020").score
        assert now.growth("2020", as_of=day).total == then.growth("2020").total


def test_the_intervals_of_nine_in_ten_hold_and_the_score_beats_the_figure_as_it_stood(real_ledger: Path) -> None:
    with breachtrail.open(real_ledger) as ledger:
        made = judged(Known.of(ledger._engine, "us_hhs_ocr"), 10)
    score = score_of(made)
    assert score is not None
    assert score.forecasts > 100
    assert 0.85 <= score.within_90 <= 0.95
    assert score.score < score.as_it_stands / 3
    assert np.mean([one.below for one in made]) == pytest.approx(0.5, abs=0.2)


def test_what_came_lies_within_5_points_of_what_the_intervals_say(real_ledger: Path) -> None:
    """Of the months that were over, on all looks (docs/estimates.md); by the transform for counts, not by the closed interval."""
    with breachtrail.open(real_ledger) as ledger:
        known = Known.of(ledger._engine, "us_hhs_ocr")
        made = [one for one in judged(known, None) if one.forecast.period.last < one.forecast.as_of]
    assert len(made) > 150
    assert np.mean([one.held(0.25, 0.75) for one in made]) == pytest.approx(0.5, abs=0.05)
    assert np.mean([one.held(0.05, 0.95) for one in made]) == pytest.approx(0.9, abs=0.05)


def test_chances_of_single_notices_beat_the_share_of_all(real_ledger: Path) -> None:
    with breachtrail.open(real_ledger) as ledger:
        past = growth.past(ledger._engine, "us_hhs_ocr", ledger._known(None, "us_hhs_ocr"), ledger.head)
    told = past.hindsight.chances
    assert told is not None
    assert told.brier < 0.95 * told.brier_of_base
    assert told.log < 0.9 * told.log_of_base
    assert past.hindsight.of_new is not None
    assert past.hindsight.of_new.score < past.hindsight.of_new.as_it_stands / 5


def test_shown_is_what_ask_answers(real_ledger: Path) -> None:
    with breachtrail.open(real_ledger) as ledger:
        for year in (2024, 2026):
            [one] = ledger.forecast(str(year)).forecasts
            assert one.shown == ledger.ask("notices", year=year).value()
            assert ledger.growth(str(year)).individuals == ledger.ask("individuals", year=year).value()
        assert ledger.forecast("2026").as_of == date(2026, 7, 9)
