"""A list → its sketch: rows that count, rows that do not, and lists that are refused."""

import gzip
from pathlib import Path

import duckdb
import pytest

from breachtrail.errors import SketchError
from breachtrail.people import listed
from breachtrail.people.key import Key
from breachtrail.people.sketch import KEPT
from breachtrail.people.together import together

KEY = Key.of(b"k" * 32)
HEADER = "last_name,first_name,dob\n"


def people(path: Path) -> int:
    return together([listed.sketched(path, KEY, {})]).union.people


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_short_list_is_counted_and_no_row_disappears(tmp_path: Path) -> None:
    rows = "Roe,Jane,1980-01-02\nRoe,JANE,01/02/1980\nDoe,John,1970-01-01\n,Ann,1960-01-01\nPoe,Ed,never\n"
    found = listed.sketched(write(tmp_path / "list.csv", HEADER + rows), KEY, {})
    assert (found.rows, found.unread) == (5, {"family": 1, "given": 0, "birth": 1})
    assert together([found]).union.people == 2


def test_a_list_comes_to_the_same_in_any_dress(tmp_path: Path) -> None:
    rows = HEADER + "".join(f"Fam{n},Giv,1980-01-01\n" for n in range(300))
    plain = write(tmp_path / "list.csv", rows)
    packed = tmp_path / "list.csv.gz"
    packed.write_bytes(gzip.compress(rows.encode()))
    tabs = write(tmp_path / "list.tsv", rows.replace(",", "\t"))
    parquet = tmp_path / "list.parquet"
    duckdb.execute(f"COPY (SELECT * FROM read_csv('{plain}')) TO '{parquet}'")
    numbers = {listed.sketched(path, KEY, {}).numbers for path in (plain, packed, tabs, parquet)}
    assert len(numbers) == 1
    assert people(plain) == 300


def test_a_long_list_keeps_a_sample_whose_bounds_hold_the_truth(tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    duckdb.execute(
        f"""COPY (SELECT 'Fam' || i % 1000 AS last, 'Giv' || i // 1000 AS first, '1980-01-01' AS dob
        FROM range(400000) AS t(i)) TO '{path}'"""
    )
    found = listed.sketched(path, KEY, {})
    assert len(found.numbers) == 8 * KEPT
    low, high = together([found]).union.between
    assert low <= 400_000 <= high
    assert high - low < 8_000


def test_a_list_that_repeats_few_people_is_read_again_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    duckdb.execute(
        f"COPY (SELECT 'Fam' || i % 700 AS last, 'Giv' AS first, '1980-01-01' AS dob FROM range(300000) AS t(i)) TO '{path}'"
    )
    assert people(path) == 700


def test_repeated_rows_are_not_read_so_far_that_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed._further(100, 50, 60) == 2**16
    assert listed._further(100, 50, 2_000_000) == 200
    assert listed._further(100, KEPT + 1, 10) == 100
    assert listed._further(2**16, 3, 3) == 2**16


def test_days_before_months_are_refused_and_not_misread(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", HEADER + "Roe,Jane,02/01/1980\nDoe,John,23/01/1970\n")
    with pytest.raises(SketchError, match="days of birth have their month"):
        listed.sketched(path, KEY, {})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", b"PK", "neither .csv"),
        ("list.csv", b"last,first,dob\nR\xffe,Jane,1980-01-01\n" * 50, "cannot be read as a list"),
        ("list.parquet", b"no parquet", "cannot be read as a list"),
        ("list.csv", b"", "column"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SketchError, match=said):
        listed.sketched(tmp_path / name, KEY, {})


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SketchError, match="There is no list"):
        listed.sketched(tmp_path / "none.csv", KEY, {})
