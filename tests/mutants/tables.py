"""Rows of cells to text in some dress, and the ways in which a table is spoilt before it is written."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from mutants import seeds

Table = list[list[str]]


@dataclass
class Dress:
    """How a table is written; ``is_sound`` where every reader must find the very cells again."""

    separator: str = ","
    quoting: str = "where needed"
    end: str = "\n"
    encoding: str = "utf-8"
    mark: bool = False
    last_end: bool = True
    is_sound: bool = True


def dress(hand: Random) -> Dress:
    """One that exports and spreadsheets wear."""
    encoding = hand.choice(["utf-8"] * 8 + ["cp1252"] * 3 + ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
    return Dress(
        separator=hand.choice([","] * 6 + [";", "\t", "|"]),
        quoting=hand.choice(["where needed", "where needed", "always", "always", "by chance"]),
        end=hand.choice(["\n"] * 5 + ["\r\n"] * 4 + ["\r"] * 2 + ["mixed"]),
        encoding=encoding,
        mark=hand.random() < 0.3 and encoding in ("utf-8", "utf-16-le"),
        last_end=hand.random() < 0.8,
    )


def written(lines: Table, worn: Dress, hand: Random) -> bytes:
    """The table as bytes of a file."""
    ends = ["\n", "\r\n", "\r"]
    text = ""
    for number, line in enumerate(lines):
        text += worn.separator.join(_cell(cell, worn, hand) for cell in line)
        if number < len(lines) - 1 or worn.last_end:
            text += hand.choice(ends) if worn.end == "mixed" else worn.end
    told = text.encode(worn.encoding, errors="replace" if worn.encoding in ("cp1252", "gb18030") else "surrogatepass")
    mark = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE}.get(worn.encoding, b"") if worn.mark else b""
    return mark + told


def _cell(text: str, worn: Dress, hand: Random) -> str:
    needs = any(letter in text for letter in f'{worn.separator}"\r\n')
    if needs or worn.quoting == "always" or (worn.quoting == "by chance" and hand.random() < 0.5):
        return '"' + text.replace('"', '""') + '"'
    return text


def _harm_in_a_cell(lines: Table, hand: Random) -> None:
    row = hand.choice(lines[1:] or lines)
    if row:
        place = hand.randrange(len(row))
        harm = hand.choice(seeds.HARM)
        row[place] = hand.choice([harm, harm, row[place] + harm, harm + row[place]])


def _harm_in_the_header(lines: Table, hand: Random) -> None:
    if lines[0]:
        lines[0][hand.randrange(len(lines[0]))] = hand.choice(seeds.HEADERS)


def _another_width(lines: Table, hand: Random) -> None:
    row = hand.choice(lines)
    place = hand.randrange(len(row) + 1)
    row[place : place + hand.choice([0, 1, 2])] = hand.choice([[], ["x"], ["", ""], ["9"] * 30])


def _a_column_more(lines: Table, hand: Random) -> None:
    place = hand.randrange(len(lines[0]) + 1)
    name, cell = hand.choice(seeds.HEADERS), hand.choice(["", "x", *seeds.HARM])
    for number, line in enumerate(lines):
        line.insert(place, cell if number else name)


def _columns_moved(lines: Table, hand: Random) -> None:
    width = min(map(len, lines))
    order = hand.sample(range(width), width)
    lines[:] = [[line[place] for place in order] for line in lines]


def _a_column_less(lines: Table, hand: Random) -> None:
    place = hand.randrange(max(1, len(lines[0])))
    for line in lines:
        del line[place : place + 1]


def _rows_again(lines: Table, hand: Random) -> None:
    lines.insert(hand.randrange(len(lines) + 1), list(hand.choice(lines)))


def _blank_line(lines: Table, hand: Random) -> None:
    lines.insert(hand.randrange(len(lines) + 1), hand.choice([[], [""], [" "], [""] * 9, [","]]))


def _long(lines: Table, hand: Random) -> None:
    """What is seen first is not all."""
    hand.choice(lines[1:] or lines).append("x" * 66_000)
    for line in lines[1:]:
        line[:] = (line + [""] * 9)[: len(lines[0])]


SPOIL: list[Callable[[Table, Random], None]] = [
    *[_harm_in_a_cell] * 9,
    *(
        _harm_in_the_header,
        _another_width,
        _a_column_more,
        _columns_moved,
        _a_column_less,
        _rows_again,
        _blank_line,
        _long,
    ),
]
#: What leaves a table one whose every cell must be found again.
SOUND: list[Callable[[Table, Random], None]] = [*[_harm_in_a_cell] * 5, _columns_moved, _rows_again, _a_column_more]
