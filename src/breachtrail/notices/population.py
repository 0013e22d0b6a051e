"""Residents by state and year, the ground of every rate per million; the facts lie in ``population.csv``.

Columns: ``state`` (USPS), ``year``, ``residents`` (estimate for 1 July), ``source``:

* ``vintage_2024``: US Census Bureau, Vintage 2024 state estimates (file NST-EST2024-ALLDATA), years 2020 to 2024;
* ``series``: the Census Bureau's resident population by state as a yearly series (historical state population by
  year), years 2009 to 2019 and 2025. Its own figures for 2020 to 2024 are of a later vintage and differ from the
  above by a few thousandths, so the step from 2024 to 2025 also holds a change of vintage.

The fifty states and the District of Columbia have every year from 2009 to 2025. Puerto Rico has 2020 to 2024; the
other territories, and notices with a blank state, have none and therefore no rate.
"""

import csv
import functools
from importlib import resources
from pathlib import Path
from typing import NamedTuple


class Residents(NamedTuple):
    """Residents of a state: ``number`` persons as estimated for 1 July of ``counted_in``, from ``source``."""

    number: int
    counted_in: int
    source: str


def residents_csv() -> str:
    """The path of ``population.csv`` for DuckDB: state, year, residents, source, with a header row."""
    return str(resources.files(__package__).joinpath("population.csv"))


def residents(state: str, year: int) -> Residents | None:
    """Residents of ``state`` (USPS code) in ``year``.

    For a year later than the last one known, the last one is given and ``counted_in`` tells so: whoever prints a rate
    from it says which year's residents it rests on. ``None`` for a state without figures and for a year before its
    first: the past is not filled in.
    """
    years = _by_state().get(state, {})
    known = [counted_in for counted_in in years if counted_in <= year]
    return years[max(known)] if known else None


@functools.cache
def _by_state() -> dict[str, dict[int, Residents]]:
    states: dict[str, dict[int, Residents]] = {}
    with Path(residents_csv()).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            states.setdefault(row["state"], {})[year] = Residents(int(row["residents"]), year, row["source"])
    return states
