"""Ten million notices: what a ledger of them costs, beside DuckDB and pandas, with the life that `simulate` makes up.

    python bench/large.py [--notices N] [--turns N] [--ground FOLDER]

A snapshot of a register with one list, and one five weeks later with 1% revised, 0.1% withdrawn and 1% new. The export is
about 1.25 GB; the folder, which takes some 6 GB, is made where it is not there yet, and kept if it was named.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from side_by_side import HEADER, Beside, breachtrail, held, in_turn, script, the_same_figures

RATES = ("--new", "0.01", "--revised", "0.01", "--withdrawn", "0.001")
YEAR = "2024"


def exports(ground: Path, notices: int) -> list[Path]:
    """The two exports, oldest first."""
    life = ground / "life"
    if not life.exists():
        words = ["simulate", str(life), "--notices", str(notices), "--snapshots", "2", "--one-list", "--no-texts"]
        subprocess.run(breachtrail(*words, *RATES), check=True)
    return sorted(life.glob("*.csv"))


def size_of(home: Path) -> int:
    """Bytes of a ledger, raw bytes and the generation before the current one apart."""
    current = max((home / "ledger").glob("generation-*.duckdb"))
    return current.stat().st_size + sum(file.stat().st_size for file in (home / "ids").iterdir())


def ingests(ground: Path, first: Path, second: Path, turns: int) -> tuple[list[Beside], dict[str, int]]:
    """The two ingests beside DuckDB's mere reading of the same file, and beside pandas'."""
    home, after, table = ground / "home", ground / "after", str(ground / "table.duckdb")
    rows = [
        in_turn(
            f"first `ingest` of {notices_in(first):,} rows; DuckDB, reads and types them into a table of a file",
            breachtrail("ingest", str(first), "--home", str(home)),
            script("reader.py", str(first), table), 3.2, turns, lambda: shutil.rmtree(home, ignore_errors=True),
        ),
    ]  # fmt: skip
    sizes = {"first": size_of(home)}
    pandas = in_turn(
        "the same; pandas, `read_csv`",
        breachtrail("ingest", str(first), "--home", str(ground / "again")),
        script("analyst_read.py", str(first)), 0.7, turns, lambda: shutil.rmtree(ground / "again", ignore_errors=True),
    )  # fmt: skip

    def once_more() -> None:
        shutil.rmtree(after, ignore_errors=True)
        shutil.copytree(home, after)

    rows += [
        pandas,
        in_turn(
            "`ingest` of the second snapshot; DuckDB, reads and types it",
            breachtrail("ingest", str(second), "--home", str(after)),
            script("reader.py", str(second), str(ground / "second.duckdb")), 2.2, turns, once_more,
        ),
    ]  # fmt: skip
    sizes["second"] = size_of(after)
    return rows, sizes


def notices_in(export: Path) -> int:
    """Rows of an export of ours, whose cells hold no line ends."""
    with export.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 24), b"")) - 1


def questions(ground: Path, files: Sequence[Path], turns: int) -> list[Beside]:
    """The seven questions as of the day of each snapshot, beside SQL on a table of that day, and beside pandas."""
    rows = []
    for export, table in zip(files, ("table.duckdb", "second.duckdb"), strict=True):
        day = export.name.split("_")[0]
        ours = script("seven.py", "ledger", str(ground / "after"), day, YEAR)
        by_hand = script("seven.py", "table", str(ground / table), YEAR)
        pandas = script("seven.py", "pandas", str(export), YEAR)
        the_same_figures(ours, by_hand, pandas)
        rows += [
            in_turn(
                f"seven questions of {YEAR} as of {day}; SQL by hand on a plain table", ours, by_hand, 1.5, 2 * turns
            ),
            in_turn("the same; pandas, from the export", ours, pandas, 0.15, min(turns, 3)),
        ]
    return rows


def section(ground: Path, notices: int, turns: int) -> str:
    """The part of docs/benchmarks.md."""
    first, second = files = exports(ground, notices)
    rows, sizes = ingests(ground, first, second, turns)
    rows += questions(ground, files, turns)
    csv = first.stat().st_size
    share, more = sizes["first"] / csv, sizes["second"] / sizes["first"] - 1
    return "\n".join([
        "## Ten million notices",
        "",
        f"`breachtrail simulate` made them up: one list, two snapshots, of {csv / 1e9:.2f} GB and {second.stat().st_size / 1e9:.2f} GB; "
        "between them 1% revised, 0.1% withdrawn, 1% new. Memory may be 4 GiB at most.",
        "",
        HEADER,
        *(one.row() for one in rows),
        "",
        f"The ledger with its log of ids, raw bytes apart, is {sizes['first'] / 1e6:,.0f} MB, {share:.2f} × the CSV "
        f"(bound 0.6: {held(share <= 0.6)}).",
        f"The second snapshot adds {more:.1%} (bound 3%: {held(more <= 0.03)}).",
        "",
    ])  # fmt: skip


def main(notices: int, turns: int, ground: Path | None) -> str:
    """Measure in ``ground``, or in a folder that goes afterwards."""
    if ground is not None:
        ground.mkdir(parents=True, exist_ok=True)
        return section(ground, notices, turns)
    with tempfile.TemporaryDirectory(prefix="breachtrail-bench-", dir=os.environ.get("TMPDIR")) as made:
        return section(Path(made), notices, turns)


def options() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--notices", type=int, default=10_100_000)
    words.add_argument("--turns", type=int, default=3)
    words.add_argument("--ground", type=Path)
    return words


if __name__ == "__main__":
    print(main(**vars(options().parse_args())))
