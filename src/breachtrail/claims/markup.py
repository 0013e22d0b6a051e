"""HTML to blocks of text: what a reader reads, without menus, buttons, pictures and scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from breachtrail.claims.article import BlockKind

#: What is never part of what was written.
_DROPPED = {
    *("script", "style", "noscript", "template", "svg", "img", "iframe", "object", "video", "audio", "canvas"),
    *("nav", "footer", "aside", "form", "button", "input", "select", "textarea", "head", "math", "figure", "dialog"),
    *("pre", "code"),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre"),
    *("body", "html", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "address", "details", "summary"),
    *("center", "hr", "figcaption", *_HEADINGS),
}
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|share|sharing|social|related|recommend(?:ed|ations)?|"
    r"comments?|cookies?|consent|newsletter|subscribe|subscription|advert(?:isement)?s?|ads?|promo|popup|modal|pagination|"
    r"tags|toolbar|skip-link|sr-only|screen-reader-text|copyright|more-from|most-read|trending)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_LABELLED = ": "
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u3000]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff，。；：、！？”’）》]) *\n *(?=[\u3400-\u9fff“‘（《])")
#: A table with a cell longer than this lays out a page; its cells are paragraphs.
_LONGEST_CELL = 300
_MOST_NODES = 400_000
_MOSTLY = 0.9
#: A paragraph in bold throughout and no longer than this is a heading.
_LONGEST_HEADING = 120


@dataclass
class Piece:
    """A block before it has its place in the text: a kind, a text, and for a table its cells."""

    kind: BlockKind
    text: str
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)


def pieces(html: str) -> list[Piece]:
    """The blocks of a page, in reading order."""
    body = LexborHTMLParser(html).body
    if body is None:
        return []
    return list(_Walk().of(_main(body)))


def tidy(text: str) -> str:
    """One line for a run of text: blanks made single, line ends between Chinese signs taken out."""
    return _SPACE.sub(" ", _BETWEEN_HAN.sub("", text)).strip()


def _main(body: LexborNode) -> LexborNode:
    """The element that holds the article: the longest ``article``, else ``main``, else the whole body."""
    for name in ("article", "[itemprop=articleBody]", "main", "[role=main]", "#js_content"):
        found = body.css(name)
        if found:
            longest = max(found, key=lambda node: len(node.text(deep=True)))
            if len(longest.text(deep=True)) > len(body.text(deep=True)) / 10:
                return longest
    return body


@dataclass
class _Open:
    """Text that is being gathered for one block, and how much of it stands in links."""

    text: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0

    def take(self) -> tuple[str, bool, bool]:
        """The text, whether it is nothing but a link, and whether it is bold throughout."""
        text = tidy("".join(self.text))
        only_link = bool(text) and self.linked >= _MOSTLY * len(text)
        all_bold = bool(text) and self.bold >= len(text)
        self.text, self.linked, self.bold = [], 0, 0
        return text, only_link, all_bold


class _Walk:
    """Goes through a tree without recursion: pages may be nested a hundred thousand deep."""

    def of(self, root: LexborNode) -> Iterator[Piece]:
        gathered = _Open()
        kinds: list[tuple[BlockKind, int]] = [(BlockKind.PARAGRAPH, 0)]
        links = bold = 0
        seen = 0
        waiting: list[tuple[str, LexborNode | None]] = [("open", root)]
        while waiting:
            what, node = waiting.pop()
            if what == "close":
                assert node is not None
                if node.tag == "a":
                    links -= 1
                if node.tag in ("b", "strong"):
                    bold -= 1
                if node.tag == "dt":  # the label of what follows stands in one block with it
                    gathered.text.append(_LABELLED)
                    kinds.pop()
                elif node.tag in _BLOCKS:
                    yield from self._block(gathered, kinds[-1])
                    kinds.pop()
                continue
            assert node is not None
            seen += 1
            if seen > _MOST_NODES:
                break
            if node.is_text_node:
                text = node.text_content or ""
                gathered.text.append(text)
                gathered.linked += len(text.strip()) if links else 0
                gathered.bold += len(text.strip()) if bold else 0
                continue
            if not node.is_element_node or _is_dropped(node):
                continue
            tag = node.tag or ""
            if tag == "br":
                yield from self._block(gathered, kinds[-1])
                continue
            if tag in _BLOCKS:
                if not (tag == "dd" and gathered.text[-1:] == [_LABELLED]):
                    yield from self._block(gathered, kinds[-1])
                if tag == "table" and (rows := _rows(node)):
                    yield Piece(BlockKind.TABLE, "", rows=rows)
                    continue
                kinds.append(_kind(tag, kinds[-1]))
            if tag == "a":
                links += 1
            if tag in ("b", "strong"):
                bold += 1
            waiting.append(("close", node))
            waiting += [("open", child) for child in reversed(list(node.iter(include_text=True)))]
        yield from self._block(gathered, kinds[-1])

    def _block(self, gathered: _Open, kind: tuple[BlockKind, int]) -> Iterator[Piece]:
        text, only_link, all_bold = gathered.take()
        if not text:
            return
        if only_link and kind[0] in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            yield Piece(BlockKind.LINK, text)
        elif all_bold and kind[0] is BlockKind.PARAGRAPH and len(text) <= _LONGEST_HEADING:
            yield Piece(BlockKind.HEADING, text, 6)
        else:
            yield Piece(kind[0], text, kind[1])


def _kind(tag: str, around: tuple[BlockKind, int]) -> tuple[BlockKind, int]:
    if tag in _HEADINGS:
        return BlockKind.HEADING, _HEADINGS[tag]
    if tag in ("li", "dd", "dt"):
        return BlockKind.ITEM, 0
    return around


def _is_dropped(node: LexborNode) -> bool:
    if node.tag in _DROPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if node.tag in ("body", "html", "article", "main"):
        return False
    return bool(_CLUTTER.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def _rows(table: LexborNode) -> list[list[str]]:
    """The cells of a table of figures; empty for one that lays out a page."""
    if table.css_first("table table") is not None:
        return []
    rows = []
    for row in table.css("tr"):
        cells = [tidy(cell.text(deep=True, separator=" ")) for cell in row.css("th, td")]
        if any(cells):
            rows.append(cells)
    if len(rows) < 2 or max(map(len, rows)) < 2 or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return []
    return rows
