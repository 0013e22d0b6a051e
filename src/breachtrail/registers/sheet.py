"""The first sheet of a workbook as lines of JSON, an array a row: a program of its own, which ``workbook`` starts.

The library that opens workbooks gives up in ways that end a program (it panics, or asks for more memory than there
is), so it is not let into ours. Given the workbook, the file to write, the most bytes of memory and the most cells from
the first corner to the last; code 3: it cannot be opened, and why is in the file.
"""

import json
import sys
from pathlib import Path
from typing import Any

UNFIT = 3


def main(book: Path, lines: Path, most_memory: int, most_cells: int) -> int:
    """Write the rows, each cell as the portal would have written it; the code to end with."""
    import python_calamine

    _stay_within(most_memory)
    try:
        with book.open("rb") as file:  # by what it holds: a file's name may lie
            sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
            if sheet.height * sheet.width > most_cells:
                return _unfit(lines, f"its sheet has more than {most_cells:,} cells, most of them empty")
            rows = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, IndexError, OSError) as error:
        return _unfit(lines, str(error))
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps([_as_text(cell) for cell in row]) + "\n" for row in rows)
    return 0


def _unfit(lines: Path, why: str) -> int:
    lines.write_text(why, encoding="utf-8")
    return UNFIT


def _stay_within(most_memory: int) -> None:
    try:
        import resource
    except ImportError:  # there is no such thing on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
