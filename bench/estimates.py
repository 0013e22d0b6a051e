"""What the forecasts are worth, beside the chain ladder and the figure as it stood; `make estimates` writes docs/estimates.md.

    python bench/estimates.py [-o FILE] [--registers N] [--jobs N]

Every forecast is made only from what was known on its day. Nothing in the method was fitted to these scores.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import chain_ladder
import duckdb
import numpy as np
from side_by_side import REPOSITORY, SHARED, breachtrail

import breachtrail as package
from breachtrail.estimates import revision
from breachtrail.estimates.interval import Interval
from breachtrail.estimates.score import weighted_interval_score
from breachtrail.questions import outlook, revised
from breachtrail.questions.outlook import Judged, Known, Period
from breachtrail.questions.question import DEFAULT_REGISTER
from breachtrail.simulate.life import Life
from breachtrail.simulate.sights import lived

TEXT = Path(__file__).with_name("estimates.md")
#: Of so many made-up registers the kept package's chain ladder is run too; it takes four seconds each.
WITH_MACK = 20


@dataclass(frozen=True)
class Row:
    """One forecast beside the others': scores, and whether it held."""

    look: date
    months_before: int
    ours: float
    stood: float
    mack: float | None
    ladder: float | None
    inside: tuple[bool, bool]
    held: tuple[float, float]


def main() -> None:
    """Measure, print and write."""
    words = argparse.ArgumentParser()
    words.add_argument("-o", "--output", type=Path, default=REPOSITORY / "docs" / "estimates.md")
    words.add_argument("--registers", type=int, default=1000)
    words.add_argument("--jobs", type=int, default=1)
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        exports = [str(path) for path in sorted((SHARED / "data" / "ocr").iterdir()) if path.suffix != ".tsv"]
        subprocess.run([*breachtrail("ingest", "--home", folder), *exports], check=True, stdout=subprocess.DEVNULL)
        with package.open(home) as ledger:
            known = Known.of(ledger._engine, DEFAULT_REGISTER)
        parts = [_real(known)]
    parts.append(_made_up(chosen.registers, chosen.jobs))
    text = (
        TEXT.read_text(encoding="utf-8")
        .replace("{{ scores }}", "\n".join(parts))
        .replace("{{ today }}", str(date.today()))
    )
    chosen.output.write_text(text, encoding="utf-8")
    print(text)


def _real(known: Known) -> str:
    made = outlook.judged(known, None)
    ladders: dict[date, tuple[dict[int, np.ndarray], dict[int, np.ndarray]]] = {}
    rows = []
    for one in made:
        look = one.forecast.as_of
        if look not in ladders:
            day = look.toordinal()
            ladders[look] = (
                chain_ladder.mack(known.sights, day), chain_ladder.between_looks(known.sights, known.looks, day)
            )  # fmt: skip
        rows.append(_row(one, *ladders[look]))
    looks = sorted({row.look for row in rows})
    lines = [
        "## Over the real snapshots\n",
        f"{len(rows)} forecasts of months, made on {len(looks)} looks from {looks[0]} to {looks[-1]}, judged by what was seen "
        f"until {known.as_of}.\n",
        _table("months before the look", _by_age(rows)),
        "By look, of the months that were over:\n",
        _table("look", [(str(look), [row for row in rows if row.look == look and row.months_before]) for look in looks]),
        "Quarters and years, the running ones among them (few, and overlapping):\n",
        _table("period", [
            ("the last four quarters", [_row(one) for one in outlook.judged(known, None, _quarters)]),
            ("the running year", [_row(one) for one in outlook.judged(known, None, _year)]),
        ]),
    ]  # fmt: skip
    return "\n".join(lines)


def _revisions(ledger: package.Ledger, known: Known) -> str:
    engine, whole = ledger._engine, [int(day) for day in known.looks.days[known.looks.whole]]
    pairs, changes = revised.known(engine, DEFAULT_REGISTER, known.looks)
    lines = [
        "## Revisions, over the real snapshots\n",
        "Notices of the year of a look and the year before that would have another count at the first whole look at least 270 days later: "
        "middle and interval of nine in ten, and how many there were.\n",
        "| look | until | notices | forecast | came | in 90% |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for look in whole[1:]:
        later = next((one for one in whole if one - look >= 270), None)
        if later is None:
            continue
        day, then = date.fromordinal(look), date.fromordinal(later)
        first = date(day.year - 1, 1, 1)
        counts, submitted = revised.counts(engine, DEFAULT_REGISTER, day, first, day)
        drawn, _ = revision.fit(pairs, changes, look).growth(counts, (look - submitted).astype(float), later - look)
        told, came = Interval.of(drawn), revised.between(engine, DEFAULT_REGISTER, day, then, first)
        holds = "yes" if told.low <= came <= told.high else "no"
        lines.append(
            f"| {day} | {then} | {len(counts)} | {told.median} ({told.low} to {told.high}) | {came} | {holds} |"
        )
    return "\n".join([*lines, ""])


def _quarters(day: date) -> Sequence[Period]:
    place = day.year * 4 + (day.month - 1) // 3
    return [Period.parse(f"{one // 4}-Q{one % 4 + 1}") for one in range(place - 3, place + 1)]


def _year(day: date) -> Sequence[Period]:
    return [Period.parse(str(day.year))]


def _made_up(registers: int, jobs: int) -> str:
    found_by: list[list[Row]] = []
    begun = time.monotonic()
    with ProcessPoolExecutor(jobs) as pool:
        for place, found in enumerate(pool.map(_of_register, range(1, registers + 1), chunksize=5)):
            found_by.append(found)
            if sys.stderr.isatty() or place % 50 == 0:
                print(f"{place + 1} of {registers} registers, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return _told(found_by)


def _told(by_register: Sequence[Sequence[Row]]) -> str:
    rows, registers = [row for one in by_register for row in one], len(by_register)
    short = [row for row in rows if row.mack is not None]
    return "\n".join([
        "## Over made-up registers, with known truth\n",
        f"{registers} registers of 1,000 to 8,000 notices, each looked at on 8 to 30 days of six years, every second look or so at the "
        f"open view alone; the months of a year are forecast on one day each: {len(rows)} forecasts.\n",
        _table("months before the look", _by_age(rows)),
        f"The {min(registers, WITH_MACK)} of them for which the package's chain ladder was run as well:\n",
        _table("months before the look", _by_age(short)),
    ])  # fmt: skip


def _of_register(seed: int) -> list[Row]:
    draw = np.random.default_rng(seed)
    until = date(2026, 7, 1) - timedelta(days=int(draw.integers(0, 900)))
    ago = np.sort(draw.choice(np.arange(1, 2190), int(draw.integers(7, 30)), replace=False))[::-1]
    days = [*(until - timedelta(days=int(day)) for day in ago), until, until + timedelta(days=400)]
    one_list = bool(draw.random() < 0.25)
    whole = [one_list or bool(draw.random() < 0.5) for _ in days]
    whole[0] = True
    life = Life(int(draw.integers(1000, 8000)), seed, days, twins=float(draw.uniform(0, 0.05)), one_list=one_list)
    with duckdb.connect() as engine:
        told = lived(engine, life, days, whole)
    today = until.toordinal()
    estimate = outlook.late(told.sights, told.looks, told.cases, today)
    first, last = int(told.submitted.min()), int(told.submitted.max())
    came = np.bincount(told.submitted - first, minlength=last - first + 1)
    by_day = {date.fromordinal(first + place): int(count) for place, count in enumerate(came) if count}
    then = outlook._seen(told.sights.until(today))
    mack = chain_ladder.mack(told.sights, today) if seed <= WITH_MACK else None
    ladder = chain_ladder.between_looks(told.sights, told.looks, today)
    return [_row(one, mack, ladder) for one in outlook._judged(estimate, outlook.months(until), then, by_day)]


def _row(one: Judged, mack: dict[int, np.ndarray] | None = None, ladder: dict[int, np.ndarray] | None = None) -> Row:
    made, came = one.forecast, one.came
    month = made.period.first.year * 12 + made.period.first.month - 1
    before = made.as_of.year * 12 + made.as_of.month - 1 - month

    def beside(told: dict[int, np.ndarray] | None) -> float | None:
        return weighted_interval_score(told[month], came) if told and before > 0 else None

    final = made.final
    return Row(
        made.as_of, before, weighted_interval_score(final.quantiles, came), abs(came - made.shown), beside(mack), beside(ladder),
        (final.lower <= came <= final.upper, final.low <= came <= final.high),
        (_held(one, 0.25, 0.75), _held(one, 0.05, 0.95)),
    )  # fmt: skip


def _held(one: Judged, low: float, high: float) -> float:
    """The part of the chance given to what came that lies between two levels: for whole numbers, an interval to the hair."""
    if one.at_most == one.below:
        return float(low < one.below < high)
    return max(0.0, min(one.at_most, high) - max(one.below, low)) / (one.at_most - one.below)


def _by_age(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    classes: list[tuple[str, Callable[[int], bool]]] = [
        ("the running month", lambda age: age == 0), ("1", lambda age: age == 1), ("2", lambda age: age == 2),
        ("3 to 5", lambda age: 3 <= age <= 5), ("6 to 11", lambda age: age >= 6),
        ("all that are over", lambda age: age > 0), ("all", lambda age: True),
    ]  # fmt: skip
    return [(name, [row for row in rows if fits(row.months_before)]) for name, fits in classes]


def _table(by: str, groups: Iterable[tuple[str, Sequence[Row]]]) -> str:
    lines = [
        f"| {by} | forecasts | score | chain ladder (Mack) | chain ladder between looks | as it stood | in 50% | in 90% | "
        "to the hair: 50% | 90% |",
        "| --- |" + " ---: |" * 9,
    ]
    for name, rows in groups:
        if rows:
            shares = [np.mean([row.inside[at] for row in rows]) for at in (0, 1)]
            shares += [np.mean([row.held[at] for row in rows]) for at in (0, 1)]
            scores = [
                _mean(row.ours for row in rows),
                _mean(row.mack for row in rows),
                _mean(row.ladder for row in rows),
            ]
            cells = [
                name,
                str(len(rows)),
                *scores,
                _mean(row.stood for row in rows),
                *(f"{share:.1%}" for share in shares),
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _mean(scores: Iterable[float | None]) -> str:
    told = list(scores)
    return "–" if not told or None in told else f"{np.mean([one for one in told if one is not None]):.2f}"


if __name__ == "__main__":
    main()
