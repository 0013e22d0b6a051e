"""Bytes to text table: which dress a file wears is found out, and what is no table is refused with one sentence."""

import codecs
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from made_up import Row, export, table, workbook

from breachtrail.errors import FileRefused
from breachtrail.registers.files import TextTable, picked, read_text_table

ROWS = [
    Row(name="Äskulap Clinic – Café", individuals=1200),
    Row(name='The "Quoted", Comma Plan', state="", individuals=""),
    Row(name="Two\nLines LLC", description="First line.\r\nSecond line, with ‘quotes’."),
]
EXPECTED = table(ROWS)


@pytest.fixture
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as engine:
        yield engine


def cells(engine: duckdb.DuckDBPyConnection, read: TextTable) -> list[list[str]]:
    found = engine.execute(f"SELECT row, cells FROM {read.table} ORDER BY row").fetchall()
    assert [row for row, _ in found] == list(range(1, read.rows + 1))
    return [cells for _, cells in found]


def without_returns(lines: list[list[str]]) -> list[list[str]]:
    """A line break inside a cell may come out as one kind or the other."""
    return [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in line] for line in lines]


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_and_line_ending_gives_the_same_cells(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str, ends: str, quoted: bool
) -> None:
    path = export(tmp_path / "a.csv", ROWS, encoding=encoding, ends=ends, quoted=quoted)
    read = read_text_table(engine, path, "t")
    assert list(read.header) == EXPECTED[0]
    assert without_returns(cells(engine, read)) == without_returns(EXPECTED[1:])
    header, rows = picked(path, {1, 3, 1000})
    assert (header, rows) == (read.header, {number: cells(engine, read)[number - 1] for number in (1, 3)})
    assert {"utf-8-sig": "utf-8"}.get(encoding, encoding) in read.dress
    assert {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}[ends] in read.dress or encoding == "utf-16"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_last_line_without_an_end_is_a_row(engine: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str) -> None:
    path = export(tmp_path / "a.csv", [Row(), Row(name="Café", description="the last word")], encoding=encoding)
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    assert cells(engine, read_text_table(engine, path, "t"))[-1][-1] == "the last word"


def test_bytes_that_are_not_utf8_far_into_a_file_are_found(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [Row(name=f"Clinic {number}", description="x" * 200) for number in range(500)]
    path = export(tmp_path / "a.csv", [*rows, Row(name="Café at the end")], encoding="cp1252")
    assert path.stat().st_size > 100_000
    assert cells(engine, read_text_table(engine, path, "t"))[-1][0] == "Café at the end"


def test_a_letter_cut_in_two_by_the_first_block_is_no_other_encoding(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for padding in range(3):
        rows = [Row(name="a" * padding), *(Row(name="é–" * 60, description="–" * 40) for _ in range(300))]
        read = read_text_table(engine, export(tmp_path / "a.csv", rows), "t")
        assert (read.rows, read.dress.split(",")[1].strip()) == (301, "utf-8")
        assert {line[0] for line in cells(engine, read)[1:]} == {"é–" * 60}


def test_rows_of_another_width_are_kept_whole(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("A,B,C\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n")
    assert cells(engine, read_text_table(engine, path, "t")) == [
        ["1", "2", "3"],
        ["1", "2"],
        ["1", "2", "3", "4"],
        ["1", "2", "3"],
    ]


def test_blank_lines_are_no_rows(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("A,B\n1,2\n\n3,4\n\n\n")
    assert cells(engine, read_text_table(engine, path, "t")) == [["1", "2"], ["3", "4"]]


def test_text_stays_as_published(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("A,B,C,D\n  padded ,\\N,007,NULL\n,1.50,true,2024-01-02\n")
    assert cells(engine, read_text_table(engine, path, "t")) == [
        ["  padded ", "\\N", "007", "NULL"],
        ["", "1.50", "true", "2024-01-02"],
    ]


def test_nul_bytes_do_not_hide_a_row(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"A,B\n1\0,2\n3,4\n")
    assert cells(engine, read_text_table(engine, path, "t")) == [["1", "2"], ["3", "4"]]


def test_a_header_in_quotes_with_blanks_and_a_mark_is_read(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(codecs.BOM_UTF8 + b'" State ","Type, of\nBreach"\nTX,Theft\n')
    assert read_text_table(engine, path, "t").header == ("State", "Type, of\nBreach")


def test_a_workbook_gives_the_text_that_the_portal_would_have_written(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Name", "Count", "Share"], ["Café", 4237, 0.5], ["", 12.0, "x"]])
    read = read_text_table(engine, path, "t")
    assert (read.header, read.rows, read.dress) == (("Name", "Count", "Share"), 2, "workbook")
    assert cells(engine, read) == [["Café", "4237", "0.5"], ["", "12", "x"]]


def test_what_a_file_is_called_does_not_matter(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for name in ("book.csv", "book.xls", "book.xlsb", "book"):
        book = workbook(tmp_path / name, [["Name", "Count"], ["Clinic", 1]])
        assert cells(engine, read_text_table(engine, book, "t")) == [["Clinic", "1"]]
    text = export(tmp_path / "text.xls", [Row()])
    assert read_text_table(engine, text, "t").rows == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_zip_of_one_export_is_that_export(engine: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str) -> None:
    inner = export(tmp_path / "inner.csv", ROWS, encoding=encoding, ends="\r\n")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        archive.write(inner, "folder/inner.csv")
    read = read_text_table(engine, tmp_path / "a.zip", "t")
    assert without_returns(cells(engine, read)) == without_returns(EXPECTED[1:])


def test_a_zipped_workbook_is_that_workbook(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    book = workbook(tmp_path / "inner.xlsx", [["Name", "Count"], ["Clinic", 1]])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(book, "inner.xlsx")
    assert cells(engine, read_text_table(engine, tmp_path / "a.zip", "t")) == [["Clinic", "1"]]


def truncated(path: Path, after: str) -> bytes:
    export(path, [Row(name="First"), Row(name="Second", description="said, with a comma")])
    text = path.read_text(encoding="utf-8")
    return text[: text.index(after, text.index("Second")) + len(after)].encode()


REFUSED = {
    "nothing": (b"", "is empty"),
    "only blanks": (b" \r\n\t\n", "is empty"),
    "HTML": (b"<!DOCTYPE html>\n<html><body>View expired</body></html>", "HTML"),
    "HTML after blanks and a mark": (codecs.BOM_UTF8 + b"\r\n  <html></html>", "HTML"),
    "JSON": (json.dumps({"error": "expired", "rows": [1, 2]}).encode(), "JSON"),
    "a list in JSON": (b'[{"State": "TX"}]', "JSON"),
    "plain words": (b"Service unavailable\nTry again later\n", "1 column"),
    "a workbook that is none": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cannot be opened"),
    "half a zip": (b"PK\x03\x04" + b"\0" * 200, "cannot be opened"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_table_is_refused(engine: duckdb.DuckDBPyConnection, tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(REFUSED[what][0])
    with pytest.raises(FileRefused, match=REFUSED[what][1]) as refusal:
        read_text_table(engine, path, "t")
    assert str(refusal.value).startswith("a.csv ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    ("cut", "says"),
    [("Second", "middle of a row"), ("Second,TX,Health", "middle of a row"), ('"said, wi', "quoted cell")],
)
def test_a_truncated_file_is_refused(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str, cut: str, says: str
) -> None:
    path = tmp_path / "a.csv"
    start = export(path, [Row(name="Café")], encoding=encoding).read_bytes()
    rest = truncated(path, cut).split(b"\n", 1)[1]
    path.write_bytes(start + rest)
    with pytest.raises(FileRefused, match=says):
        read_text_table(engine, path, "t")


def test_a_header_without_rows_is_refused(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A view never is empty; taken for one, it would close every case in it."""
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(FileRefused, match="no rows"):
            read_text_table(engine, export(tmp_path / "a.csv", [], encoding=encoding), "t")


@pytest.mark.parametrize("inside", [["a.csv", "b.csv"], [], ["a.zip"]])
def test_a_zip_that_is_not_one_export_is_refused(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path, inside: list[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in inside:
            archive.writestr(name, "A,B\n1,2\n")
    with pytest.raises(FileRefused, match=r"just one export|1 column"):
        read_text_table(engine, tmp_path / "x.zip", "t")


def test_a_refusal_inside_a_zip_names_the_file_that_was_given(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("page.html", "<html></html>")
    with pytest.raises(FileRefused, match=r"x\.zip"):
        read_text_table(engine, tmp_path / "x.zip", "t")


def test_a_zip_whose_member_is_damaged_is_refused(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "A,B\n" + "1,2\n" * 100)
    spoilt = path.read_bytes().replace(b"1,2\n1,2\n", b"1,3\n1,2\n", 1)
    path.write_bytes(spoilt)
    with pytest.raises(FileRefused):
        read_text_table(engine, path, "t")
