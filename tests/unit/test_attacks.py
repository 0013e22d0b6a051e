"""Input and ground that mean harm, or had bad luck: each ends in a reading that is right, or in one sentence.

What is tried here was found by attacking the commands; the plain cases stand in the tests of each module.
"""

import csv
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import made_up
import pytest
from attacked import NAME, ROWS, broken_laws, read, refusal, text
from made_up import MadeUpRegister, Row, export, table, workbook

from breachtrail import pipeline
from breachtrail.registers import apart, files, provenance
from breachtrail.registers import workbook as workbooks

# --- files


QUOTES = {
    "opened, and closed by the opening of another": ('"Clinic 7 of Nowhere', '"Clinic 15 of Nowhere"', 11, 1),
    "within quotes": ('"Clinic "7" of Nowhere"', "Clinic 15 of Nowhere", 19, 1),
    "in the midst of a cell": ('Clinic "7" of Nowhere', "Clinic 15 of Nowhere", 20, 0),
}


@pytest.mark.parametrize("what", QUOTES)
def test_quotes_that_do_not_fit_swallow_no_row_in_silence(register: MadeUpRegister, tmp_path: Path, what: str) -> None:
    seventh, fifteenth, accepted, held = QUOTES[what]
    path = tmp_path / f"{NAME}.csv"
    spoilt = text(table(ROWS)).replace("Clinic 7 of Nowhere", seventh).replace("Clinic 15 of Nowhere", fifteenth)
    path.write_text(spoilt)
    result = read(register, path)
    assert result.rows == len(list(csv.reader(io.StringIO(spoilt)))) - 1
    assert (result.accepted, result.held) == (accepted, held)
    with register.open() as ledger:
        for row in ledger.held():
            assert json.loads(row["raw"])[0].startswith(seventh)


def test_a_last_line_longer_than_the_engines_buffer_is_not_lost(register: MadeUpRegister, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.write_text(text(table(ROWS)) + "x" * (33 * 1024**2) + ",TX,Healthcare Provider,1,05/14/2024,Theft,Email,No,\n")
    assert "more than 8,000,000 letters" in refusal(register, path)


@pytest.mark.parametrize("endless", ["x", ",", '"\n",'])
def test_a_row_without_end_is_refused_before_it_fills_the_memory(
    register: MadeUpRegister, tmp_path: Path, endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST_ROW", 1_000_000)
    path = tmp_path / f"{NAME}.csv"
    path.write_text(text(table(ROWS)) + endless * (1_500_000 // len(endless)) + "\n" + text(table(ROWS)[1:]))
    assert "has a row of more than 1,000,000 letters" in refusal(register, path)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_cells_may_be_parted_as_in_other_countries(
    register: MadeUpRegister, tmp_path: Path, separator: str, encoding: str
) -> None:
    path = tmp_path / f"{NAME}.csv"
    rows = [*ROWS, Row(name="Café, Clinic and Sons", breach_types="Theft, Loss")]
    path.write_bytes(text(table(rows), separator).encode(encoding))
    result = read(register, path)
    assert (result.accepted, result.held) == (21, 0)
    assert result.dress.split(",")[0] != "CSV"
    assert register.said("breach_types", "Café") == [["Loss", "Theft"]]


@pytest.mark.parametrize("cell", ["1.000", "1,5", "12,34", "1,2345", ",5", "1,234.567"])
def test_a_count_that_means_something_else_elsewhere_is_held(register: MadeUpRegister, cell: str) -> None:
    register.look("2024-06-01", archive=[*ROWS, Row(name="Odd", individuals=cell)])
    with register.open() as ledger:
        assert [(row["rule"], row["seen"]) for row in ledger.held()] == [("unreadable_count", cell)]


def test_a_column_that_is_there_twice_is_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    path = export(tmp_path / f"{NAME}.csv", ROWS, extra={"individuals  AFFECTED": "9"})
    assert "2 columns 'Individuals Affected'" in refusal(register, path)


def test_a_zip_in_a_zip_is_refused_whatever_its_name(register: MadeUpRegister, tmp_path: Path) -> None:
    packed = text(table(ROWS)).encode()
    for _ in range(2):
        inside = packed
        path = tmp_path / f"{NAME}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("export.csv", inside)
        packed = path.read_bytes()
    assert "just one export" in refusal(register, path)


def test_what_a_mac_adds_to_a_zip_is_no_export(register: MadeUpRegister, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.csv", text(table(ROWS)))
        archive.writestr("__MACOSX/._export.csv", b"\0\5\x16\7")
    assert read(register, path).accepted == 20


def sheet(path: Path, rows: str, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """A workbook whose one sheet holds these rows, as they stand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, told in made_up._WORKBOOK_PARTS.items():
            book.writestr(name, told)
        space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        book.writestr(part, f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")
    return path


FAR = {
    "a cell in the last corner": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a row far down, wide by counting": '<row r="1">'
    + "<c><v>1</v></c>" * 30
    + '</row><row r="1048576"><c><v>1</v></c></row>',
    "a place that is none": '<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row>',
}


@pytest.mark.parametrize("what", FAR)
def test_a_workbook_that_would_fill_the_memory_is_refused(register: MadeUpRegister, tmp_path: Path, what: str) -> None:
    assert "more than 20,000,000 cells" in refusal(register, sheet(tmp_path / f"{NAME}.xlsx", FAR[what]))


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / f"{NAME}.xlsx", table(ROWS))
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 1000)
    assert "unpacks to more than 1,000 bytes" in refusal(register, path)
    monkeypatch.undo()
    assert read(register, path).accepted == 20


def test_a_workbook_with_a_broken_sheet_is_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    assert "cannot be opened as one" in refusal(register, sheet(tmp_path / f"{NAME}.xlsx", "<row><c></row>"))


def test_a_workbook_that_fells_its_reader_is_refused(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    falls = tmp_path / "falls.py"
    falls.write_text("import os; os.abort()")
    monkeypatch.setattr(apart.sheet, "__file__", str(falls))
    assert "cannot be opened as one (it is damaged)" in refusal(
        register, workbook(tmp_path / f"{NAME}.xlsx", table(ROWS))
    )


def test_a_sheet_of_too_many_cells_is_refused_when_it_is_opened_at_the_latest(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An .xls is not weighed before."""
    monkeypatch.setattr(workbooks, "_weigh", lambda path: None)
    monkeypatch.setattr(apart, "MOST_CELLS", 100)
    said = refusal(register, workbook(tmp_path / f"{NAME}.xlsx", table(ROWS)))
    assert "more than 100 cells" in said


@pytest.mark.parametrize("name", ["a?b", "a*", "[ab]", "a'b", "a\nb", "[/red]", "c0=1", "北京"])
def test_a_name_of_a_file_is_only_a_name(register: MadeUpRegister, tmp_path: Path, name: str) -> None:
    export(tmp_path / f"axb {NAME}.csv", [Row(name="Another file")])
    path = export(tmp_path / "c0=Spoilt" / f"{name} {NAME}.csv", ROWS)
    export(path.with_name(f"axb {NAME}.csv"), [Row(name="Another file")])
    assert read(register, path).accepted == 20
    assert register.names() == sorted(row.name for row in ROWS)


def test_a_name_of_bytes_that_are_no_letters_is_read(register: MadeUpRegister, tmp_path: Path) -> None:
    path = export(tmp_path / f"x {NAME}.csv", ROWS)
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 " + os.fsencode(f"{NAME}.csv")))
    assert read(register, path.rename(odd)).accepted == 20
    assert broken_laws(register.home) == []


def test_a_pipe_is_refused_and_not_waited_for(register: MadeUpRegister, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    assert "save it as a file first" in refusal(register, tmp_path / NAME)


# --- days and views that cannot be


def test_a_file_whose_every_row_would_be_held_is_refused_and_the_others_go_on(register: MadeUpRegister) -> None:
    register.look("2024-05-20", under_investigation=ROWS, archive=[Row(name="Old")])
    early = register.write("2024-05-13", "under_investigation", ROWS)
    strange = register.write("2024-05-25", "archive", ROWS, day="%d.%m.%Y")
    right = register.write("2024-06-01", "under_investigation", ROWS[1:])
    results = {result.name: result for result in pipeline.ingest(register.home, [early, strange, right]).files}
    assert "cannot have been taken on 2024-05-13" in results[early.name].refused
    assert "submitted_on is '14.05.2024'" in results[strange.name].refused
    assert results[right.name].accepted == 19
    assert broken_laws(register.home) == []
    assert len(list((register.home / "raw").iterdir())) == 6  # three files and their sidecars
    assert "cannot have been taken on 2024-05-13" in refusal(register, early)
    assert len(list((register.home / "raw").iterdir())) == 6


def test_the_same_bytes_are_not_two_lists(register: MadeUpRegister) -> None:
    register.look("2024-06-01", under_investigation=ROWS)
    for day in ("2024-05-20", "2024-06-01", "2024-06-20"):
        said = refusal(register, register.write(day, "archive", ROWS))
        assert "same bytes" in said
        assert "'under_investigation'" in said
    assert len(register.names()) == 20


MANIFESTS: dict[str, tuple[bytes, str]] = {
    "no letters": (b"\xff\xfe\x00", "cannot be read"),
    "a cell without end": (b"file\tview\n" + b"x" * 2_000_000, "cannot be read"),
    "a day that is none": (b"file\ttaken_on\n%s\tsoon\n", "'soon' as taken_on"),
    "a window that ends before it begins": (
        b"file\ttaken_on\tnot_before\tnot_after\n%s\t2024-06-01\t2024-07-01\t2024-05-01\n",
        "not before 2024-07-01",
    ),
    "the file twice": (b"file\ttaken_on\n%s\t2024-06-01\n%s\t2024-06-02\n", "2 times"),
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest_that_cannot_be_believed_is_said_so(register: MadeUpRegister, tmp_path: Path, what: str) -> None:
    told, says = MANIFESTS[what]
    path = export(tmp_path / f"{NAME}.csv", ROWS)
    (tmp_path / "MANIFEST.tsv").write_bytes(told.replace(b"%s", path.name.encode()))
    assert says in refusal(register, path)


def test_a_manifest_with_a_mark_is_read(tmp_path: Path) -> None:
    path = export(tmp_path / f"{NAME}.csv", ROWS)
    (tmp_path / "MANIFEST.tsv").write_text(f"\ufefffile\tview\ttaken_on\n{path.name}\tarchive\t2024-06-03\n")
    from breachtrail.registers import register

    sidecar = provenance.of(path, register.load("us_hhs_ocr"))
    assert (sidecar.view, sidecar.taken_on) == ("archive", date(2024, 6, 3))
