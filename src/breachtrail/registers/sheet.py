"""The table in a workbook or a page as lines of JSON, an array a row: a program of its own, which ``apart`` starts.

The libraries that open them give up in ways that end a program (they panic, ask for more memory than there is, or walk
for hours through what is nested too deep), so they are not let into ours. Given what the file is (``book`` or
``page``), the file, the file to write, the most bytes of memory, the most cells from the first corner to the last and
the most letters in all of them; code 3: it cannot be opened, and why is in the file.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

UNFIT = 3
#: Stands for a line's end within a cell of a page while its other blanks are put in order.
_BREAK = "\u2028"
#: What a page says of the rows that it shows, beside them: "Displaying 1 - 100 of 797", "Showing 1 to 10 of 57".
_SHOWN = re.compile(r"\b(\d[\d,]*)\s*(?:-|–|to)\s*(\d[\d,]*)\s+of\s+(\d[\d,]*)")
_ROW_COUNT = re.compile(r"\browCount:(\d+)")
#: A cell may reach over others; the HTML standard knows no more columns than these.
_MOST_COLUMNS = 1000


class Unfit(Exception):
    """The file cannot be opened, and why."""


def main(kind: str, file: Path, lines: Path, most_memory: int, most_cells: int, most_letters: int) -> int:
    """Write the rows; the code to end with."""
    _stay_within(most_memory)
    try:
        rows = _of_book(file, most_cells) if kind == "book" else _of_page(file)
        with lines.open("w", encoding="utf-8") as out:
            for row in rows:
                most_letters -= sum(len(cell) for cell in row if isinstance(cell, str))
                if most_letters < 0:
                    raise Unfit("its cells hold more letters than any list")
                out.write(json.dumps(row) + "\n")
    except Unfit as why:
        lines.write_text(str(why), encoding="utf-8")
        return UNFIT
    return 0


def _stay_within(most_memory: int) -> None:
    try:
        import resource
    except ImportError:  # there is no such thing on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))


def _of_book(book: Path, most_cells: int) -> Iterator[list[str]]:
    """The rows of the first sheet, each cell as the portal would have written it."""
    import python_calamine

    try:
        with book.open("rb") as file:  # by what it holds: a file's name may lie
            sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
            if sheet.height * sheet.width > most_cells:
                raise Unfit(f"its sheet has more than {most_cells:,} cells, most of them empty")
            above = sheet.start[0] if sheet.start else 0
            rows = islice(sheet.iter_rows(), above, None)  # one by one: all at once they take three times the memory
    except (python_calamine.CalamineError, IndexError, OSError) as error:
        raise Unfit(str(error)) from None
    return ([_as_text(cell) for cell in row] for row in rows)


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _of_page(page: Path) -> Iterator[list[Any]]:
    """What the page says of its rows (first and last shown, how many there are; nothing of it: an empty list), then
    each row of each table, led by the table's number; a row without a letter says nothing and is left out."""
    from selectolax.lexbor import LexborHTMLParser

    text = page.read_text(encoding="utf-8")
    if text.lower().rfind("</table") < text.lower().rfind("<table"):
        raise Unfit("it ends before its table does: it is truncated")
    counted = [int(told) for told in _ROW_COUNT.findall(text)]
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "template", "noscript"])
    for breaking in tree.css("td br, th br, td p, th p, td div, th div, td li, th li"):
        breaking.insert_before(_BREAK)
    tables = tree.css("table")
    rows = [[number, *cells] for number, table in enumerate(tables) for cells in _rows(table) if any(cells)]
    for table in tables:
        table.decompose(recursive=False)
    beside = (tree.body.text(separator=" ") if tree.body else "") + " "
    shown = [[int(told.replace(",", "")) for told in found] for found in _SHOWN.findall(beside)]
    yield max(shown, key=lambda told: told[2], default=[1, counted[0], counted[0]] if counted else [])
    yield from rows


def _rows(table: Any) -> Iterator[list[str]]:
    for part in table.iter():
        for row in [part] if part.tag == "tr" else part.iter() if part.tag in ("thead", "tbody", "tfoot") else ():
            yield list(_cells(row))


def _cells(row: Any) -> Iterable[str]:
    for cell in row.iter():
        if cell.tag in ("td", "th"):
            yield _of_cell(cell)
            reach = cell.attributes.get("colspan") or ""
            yield from [""] * (min(int(reach), _MOST_COLUMNS) - 1 if reach.isdecimal() else 0)


def _of_cell(cell: Any) -> str:
    """The text of a cell as a browser shows it."""
    blanks = "[ \t\f]+" if cell.css_first('[style*="white-space:pre"]') is not None else "[ \t\f\r\n]+"
    told = re.sub(blanks, " ", cell.text())
    return re.sub(f" *{_BREAK} *", "\n", told).strip(" \n")


if __name__ == "__main__":
    kind, file, lines, *most = sys.argv[1:]
    sys.exit(main(kind, Path(file), Path(lines), *map(int, most)))
