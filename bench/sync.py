"""A sync beside plain httpx that fetches the same bytes: whole processes, against the stand-in on this machine.

    python bench/sync.py [-o FILE]

The stand-in shows the two lists of the newest exports in the folder ``../shared`` beside the checkout (or the one that
BREACHTRAIL_SHARED names), else a register that is made up, and runs in a process of its own. Plain httpx asks for the page, both
exports and the change of the tab between them (``bench/plain_fetch.py``); it checks nothing and keeps nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from run import REPOSITORY, SHARED, breachtrail, processor

BOUND = 1.3
TURNS = 11
SERVER = """
import sys, time
from pathlib import Path
from breachtrail.simulate.portal import Portal, State, days
states = list(days.of(Path(sys.argv[1])).values())
portal = Portal(states[-1]).start()
print(portal.url, len(states[-1].under_investigation), len(states[-1].archive), flush=True)
time.sleep(3600)
"""
#: Both in one process that has everything imported, as a service would be: what the fetching itself costs.
WARM = """
import sys, time, runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from breachtrail.sync import Wishes, sync
home, portal, plain = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
day = datetime.now(UTC)
sync(home, Wishes(portal=portal), now=lambda: day)
sys.argv = [plain, portal]
for turn in range(int(12)):
    day += timedelta(days=1)
    start = time.perf_counter()
    run = sync(home, Wishes(portal=portal), now=lambda: day)
    ours = time.perf_counter() - start
    assert run.outcome == "nothing_new" and not run.setbacks, run
    start = time.perf_counter()
    runpy.run_path(plain)
    print("warm", ours, time.perf_counter() - start)
"""


def lists() -> Path | None:
    """A folder with the newest real export of each view, if there are any."""
    folder = SHARED / "data" / "ocr"
    newest = [sorted(folder.glob(f"*_{view}.csv"))[-1:] for view in ("under_investigation", "archive")]
    if not all(newest):
        return None
    ground = Path(tempfile.mkdtemp(prefix="breachtrail-bench-"))
    for view, (path,) in zip(("under_investigation", "archive"), newest, strict=True):
        (ground / f"{date.today()}_{view}.csv").write_bytes(path.read_bytes())
    return ground


def made_up() -> Path:
    ground = Path(tempfile.mkdtemp(prefix="breachtrail-bench-"))
    subprocess.run(breachtrail("simulate", str(ground), "--notices", "7000", "--snapshots", "1"), check=True)
    return ground


def seconds(command: list[str], code: int) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode != code:
        raise SystemExit(f"{command} ended with {done.returncode}, not {code}.")
    return time.perf_counter() - start


def a_day_earlier(home: Path) -> None:
    """Let the last look have been yesterday's, so that today's is still to come."""
    path = home / "sync" / "us_hhs_ocr.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    for look in told["looks"].values():
        look["fetched_at"] = str(datetime.fromisoformat(look["fetched_at"]) - timedelta(days=1))
    path.write_text(json.dumps(told), encoding="utf-8")


def beside(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Turns of ours and theirs, one after the other, the first of each not counted."""
    pairs = [(ours(), theirs()) for _ in range(TURNS + 1)][1:]
    return [one for one, _ in pairs], [other for _, other in pairs]


def row(name: str, ours: list[float], theirs: list[float]) -> str:
    ratio = median(ours) / median(theirs)
    told = [f"{median(times):.3f} ({min(times):.3f}–{max(times):.3f})" for times in (ours, theirs)]
    verdict = "held" if ratio <= BOUND else "**missed**"
    return f"| {name} | {told[0]} | {told[1]} | **{ratio:.2f}** | {BOUND}: {verdict} | {len(ours)} |"


def measured(portal: str, ground: Path) -> list[str]:
    kept, plain = ground / "kept", [sys.executable, str(REPOSITORY / "bench" / "plain_fetch.py"), portal]
    sync = breachtrail("sync", "--portal", portal, "--home")
    subprocess.run([*sync, str(kept)], check=True)

    def nothing_new() -> float:
        a_day_earlier(kept)
        return seconds([*sync, str(kept)], 4)

    def first() -> float:
        return seconds([*sync, tempfile.mkdtemp(dir=ground)], 0)

    told = subprocess.run(
        [sys.executable, "-c", WARM, str(ground / "warm"), portal, plain[1]], check=True, capture_output=True, text=True
    ).stdout
    warm = [list(map(float, line.split()[1:])) for line in told.splitlines() if line.startswith("warm")][1:]
    return [
        row("a day with nothing new, everything imported", [one for one, _ in warm], [other for _, other in warm]),
        row("`breachtrail sync`, a day with nothing new", *beside(nothing_new, lambda: seconds(plain, 0))),
        row("`breachtrail sync` into an empty home, ledger and all", *beside(first, lambda: seconds(plain, 0))),
    ]


def main(target: Path) -> None:
    """Measure, print and write."""
    real = lists()
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(real or made_up())], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        portal, under_investigation, archive = server.stdout.readline().split()
        with tempfile.TemporaryDirectory(prefix="breachtrail-bench-") as ground:
            rows = measured(portal, Path(ground))
    finally:
        server.kill()
        server.wait()
    text = "\n".join([
        "# A sync beside plain httpx",
        "",
        "<!-- Written by bench/sync.py (`make bench-sync`). -->",
        "",
        f"Against the stand-in on this machine, with {int(under_investigation):,} and {int(archive):,} "
        f"{'real' if real else 'made-up'} notices; politeness put aside (there is none towards one's own machine). "
        "Medians of turns taken one after the other, after a warm-up. A bound is for the ratio, in one run on one machine.",
        "",
        "| what | breachtrail, s | httpx, s | ratio | bound | turns |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
        f"{date.today()}; {processor()}; Python {sys.version.split()[0]}.",
        "",
    ])  # fmt: skip
    target.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=REPOSITORY / "docs" / "benchmark-sync.md")
    main(arguments.parse_args().output)
