"""Forecasts over made-up registers: intervals hold what came as often as they say, and beat the figure as it stood.

A few registers in an ordinary run, more with ``HYPOTHESIS_PROFILE=deep``; a thousand in ``bench/estimates.py`` (docs/estimates.md).
"""

import os
from datetime import date, timedelta

import duckdb
import numpy as np

from breachtrail.estimates.late import late
from breachtrail.estimates.score import weighted_interval_score
from breachtrail.questions.outlook import Period, months
from breachtrail.simulate.life import Life
from breachtrail.simulate.sights import lived

REGISTERS = 150 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 8


def forecasts(seed: int) -> list[tuple[tuple[float, ...], int, int]]:
    """Quantiles, what came and what stood, of the months of a year before a look of a register of its own."""
    draw = np.random.default_rng([seed, 8])
    until = date(2026, 7, 1) - timedelta(days=int(draw.integers(0, 900)))
    ago = np.sort(draw.choice(np.arange(10, 2190), int(draw.integers(8, 25)), replace=False))[::-1]
    days = [*(until - timedelta(days=int(day)) for day in ago), until, until + timedelta(days=400)]
    whole = [place % 2 == 0 or day == until for place, day in enumerate(days)]
    with duckdb.connect() as engine:
        told = lived(engine, Life(6000, seed, days), days, whole)
    estimate = late(told.sights, told.looks, told.cases, until.toordinal())
    shown = told.sights.until(until.toordinal())
    return [(*_told(estimate, shown, period), _came(told.submitted, period)) for period in months(until)[:-1]]  # type: ignore[misc]


def _told(estimate, shown, period: Period):
    first, last = period.first.toordinal(), period.last.toordinal()
    stood = int(shown.by_day(first, last).sum())
    return tuple(np.quantile(stood + estimate.of(first, last), [0.05, 0.25, 0.5, 0.75, 0.95])), stood


def _came(submitted: np.ndarray, period: Period) -> int:
    return int(((submitted >= period.first.toordinal()) & (submitted <= period.last.toordinal())).sum())


def test_intervals_hold_and_the_score_beats_the_figure_as_it_stood() -> None:
    made = [one for seed in range(1, REGISTERS + 1) for one in forecasts(seed)]
    inside = np.mean([told[0] <= came <= told[4] for told, _, came in made])
    ours = np.mean([weighted_interval_score(told, came) for told, _, came in made])
    stood = np.mean([abs(came - stood) for _, stood, came in made])
    assert inside >= 0.85
    assert ours < 0.6 * stood
