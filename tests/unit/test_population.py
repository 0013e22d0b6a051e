"""Residents by state and year: complete, plausible, and honest about the year they were counted in."""

import csv
from pathlib import Path

import duckdb
import pytest

from breachtrail.notices.population import Residents, residents, residents_csv
from breachtrail.notices.vocabulary import Vocabulary

TERRITORIES_WITHOUT_FIGURES = {"GU", "VI", "AS", "MP", ""}


def test_duckdb_reads_the_file_as_numbers() -> None:
    columns = duckdb.execute("DESCRIBE SELECT * FROM read_csv($path)", {"path": residents_csv()}).fetchall()
    assert [(name, kind) for name, kind, *_ in columns] == [
        ("state", "VARCHAR"),
        ("year", "BIGINT"),
        ("residents", "BIGINT"),
        ("source", "VARCHAR"),
    ]


def test_each_state_has_every_year_once() -> None:
    rows = duckdb.execute("SELECT state, year FROM read_csv($path)", {"path": residents_csv()}).fetchall()
    assert len(set(rows)) == len(rows)
    states = set(Vocabulary.load().values("state")) - TERRITORIES_WITHOUT_FIGURES
    assert {state for state, _ in rows} == states
    assert {(state, year) for state in states - {"PR"} for year in range(2009, 2026)} <= set(rows)
    assert {year for state, year in rows if state == "PR"} == set(range(2020, 2025))


def test_the_nation_of_2024_is_the_published_one() -> None:
    (total,) = duckdb.execute(
        "SELECT sum(residents) FROM read_csv($path) WHERE year = 2024 AND state <> 'PR'", {"path": residents_csv()}
    ).fetchall()[0]
    assert total == 340_110_988


def test_no_state_leaps_from_one_year_to_the_next() -> None:
    (leaps,) = duckdb.execute(
        """
        WITH steps AS (
            SELECT residents / lag(residents) OVER (PARTITION BY state ORDER BY year) AS step
            FROM read_csv($path)
        )
        SELECT count(*) FROM steps WHERE step NOT BETWEEN 0.94 AND 1.06
        """,
        {"path": residents_csv()},
    ).fetchall()[0]
    assert leaps == 0


def test_residents_of_a_known_year() -> None:
    assert residents("TX", 2024) == Residents(31_290_831, 2024, "vintage_2024")
    assert residents("TX", 2019) == Residents(28_986_794, 2019, "series")


@pytest.mark.parametrize(("state", "counted_in"), [("TX", 2025), ("PR", 2024)])
def test_a_later_year_takes_the_last_one_known_and_says_so(state: str, counted_in: int) -> None:
    last = residents(state, counted_in)
    assert last is not None
    assert residents(state, 2031) == last
    assert last.counted_in == counted_in


@pytest.mark.parametrize(("state", "year"), [("TX", 2008), ("PR", 2019), ("GU", 2024), ("", 2024)])
def test_what_is_not_counted_is_not_filled_in(state: str, year: int) -> None:
    assert residents(state, year) is None


def test_figures_are_those_of_the_census_files(shared: Path) -> None:
    reference = shared / "data" / "reference"
    counted: dict[tuple[str, int, str], int] = {}
    with (reference / "historical_state_population_by_year.csv").open(encoding="utf-8") as lines:
        for state, year, number in csv.reader(lines):
            counted[state, int(year), "series"] = int(number)
    names = {Vocabulary.load().label("state", state, "en"): state for state in Vocabulary.load().values("state")}
    with (reference / "NST-EST2024-ALLDATA.csv").open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            for later in range(2020, 2025):
                counted[names.get(row["NAME"], "?"), later, "vintage_2024"] = int(row[f"POPESTIMATE{later}"])
    rows = duckdb.execute("FROM read_csv($path)", {"path": residents_csv()}).fetchall()
    assert all(counted[state, year, source] == number for state, year, number, source in rows)
