"""A check as one self-contained HTML page: the article with each figure marked, and what the register says of it.

No scripts, nothing loaded from anywhere. The article is others' text: it is escaped like any other, and none of its
markup, links or pictures are taken over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from breachtrail.claims.article import Block, BlockKind
from breachtrail.claims.telling import SUMMED, Telling, Told
from breachtrail.wording import page


@dataclass(frozen=True)
class Piece:
    """A piece of the article's text: plain, or a figure.

    kind: ``text``, ``claim``, ``aside`` or ``unsure``
    told: the claim of a figure
    why:  the reason, of a figure that is none of the register or was not understood
    """

    text: str
    kind: str = "text"
    told: Told | None = None
    why: str = ""


@dataclass(frozen=True)
class Part:
    """A block of the article in pieces, with the claims in it; ``rows`` where it is a table."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    claims: tuple[Told, ...]


def printed(telling: Telling) -> str:
    """The page as text, in UTF-8 when written."""
    phrases = telling.phrases
    pages = page.environment("breachtrail.claims", phrases)
    pages.filters["sentences"] = ("" if phrases.language == "zh" else " ").join
    body = pages.get_template("body.html").render(values(telling))
    style = page.stylesheet(body, phrases.language)
    return pages.get_template("check.html").render(telling=telling, body=Markup(body), style=Markup(style))


def values(telling: Telling) -> dict[str, Any]:
    """What the template of the page's body needs."""
    language = telling.checked.article.language
    return {
        "telling": telling,
        "checked": telling.checked,
        "parts": tuple(_parts(telling)),
        "looks_like": _classes(),
        "article_language": page.HTML_LANGUAGE.get(language, language),
    }


def _classes() -> dict[str, str]:
    """Verdict → the way in which it is shown: as what it is summed up under."""
    return {verdict.value: name for name, verdicts in SUMMED.items() for verdict in verdicts}


def _parts(telling: Telling) -> Iterator[Part]:
    marks = _marks(telling)
    text = telling.checked.article.text
    for block in telling.checked.article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(text)),):
        inside = [mark for mark in marks if block.start <= mark[0] < block.end or mark[0] == mark[1] == block.end]
        claims = tuple(piece.told for _, _, piece in inside if piece.told is not None)
        rows = tuple(tuple(tuple(_pieces(text, cell.start, cell.end, inside)) for cell in row) for row in block.rows)
        pieces = () if rows else tuple(_pieces(text, block.start, block.end, inside))
        yield Part(block.kind.value, block.level, pieces, rows, claims)


def _marks(telling: Telling) -> list[tuple[int, int, Piece]]:
    """Every figure of the article with its place, in its order; a claim of a place alone stands at its end."""
    checked, text = telling.checked, telling.checked.article.text
    marks = []
    for told in telling.claims:
        figure, claim = told.checking.figure, told.checking.claim
        start, end = (figure.start, figure.end) if figure is not None else (claim.end, claim.end)
        marks.append((start, end, Piece(text[start:end], "claim", told)))
    for kind, some in (("aside", checked.not_about_the_register), ("unsure", checked.not_understood)):
        for figure, reason in some:
            why = telling.say(f"{kind}.{reason.value}")
            marks.append((figure.start, figure.end, Piece(text[figure.start : figure.end], kind, why=why)))
    return sorted(marks, key=lambda mark: mark[:2])


def _pieces(text: str, start: int, end: int, marks: Sequence[tuple[int, int, Piece]]) -> Iterator[Piece]:
    """The text of a place, cut at its figures."""
    at, before = start, None
    for first, last, piece in marks:
        if (first, last) == before and piece.kind == "claim":  # another claim with the same figure: its number alone
            yield replace(piece, text="")
            continue
        if not (start <= first and last <= end) or first < at:
            continue
        before = first, last
        if first > at:
            yield Piece(text[at:first])
        yield piece
        at = last
    if at < end:
        yield Piece(text[at:end])
