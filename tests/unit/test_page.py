"""Tables on pages: the one list that is all there is read; part of a list, and a page without one, are refused."""

from pathlib import Path
from random import Random

import pytest
from attacked import NAME, ROWS, read, refusal
from made_up import MadeUpRegister, Row, table
from mutants import pages

from breachtrail import pipeline
from breachtrail.registers import apart, page

LINES = table([*ROWS, Row(name="Café & Sons", description="Two\nlines, <b>bold</b>")])
EXCEL = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; '
    'charset=windows-1252"><style>td{{mso-number-format:General}}</style></head><body><table border=0><col width=64>'
    "{rows}<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td></tr><![endif]>"
    "</table></body></html>"
)


def rows(lines: list[list[str]]) -> str:
    return "\n".join("<tr>" + "".join(f"<td>{pages._cell(cell)}</td>" for cell in line) + "</tr>" for line in lines)


def written(tmp_path: Path, text: str, encoding: str = "utf-8", ending: str = "html") -> Path:
    path = tmp_path / f"{NAME}.{ending}"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("hand", range(6))
def test_a_list_on_a_page_is_read_as_from_a_csv(register: MadeUpRegister, tmp_path: Path, hand: int) -> None:
    path = tmp_path / f"{NAME}.xls"
    path.write_bytes(pages.page(LINES, Random(hand)))
    result = read(register, path)
    assert (result.accepted, result.held) == (21, 0)
    assert result.dress.startswith("page, ")
    assert register.said("description", "Café & Sons") == ["Two\nlines, <b>bold</b>"]


def test_what_a_spreadsheet_saves_as_a_page_is_read(register: MadeUpRegister, tmp_path: Path) -> None:
    """Its lines are wrapped, its letters are those of Windows, and a row without words ends it."""
    text = EXCEL.format(rows=rows(LINES).replace("Clinic 7 of Nowhere", "Clinic 7\r\n  of Nowhere"))
    path = written(tmp_path, text, "cp1252", "xls")
    assert read(register, path).accepted == 21
    assert {"Clinic 7 of Nowhere", "Café & Sons"} <= set(register.names())


def test_other_tables_beside_the_list_and_within_it_do_not_matter(register: MadeUpRegister, tmp_path: Path) -> None:
    inner = rows(LINES).replace("Clinic 7 of Nowhere", "Clinic 7 of Nowhere<table><tr><td></td><td> </td></tr></table>")
    path = written(tmp_path, f"<table><tr><td>State</td><td>Menu</td></tr></table><table>{inner}</table>")
    assert read(register, path).accepted == 21


def test_part_of_a_list_is_refused_with_its_figures(register: MadeUpRegister, tmp_path: Path) -> None:
    told = f"<table>{rows(LINES)}</table>"
    for shown in (
        "<p>(Displaying 1 - 21 of 797)</p>",
        "<p>Showing 1 to 21 of 797 entries</p>",
        "<script>x({rows:100,rowCount:797,page:0})</script>",
        "<p>(Displaying 101 - 121 of 797)</p>",
    ):
        assert "shows 21 rows of a list of 797" in refusal(register, written(tmp_path, told + shown))
    assert read(register, written(tmp_path, told + "<p>(Displaying 1 - 21 of 21)</p>")).accepted == 21


def test_what_a_cell_says_of_figures_is_not_said_of_the_page(register: MadeUpRegister, tmp_path: Path) -> None:
    lines = table([*ROWS, Row(name="Odd", description="Pages 1 - 2 of 797 were lost; rowCount was 5.")])
    assert read(register, written(tmp_path, f"<table>{rows(lines)}</table>")).accepted == 21


def test_two_lists_on_a_page_are_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    told = f"<table>{rows(LINES)}</table>"
    assert "shows 2 lists" in refusal(register, written(tmp_path, told + told))


@pytest.mark.parametrize(
    "told",
    [
        "<!DOCTYPE html><html><body>View expired</body></html>",
        "<html><table><tr><td>a</td><td>b</td></tr></table>",
        '<?xml version="1.0"?><partial-response><changes><update><![CDATA[<tr><td>1</td></tr>]]></update></changes>',
    ],
)
def test_a_page_without_a_list_is_what_a_failed_download_gives(
    register: MadeUpRegister, tmp_path: Path, told: str
) -> None:
    said = refusal(register, written(tmp_path, told))
    assert "is an HTML or XML page, not an export; the portal answers so when a download failed" in said


def test_a_page_that_breaks_off_is_refused(register: MadeUpRegister, tmp_path: Path) -> None:
    whole = f"<table>{rows(LINES)}</table>"
    assert "truncated" in refusal(register, written(tmp_path, whole[: whole.index("Clinic 9")].rsplit("<tr>", 1)[0]))


def test_a_charset_that_is_none_is_not_believed(register: MadeUpRegister, tmp_path: Path) -> None:
    for said in ("hex", "nothing", "undefined"):
        path = written(tmp_path, f"<meta charset={said}><table>{rows(LINES)}</table>")
        assert not (result := read(register, path)).refused
        assert result.known or result.accepted == 21


def test_a_page_that_takes_too_long_is_refused(
    register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is nested a hundred thousand deep takes the library minutes."""
    monkeypatch.setattr(apart, "LONGEST", 1)
    told = "<table><tr><td>" + "<div>" * 100_000 + "</table>"
    assert "cannot be opened as one (not within 1 seconds)" in refusal(register, written(tmp_path, told))


def test_a_page_too_large_is_refused(register: MadeUpRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "LARGEST", 100)
    assert "more than 100 bytes" in refusal(register, written(tmp_path, f"<table>{rows(LINES)}</table>"))


def test_the_portals_own_page_of_a_hundred_rows_is_refused(register: MadeUpRegister, shared: Path) -> None:
    for path in sorted((shared / "portal" / "html").glob("*_rows*.html"))[:2]:
        of = path.stem.rsplit("rows", 1)[1]
        (result,) = pipeline.ingest(register.home, [path], view="under_investigation").files
        assert f"shows 100 rows of a list of {of};" in result.refused
