"""Workbooks (.xls, .xlsx) to rows of text, weighed before they are opened, and opened at arm's length.

The library that reads workbooks lays a sheet out as one block, from its first to its last cell: one stray cell in the
last corner of a small file takes all the memory there is. So the parts of an .xlsx are streamed through first, and
what is too large is refused; and the library runs in a program of its own (``sheet``), which may fall.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from breachtrail.errors import FileRefused
from breachtrail.registers import apart, zipped

#: What a workbook may unpack to: some ten times a sheet of a hundred thousand notices.
LARGEST_UNPACKED = 512 * 1024**2
#: A sheet may reach over so many cells, and over so many times those that it tells.
_EMPTY_CELLS = 1_000_000
_MOST_SPREAD = 50
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(r"([A-Z]{1,4})(\d{1,8})")


def is_workbook(members: list[zipfile.ZipInfo]) -> bool:
    """Whether a zip with these members is a workbook."""
    return any(item.filename.startswith("xl/") for item in members)


def rows(path: Path, beside: Path | None = None) -> Iterator[list[str]]:
    """The rows of the first sheet, each cell as the portal would have written it. Raises FileRefused.

    beside: the folder in which they lie meanwhile; else the system's for temporary files
    """
    if zipfile.is_zipfile(path):
        _weigh(path)
    try:
        yield from apart.rows("book", path, beside)
    except apart.Unfit as why:
        raise _unfit(path, "it is locked with a password" if _is_locked(path) else why) from None


def _is_locked(path: Path) -> bool:
    """Whether a workbook is kept whole inside another file, encrypted, as its owner asked."""
    with path.open("rb") as file:
        return _LOCKED in file.read(1 << 24)


def _unfit(path: Path, why: object) -> FileRefused:
    return FileRefused(f"{path.name} looks like a workbook but cannot be opened as one ({why}).")


def _weigh(path: Path) -> None:
    """Refuse an .xlsx that would not fit into memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if any(item.filename == "xl/workbook.bin" for item in members):
                raise FileRefused(f"{path.name} is a binary workbook (.xlsb); save it as .xlsx or .csv.")
            if sum(item.file_size for item in members) > LARGEST_UNPACKED:
                raise FileRefused(f"{path.name} unpacks to more than {LARGEST_UNPACKED:,} bytes; save it as .csv.")
            for item in members:
                with archive.open(item) as part:
                    cells = _cells(part)
                if cells > apart.MOST_CELLS:
                    raise FileRefused(
                        f"{path.name} has a sheet of more than {apart.MOST_CELLS:,} cells, most of them empty no doubt; "
                        "save it as .csv."
                    )
    except expat.ExpatError as error:
        raise _unfit(path, error) from None
    except zipped.BROKEN as error:
        raise _unfit(path, zipped.why(error)) from None


def _cells(part: IO[bytes]) -> int:
    """Cells from the first corner of a sheet to its last; 0 for a part that is no sheet; stops counting when too many.

    A sheet that is all but empty counts as too many: it takes as long to read as a full one.
    """
    sheet = _Sheet()
    while not sheet.is_other and sheet.cells <= apart.MOST_CELLS and (block := part.read(1 << 20)):
        try:
            sheet.feed(block)
        except expat.ExpatError:
            if sheet.is_sheet:
                raise
            return 0  # a picture, a setting: nothing that is laid out in cells
    if sheet.cells > _EMPTY_CELLS + _MOST_SPREAD * sheet.told:
        return apart.MOST_CELLS + 1
    return 0 if sheet.is_other else sheet.cells


class _Sheet:
    """How far a sheet reaches, by the places that its cells name (or by counting, where they name none)."""

    def __init__(self) -> None:
        self.is_sheet = self.is_other = False
        self.told = 0
        self._row = self._column = self._last_row = self._last_column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self.feed = self._parser.Parse

    @property
    def cells(self) -> int:
        return self._last_row * self._last_column

    def _start(self, tag: str, told: dict[str, str]) -> None:
        tag = tag.rsplit(":", 1)[-1]
        if not self.is_sheet:
            self.is_sheet, self.is_other = tag == "worksheet", tag != "worksheet"
        elif tag == "row":
            self._row, self._column = int(told["r"]) if told.get("r", "").isdecimal() else self._row + 1, 0
        elif tag == "c":
            self.told += 1
            place = _PLACE.fullmatch(told.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1
            self._last_row = max(self._last_row, int(place[2]) if place else self._row)
            self._last_column = max(self._last_column, self._column)


def _number(letters: str) -> int:
    """The number of a column: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
