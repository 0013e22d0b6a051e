"""The files of a made register are what the portal would write."""

import csv
import hashlib
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from breachtrail.errors import QuestionError
from breachtrail.registers import provenance, register
from breachtrail.simulate import Life, Made, write

LIFE = Life(notices=800, snapshots=2, seed=4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return write(tmp_path_factory.mktemp("made"), LIFE)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_a_file_wears_the_dress_of_the_portal(made: Made) -> None:
    for path in made.files:
        content = path.read_bytes()
        assert content.startswith(b'"Name of Covered Entity","State","Covered Entity Type","Individuals Affected",')
        assert content.endswith(b'"\n')
        rebuilt = "".join(
            ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows_of(path)
        )
        assert rebuilt.encode() == content
    assert b'""' in made.files[-1].read_bytes().replace(b',""', b"")


def test_the_newest_submission_stands_first_and_all_are_posted(made: Made) -> None:
    for path in made.files:
        days = [datetime.strptime(row[4], "%m/%d/%Y").date() for row in rows_of(path)[1:]]
        assert days == sorted(days, reverse=True)
        taken = datetime.strptime(path.name[:10], "%Y-%m-%d").date()
        assert (taken - days[0]).days >= 7


def test_the_manifest_says_what_each_file_is(made: Made) -> None:
    told = [provenance.of(path, register.load("us_hhs_ocr")) for path in made.files]
    assert [f"{one.taken_on}_{one.view}.csv" for one in told] == [path.name for path in made.files]


def test_the_truth_has_a_line_for_every_row(made: Made) -> None:
    for path, rows in zip(made.files, made.rows, strict=True):
        with duckdb.connect() as engine:
            told = engine.execute(f"SELECT row, file FROM '{made.truth / path.stem}.parquet' ORDER BY row").fetchall()
        assert told == [(row, path.name) for row in range(1, rows + 1)]
        assert len(rows_of(path)) == rows + 1


def test_the_same_seed_makes_the_same_bytes_and_another_others(made: Made, tmp_path: Path) -> None:
    again, other = write(tmp_path / "again", LIFE), write(tmp_path / "other", Life(notices=800, snapshots=2, seed=5))

    def digests(of: Made) -> list[str]:
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in of.files]

    assert digests(again) == digests(made)
    assert not set(digests(other)) & set(digests(made))


def test_one_list_is_one_file_a_day(tmp_path: Path) -> None:
    made = write(tmp_path, Life(notices=100, snapshots=2, one_list=True, texts=False))
    assert [path.name.split("_", 1)[1] for path in made.files] == ["archive.csv", "archive.csv"]
    assert {row[8] for row in rows_of(made.files[0])[1:]} == {""}


def test_a_folder_with_exports_is_left_alone(made: Made) -> None:
    with pytest.raises(QuestionError, match="holds exports already"):
        write(made.files[0].parent, LIFE)
    assert made.files[0].exists()
