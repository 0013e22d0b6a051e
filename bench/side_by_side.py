"""Two whole processes, turn and turn about: what each takes, and the ratio, as a row of docs/benchmarks.md."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BREACHTRAIL_SHARED", REPOSITORY.parent / "shared"))

Command = list[str]


@dataclass(frozen=True)
class Taken:
    """What one process took: wall seconds, seconds of processor, and its largest resident size in MiB."""

    seconds: float
    processor: float
    mib: float


@dataclass(frozen=True)
class Beside:
    """Turns of ours and of theirs; ``bound`` is for the ratio of the medians."""

    name: str
    ours: list[Taken]
    theirs: list[Taken]
    bound: float

    @property
    def ratio(self) -> float:
        return median(one.seconds for one in self.ours) / median(one.seconds for one in self.theirs)

    def row(self) -> str:
        """A row of a table with the columns of ``HEADER``."""
        processor = sum(one.processor for one in self.ours) / sum(one.processor for one in self.theirs)
        cells = (
            self.name,
            _told(self.ours),
            _told(self.theirs),
            f"**{self.ratio:.2f}**",
            f"{self.bound}: {held(self.ratio <= self.bound)}",
            f"{processor:.2f}",
            f"{max(one.mib for one in self.ours):,.0f}",
            str(len(self.ours)),
        )
        return f"| {' | '.join(cells)} |"


HEADER = (
    "| what | breachtrail, s | the other, s | ratio | bound | ratio of processor time | our peak, MiB | turns |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def held(holds: bool) -> str:
    """Whether a bound was held, as the page says it."""
    return "held" if holds else "**missed**"


def _told(turns: list[Taken]) -> str:
    times = [one.seconds for one in turns]
    return f"{median(times):.3f} ({min(times):.3f}–{max(times):.3f})"


def taken(command: Command, ends: int = 0) -> Taken:
    """Run a process to its end; one that ends otherwise than expected stops the bench."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != ends:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {said.decode(errors='replace')}")
    return Taken(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turn(
    name: str,
    ours: Command,
    theirs: Command,
    bound: float,
    turns: int,
    before_ours: Callable[[], object] = lambda: None,
    ends: int = 0,
) -> Beside:
    """Turns of ours and theirs, one after the other, after a warm-up of each.

    before_ours: done before each turn of ours, and not counted; ends: the exit code of ours
    """
    pairs = []
    for _ in range(turns + 1):
        before_ours()
        pairs.append((taken(ours, ends), taken(theirs)))
    return Beside(name, [our for our, _ in pairs[1:]], [their for _, their in pairs[1:]], bound)


def breachtrail(*words: str) -> Command:
    """The console script of this environment."""
    return [str(Path(sys.executable).with_name("breachtrail")), *words]


def script(name: str, *words: str) -> Command:
    """A script of this folder."""
    return [sys.executable, str(REPOSITORY / "bench" / name), *words]


def output_of(command: Command) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def the_same_figures(ours: Command, *others: Command) -> None:
    """Stops where two do not answer the same: then there is nothing to compare."""
    expected = output_of(ours)
    for other in others:
        if (seen := output_of(other)) != expected:
            raise SystemExit(f"{' '.join(ours)} answers\n{expected}\n{' '.join(other)} answers\n{seen}")


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return (names or [platform.processor() or platform.machine()])[0]
