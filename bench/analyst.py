"""Notices and individuals of one year from two exports, as a competent analyst counts them with pandas.

    python bench/analyst.py YEAR FILE FILE

Only the columns that are needed are read, in one vectorised pass each. A file with a Status column holds both lists; its
open cases are left out, since the other file has them.
"""

import sys

import pandas as pd

COUNT, DAY, STATUS = "Individuals Affected", "Breach Submission Date", "Status"
NEEDED = {COUNT, DAY, STATUS}


def main(year: int, paths: list[str]) -> None:
    """Print the two figures."""
    lists = []
    for path in paths:
        rows = pd.read_csv(path, usecols=lambda name: name in NEEDED, encoding="utf-8-sig")
        if STATUS in rows.columns:
            rows = rows[rows[STATUS] != "Under Investigation"]
        lists.append(rows[pd.to_datetime(rows[DAY]).dt.year == year])  # each file has one format, which pandas finds
    of_year = pd.concat(lists)
    print(len(of_year), int(of_year[COUNT].sum()))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
