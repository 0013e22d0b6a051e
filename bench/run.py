"""Side by side with what else is at hand, in one run on one machine; `make bench` writes docs/benchmarks.md.

    python bench/run.py [-o FILE] [--without-large] [--notices N] [--ground FOLDER]

Each measurement is a pair of processes, run one after the other in turns, after one warm-up of each; a ratio is that of
their medians. What is compared gives the same figures, which is checked first. The exports are those of the folder
``../shared`` beside the checkout, or of the one that ``BREACHTRAIL_SHARED`` names.
"""

import os
import platform
from datetime import date
from importlib import metadata
from pathlib import Path

import check
import everyday
import large
import publish
import site_load
import sync
from side_by_side import REPOSITORY, processor

INTRODUCTION = """# Side by side

<!-- Written by bench/run.py (`make bench`). -->

Whole processes, imports included, bytecode compiled; medians (and the fastest and slowest) of turns taken one after the
other, after a warm-up. What each of the others does is a script in `bench/`. A bound is for the ratio of times, in one run on
one machine; the ratio of processor time says how much of it the machine's other work made.
"""


def machine() -> str:
    """Where and with what this was measured."""
    versions = [f"{name} {metadata.version(name)}" for name in ("duckdb", "pandas", "numpy", "click", "typer", "httpx")]
    arrow = [
        f"pyarrow {one.version}, which slows the import of pandas" for one in metadata.distributions(name="pyarrow")
    ]
    return (
        f"{date.today()}; {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, {', '.join(versions)}, {(arrow or ['no pyarrow'])[0]}.\n"
    )


def main() -> None:
    """Measure, print and write."""
    words = large.options()
    words.add_argument("-o", "--output", type=Path, default=REPOSITORY / "docs" / "benchmarks.md")
    words.add_argument("--without-large", action="store_true", help="leave the ten million out")
    chosen = words.parse_args()
    parts = [INTRODUCTION, everyday.section(), check.section(), sync.section(), site_load.section(), publish.section()]
    if not chosen.without_large:
        parts.append(large.main(chosen.notices, chosen.turns, chosen.ground))
    text = "\n".join([*parts, machine()])
    chosen.output.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
