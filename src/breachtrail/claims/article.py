"""An article as plain text with its blocks, whatever it was written in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    """What a piece of an article is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the article's text: ``text[start:end]``."""

    start: int
    end: int

    def __contains__(self, place: object) -> bool:
        return isinstance(place, int) and self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A title, heading, paragraph, item of a list, table, or nothing but a link to something else.

    level: of a heading, 1 to 6; else 0
    rows:  of a table, its cells row by row, the row of headings first; else empty
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    rows: tuple[tuple[Span, ...], ...] = ()


@dataclass(frozen=True)
class Article:
    """What was published.

    text:           plain text; blocks are apart by a blank line, cells of a table by a tab, its rows by a line end.
                    Every offset elsewhere is into it
    title:          the title; it stands in ``text`` as well
    language:       ``en`` or ``zh``
    published:      the day of publication; None where nothing tells it
    published_from: how that day was found: ``told``, ``front_matter``, ``meta``, ``time``, ``dateline``, ``file``, or ''
    source_format:  ``markdown``, ``text``, ``html``, ``docx`` or ``pdf``
    blocks:         in their order, without overlap; together they cover all of ``text`` but the blank lines
    source:         the file's name
    """

    text: str
    title: str
    language: str
    published: date | None
    published_from: str
    source_format: str
    blocks: tuple[Block, ...] = ()
    source: str = ""
