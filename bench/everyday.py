"""The real exports: a question asked cold and all files ingested, beside pandas and beside the least that can answer."""

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path

from side_by_side import HEADER, SHARED, Beside, breachtrail, in_turn, output_of, script

import breachtrail as package

YEAR = "2024"


def exports() -> list[Path]:
    """The real exports, oldest first."""
    folder = SHARED / "data" / "ocr"
    if not (folder / "MANIFEST.tsv").is_file():
        raise SystemExit(
            f"There are no exports in {folder}. Name the folder that holds data/ocr with BREACHTRAIL_SHARED."
        )
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        listed = sorted(csv.DictReader(lines, delimiter="\t"), key=lambda line: line["taken_on"])
    return [folder / line["file"] for line in listed]


def measured(ground: Path) -> list[Beside]:
    """The rows, on a ledger that is made here."""
    full, empty = ground / "full", ground / "empty"
    files = [str(path) for path in exports()]
    subprocess.run(breachtrail("ingest", *files, "--home", str(full)), check=True, stdout=subprocess.DEVNULL)
    ask = breachtrail("ask", "notices", "individuals", "--year", YEAR, "--home", str(full))
    analyst = script("analyst.py", YEAR, *files[-2:])
    answered, counted = output_of([*ask, "--format", "csv"]).splitlines()[1].split(","), output_of(analyst).split()
    with package.open(full) as ledger:
        sql = ledger.ask("notices", "individuals", year=int(YEAR)).sql
    bare = script("bare.py", str(max((full / "ledger").glob("generation-*.duckdb"))), sql)
    if not answered == counted == output_of(bare).split():
        raise SystemExit(f"breachtrail answers {answered}, pandas {counted}, the bare program {output_of(bare)}.")
    return [
        in_turn("`breachtrail ask notices individuals --year 2024`, cold; a bare Typer program with the same SQL", ask, bare, 1.4, 15),
        in_turn("the same; pandas, from the two newest files", ask, analyst, 0.4, 15),
        in_turn(
            f"`breachtrail ingest` of {len(files)} snapshots into an empty home; pandas, `read_csv` of the same",
            breachtrail("ingest", *files, "--home", str(empty)), script("analyst_read.py", *files), 3, 5,
            lambda: shutil.rmtree(empty, ignore_errors=True),
        ),
    ]  # fmt: skip


def section() -> str:
    """The part of docs/benchmarks.md."""
    with tempfile.TemporaryDirectory(prefix="breachtrail-bench-") as ground:
        rows = measured(Path(ground))
    return "\n".join(["## The real exports", "", HEADER, *(one.row() for one in rows), ""])


if __name__ == "__main__":
    print(section())
