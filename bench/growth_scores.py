"""What forecasts of growth were worth: over the real looks, and over made-up years of which the truth is known."""

import numpy as np

from breachtrail.estimates import revision
from breachtrail.estimates.interval import Interval
from breachtrail.estimates.score import Score
from breachtrail.questions.hindsight import Hindsight


def told(hindsight: Hindsight) -> str:
    """Every forecast of growth, in tables."""
    chances = hindsight.chances
    assert chances is not None
    lines = [
        "## Revisions, over the real snapshots\n",
        "Notices of the year of a look and the year before that would have another count at the first whole look at least 270 days later, "
        "and "
        "what that would add to their individuals: middle and interval of nine in ten, and what came. "
        "Before any revision had been seen, nothing was told of sums.\n",
        "| look | until | notices | revised: forecast | came | in 90% | individuals | added: forecast | came | in 90% |",
        "| --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | --- |",
    ]
    for one in hindsight.judged:
        sums = _cells(one.gained, one.gained_came) if one.gained else ["–", f"{one.gained_came:,}", "–"]
        cells = [
            str(one.look),
            str(one.until),
            str(one.notices),
            *_cells(one.revised, one.revised_came),
            f"{one.shown:,}",
            *sums,
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [
        "\n## New notices, over the real snapshots\n",
        "What notices of a look's year would add to its individuals that it did not show yet, late or still "
        "to be submitted, at their first counts.\n",
        "| look | individuals | added: forecast | came | in 90% |",
        "| --- | ---: | ---: | ---: | --- |",
        *("| " + " | ".join([str(one.look), f"{one.shown:,}", *_cells(one.added, one.came)]) + " |" for one in hindsight.new),
        "\n## Growth in short\n",
        "The score of the number of revisions is in notices; of sums, in natural logarithms (0.1 is about a tenth of the sum).\n",
        "| forecasts of | how many | score | as it stood | 50% ends included | 90% ends included |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        _line("the number of revisions", hindsight.of_revised),
        _line("the sum after revisions", hindsight.of_gained),
        _line("the year's sum with new notices", hindsight.of_new),
        "\n## Chances of single notices, over the real snapshots\n",
        f"{chances.notices:,} chances of a revision, told at {len(hindsight.judged)} looks (many of the same notices): "
        f"{chances.told:.1%} on the average; "
        f"{chances.came:.1%} came true. *Alike*: every notice of less than "
        "two years is given the same chance, that of all that were known then.\n",
        "| | by age and placeholder | alike |",
        "| --- | ---: | ---: |",
        f"| Brier score | {chances.brier:.4f} | {chances.brier_of_base:.4f} |",
        f"| logarithmic score | {chances.log:.4f} | {chances.log_of_base:.4f} |",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _cells(interval: Interval, came: int) -> list[str]:
    holds = "yes" if interval.low <= came <= interval.high else "no"
    return [f"{interval.median:,} ({interval.low:,} to {interval.high:,})", f"{came:,}", holds]


def _line(name: str, score: Score | None) -> str:
    assert score is not None
    return f"| {name} | {score.forecasts} | {score.score:.2f} | {score.as_it_stands:.2f} | {score.within_50:.1%} | {score.within_90:.1%} |"


def made_up(lives: int) -> str:
    """Numbers of revisions of so many made-up registers whose years stray by a known law."""
    closed, exact = [], []
    for seed in range(1, lives + 1):
        drawn, came = _life(seed)
        one = Interval.of(drawn)
        closed.append((one.lower <= came <= one.upper, one.low <= came <= one.high))
        below, at_most = np.mean(drawn < came), np.mean(drawn <= came)
        exact.append([
            max(0.0, min(at_most, high) - max(below, low)) / (at_most - below) if at_most > below else low < below < high
            for low, high in ((0.25, 0.75), (0.05, 0.95))
        ])  # fmt: skip
    shares = [*np.mean(exact, axis=0), *np.mean(closed, axis=0)]
    return "\n".join([
        "## Revisions, over made-up registers\n",
        f"{lives} registers of 2 to 14 pairs of looks, 30 to 500 days apart; the chance of a revision depends on age and placeholder, "
        "and every pair has a log-normal "
        "multiple of it (spread 0.2 to 1.3, half of it kept from pair to pair). "
        "How many of 700 notices will be revised in the 270 to 500 days after:\n",
        "| forecasts | 50% | 90% | ends included: 50% | 90% |",
        "| ---: | ---: | ---: | ---: | ---: |",
        f"| {lives} | " + " | ".join(f"{share:.1%}" for share in shares) + " |",
        "",
    ])  # fmt: skip


def _life(seed: int) -> tuple[np.ndarray, int]:
    """The draws of a forecast, and what came."""
    draw = np.random.default_rng([seed, 79])
    pairs, spread = int(draw.integers(2, 15)), draw.uniform(0.2, 1.3)
    gaps = draw.integers(30, 500, pairs + 1)
    gaps[-1] = draw.integers(270, 500)
    looks = np.cumsum(np.append(0, gaps[:-1])) + 10_000
    kinds = draw.uniform(5e-5, 4e-4) * np.array([1.0, draw.uniform(1, 4)])
    rate = np.outer(kinds, [1.5, 1.2, 1.0, 0.8, 0.4, 0.1])
    times = np.empty(pairs + 1)
    times[0] = draw.normal()
    for place in range(1, pairs + 1):
        times[place] = 0.5 * times[place - 1] + draw.normal(0, 0.75**0.5)
    times = np.exp(spread * times)

    def chance(kind: np.ndarray, age: np.ndarray, place: int) -> np.ndarray:
        at_risk = (revision._exposure(age, int(gaps[place])) * rate[kind]).sum(axis=1)
        found: np.ndarray = -np.expm1(-at_risk * times[place])
        return found

    ages = np.tile(np.arange(0, 1801, 30), 2)
    kind = np.repeat([0, 1], len(ages) // 2)
    rows = []
    for place in range(pairs):
        notices = draw.poisson(np.where(kind, 3, 20))
        revised = draw.binomial(notices, chance(kind, ages + 15.0, place))
        rows.append(
            np.stack([np.full(len(ages), looks[place]), np.full(len(ages), gaps[place]), kind, ages, notices, revised])
        )
    look, gap, placeholder, age, notices, revised = np.concatenate(rows, axis=1)
    nothing = np.zeros(0, dtype=np.int64)
    fitted = revision.fit(
        revision.Pairs(look, gap, placeholder.astype(bool), age, notices, revised),
        revision.Changes(nothing, nothing.astype(bool), nothing, nothing),
        int(looks[-1]),
    )
    age, at_500 = draw.integers(0, 730, 700).astype(float), draw.random(700) < 0.13
    drawn = fitted.draws(at_500, age, int(gaps[-1])).sum(axis=1)
    return drawn, int((draw.random(700) < chance(at_500.astype(int), age, pairs)).sum())
