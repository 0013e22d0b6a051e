"""What forecasts were worth: every one that was made on an earlier look, judged by what came, beside simpler ways.

Nothing here is chosen by how it comes out: all looks are judged, and all periods that are settled.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from breachtrail.estimates import chain_ladder
from breachtrail.estimates.interval import Floats
from breachtrail.estimates.score import weighted_interval_score
from breachtrail.questions.outlook import Judged, Known, Period, judged, months

#: Classes of forecasts of months by the months that lie between the month and the look.
AGES: dict[str, Callable[[int], bool]] = {
    "running": lambda age: age == 0,
    "one": lambda age: age == 1,
    "two": lambda age: age == 2,
    "some": lambda age: 3 <= age <= 5,
    "many": lambda age: age >= 6,
    "over": lambda age: age > 0,
}


Group = TypeVar("Group")


@dataclass(frozen=True)
class Worth:
    """What a group of forecasts was worth; scores are mean weighted interval scores in notices.

    held_50, held_90: how much of what came lay in the interval of one in two and of nine in ten, by the transform for counts
        (``Judged.held``), which is 0.5 and 0.9 for whoever knows the true law; with ends included whole numbers give more
    chain_ladder: the score of the chain ladder between looks; None where it says nothing of some of them
    as_it_stood: that of the figure as it stood on the day of the forecast
    """

    forecasts: int
    held_50: float
    held_90: float
    score: float
    chain_ladder: float | None
    as_it_stood: float


@dataclass(frozen=True)
class Record:
    """All forecasts of a register that can be judged by the end of ``as_of``.

    by_age:  of months, by the class of their age at the look (``AGES``); without classes that have none
    by_period: of quarters and of years, those running among them
    by_look: of months that were over, by the day of the look
    """

    as_of: date
    looks: tuple[date, ...]
    by_age: dict[str, Worth]
    by_period: dict[str, Worth]
    by_look: dict[date, Worth]


@dataclass(frozen=True)
class _One:
    made: Judged
    age: int
    ladder: float | None


def record(known: Known) -> Record:
    """Judge every forecast that was made on a look before the last one at every view."""
    made = judged(known, None, _asked)
    rows = _beside(known, [one for one in made if one.forecast.period.kind == "month"])
    by_age = {name: [one for one in rows if fits(one.age)] for name, fits in AGES.items()}
    looks = tuple(sorted({one.made.forecast.as_of for one in rows}))
    return Record(
        known.as_of,
        looks,
        _told(by_age),
        _told(
            {
                kind: [_One(one, 0, None) for one in made if one.forecast.period.kind == kind]
                for kind in ("quarter", "year")
            }
        ),
        _told({look: [one for one in rows if one.age and one.made.forecast.as_of == look] for look in looks}),
    )


def _asked(day: date) -> list[Period]:
    """What is forecast at a look: the months of the last year, the last four quarters and the year."""
    place = day.year * 4 + (day.month - 1) // 3
    quarters = [Period.parse(f"{one // 4:04}-Q{one % 4 + 1}") for one in range(place - 3, place + 1)]
    return [*months(day), *quarters, Period.parse(f"{day.year:04}")]


def _beside(known: Known, made: Sequence[Judged]) -> list[_One]:
    ladders: dict[date, dict[int, Floats]] = {}
    found = []
    for one in made:
        look, month = one.forecast.as_of, _month(one.forecast.period.first)
        if look not in ladders:
            ladders[look] = chain_ladder.between_looks(known.sights, known.looks, look.toordinal())
        told = ladders[look].get(month)
        found.append(
            _One(one, _month(look) - month, None if told is None else weighted_interval_score(told.tolist(), one.came))
        )
    return found


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _told(groups: dict[Group, list[_One]]) -> dict[Group, Worth]:
    return {name: _worth(rows) for name, rows in groups.items() if rows}


def _worth(rows: Sequence[_One]) -> Worth:
    made = [one.made for one in rows]
    ladders = [one.ladder for one in rows if one.ladder is not None]
    return Worth(
        len(rows),
        _mean(one.held(0.25, 0.75) for one in made),
        _mean(one.held(0.05, 0.95) for one in made),
        _mean(weighted_interval_score(one.forecast.final.quantiles, one.came) for one in made),
        _mean(ladders) if len(ladders) == len(rows) else None,
        _mean(abs(one.came - one.forecast.shown) for one in made),
    )


def _mean(figures: Iterable[float]) -> float:
    return float(np.mean(list(figures)))
