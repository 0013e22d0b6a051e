"""Bytes to text table: find out which dress a file wears, and hand it to the engine as rows of text.

A clean UTF-8 CSV is left to the engine's own reader. Everything else (cp1252, bare CR, workbooks, rows that are too
short or too long) is parsed by the library made for it and handed over as one JSON array a row, so that nothing of a
row is lost and its width can be judged. Cells may be parted by commas, or by what spreadsheets of other countries
write: the header tells which.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO

import duckdb

from breachtrail.errors import FileRefused
from breachtrail.ledger.store import literally, unpacking_folder
from breachtrail.registers import encoding, page, workbook, zipped

#: A cell longer than this is no cell of a register (the longest seen has 3,995 characters).
LONGEST_CELL = 1_000_000
#: A row longer than this, with all its cells and line breaks, is none.
LONGEST_ROW = 8 * LONGEST_CELL
#: No list of a register has more columns than these.
MOST_COLUMNS = 1000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_GZIP = b"\x1f\x8b"
_END = "\x03the end of the file\x03"
#: What parts the cells of a row, and what a file is called by it.
_PARTED = {",": "CSV", ";": "CSV with semicolons", "\t": "CSV with tabs", "|": "CSV with bars"}
#: A last line that is longer than the engine's buffer is lost by it without a word.
_BUFFER = 32 * 1024**2

Picked = dict[int, list[str]]


@dataclass(frozen=True)
class TextTable:
    """A file as the engine sees it: a temporary table of text cells, all that was there and nothing else.

    table:   name of the table: ``row`` (1-based), ``cells`` (list of the row's cells as text, never NULL inside)
    header:  the file's own column names
    rows:    data rows, by a parser's count
    dress:   in a few words, what the file wore
    """

    table: str
    header: tuple[str, ...]
    rows: int
    dress: str


@dataclass(frozen=True)
class CleanCsv:
    """A file that the engine can read by itself, if nothing deep inside it says otherwise.

    relation, parameters: its rows in SQL, as text columns ``c0``, ``c1``, …, an empty cell being NULL; a row of another
    width, an open quote or bytes that are no UTF-8 raise while they are read
    """

    relation: str
    parameters: dict[str, object]
    header: tuple[str, ...]
    dress: str


def clean_csv(path: Path) -> CleanCsv | None:
    """``path`` as a clean CSV in UTF-8, if it begins like one."""
    with path.open("rb") as file:
        start = file.read(65536)
    if start.startswith((*_WORKBOOKS, _GZIP)) or page.is_page(start) or _lead(start) in (b"", b"{", b"["):
        return None
    if b"\n" not in start or b"\0" in start or not _last_line_fits(path):
        return None
    try:
        sample = start.decode("utf-8-sig", errors="strict" if len(start) < 65536 else "ignore")
        separator = _separator(sample)
        header = next(_reader(io.StringIO(sample), separator, strict=True))
    except (csv.Error, UnicodeDecodeError, StopIteration):
        return None  # another encoding, an open quote
    if not 2 <= len(header) <= MOST_COLUMNS or any("\n" in name or "\r" in name for name in header):
        return None  # behind a header with an end of line in it the engine may find no rows, and says nothing
    relation = (
        "read_csv($path, auto_detect=false, header=true, delim=$separator, quote='\"', escape='\"', columns=$columns, "
        "strict_mode=true, max_line_size=$longest, compression='none', hive_partitioning=false)"
    )
    columns = {f"c{place}": "VARCHAR" for place in range(len(header))}
    return CleanCsv(
        relation,
        {"path": literally(path), "separator": separator, "columns": columns, "longest": LONGEST_CELL},
        _names(header),
        _dress("utf-8", start, separator),
    )


def without_rows(path: Path) -> FileRefused:
    """The refusal of a file that has a header alone."""
    return FileRefused(f"{path.name} has a header and no rows; no list of a register is empty. Nothing was read.")


def has_no_rows(path: Path) -> bool:
    """Whether a file is a header alone."""
    with path.open("rb") as file:
        start = file.read(65536)
    return len(start) < 65536 and len(list(csv.reader(io.StringIO(start.decode("utf-8", "replace").strip())))) == 1


def read_text_table(engine: duckdb.DuckDBPyConnection, path: Path, table: str, wanted: str | None = None) -> TextTable:
    """Read ``path``, whatever its dress, into the temporary table ``table`` of ``engine``.

    wanted: the register whose list is looked for where a page has several tables; any, if None. Raises FileRefused,
    with one sentence, for what cannot be a table at all (a page without one, JSON, an empty or truncated file).
    """
    with _opened(path, unpacking_folder(engine), wanted) as (rows, dress):
        read = _rows_to_table(engine, path, table, rows, dress)
    if not read.rows:
        raise without_rows(path)
    return read


def picked(path: Path, numbers: Collection[int], wanted: str | None = None) -> tuple[tuple[str, ...], Picked]:
    """The header of a file that was read before, and these of its rows by number (1-based): the same cells, told directly."""
    with _opened(path, None, wanted) as (rows, _):
        header = next(rows)
        return _names(header), {number: row for number, row in enumerate(rows, start=1) if number in numbers}


@contextmanager
def _opened(
    path: Path, folder: Path | None, wanted: str | None, *, from_zip: bool = False
) -> Iterator[tuple[Iterator[list[str]], str]]:
    """The rows of a file, its header first, and its dress; ``folder`` is where it is unpacked."""
    with path.open("rb") as file:
        start = file.read(65536)
    if not start.strip(b"\xef\xbb\xbf\xfe\xff \t\r\n\0"):
        raise FileRefused(f"{path.name} is empty; an export has a header and rows. Nothing was read.")
    if start.startswith(_WORKBOOKS):
        with _workbook_or_zip(path, folder, wanted, from_zip) as opened:
            yield opened
        return
    if start.startswith(_GZIP):
        raise FileRefused(f"{path.name} is compressed with gzip; unpack it first.")
    if _lead(start) in (b"{", b"["):
        raise FileRefused(
            f"{path.name} is JSON, not an export; the portal answers so when a download failed. Fetch it again."
        )
    written = encoding.of(path)
    if page.is_page(start):
        yield page.rows(path, written, wanted, folder), f"page, {written.name}"
        return
    with path.open("r", encoding=written.codec, errors=written.errors, newline="") as text:
        separator = _separator(text.read(65536).replace("\0", ""))
        text.seek(0)
        yield _parse(text, path, separator), _dress(written.name, start, separator)


def _lead(start: bytes) -> bytes:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


def _last_line_fits(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - LONGEST_CELL))
        return size < _BUFFER or b"\n" in file.read().rstrip()


def _separator(sample: str) -> str:
    """What parts the cells, by the first row that says something: the sign that makes the most of it."""

    def cells(sign: str) -> int:
        try:
            rows = _reader(io.StringIO(sample, newline=""), sign)
            return len(next((row for row in rows if any(cell.strip() for cell in row)), []))
        except csv.Error:
            return 0

    return max(_PARTED, key=cells)


def _parse(text: IO[str], path: Path, separator: str) -> Iterator[list[str]]:
    """Rows of a CSV in any dress; refuses a file that ends inside a quoted cell.

    A row whose quotes do not fit together may have swallowed others; it comes as one cell that holds all of it.
    """
    csv.field_size_limit(LONGEST_CELL)
    at_hand: list[str] = []
    length = 0

    def lines() -> Iterator[str]:
        nonlocal length
        while line := text.readline(LONGEST_ROW):
            length += len(line)
            if length >= LONGEST_ROW:
                raise FileRefused(
                    f"{path.name} has a row of more than {LONGEST_ROW:,} letters; no list of notices has one."
                )
            at_hand.append(line.replace("\0", ""))
            yield at_hand[-1]
        yield f"{_END}\n"

    try:
        for row in _reader(lines(), separator):
            if row == [_END]:
                return
            if len(row) > MOST_COLUMNS:
                raise FileRefused(
                    f"{path.name} has a row of more than {MOST_COLUMNS:,} cells; no list of notices has one."
                )
            if row:
                yield _as_published(row, at_hand, separator) if _quotes_fit(at_hand, separator) else ["".join(at_hand)]
            at_hand.clear()
            length = 0
    except csv.Error as error:
        raise FileRefused(
            f"{path.name} cannot be read as CSV to its end ({error}). Fetch or export it again."
        ) from None
    raise FileRefused(
        f"{path.name} ends in the middle of a quoted cell: the file is truncated. Fetch or export it again."
    )


def _reader(lines: Iterable[str], separator: str, *, strict: bool = False) -> Iterator[list[str]]:
    """A blank before an opening quote is no part of a cell: the engine's own reader passes over it, too."""
    return csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=strict)


def _as_published(row: list[str], lines: list[str], separator: str) -> list[str]:
    """The row with the blanks that its cells begin with: all but one before a quote. Behind two a quote opens no cell, to
    the engine's own reader either."""
    if not any(line.startswith(" ") or f"{separator} " in line for line in lines):
        return row
    whole = next(csv.reader(lines, delimiter=separator))
    if len(whole) != len(row):
        return row
    return [
        long if long.startswith("  ") or long.lstrip(" ") == short else short
        for long, short in zip(whole, row, strict=True)
    ]


def _quotes_fit(lines: list[str], separator: str) -> bool:
    if not any('"' in line for line in lines):
        return True
    # Blanks between a closing quote and what follows it are no fault; the engine's own reader passes over them, too.
    bare = [re.sub(rf'" +(?=[{re.escape(separator)}\r\n]|$)', '"', line) for line in lines]
    try:
        next(_reader(bare, separator, strict=True))
    except csv.Error:
        return False
    return True


@contextmanager
def _workbook_or_zip(
    path: Path, folder: Path | None, wanted: str | None, from_zip: bool
) -> Iterator[tuple[Iterator[list[str]], str]]:
    if zipfile.is_zipfile(path):
        with TemporaryDirectory(dir=folder) as apart:
            unpacked = Path(apart) / path.name  # a refusal names the file that was given
            with zipped.opened(path) as archive:
                members = [item for item in archive.infolist() if not item.filename.startswith("__MACOSX/")]
                members = [item for item in members if not item.filename.endswith("/")]
                is_workbook = workbook.is_workbook(members)
                if not is_workbook:
                    _unpack_the_one(path, archive, [] if from_zip else members, unpacked)
            if not is_workbook:
                with _opened(unpacked, folder, wanted, from_zip=True) as opened:
                    yield opened
                return
    yield workbook.rows(path, folder), "workbook"


def _unpack_the_one(path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], to: Path) -> None:
    if len(members) != 1 or members[0].filename.lower().endswith(".zip"):
        raise FileRefused(f"{path.name} is a zip that does not hold just one export; unpack it and name the files.")
    zipped.unpack(archive, members[0], path, to)


def _rows_to_table(
    engine: duckdb.DuckDBPyConnection, path: Path, table: str, rows: Iterator[list[str]], dress: str
) -> TextTable:
    header = next(rows, [])
    if len(header) < 2:
        raise FileRefused(f"{path.name} has a header of {len(header)} column(s); no export of a register looks so.")
    if len(header) > MOST_COLUMNS:
        raise FileRefused(f"{path.name} has more than {MOST_COLUMNS:,} columns; no export of a register looks so.")
    with NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", dir=unpacking_folder(engine)) as lines:
        lines.writelines(map(_line, rows))
        lines.flush()
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT row_number() OVER () AS row, cells "
            "FROM read_json($path, format='newline_delimited', columns={cells: 'VARCHAR[]'}, maximum_object_size=$most)",
            {"path": lines.name, "most": 64 * LONGEST_CELL},
        )
    counted = _count(engine, table)
    short = engine.execute(
        f"SELECT count(*), max(row), any_value(len(cells)) FROM {table} "
        "WHERE len(cells) < $width AND NOT (len(cells) = 1 AND contains(cells[1], '\"'))",
        {"width": len(header)},
    ).fetchone()
    if short is not None and short[0] == 1 and short[1] == counted:
        raise FileRefused(
            f"{path.name} ends in the middle of a row ({short[2]} of {len(header)} cells): the file is truncated. "
            "Fetch or export it again."
        )
    return TextTable(table, _names(header), counted, dress)


def _line(row: list[str]) -> str:
    return json.dumps({"cells": row}, ensure_ascii=True) + "\n"


def _names(header: list[str]) -> tuple[str, ...]:
    return tuple(name.strip().lstrip("\ufeff").strip('"') for name in header)


def _count(engine: duckdb.DuckDBPyConnection, table: str) -> int:
    row = engine.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _dress(written: str, start: bytes, separator: str) -> str:
    ends = "CRLF" if b"\r\n" in start else "LF" if b"\n" in start else "CR"
    return f"{_PARTED[separator]}, {written}, {ends}"
