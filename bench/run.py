"""Side by side with pandas: whole processes, imports included, in one run; `make bench` writes docs/benchmarks.md.

    python bench/run.py [-o FILE]

Each measurement is a pair of processes, run one after the other in turns, after one warm-up of each; a ratio is that of their
medians. What is compared gives the same figures, which is checked first. The exports are those of the folder ``../shared``
beside the checkout, or of the one that ``BREACHTRAIL_SHARED`` names.
"""

import argparse
import csv
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BREACHTRAIL_SHARED", REPOSITORY.parent / "shared"))
YEAR = "2024"

Command = list[str]


@dataclass(frozen=True)
class Pair:
    """One measurement: ours beside pandas', how often, and how large the ratio may be."""

    name: str
    ours: Command
    theirs: Command
    bound: float
    turns: int
    before_ours: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Measured:
    """Medians in seconds, and the fastest and slowest of each."""

    pair: Pair
    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.theirs)


def breachtrail(*words: str) -> Command:
    """The console script of this environment."""
    return [str(Path(sys.executable).with_name("breachtrail")), *words]


def pandas(script: str, *words: str) -> Command:
    return [sys.executable, str(REPOSITORY / "bench" / script), *words]


def output_of(command: Command) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def seconds(command: Command) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def measured(pair: Pair) -> Measured:
    """Turns of ours and pandas', one after the other, the first of each not counted."""
    ours, theirs = [], []
    for _ in range(pair.turns + 1):
        pair.before_ours()
        ours.append(seconds(pair.ours))
        theirs.append(seconds(pair.theirs))
    return Measured(pair, ours[1:], theirs[1:])


def the_same_figures(ask: Command, analyst: Command) -> None:
    """Stops where the two do not answer the same."""
    ours = output_of([*ask, "--format", "csv"]).splitlines()[1].split(",")
    theirs = output_of(analyst).split()
    if ours != theirs:
        raise SystemExit(f"breachtrail answers {ours}, pandas {theirs}: there is nothing to compare.")


def pairs(exports: Sequence[Path], newest: Sequence[Path], ground: Path) -> list[Pair]:
    """The two measurements, on a ledger that is made here."""
    full, empty = ground / "full", ground / "empty"
    files = [str(path) for path in exports]
    subprocess.run(breachtrail("ingest", *files, "--home", str(full)), check=True, stdout=subprocess.DEVNULL)
    ask = breachtrail("ask", "notices", "individuals", "--year", YEAR, "--home", str(full))
    analyst = pandas("analyst.py", YEAR, *(str(path) for path in newest))
    the_same_figures(ask, analyst)
    return [
        Pair(f"`breachtrail ask notices individuals --year {YEAR}`, cold, over the full ledger; "
             f"pandas, from the two newest files", ask, analyst, 0.4, 15),
        Pair(f"`breachtrail ingest` of {len(files)} snapshots into an empty home; pandas, `read_csv` of the same",
             breachtrail("ingest", *files, "--home", str(empty)), pandas("analyst_read.py", *files), 3, 5,
             lambda: shutil.rmtree(empty, ignore_errors=True)),
    ]  # fmt: skip


def page(results: Sequence[Measured]) -> str:
    """docs/benchmarks.md."""
    lines = [
        "# Measured side by side with pandas",
        "",
        "<!-- Written by bench/run.py (`make bench`). -->",
        "",
        "Whole processes, imports included, bytecode compiled; medians of turns taken one after the other, after a warm-up.",
        "The scripts are `bench/analyst.py` and `bench/analyst_read.py`. A bound is for the ratio, in one run on one machine.",
        "",
        "| what | breachtrail, s | pandas, s | ratio | bound | turns |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in results:
        ours, theirs = (f"{median(times):.3f} ({min(times):.3f}–{max(times):.3f})" for times in (one.ours, one.theirs))
        held = "held" if one.ratio <= one.pair.bound else "**missed**"
        lines.append(
            f"| {one.pair.name} | {ours} | {theirs} | **{one.ratio:.2f}** | {one.pair.bound}: {held} | {one.pair.turns} |"
        )
    versions = [f"{name} {metadata.version(name)}" for name in ("duckdb", "pandas", "numpy", "click")]
    arrow = [
        f"pyarrow {one.version}, which slows the import of pandas" for one in metadata.distributions(name="pyarrow")
    ]
    lines += [
        "",
        f"{date.today()}; {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, {', '.join(versions)}, {(arrow or ['no pyarrow'])[0]}.",
        "",
    ]
    return "\n".join(lines)


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return (names or [platform.processor() or platform.machine()])[0]


def main(target: Path) -> None:
    """Measure, print and write."""
    folder = SHARED / "data" / "ocr"
    if not (folder / "MANIFEST.tsv").is_file():
        raise SystemExit(
            f"There are no exports in {folder}. Name the folder that holds data/ocr with BREACHTRAIL_SHARED."
        )
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        listed = sorted(csv.DictReader(lines, delimiter="\t"), key=lambda line: line["taken_on"])
    exports = [folder / line["file"] for line in listed]
    with tempfile.TemporaryDirectory(prefix="breachtrail-bench-") as ground:
        results = [measured(pair) for pair in pairs(exports, exports[-2:], Path(ground))]
    text = page(results)
    target.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=REPOSITORY / "docs" / "benchmarks.md")
    main(arguments.parse_args().output)
