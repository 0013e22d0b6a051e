"""The site as plain files: all of it beside bare Jinja, and what the next day's run writes.

python bench/publish.py [--notices N] [--turns N]

The ledger is of the real exports; where there are none, or with ``--notices``, of a register that is made up.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from everyday import exports
from recorded import record
from side_by_side import HEADER, SHARED, Beside, Taken, breachtrail, output_of, script, taken

import breachtrail as package

BOUND = 3.0
_URL = "https://example.org/breaches/"
#: Notices of the register that is made up where there are no real exports.
_MADE_UP = 8_000


def _looks(ground: Path, notices: int) -> list[Path]:
    """Exports, oldest first: the real ones, or such as are made up."""
    if not notices and (SHARED / "data" / "ocr" / "MANIFEST.tsv").is_file():
        return exports()
    made = ground / "made-up"
    _run("simulate", str(made), "--notices", str(notices or _MADE_UP), "--snapshots", "4")
    with (made / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        listed = sorted(csv.DictReader(lines, delimiter="\t"), key=lambda line: line["taken_on"])
    return [made / line["file"] for line in listed]


def _run(*words: str) -> None:
    subprocess.run(breachtrail(*words), check=True, stdout=subprocess.DEVNULL)


def _publish(home: Path, folder: Path) -> list[str]:
    return breachtrail("publish", str(folder), "--home", str(home), "--url", _URL)


def _beside(home: Path, ground: Path, name: str, turns: int) -> tuple[Beside, int]:
    """Turns of the whole site and of bare Jinja, which renders what was recorded; and how many pages there are."""
    recorded, ours, theirs = ground / "recorded", [], []
    recorded.mkdir()
    pages = record(partial(package.open, home), _URL, recorded)
    for _ in range(turns):
        site, bare = ground / "site", ground / "bare"
        ours.append(taken(_publish(home, site)))
        told = json.loads(output_of(script("bare_pages.py", str(recorded), str(bare))))
        theirs.append(Taken(told["seconds"], told["processor"], 0))
        for folder in (site, bare):
            shutil.rmtree(folder)
    return Beside(name, ours, theirs, BOUND), pages


def _next_days(ground: Path, looks: list[Path]) -> list[str]:
    """A row for each of three runs: of the day before the newest look, of nothing new, and of the newest look."""
    home, site, rows = ground / "home-before", ground / "site-before", []
    last = [look for look in looks if _day(look) == _day(looks[-1])]
    _run("ingest", *map(str, looks[: -len(last)]), "--home", str(home))
    for name in ("the first run", "the next, with nothing new", "the next, with one look more"):
        if name.endswith("more"):
            _run("ingest", *map(str, last), "--home", str(home))
        before = _written(site)
        took = taken(_publish(home, site))
        after = _written(site)
        many = sum(before.get(file) != one for file, one in after.items())
        rows.append(f"| {name} | {took.seconds:.1f} | {took.processor:.1f} | {many:,} | {len(after):,} |\n")
    return rows


def _day(look: Path) -> str:
    return look.name[:10]


def _written(site: Path) -> dict[str, tuple[int, int]]:
    """Each file of a site, with its place on the disk and the time at which it was written."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return {str(path.relative_to(site)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def section(notices: int = 0, turns: int = 2) -> str:
    """The section of docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as folder:
        ground = Path(folder)
        looks = _looks(ground, notices)
        home = ground / "home"
        _run("ingest", *map(str, looks), "--home", str(home))
        with package.open(home) as ledger:
            known = ledger.ask("notices").value()
        name = f"`breachtrail publish` of {known:,} notices; Jinja, which renders the same templates with ready values"
        beside, pages = _beside(home, ground, name, turns)
        rows = _next_days(ground, looks)
    row = replace(beside, name=f"{name}, {pages:,} pages").row()
    processor = median(one.processor for one in beside.ours), median(one.processor for one in beside.theirs)
    return (
        "## The site as plain files\n\n"
        "What a page is rendered from was recorded before, its charts drawn; Jinja renders the same templates from that, one page after\n"
        "the other, and writes each to a file. Reading what was recorded is not counted, and nor are its imports.\n\n"
        f"{HEADER}\n{row}\n\nSeconds of processor: {processor[0]:.1f} and {processor[1]:.1f}.\n\n"
        "| run | s | s of processor | files written | files |\n| --- | ---: | ---: | ---: | ---: |\n" + "".join(rows)
    )


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument(
        "--notices", type=int, default=0, help="of a register that is made up; a few hundred take a minute"
    )
    words.add_argument("--turns", type=int, default=2)
    chosen = words.parse_args()
    sys.stdout.write(section(chosen.notices, chosen.turns))
