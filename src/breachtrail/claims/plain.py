"""Plain text to blocks: from a text file, or from the pages of a PDF."""

import re
from collections import Counter

from breachtrail.claims.article import BlockKind
from breachtrail.claims.markup import Piece, tidy

_ITEM = re.compile(r"^\s*(?:[-*•·▪◦‣●■]|\(?\d{1,2}[.)、](?!\d))\s+(?=\S)")
_ENDS = re.compile(r"[.!?:;。！？：；”\"’)）]$")
_CELLS = re.compile(r"\t+| {3,}|\s*\|\s*")
#: A line at least this long that ends without a stop goes on in the next one.
_WRAPPED = {"en": 45, "zh": 22}
_HEADING = {"en": 90, "zh": 30}
_PAGE_NUMBER = re.compile(
    r"^\s*(?:page|第)?\s*[-–—]?\s*\d{1,3}\s*[-–—]?\s*(?:of\s+\d{1,3}|页|/\s*\d{1,3})?\s*$", re.IGNORECASE
)
_HYPHEN_AT_END = re.compile(r"(?<=[a-z])-$")
#: A line that stands on so many pages is their running head.
_RUNNING = 3


def pieces(text: str, language: str) -> list[Piece]:
    """The blocks of a text whose paragraphs are apart by blank lines, or one a line."""
    found: list[Piece] = []
    for chunk in re.split(r"\n[ \t\u3000]*\n", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")):
        lines = [line.rstrip() for line in chunk.split("\n") if line.strip()]
        if lines:
            found += _chunk(lines, language)
    return found


def pages_to_text(pages: list[str]) -> str:
    """The text of a PDF's pages as one, without page numbers and running heads."""
    often = Counter(line.strip() for page in pages for line in {*page.split("\n")})
    running = {line for line, many in often.items() if many >= _RUNNING and many > len(pages) / 2}
    kept = [
        line if line.strip() else ""
        for page in pages
        for line in page.split("\n")
        if line.strip() not in running and not _PAGE_NUMBER.match(line or "x")
    ]
    return "\n".join(kept)


def _chunk(lines: list[str], language: str) -> list[Piece]:
    rows = [[cell.strip() for cell in _CELLS.split(line.strip().strip("|"))] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    if len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows):
        return [Piece(BlockKind.TABLE, "", rows=rows)]
    found: list[tuple[BlockKind, str]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            found.append((BlockKind.ITEM, line[item.end() :]))
        elif found and _goes_on(found[-1][1], language):
            kind, before = found[-1]
            hyphen = _HYPHEN_AT_END.search(before)
            found[-1] = kind, before[:-1] + line.strip() if hyphen else f"{before}\n{line.strip()}"
        else:
            found.append((BlockKind.PARAGRAPH, line))
    return [Piece(_kind(kind, text, language), text, 2) for kind, raw in found if (text := tidy(raw))]


def _goes_on(before: str, language: str) -> bool:
    return len(before.rsplit("\n", 1)[-1].strip()) >= _WRAPPED[language] and not _ENDS.search(before.rstrip())


def _kind(kind: BlockKind, text: str, language: str) -> BlockKind:
    if kind is BlockKind.PARAGRAPH and len(text) <= _HEADING[language] and not re.search(r"[.!?;,。！？；，]$", text):
        return BlockKind.HEADING
    return kind
