"""A sync beside plain httpx that fetches the same bytes, against the stand-in on this machine.

The stand-in shows the two lists of the newest exports in the folder ``../shared`` beside the checkout (or the one that
BREACHTRAIL_SHARED names), else a register that is made up, and runs in a process of its own. Plain httpx asks for the page, both
exports and the change of the tab between them (``bench/plain_fetch.py``); it checks nothing and keeps nothing.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from side_by_side import HEADER, SHARED, Beside, Taken, breachtrail, in_turn, script

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


def a_day_earlier(home: Path) -> None:
    """Let the last look have been yesterday's, so that today's is still to come."""
    path = home / "sync" / "us_hhs_ocr.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    for look in told["looks"].values():
        look["fetched_at"] = str(datetime.fromisoformat(look["fetched_at"]) - timedelta(days=1))
    path.write_text(json.dumps(told), encoding="utf-8")


def warm(portal: str, ground: Path) -> Beside:
    """Both in one process that has everything imported, as a service would be: what the fetching itself costs."""
    plain = script("plain_fetch.py", portal)
    told = subprocess.run(
        [sys.executable, "-c", WARM, str(ground / "warm"), portal, plain[1]], check=True, capture_output=True, text=True
    ).stdout
    turns = [list(map(float, line.split()[1:])) for line in told.splitlines() if line.startswith("warm")][1:]
    ours, theirs = ([Taken(turn[side], turn[side], 0) for turn in turns] for side in (0, 1))
    return Beside("a day with nothing new, everything imported", ours, theirs, BOUND)


def measured(portal: str, ground: Path) -> list[Beside]:
    kept, first = ground / "kept", ground / "first"
    plain, sync = script("plain_fetch.py", portal), breachtrail("sync", "--portal", portal, "--home")
    subprocess.run([*sync, str(kept)], check=True)
    return [
        warm(portal, ground),
        in_turn("`breachtrail sync`, a day with nothing new", [*sync, str(kept)], plain, BOUND, TURNS,
                lambda: a_day_earlier(kept), ends=4),
        in_turn("`breachtrail sync` into an empty home, ledger and all", [*sync, str(first)], plain, BOUND, TURNS,
                lambda: shutil.rmtree(first, ignore_errors=True)),
    ]  # fmt: skip


def section() -> str:
    """The part of docs/benchmarks.md."""
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
    return "\n".join([
        "## A sync",
        "",
        f"Beside plain httpx that fetches the same bytes from the stand-in portal on this machine, with {int(under_investigation):,} and "
        f"{int(archive):,} {'real' if real else 'made-up'} notices; politeness put aside (there is none towards one's own machine).",
        "",
        HEADER,
        *(one.row() for one in rows),
        "",
    ])  # fmt: skip


if __name__ == "__main__":
    print(section())
