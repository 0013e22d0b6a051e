"""One mutant from its number: the same number, and the same material, give the same bytes."""

import re
from dataclasses import dataclass, field
from random import Random

from mutants import books, pages, seeds, spoilt, tables

KINDS = {"csv": 20, "portal csv": 30, "sound csv": 12, "real csv": 14, "xlsx": 7, "xls": 6, "html": 7, "zip": 4}


@dataclass
class Mutant:
    """A file, and what is known of it.

    kind:  of what it was made
    steps: what was done to it
    cells: header and rows that every reader must find, where nothing was spoilt
    """

    number: int
    kind: str
    told: bytes
    steps: list[str] = field(default_factory=list)
    cells: list[list[str]] | None = None


def mutant(seed: str, number: int, *, real: bool = True, leave_out: frozenset[int] = frozenset()) -> Mutant:
    """The mutant with this number; ``leave_out``: places of steps that are not done (to find those that matter)."""
    hand = Random(f"{seed}:{number}")
    kind = hand.choices(list(KINDS), list(KINDS.values()))[0]
    if kind == "real csv" and not (real and seeds.real()):
        kind = "csv"
    made = _Making(hand, leave_out)
    told, cells = made.of(kind, real)
    return Mutant(number, kind, told, made.steps, cells)


class _Making:
    def __init__(self, hand: Random, leave_out: frozenset[int]) -> None:
        self.hand, self.leave_out = hand, leave_out
        self.steps: list[str] = []

    def of(self, kind: str, real: bool) -> tuple[bytes, list[list[str]] | None]:
        hand = self.hand
        if kind == "real csv":
            name = hand.choice([name for name in seeds.real() if name.endswith(".csv")])
            self.steps.append(name)
            return self._spoil(seeds.real_piece(hand, name), spoilt.SPOIL), None
        lines = seeds.rows(hand)
        if kind == "sound csv":
            return self._sound(lines)
        if kind == "portal csv":  # hardly spoilt: the engine's own reader must have its chance to be wrong
            lines = seeds.rows(hand, day="%m/%d/%Y")
            self._spoil_table(lines, tables.SPOIL, hand.choice([0, 0, 1, 2]))
            worn = tables.Dress(quoting=hand.choice(["always", "where needed"]), end=hand.choice(["\n", "\n", "\r\n"]))
            return self._spoil(tables.written(lines, worn, hand), spoilt.GENTLE, most=2), None
        self._spoil_table(lines, tables.SPOIL, hand.choice([0, 1, 1, 2, 3]))
        if kind == "xlsx":
            return self._spoil(books.xlsx(lines, hand), [*books.SPOIL_XLSX * 3, *spoilt.SPOIL[:6]]), None
        if kind == "xls":
            found = [name for name in seeds.real() if name.endswith(".xls")] if real else []
            told = seeds.real()[found[0]] if found and hand.random() < 0.02 else books.xls(lines)
            return self._spoil(told, [*books.SPOIL_XLS * 4, *spoilt.SPOIL]), None
        if kind == "html":
            found = [name for name in seeds.real() if name.endswith(".html")] if real else []
            told = seeds.real()[found[0]] if found and hand.random() < 0.02 else pages.page(lines, hand)
            return self._spoil(told, [*pages.SPOIL * 4, *spoilt.SPOIL]), None
        told = self._spoil(tables.written(lines, tables.dress(hand), hand), spoilt.SPOIL)
        if kind == "csv":
            return told, None
        inner: dict[str, str | bytes] = {hand.choice(["a.csv", "folder/b.csv", "c"]): told}
        if hand.random() < 0.2:
            inner = {"a.xlsx": books.xlsx(lines, hand)}
        return self._spoil(books.zipped(inner, hand), [*books.SPOIL_ZIP * 6, *spoilt.SPOIL]), None

    def _sound(self, lines: list[list[str]]) -> tuple[bytes, list[list[str]] | None]:
        """A table that nobody spoilt, in a dress that loses nothing: the readers must find the very cells."""
        hand = self.hand
        worn = tables.dress(hand)
        self._spoil_table(lines, tables.SOUND, hand.choice([0, 1, 2, 3]))
        lines = [[cell.replace("\0", "") for cell in line] for line in lines]
        if worn.encoding == "cp1252":  # two letters with accents in a row may be one in UTF-8, and are read so
            lines = [[re.sub("[^\\x00-\\x7f](?=[^\\x00-\\x7f])", "", cell) for cell in line] for line in lines]
            lines = [[cell.encode("cp1252", "ignore").decode("cp1252") for cell in line] for line in lines]
        if worn.encoding == "gb18030":  # of what it can write, that which such an editor finds in an export
            lines = [[cell.encode("gb2312", "ignore").decode("gb2312") for cell in line] for line in lines]
        width = len(lines[0])
        lines = [(line + [""] * width)[:width] for line in lines]
        return tables.written(lines, worn, hand), lines

    def _spoil_table(self, lines: list[list[str]], ways: list, count: int) -> None:
        for _ in range(count):
            way = self.hand.choice(ways)
            hand = Random(self.hand.random())
            if self._counts(way.__name__):
                way(lines, hand)

    def _spoil(self, told: bytes, ways: list, most: int = 6) -> bytes:
        for _ in range(min(most, self.hand.choice([0, 1, 1, 1, 2, 2, 3, 6]))):
            way = self.hand.choice(ways)
            hand = Random(self.hand.random())
            if self._counts(way.__name__):
                told = way(told, hand)
        return told

    def _counts(self, name: str) -> bool:
        self.steps.append(name.strip("_"))
        return len(self.steps) - 1 not in self.leave_out
