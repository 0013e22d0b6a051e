"""What the forecasts are worth, beside the chain ladder and the figure as it stood; `make estimates` writes docs/estimates.md.

    python bench/estimates.py [-o FILE] [--registers N] [--jobs N]

Every forecast is made only from what was known on its day. Nothing in the method was fitted to these scores.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import chain_ladder
import duckdb
import growth_scores
import numpy as np
import restless
from forecast_rows import Row, beside_the_law, by_age, row, table
from side_by_side import REPOSITORY, SHARED, breachtrail

import breachtrail as package
from breachtrail.questions import outlook
from breachtrail.questions.growth import past
from breachtrail.questions.outlook import Known, Period
from breachtrail.questions.question import DEFAULT_REGISTER
from breachtrail.simulate.life import Life
from breachtrail.simulate.sights import lived

TEXT = Path(__file__).with_name("estimates.md")
#: Of so many made-up registers the kept package's chain ladder is run too; it takes four seconds each.
WITH_MACK = 20


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
            parts = [
                _real(known),
                growth_scores.told(past(ledger._engine, DEFAULT_REGISTER, known, ledger.head).hindsight),
            ]
    parts.append(_restless(chosen.registers, chosen.jobs))
    parts.append(growth_scores.made_up(chosen.registers))
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
        rows.append(row(one, *ladders[look]))
    looks = sorted({one.look for one in rows})
    lines = [
        "## Over the real snapshots\n",
        f"{len(rows)} forecasts of months, made on {len(looks)} looks from {looks[0]} to {looks[-1]}, judged by what was seen "
        f"until {known.as_of}.\n",
        table("months before the look", by_age(rows)),
        "By look, of the months that were over:\n",
        table("look", [(str(look), [one for one in rows if one.look == look and one.months_before]) for look in looks]),
        "Quarters and years, the running ones among them (few, and overlapping):\n",
        table("period", [
            ("the last four quarters", [row(one) for one in outlook.judged(known, None, _quarters)]),
            ("the running year", [row(one) for one in outlook.judged(known, None, _year)]),
        ]),
    ]  # fmt: skip
    return "\n".join(lines)


def _quarters(day: date) -> Sequence[Period]:
    place = day.year * 4 + (day.month - 1) // 3
    return [Period.parse(f"{one // 4}-Q{one % 4 + 1}") for one in range(place - 3, place + 1)]


def _year(day: date) -> Sequence[Period]:
    return [Period.parse(str(day.year))]


def _restless(registers: int, jobs: int) -> str:
    rows = [one for found in _run(_of_restless, registers, jobs) for one in found]
    return "\n".join([
        "## Over made-up registers that change, with a known law\n",
        f"{registers} registers of six years (`bench/restless.py`): rates, delays, the share of stragglers "
            "and the closing of cases stray from quarter to quarter, and the "
        f"office posts on two days a week; the months over are forecast on one day each: "
            f"{len(rows)} forecasts. *The law*: the forecast of whoever knows "
        "every rate and every delay, and only not what came of them; nobody can do better.\n",
        beside_the_law(by_age(rows)),
        table("months before the look", by_age(rows)),
    ])  # fmt: skip


def _of_restless(seed: int) -> list[Row]:
    today = date(2026, 7, 1).toordinal() - int(np.random.default_rng(seed).integers(0, 900))
    told = restless.made(10_000 + seed, today)  # others than those that mends are tried on
    estimate = outlook.late(told.sights, told.looks, told.cases, today)
    ladder = chain_ladder.between_looks(told.sights, told.looks, today)
    asked = outlook.months(date.fromordinal(today))[:-1]
    came = {date.fromordinal(told.first + place): int(count) for place, count in enumerate(told.came) if count}
    expected = [
        float(told.expected[one.first.toordinal() - told.first : one.last.toordinal() - told.first + 1].sum()) for one in asked
    ]  # fmt: skip
    made = outlook._judged(estimate, asked, outlook._seen(told.sights), came)
    return [row(one, None, ladder, mean) for one, mean in zip(made, expected, strict=True)]


def _made_up(registers: int, jobs: int) -> str:
    return _told(_run(_of_register, registers, jobs))


def _run(of_register: Callable[[int], list[Row]], registers: int, jobs: int) -> list[list[Row]]:
    found_by: list[list[Row]] = []
    begun = time.monotonic()
    with ProcessPoolExecutor(jobs) as pool:
        for place, found in enumerate(pool.map(of_register, range(1, registers + 1), chunksize=5)):
            found_by.append(found)
            if sys.stderr.isatty() or place % 50 == 0:
                print(f"{place + 1} of {registers} registers, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return found_by


def _told(by_register: Sequence[Sequence[Row]]) -> str:
    rows, registers = [one for found in by_register for one in found], len(by_register)
    short = [one for one in rows if one.mack is not None]
    return "\n".join([
        "## Over made-up registers, with known truth\n",
        f"{registers} registers of 1,000 to 8,000 notices, each looked at on 8 to 30 days of six years, every second look or so at the "
        f"open view alone; the months of a year are forecast on one day each: {len(rows)} forecasts.\n",
        table("months before the look", by_age(rows)),
        f"The {min(registers, WITH_MACK)} of them for which the package's chain ladder was run as well:\n",
        table("months before the look", by_age(short)),
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
    return [row(one, mack, ladder) for one in outlook._judged(estimate, outlook.months(until), then, by_day)]


if __name__ == "__main__":
    main()
