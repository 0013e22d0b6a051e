from datetime import date

import duckdb
import pytest

from breachtrail.errors import QuestionError
from breachtrail.questions import engine

VALUES = {
    "text": "O'Brien; --",
    "number": 7,
    "share": 0.5,
    "yes": True,
    "no": None,
    "day": date(2024, 1, 2),
    "list": ["a'b", "c"],
}


@pytest.mark.parametrize("value", [*VALUES.values(), "", "$day"], ids=str)
def test_a_literal_means_what_the_parameter_meant(value: object) -> None:
    with duckdb.connect() as bare:
        assert (
            bare.execute(f"SELECT {engine.literal(value)}").fetchone() == bare.execute("SELECT $1", [value]).fetchone()
        )


def test_only_the_parameters_that_are_named_are_bound() -> None:
    with duckdb.connect() as bare:
        assert engine.run(bare, "SELECT $number + 1", VALUES) == [(8,)]


def test_a_parameter_in_a_value_stays_text() -> None:
    assert engine.with_literals("SELECT $a, $ab", {"a": "$ab", "ab": 1}) == "SELECT '$ab', 1"


COLUMNS = [("id", "VARCHAR"), ("n", "BIGINT"), ("day", "DATE"), ("several", "VARCHAR[]"), ("share", "DOUBLE")]
ROWS = [
    ("a'b", 2**53 + 1, date(2024, 1, 2), ["x", "y"], 0.1),
    (None, None, None, None, None),
    ("", 0, date(1, 1, 1), [], -0.5),
]


def test_a_parquet_file_holds_the_rows_and_their_types(tmp_path) -> None:
    engine.write_table(tmp_path / "x.parquet", COLUMNS, ROWS)
    with duckdb.connect() as bare:
        found = bare.execute(f"FROM '{tmp_path}/x.parquet'")
        assert [(column[0], str(column[1])) for column in found.description] == COLUMNS
        assert found.fetchall() == ROWS


def test_a_table_without_rows_still_has_its_columns(tmp_path) -> None:
    engine.write_table(tmp_path / "x.csv", COLUMNS, [], "csv")
    assert (tmp_path / "x.csv").read_text() == "id,n,day,several,share\n"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path, kind: str) -> None:
    with pytest.raises(QuestionError, match="cannot be written") as refusal:
        engine.write_table(tmp_path / "no such folder" / "x", COLUMNS, ROWS, kind)
    assert "\n" not in str(refusal.value)
