"""The seven questions of a year in review, asked in three ways that give the same figures.

    python bench/seven.py ledger HOME DAY YEAR     of a ledger, as known on a day
    python bench/seven.py table FILE YEAR          hand-written SQL on a plain typed table (bench/reader.py makes it)
    python bench/seven.py pandas CSV YEAR          of the export itself

How many and how large; by who filed, by type, by location, by state; the thirteen largest; by month.
"""

import sys
from datetime import date
from typing import Any

SPLITS = ("entity_type", "breach_type", "location", "state", "month")


def of_ledger(home: str, day: str, year: str) -> list[Any]:
    """By the Python door."""
    import breachtrail

    with breachtrail.open(home) as ledger:
        listed = "archive"  # one list alone was looked at: what left it may stand in the other, and counts in a total
        told: list[Any] = [ledger.ask("notices", "individuals", year=int(year), as_of=day, view=listed).rows]
        told += [
            ledger.ask("notices", "individuals", by=by, year=int(year), as_of=day, view=listed).rows for by in SPLITS
        ]
        largest = ledger.notices(year=int(year), as_of=day, view=listed, limit=13)
    return [*told, [row["individuals"] for row in largest]]


def of_table(file: str, year: str) -> list[Any]:
    """By an analyst who knows SQL."""
    import duckdb

    first, last = date(int(year), 1, 1), date(int(year), 12, 31)
    chosen = "FROM notices WHERE submitted_on BETWEEN $first AND $last"
    by = {
        "entity_type": f"SELECT coalesce(entity_type, '') AS value, individuals {chosen}",
        "breach_type": f"SELECT unnest(string_split(breach_type, ', ')) AS value, individuals {chosen}",
        "location": f"SELECT unnest(string_split(location, ', ')) AS value, individuals {chosen}",
        "state": f"SELECT coalesce(state, '') AS value, individuals {chosen}",
        "month": f"SELECT strftime(submitted_on, '%Y-%m') AS value, individuals {chosen}",
    }
    with duckdb.connect(file, read_only=True) as engine:
        engine.execute("SET enable_progress_bar = false")

        def rows(statement: str) -> list[Any]:
            return engine.execute(statement, {"first": first, "last": last}).fetchall()

        told = [rows(f"SELECT count(*), sum(individuals)::BIGINT {chosen}")]
        told += [
            rows(f"SELECT value, count(*), sum(individuals)::BIGINT FROM ({by[split]}) GROUP BY value ORDER BY value")
            for split in SPLITS
        ]
        largest = rows(f"SELECT individuals, name, state {chosen} ORDER BY individuals DESC LIMIT 13")
    return [*told, [row[0] for row in largest]]


def of_pandas(export: str, year: str) -> list[Any]:
    """By an analyst who reads the file."""
    import pandas as pd

    rows = pd.read_csv(export, keep_default_na=False, na_values={"Individuals Affected": [""]})
    rows["day"] = pd.to_datetime(rows["Breach Submission Date"], format="%m/%d/%Y")
    rows = rows[rows["day"].dt.year == int(year)]
    rows = rows.assign(
        month=rows["day"].dt.strftime("%Y-%m"),
        breach_type=rows["Type of Breach"].str.split(", "),
        location=rows["Location of Breached Information"].str.split(", "),
    )
    rows = rows.rename(columns={"Covered Entity Type": "entity_type", "State": "state", "Individuals Affected": "n"})
    told: list[Any] = [[(len(rows), int(rows["n"].sum()))]]
    for split in SPLITS:
        each = rows.explode(split) if split in ("breach_type", "location") else rows
        sums = each.groupby(split)["n"].agg(["size", "sum"]).sort_index()
        told.append([(value, int(many), int(total)) for value, many, total in sums.itertuples()])
    return [*told, [int(size) for size in rows["n"].nlargest(13)]]


if __name__ == "__main__":
    way = {"ledger": of_ledger, "table": of_table, "pandas": of_pandas}[sys.argv[1]]
    for answer in way(*sys.argv[2:]):
        print([tuple(row) if isinstance(row, list | tuple) else row for row in answer])
