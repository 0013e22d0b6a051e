"""Laws of counting people, on populations whose truth is known.

Bounds hold whatever the overlap. An estimate's interval covers nine times in ten where its own assumption holds; where
another one does, it fails, and the test says in which direction. Sketches of unions stay within their stated error.
"""

import os

import numpy as np
import pytest

from breachtrail.estimates.distinct import RETURNING, Distinct, distinct
from breachtrail.people import sketch
from breachtrail.people import together as laid
from breachtrail.people.key import Key

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
RESIDENTS = 20_000
LIVES = 1000 if DEEP else 250
TRIALS = 1000 if DEEP else 100
#: Sketches of a hundredth of the size have ten times the error, and the same law of it.
LG_KEPT = sketch.LG_KEPT if DEEP else 9
SCALE = 1 if DEEP else 100
KEY = Key.of(b"law" * 11)


def lived(returning: float, seed: int) -> tuple[np.ndarray, int]:
    """Sizes of notices and the number of different people in them: of each notice but the largest a part returns."""
    draw = np.random.default_rng(seed)
    sizes = np.sort(np.minimum(50 * (1 + draw.pareto(0.9, 40)), RESIDENTS * 0.6).astype(int))[::-1]
    hit = np.zeros(RESIDENTS, dtype=bool)
    for place, size in enumerate(sizes):
        new = size if place == 0 else round(size * (1 - returning))
        hit[draw.choice(RESIDENTS, new, replace=False)] = True
    return sizes.astype(float), int(hit.sum())


@pytest.fixture(scope="module")
def populations() -> dict[str, list[tuple[Distinct, int]]]:
    return {
        name: [(distinct(sizes, RESIDENTS), truth) for sizes, truth in (lived(part, seed) for seed in range(LIVES))]
        for name, part in RETURNING.items()
    }


def test_bounds_always_hold(populations: dict[str, list[tuple[Distinct, int]]]) -> None:
    assert all(found.least <= truth <= found.most for one in populations.values() for found, truth in one)


@pytest.mark.parametrize("assumption", RETURNING)
def test_an_interval_covers_where_its_assumption_holds(
    populations: dict[str, list[tuple[Distinct, int]]], assumption: str
) -> None:
    inside = np.mean([low <= truth <= high for low, high, truth in ends(populations[assumption], assumption)])
    assert inside == 1 if assumption == "same" else 0.84 <= inside <= 0.96


def test_under_another_assumption_it_fails_and_is_too_high(populations: dict[str, list[tuple[Distinct, int]]]) -> None:
    """Whoever assumes less overlap than there is finds too many people; never too few."""
    found = list(ends(populations["half"], "independent"))
    assert np.mean([low <= truth <= high for low, high, truth in found]) < 0.2
    assert np.mean([truth < low for low, _, truth in found]) > 0.8


def ends(lives: list[tuple[Distinct, int]], assumption: str) -> list[tuple[float, float, int]]:
    told = [(next(one for one in found.overlaps if one.assumption == assumption), truth) for found, truth in lives]
    return [(*one.between, truth) for one, truth in told]


def test_unions_and_overlaps_of_sketches_stay_within_their_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """At two standard deviations: 95 of 100, and of three lists all at once a little less often."""
    monkeypatch.setattr(sketch, "KEPT", 2**LG_KEPT)
    monkeypatch.setattr(laid, "LG_KEPT", LG_KEPT)
    inside = {"union": 0, "both": 0}
    for trial in range(TRIALS):
        draw = np.random.default_rng(trial)
        numbers = draw.integers(1, sketch.WHOLE, 260_000 // SCALE, dtype=np.int64)
        a, b, c, d = (one // SCALE for one in (150_000, 80_000, 220_000, 200_000))
        lists = [numbers[:a], numbers[b:c], numbers[d:]]
        sketches = [
            sketch.made(f"list {place}", "name_birth", len(one), {}, KEY, sketch.WHOLE, smallest(one))
            for place, one in enumerate(lists)
        ]
        found = laid.together(sketches)
        inside["union"] += found.union.between[0] <= len(np.unique(numbers)) <= found.union.between[1]
        low, high = found.overlaps[0].both.between
        inside["both"] += low <= a - b <= high
    assert min(inside.values()) / TRIALS >= (0.93 if DEEP else 0.85), inside


def smallest(numbers: np.ndarray) -> list[int]:
    """More than a sketch keeps of them, as a scan finds them."""
    return [int(one) for one in np.sort(np.unique(numbers))[: sketch.KEPT + 1]]
