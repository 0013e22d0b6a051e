"""What every forecast was worth: as many as there are, scored as the score says, beside the chain ladder."""

from pathlib import Path

import numpy as np
import pytest

import breachtrail
from breachtrail.questions.outlook import judged, score_of


@pytest.fixture
def often(foretold_home: Path):
    with breachtrail.open(foretold_home) as ledger:
        yield ledger


def test_every_forecast_of_a_month_is_in_one_class_of_age(often: breachtrail.Ledger) -> None:
    made = judged(often._known(None, "us_hhs_ocr"), None)
    record = often.record()
    ages = record.by_age
    assert sum(ages[name].forecasts for name in ages if name != "over") == len(made) > 30
    assert ages["over"].forecasts == sum(one.forecasts for one in record.by_look.values())
    assert set(record.looks) == {one.forecast.as_of for one in made}


def test_a_group_is_scored_as_any_forecasts_are(often: breachtrail.Ledger) -> None:
    made = judged(often._known(None, "us_hhs_ocr"), None)
    over = [one for one in made if one.forecast.period.last < one.forecast.as_of]
    told, known = often.record().by_age["over"], score_of(over)
    assert known is not None
    assert (told.forecasts, told.score, told.as_it_stood) == pytest.approx(
        (known.forecasts, known.score, known.as_it_stands)
    )
    assert told.held_50 == pytest.approx(np.mean([one.held(0.25, 0.75) for one in over]))
    assert told.held_90 == pytest.approx(np.mean([one.held(0.05, 0.95) for one in over]))
    assert told.held_50 < known.within_50


def test_the_chain_ladder_says_nothing_of_the_running_month_and_of_longer_periods(often: breachtrail.Ledger) -> None:
    record = often.record()
    assert record.by_age["running"].chain_ladder is None
    assert record.by_age["over"].chain_ladder is not None
    assert set(record.by_period) == {"quarter", "year"}
    assert record.by_period["year"].chain_ladder is None


def test_an_early_day_judges_what_was_known_by_then(often: breachtrail.Ledger) -> None:
    then = often.record(as_of="2024-03-01")
    assert max(then.looks) < then.as_of < often.record().as_of
    assert not often.record(as_of="2023-06-30").by_age
