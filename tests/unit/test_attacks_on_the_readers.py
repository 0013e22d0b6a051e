"""Files that mean harm by their structure or their letters: each is read right, or refused in a sentence."""

import codecs
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attacked import NAME, ROWS, content, packed, read, refusal, text
from made_up import MadeUpRegister, Row, export, table, workbook
from mutants import books

from breachtrail import pipeline
from breachtrail.errors import FileRefused
from breachtrail.registers import apart, files, zipped
from breachtrail.registers import workbook as workbooks

# --- workbooks and zips


def test_a_claimed_size_of_a_billion_cells_is_only_a_claim(register: MadeUpRegister, tmp_path: Path) -> None:
    path = workbook(tmp_path / f"{NAME}.xlsx", table(ROWS))
    parts = books._parts(path.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    packed(path, parts)
    assert read(register, path).accepted == 20


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_entities_that_unfold_to_gigabytes_are_not_unfolded(
    register: MadeUpRegister, tmp_path: Path, part: str
) -> None:
    parts = books._parts(books.xlsx(table(ROWS), Random(2)))
    body = parts[part].replace(b"Clinic 7", b"&i;").replace(b"Sheet1", b"&i;")
    parts[part] = (books._BOMB + "]>").encode() + body
    path = tmp_path / f"{NAME}.xlsx"
    packed(path, parts)
    result = read(register, path)
    assert result.refused or result.rows == 20
    assert "aaaaaaaaaaaaaaaaaaaa" not in result.refused


def test_a_workbook_with_a_password_is_said_to_have_one(register: MadeUpRegister, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.xlsx"
    path.write_bytes(books.locked())
    assert "locked with a password" in refusal(register, path)


def test_an_xls_whose_sectors_go_in_circles_or_end_is_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    whole = books.xls(table(ROWS))
    path = tmp_path / f"{NAME}.xls"
    path.write_bytes(whole)
    assert read(register, path).accepted == 20
    circle = bytearray(whole)
    struct.pack_into("<I", circle, 512 + 4 * 4, 2)  # a sector of the book leads back to its first
    before = content(register.home)
    for spoilt in (bytes(circle), whole[:1536], whole[: len(whole) // 2], whole[:512] + b"\0" * 512 + whole[1024:]):
        path.write_bytes(spoilt)
        result = read(register, path)
        assert result.refused or result.rows == result.accepted + result.held
        assert not result.refused or content(register.home) == before


def test_a_zip_may_not_repeat_its_members_name_in_the_refusal(register: MadeUpRegister, tmp_path: Path) -> None:
    """The library quotes from the file what it did not expect, kilobytes of it."""
    path = tmp_path / f"{NAME}.zip"
    packed(path, {"a.csv": text(table(ROWS)).encode()})
    told = bytearray(path.read_bytes())
    struct.pack_into("<H", told, 26, 400)
    path.write_bytes(told)
    assert "cannot be unpacked (it is damaged)" in refusal(register, path)


def test_a_member_packed_with_options_that_nobody_knows_is_said_to_be_damaged(
    register: MadeUpRegister, tmp_path: Path
) -> None:
    path = tmp_path / f"{NAME}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", text(table(ROWS)))
    assert read(register, path).accepted == len(ROWS)
    told = bytearray(path.read_bytes())
    told[30 + len("a.csv") + 4] = 0xFF  # the first of LZMA's own options, behind their version and length
    path.write_bytes(told)
    assert "cannot be unpacked (it is damaged)" in refusal(register, path)


def test_a_member_without_a_name_is_none_to_fall_over(register: MadeUpRegister, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.csv"), text(table(ROWS)))
        info = zipfile.ZipInfo("x")
        info.filename = ""
        archive.writestr(info, "")
    assert "just one export" in refusal(register, path)


def test_a_full_disk_is_no_fault_of_thepacked(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.zip"
    packed(path, {"a.csv": b"A,B\n"})
    with pytest.raises(OSError, match="No space"), zipped.opened(path):
        raise OSError(28, "No space left on device")


def test_a_workbook_that_is_all_but_empty_is_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    path = workbook(tmp_path / f"{NAME}.xlsx", table(ROWS))
    parts = books._parts(path.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="65536"><c r="IV65536"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    packed(path, parts)
    assert "most of them empty" in refusal(register, path)


def test_a_workbook_may_begin_below_its_first_row_and_column(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ["c", 1]])
    parts = books._parts(path.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"]
    for old, new in ((b"1", b"3"), (b"2", b"4")):
        sheet = sheet.replace(b'r="A' + old, b'r="B' + new).replace(b'r="B' + old, b'r="C' + new)
        sheet = sheet.replace(b'<row r="' + old, b'<row r="' + new)
    parts["xl/worksheets/sheet1.xml"] = sheet
    packed(path, parts)
    assert list(workbooks.rows(path)) == [["a", "b"], ["c", "1"]]


def test_a_program_apart_that_takes_too_long_is_ended(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(100)")
    monkeypatch.setattr(apart.sheet, "__file__", str(slow))
    monkeypatch.setattr(apart, "LONGEST", 0.5)
    assert "not within 0.5 seconds" in refusal(register, workbook(tmp_path / f"{NAME}.xlsx", table(ROWS)))


# --- letters

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-16 with a mark": lambda told: told.encode("utf-16"),
    "UTF-16, the other way round": lambda told: codecs.BOM_UTF16_BE + told.encode("utf-16-be"),
    "UTF-16 without one": lambda told: told.encode("utf-16-le"),
    "the other way round without one": lambda told: told.encode("utf-16-be"),
    "UTF-32": lambda told: told.encode("utf-32"),
    "UTF-32 without a mark": lambda told: told.encode("utf-32-le"),
    "GB 18030": lambda told: told.replace("é", "").encode("gb18030"),
    "one byte that is no UTF-8": lambda told: told.encode().replace(b"Clinic 3", b"Clinic\xa03"),
    "UTF-8 and cp1252 by turns": lambda told: told.encode().replace("Clinic 5 é".encode(), b"Clinic 5 \xe9"),
    "lone CR": lambda told: told.replace("\n", "\r").encode(),
    "mixed ends of lines": lambda told: told.replace("4\n", "4\r\n").replace("7\n", "7\r").encode(),
}


@pytest.mark.parametrize("how", ENCODINGS)
def test_letters_are_read_as_they_were_meant(register: MadeUpRegister, tmp_path: Path, how: str) -> None:
    told = text(
        table([Row(name=f"Clinic {number} é – “quoted” 中", description=f"said {number}") for number in range(12)])
    )
    told = told if how != "UTF-8 and cp1252 by turns" else told.replace("中", "")
    path = tmp_path / f"{NAME}.csv"
    path.write_bytes(ENCODINGS[how](told))
    assert read(register, path).accepted == 12
    names = register.names()
    assert [name for name in names if "– “quoted”" not in name] == []
    assert {name.replace("\u00a0", " ").split()[1] for name in names} == {str(number) for number in range(12)}


def test_two_letters_with_accents_are_no_chinese_character(register: MadeUpRegister, tmp_path: Path) -> None:
    path = export(tmp_path / f"{NAME}.csv", [*ROWS, Row(name="Clinique Créée")], encoding="cp1252")
    assert read(register, path).accepted == 21
    assert "Clinique Créée" in register.names()


def test_nul_and_marks_within_cells_do_not_shift_them(register: MadeUpRegister, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.csv"
    told = text(table(ROWS)).replace("Clinic 7 ", "Clinic\0 7 \0").replace("Clinic 8", "\ufeffClinic 8")
    path.write_text(told, encoding="utf-8")
    assert read(register, path).accepted == 20
    assert register.names() == sorted(row.name for row in ROWS)


# --- days and counts

ABSURD = {
    "individuals": ["-1", "1e308", "9999999999999999999", "1" * 400, "NaN!", "0x10", "٣٠٠", "½", "1_000", "+5", "1.5"],
    "submitted_on": [
        "2024-02-30",
        "02/30/2024",
        "01/01/0001",
        "12/31/99999",
        "99999-01-01",
        "0000-00-00",
        "45432",
        "//",
    ],
}


@pytest.mark.parametrize("quoted", [True, False])
def test_absurd_days_and_counts_are_held_and_nothing_else(
    register: MadeUpRegister, tmp_path: Path, quoted: bool
) -> None:
    rows = [Row(name=f"{column} {cell[:20]}", **{column: cell}) for column, cells in ABSURD.items() for cell in cells]
    path = export(tmp_path / f"{NAME}.csv", [*ROWS, *rows], quoted=quoted)
    result = read(register, path)
    assert (result.accepted, result.held) == (20, len(rows))
    with register.open() as ledger:
        assert sorted(row["seen"] for row in ledger.held()) == sorted(
            cell for cells in ABSURD.values() for cell in cells
        )


def test_a_count_of_nobody_is_a_count(register: MadeUpRegister) -> None:
    register.look("2024-06-01", archive=[*ROWS, Row(name="Nobody", individuals=0)])
    assert register.said("individuals", "Nobody") == [0]


# --- what the mutants found


def test_a_header_with_an_end_of_line_in_it_hides_no_row(register: MadeUpRegister, tmp_path: Path) -> None:
    """The engine's reader finds no rows behind one in a file with CRLF, and says nothing."""
    path = tmp_path / f"{NAME}.csv"
    told = text(table(ROWS)).replace("\n", "\r\n").replace("Web Description", '"Web\nDescription"')
    path.write_bytes(told.encode())
    assert read(register, path).accepted == 20


@pytest.mark.parametrize("behind", [",", ",,", ',""', ",x", ",,x"])
def test_empty_cells_behind_the_last_say_nothing_in_either_way(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behind: str
) -> None:
    path = tmp_path / f"{NAME}.csv"
    told = text(table(ROWS)).splitlines()
    path.write_text("\n".join([*told[:5], told[5] + behind, *told[6:]]) + "\n")
    first = read(register, path)
    assert (first.accepted, first.held) == ((19, 1) if "x" in behind else (20, 0))
    monkeypatch.setattr(files, "clean_csv", lambda path: None)
    other = MadeUpRegister(tmp_path / "other")
    assert read(other, path).held == first.held


def test_a_blank_behind_a_closing_quote_is_no_fault_in_either_way(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.write_text(text(table(ROWS)).replace("Clinic 7 of Nowhere", '"Clinic 7 of Nowhere" '))
    monkeypatch.setattr(files, "clean_csv", lambda path: None)
    assert (read(register, path).accepted, register.names()) == (20, sorted(row.name for row in ROWS))


@pytest.mark.parametrize("cell", [' "TX"', ' "TX" ', " TX", "  TX"])
def test_a_blank_before_an_opening_quote_is_no_fault_in_either_way(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    path = tmp_path / f"{NAME}.csv"
    told = text(table([*ROWS, Row(name="Two", state="", description="a")])).replace(",TX,", f",{cell},")
    path.write_text(told.replace(",a\n", ', "a, ""b""\nc"\n').replace("Clinic 7 of Nowhere", ' "Clinic 7 of Nowhere"'))
    first = read(register, path)
    monkeypatch.setattr(files, "clean_csv", lambda path: None)
    other = MadeUpRegister(tmp_path / "other")
    second = read(other, path)
    assert (first.accepted, second.accepted) == (21, 21)
    assert register.names() == other.names()
    assert register.said("description", "Two") == other.said("description", "Two") == ['a, "b"\nc']


def test_two_blanks_before_a_quote_keep_it_as_a_letter_in_either_way(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.write_text(text(table(ROWS)).replace("Clinic 7 of Nowhere", '  "Clinic 7 of Nowhere"'))
    read(register, path)
    monkeypatch.setattr(files, "clean_csv", lambda path: None)
    other = MadeUpRegister(tmp_path / "other")
    read(other, path)
    assert '"Clinic 7 of Nowhere"' in register.names()
    assert register.names() == other.names()


@pytest.mark.parametrize("name", ['"Name of Covered Entity"#', '"Name of Covered Entity" x'])
def test_a_header_whose_quotes_do_not_fit_is_refused_in_either_way(
    register: MadeUpRegister, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.write_text(text(table(ROWS)).replace("Name of Covered Entity", name))
    assert "header of 1 column(s)" in refusal(register, path)


# --- the ground


def test_a_link_is_followed_and_one_that_leads_nowhere_is_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    export(tmp_path / "there.csv", ROWS)
    link, nowhere, circle = (tmp_path / f"{NAME} {name}.csv" for name in ("link", "nowhere", "circle"))
    link.symlink_to(tmp_path / "there.csv")
    nowhere.symlink_to(tmp_path / "not there.csv")
    circle.symlink_to(circle)
    (tmp_path / f"{NAME} folder").mkdir()
    assert read(register, link).accepted == 20
    for path in (nowhere, circle, tmp_path / f"{NAME} folder", tmp_path / f"{NAME}{'x' * 300}", tmp_path / f"{NAME}\0"):
        assert any(why in refusal(register, path) for why in ("cannot be opened", "no name of a file"))


@pytest.fixture
def disturbed(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """Does something to a file while it is read."""
    register.look("2024-06-01", archive=[Row(name="Old")])
    before = content(register.home)
    path = export(tmp_path / f"{NAME}.csv", ROWS)

    def disturb(what: Callable[[Path], Any]) -> None:
        export(path, ROWS)
        reads = pipeline.reading.read

        def disturbing(*given: Any) -> Any:
            what(path)
            return reads(*given)

        monkeypatch.setattr(pipeline.reading, "read", disturbing)
        with pytest.raises(FileRefused, match=r"changed or taken away while it was read"):
            pipeline.ingest(register.home, [path])
        monkeypatch.undo()
        assert content(register.home) == before
        assert [law.name for law in pipeline.verify(register.home) if not law.holds] == []

    yield disturb
    assert read(register, export(tmp_path / f"{NAME}.csv", ROWS)).accepted == 20


def test_a_file_that_grows_vanishes_or_is_replaced_meanwhile_is_refused(disturbed: Callable[..., None]) -> None:
    disturbed(lambda path: path.write_bytes(path.read_bytes() + text(table(ROWS)).encode()))
    disturbed(lambda path: path.unlink())
    disturbed(lambda path: export(path, ROWS[:10]))


def test_bytes_that_nobody_means_are_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    hand = Random(7)
    path = tmp_path / f"{NAME}.csv"
    for size in (1, 2, 3, 100, 70_000):
        path.write_bytes(hand.randbytes(size))
        assert refusal(register, path)
