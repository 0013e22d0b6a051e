"""Reads and types one export into a table of a DuckDB file, and does nothing else: ``python bench/reader.py CSV FILE``."""

import sys
from pathlib import Path

import duckdb

TYPED = """CREATE TABLE notices AS SELECT "Name of Covered Entity" AS name, "State" AS state, "Covered Entity Type" AS entity_type,
    "Individuals Affected"::BIGINT AS individuals, strptime("Breach Submission Date", '%m/%d/%Y')::DATE AS submitted_on,
    "Type of Breach" AS breach_type, "Location of Breached Information" AS location,
    "Business Associate Present" AS business_associate, "Web Description" AS description
    FROM read_csv($path, header=true, all_varchar=true)"""


def main(export: str, target: str) -> None:
    """Make the file anew."""
    Path(target).unlink(missing_ok=True)
    with duckdb.connect(target) as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(TYPED, {"path": export})


if __name__ == "__main__":
    main(*sys.argv[1:])
