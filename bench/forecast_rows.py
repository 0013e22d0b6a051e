"""Forecasts beside other ways, as rows, and tables of what they were worth."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import stats

from breachtrail.estimates.interval import QUANTILES
from breachtrail.estimates.score import weighted_interval_score
from breachtrail.questions.outlook import Judged

_HALF, _MOST = (0.25, 0.75), (0.05, 0.95)


@dataclass(frozen=True)
class Coverage:
    """Whether the intervals of one in two and nine in ten held, twice.

    exact: the part of the chance given to what came that lies within; closed: whether it lay within, ends included
    """

    exact: tuple[float, float]
    closed: tuple[bool, bool]


@dataclass(frozen=True)
class Row:
    """One forecast beside the others': scores, and whether it held.

    promised: the chances that it gave itself to its intervals, ends included
    law:      score and coverage of whoever knows the law; None where no law is known
    """

    look: date
    months_before: int
    ours: float
    stood: float
    mack: float | None
    ladder: float | None
    coverage: Coverage
    promised: tuple[float, float]
    law: tuple[float, Coverage] | None


def row(
    one: Judged,
    mack: dict[int, np.ndarray] | None = None,
    ladder: dict[int, np.ndarray] | None = None,
    expected: float | None = None,
) -> Row:
    """A row of a judged forecast; expected: the Poisson mean of what is to come, if the law is known."""
    made, came = one.forecast, one.came
    month = made.period.first.year * 12 + made.period.first.month - 1
    before = made.as_of.year * 12 + made.as_of.month - 1 - month

    def beside(told: dict[int, np.ndarray] | None) -> float | None:
        return weighted_interval_score(told[month], came) if told and before > 0 else None

    final = made.final
    coverage = Coverage(
        (one.held(*_HALF), one.held(*_MOST)), (final.lower <= came <= final.upper, final.low <= came <= final.high)
    )
    return Row(
        made.as_of, before, weighted_interval_score(final.quantiles, came), abs(came - made.shown), beside(mack), beside(ladder),
        coverage, one.promised, None if expected is None else _of_law(one, expected),
    )  # fmt: skip


def _of_law(one: Judged, expected: float) -> tuple[float, Coverage]:
    came = one.came - one.forecast.shown
    law = stats.poisson(expected)
    told = law.ppf(QUANTILES)
    below, at_most = float(law.cdf(came - 1)), float(law.cdf(came))
    exact = [max(0.0, min(at_most, high) - max(below, low)) / (at_most - below) for low, high in (_HALF, _MOST)]
    closed = (bool(told[1] <= came <= told[3]), bool(told[0] <= came <= told[4]))
    return weighted_interval_score(told, came), Coverage((exact[0], exact[1]), closed)


def by_age(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows by the months that lie between month and look."""
    classes: list[tuple[str, Callable[[int], bool]]] = [
        ("the running month", lambda age: age == 0), ("1", lambda age: age == 1), ("2", lambda age: age == 2),
        ("3 to 5", lambda age: 3 <= age <= 5), ("6 to 11", lambda age: age >= 6),
        ("all that are over", lambda age: age > 0), ("all", lambda age: True),
    ]  # fmt: skip
    return [(name, [one for one in rows if fits(one.months_before)]) for name, fits in classes]


def table(by: str, groups: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """What groups of forecasts were worth."""
    lines = [
        f"| {by} | forecasts | score | chain ladder (Mack) | chain ladder between looks | as it stood | 50% | 90% | "
        "ends included: 50% | 90% | promised: 50% | 90% |",
        "| --- |" + " ---: |" * 11,
    ]
    for name, rows in groups:
        if rows:
            scores = [_mean(getattr(one, way) for one in rows) for way in ("ours", "mack", "ladder", "stood")]
            shares = [*_shares([one.coverage for one in rows])]
            shares += [_share(one.promised[at] for one in rows) for at in (0, 1)]
            lines.append("| " + " | ".join([name, str(len(rows)), *scores, *shares]) + " |")
    return "\n".join([*lines, ""])


def beside_the_law(groups: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """The forecasts beside those of whoever knows the law."""
    lines = [
        "| months before the look | forecasts | ours: score | 50% | 90% | ends included: 50% | 90% | the law: score | 50% | 90% | "
        "ends included: 50% | 90% |",
        "| --- |" + " ---: |" * 11,
    ]
    for name, rows in groups:
        laws = [one.law for one in rows if one.law is not None]
        if laws:
            ours = [_mean(one.ours for one in rows), *_shares([one.coverage for one in rows])]
            theirs = [_mean(score for score, _ in laws), *_shares([coverage for _, coverage in laws])]
            lines.append("| " + " | ".join([name, str(len(rows)), *ours, *theirs]) + " |")
    return "\n".join([*lines, ""])


def _shares(made: Sequence[Coverage]) -> list[str]:
    return [_share(getattr(one, kind)[at] for one in made) for kind in ("exact", "closed") for at in (0, 1)]


def _share(told: Iterable[float]) -> str:
    return f"{np.mean(list(told)):.1%}"


def _mean(scores: Iterable[float | None]) -> str:
    told = list(scores)
    return "–" if not told or None in told else f"{np.mean([one for one in told if one is not None]):.2f}"
