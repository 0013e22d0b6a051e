"""The site under load: kept answers beside a bare FastAPI, questions beside bare threads, memory, and a writer meanwhile.

python bench/site_load.py [--visits N] [--turns N]
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from everyday import exports
from side_by_side import breachtrail, held, output_of, script

#: Clients of kept answers, and of questions that were never asked before.
MANY, FEW = 64, 16
KEPT = (
    "/en/",
    "/zh/notices?state=TX",
    "/en/years/2024",
    "/api/v1/answer?measures=notices,individuals&by=state&year=2024",
)
#: What is asked besides a least number of individuals, which no two questions share: always the same, or by turns.
ALIKE = ("measures=notices,individuals&by=state&year=2024",)
BY_TURNS = (
    *ALIKE,
    "measures=notices&by=year&state=TX,CA",
    "measures=notices,individuals&by=breach_type&from=2022-03-01&to=2023-02-28",
    "measures=notices,median&by=entity_type&year=2023&location=Email",
    "measures=notices,share&by=state&year=2024&as_of=2024-12-08&entity_type=Health%20Plan",
)
#: Of the bare throughput that ours has at least; by how much the slowest of a hundred may exceed the median.
KEPT_BOUND, ASKED_BOUND, SLOWEST_BOUND = 0.6, 0.4, 5.0
Told = dict[str, Any]


@contextmanager
def server(*words: str) -> Iterator[tuple[int, int]]:
    """A server of its own process, ``{}`` in whose command is a free port; its port and its process."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    running = subprocess.Popen([word.format(port) for word in words], stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as knock:
                if not knock.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait()


def ours(home: Path) -> list[str]:
    return breachtrail("serve", "--port", "{}", "--visits", "1000000000", "--home", str(home))


def visited(served: tuple[int, int], clients: int, visits: int, paths: list[str], ground: Path) -> Told:
    """What came of so many visits to a server, by port and process."""
    port, running = served
    (ground / "paths").write_text("\n".join(paths), encoding="utf-8")
    before = worked(running)
    told: Told = json.loads(
        output_of(script("visitors.py", str(port), str(clients), str(visits), str(ground / "paths")))
    )
    of_processor = (worked(running) - before) * 1_000 / told["visits"]
    return {**told, "rate": told["visits"] / told["seconds"], "processor": of_processor}


def worked(running: int) -> float:
    """Seconds of processor that a process took so far."""
    fields = Path(f"/proc/{running}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def settled(running: int) -> None:
    """Wait until a server has made ahead what it makes ahead after its start: until it takes no processor for a second."""
    before = -1.0
    while (now := worked(running)) - before > 0.02:
        before = now
        time.sleep(1)


def resident(running: int) -> float:
    """MiB that a process holds in memory."""
    status = Path(f"/proc/{running}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def kept(home: Path, ground: Path, visits: int, turns: int) -> Iterator[str]:
    """Kept pages and answers, turn about with a constant."""
    with server(*ours(home)) as site, server(*script("bare_site.py", "{}")) as bare:
        settled(site[1])
        visited(site, 1, len(KEPT), list(KEPT), ground)  # makes them, to be kept
        for path in KEPT:
            pairs = [
                (visited(site, MANY, visits, [path], ground), visited(bare, MANY, visits, ["/"], ground))
                for _ in range(turns)
            ]
            ratio = median(one["rate"] for one, _ in pairs) / median(other["rate"] for _, other in pairs)
            told = [
                f"{median(side[place]['rate'] for side in pairs):,.0f} ({median(side[place]['processor'] for side in pairs):.2f})"
                for place in (0, 1)
            ]
            yield row(f"kept `{path}`, {MANY} clients", *told, ratio, KEPT_BOUND, sum(one["lost"] for one, _ in pairs))
        before = resident(site[1])
        lost = sum(visited(site, MANY, 25_000, list(KEPT), ground)["lost"] for _ in range(4))
        yield f"\nMemory before and after 100,000 visits more: {before:.0f} and {resident(site[1]):.0f} MiB; {lost} lost.\n"


def asked(home: Path, ground: Path, many: int, turns: int, kinds: tuple[str, ...] = ALIKE) -> Iterator[str]:
    """Questions never asked before, turn about with the statements that their answers show in bare threads."""
    paths = [f"/api/v1/answer?{kinds[least % len(kinds)]}&at_least={least}" for least in range(1, many + 1)]
    with server(*ours(home)) as (port, _):
        statements = [httpx.get(f"http://127.0.0.1:{port}{path}").json()["sql"] for path in paths]
    (ground / "statements").write_text(json.dumps(statements), encoding="utf-8")
    generation = str(max((home / "ledger").glob("generation-*.duckdb")))
    pairs = []
    for _ in range(turns):
        with server(*ours(home)) as site:
            settled(site[1])
            our = visited(site, FEW, many, paths, ground)
        bare = json.loads(output_of(script("bare_threads.py", generation, str(FEW), str(ground / "statements"))))
        pairs.append((our, bare["visits"] / bare["seconds"]))
    rates = median(one["rate"] for one, _ in pairs), median(bare for _, bare in pairs)
    told = f"{rates[0]:,.0f} ({median(one['processor'] for one, _ in pairs):.2f})", f"{rates[1]:,.0f}"
    name = f"a question never asked before, {FEW} clients" + ("" if kinds is ALIKE else ", of five kinds by turns")
    yield row(name, *told, rates[0] / rates[1], ASKED_BOUND, sum(one["lost"] for one, _ in pairs))
    slowest = median(one["p99"] / one["median"] for one, _ in pairs)
    yield (
        f"\nThe slowest of a hundred takes {slowest:.1f} times the median ({SLOWEST_BOUND:g} at most: "
        f"{held(slowest <= SLOWEST_BOUND)}).\n"
    )


def written_meanwhile(home: Path, ground: Path) -> str:
    """A day is taken in while visitors read: none of them may be lost."""
    ground_of_writer = ground / "written"
    shutil.copytree(home, ground_of_writer)
    last = str(exports()[-1])
    with server(*ours(ground_of_writer)) as site:
        writer = subprocess.Popen(
            breachtrail("ingest", last, "--home", str(ground_of_writer)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        visits = lost = rounds = 0
        while writer.poll() is None or not rounds:
            told = visited(site, FEW, 400, [*KEPT[1:2], *KEPT[3:]], ground)
            visits, lost, rounds = visits + told["visits"], lost + told["lost"], rounds + 1
        told = visited(site, FEW, 400, [*KEPT[1:2], *KEPT[3:]], ground)
    if writer.returncode:
        raise SystemExit("The day was not taken in.")
    return f"{visits + told['visits']:,} visits while a day was taken in and just after: {lost + told['lost']} lost.\n"


def row(name: str, our: str, their: str, ratio: float, bound: float, lost: int) -> str:
    return f"| {name} | {our} | {their} | **{ratio:.2f}** | {bound}: {held(ratio >= bound)} | {lost} |\n"


HEADER = (
    "| what | breachtrail, visits a second (ms of processor each) | the bare one | ratio | at least | lost |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: |\n"
)


def section(visits: int = 4_000, turns: int = 3) -> str:
    """The section of docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as folder:
        ground, home = Path(folder), Path(folder) / "home"
        files = [str(path) for path in exports()[:-1]]
        subprocess.run(breachtrail("ingest", *files, "--home", str(home)), check=True, stdout=subprocess.DEVNULL)
        parts = [
            HEADER,
            *kept(home, ground, visits, turns),
            "\n",
            HEADER,
            *asked(home, ground, max(visits // 10, 64), turns),
            "\n",
            HEADER,
            *asked(home, ground, max(visits // 10, 64), turns, BY_TURNS),
        ]
        return "## The site\n\n" + "".join([*parts, "\n", written_meanwhile(home, ground)])


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--visits", type=int, default=4_000)
    words.add_argument("--turns", type=int, default=3)
    chosen = words.parse_args()
    sys.stdout.write(section(chosen.visits, chosen.turns))
