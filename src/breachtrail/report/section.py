"""A section of the report, free of any dress: paragraphs, notes, tables and charts, and the answers behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from breachtrail.questions.ask import Answer
from breachtrail.wording.chart import Chart


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    kind: ClassVar[str] = "paragraph"
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """What a reader must know beside the figures: caveats in words."""

    kind: ClassVar[str] = "note"
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """Sentences in a list."""

    kind: ClassVar[str] = "points"
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Totals:
    """A few figures in large type: what is counted, and how many."""

    kind: ClassVar[str] = "totals"
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """A table.

    rows:  ready texts, the first of each naming the row
    texts: the places of the columns that hold words, not figures; the first always does
    names: for each row what its cells name, by the place of the column: ``notices/<id>``, ``states/TX``,
           ``months/2024-07``. A page among others leads there; a report that stands alone leads nowhere
    """

    kind: ClassVar[str] = "listing"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: frozenset[int] = frozenset({0})
    names: tuple[Mapping[int, str], ...] = ()

    def named(self, row: int, place: int) -> str:
        """What a cell names; empty where that is nothing with a page of its own."""
        return self.names[row].get(place, "") if self.names else ""


@dataclass(frozen=True)
class Figure:
    """A chart; ``is_listed`` where a table of its section gives all its figures."""

    kind: ClassVar[str] = "figure"
    chart: Chart
    is_listed: bool = False


Block = Paragraph | Note | Points | Totals | Listing | Figure


@dataclass(frozen=True)
class Counted:
    """How a figure was counted: the question in words, and the SQL that answers it."""

    title: str
    sql: str


@dataclass(frozen=True)
class Section:
    """One section.

    key:     its name in the phrases and its id on the page
    answers: every answer whose figures it prints; ``counted`` is the same for readers
    """

    key: str
    heading: str
    blocks: tuple[Block, ...]
    counted: tuple[Counted, ...] = ()
    answers: tuple[Answer, ...] = field(default=(), repr=False)


def joined(sentences: Iterable[str], language: str) -> str:
    """Sentences as one paragraph: English sets a blank between them, Chinese nothing."""
    return ("" if language == "zh" else " ").join(sentences)
