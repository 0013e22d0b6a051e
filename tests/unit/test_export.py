import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest
from asked import TWO_WAYS

from breachtrail.errors import QuestionError
from breachtrail.notices import shape

VERSIONS = 11  # seven notices, Alpha's second version, and what became of Two Ways: closed, missing, unlisted


def written(ledger: Any, path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_version_is_in_the_table(ledger: Any, tmp_path: Path) -> None:
    table, _ = ledger.export(tmp_path / "all.csv")
    lines = written(ledger, table)
    assert len(lines) == VERSIONS
    assert len({line["id"] for line in lines}) == 7
    two_ways = [line for line in lines if line["name"] == TWO_WAYS.name]
    assert [line["status"] for line in two_ways] == ["under_investigation", "closed", "missing", "unlisted"]
    assert [line["known_from"] for line in two_ways[1:]] == [line["known_until"] for line in two_ways[:-1]]
    assert (two_ways[0]["breach_types"], two_ways[0]["locations"]) == ("Loss, Theft", "Email, Laptop")


def test_no_cell_of_the_csv_is_a_formula(ledger: Any, tmp_path: Path) -> None:
    lines = written(ledger, ledger.export(tmp_path / "all.csv")[0])
    assert "'=Cell, Inc." in [line["name"] for line in lines]
    assert not [cell for line in lines for cell in line.values() if cell.startswith(("=", "+", "-", "@"))]


def test_parquet_keeps_lists_and_names_as_they_are(ledger: Any, tmp_path: Path) -> None:
    table, _ = ledger.export(str(tmp_path / "all.parquet"))
    with duckdb.connect() as bare:
        rows = bare.execute(f"SELECT name, breach_types FROM '{table}' WHERE name = '=Cell, Inc.'").fetchall()
        assert rows == [("=Cell, Inc.", ["Theft"])]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_codebook_tells_every_column_in_its_order(ledger: Any, tmp_path: Path, ending: str) -> None:
    table, codebook = ledger.export(tmp_path / f"all.{ending}")
    assert codebook.name == "all-codebook.csv"
    with duckdb.connect() as bare:
        columns = [column[0] for column in bare.execute(f"FROM '{table}'").description]
    told = written(ledger, codebook)
    assert [line["column"] for line in told] == columns
    assert {column.name for column in shape.COLUMNS} < set(columns)
    assert all(line["meaning"] and line["type"] for line in told)


@pytest.mark.parametrize("name", ["all", "all.xlsx", "all.json"])
def test_another_ending_is_refused(ledger: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(QuestionError, match=r"should end in \.csv or \.parquet"):
        ledger.export(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
