"""A file to an article: Markdown, plain text, HTML, DOCX, or the text of a PDF."""

import io
import logging
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from breachtrail.claims import markup, plain, published
from breachtrail.claims.article import Article, Block, BlockKind, Span
from breachtrail.claims.markup import Piece
from breachtrail.errors import ArticleRefused

#: An article of more bytes, pages or letters is none.
LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 100_000_000
MOST_PAGES = 300
MOST_LETTERS = 2_000_000

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype html|html|body|article|p|div|table|h1)\b", re.IGNORECASE)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ud800-\udfff]"
)
_FORMATS = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml"), "html"),
    **{".docx": "docx", ".pdf": "pdf", ".txt": "text", ".text": "text"},
}


@dataclass
class _Draft:
    """What a format's reader gives."""

    pieces: list[Piece]
    title: str = ""
    published: date | None = None
    published_from: str = ""
    properties: list[date] = field(default_factory=list)


def load(path: Path | str, published: date | None = None, language: str | None = None) -> Article:
    """The article in a file. ``published`` and ``language`` (``en``, ``zh``) are found in it where they are not told.

    Raises ArticleRefused, in a sentence, for a file that is broken, locked, too large, or holds no text.
    """
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ArticleRefused(
                f"{path.name} has more than {LARGEST_FILE // 1_000_000} MB; an article is smaller. Save its text alone."
            )
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleRefused(f"{path.name} cannot be read: {error.strerror}. Name a file that is there.") from None
    return from_bytes(raw, path.name, published, language)


def from_bytes(raw: bytes, name: str, published: date | None = None, language: str | None = None) -> Article:
    """As ``load``, of a file's content; ``name`` tells the format where the content does not."""
    source_format = _format(raw, name)
    if source_format == "docx":
        draft = _docx(raw, name)
    elif source_format == "pdf":
        draft = _pdf(raw, name)
    else:
        draft = _text(_decoded(raw, name), source_format)
    if (
        sum(len(piece.text) + sum(len(cell) for row in piece.rows for cell in row) for piece in draft.pieces)
        > MOST_LETTERS
    ):
        raise ArticleRefused(
            f"{name} holds more than {MOST_LETTERS:,} letters; an article is shorter. Save the article alone."
        )
    return _article(draft, name, source_format, published, language)


def from_text(text: str, published: date | None = None, language: str | None = None, title: str = "") -> Article:
    """An article from text at hand, read as Markdown."""
    return _article(_markdown(text[:MOST_LETTERS], title), "", "markdown", published, language)


def _format(raw: bytes, name: str) -> str:
    if raw.startswith(b"%PDF-") or raw[:1024].find(b"%PDF-") >= 0:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise ArticleRefused(
            f"{name} is an old Word file (.doc), or one locked with a password. Save it as .docx or as text."
        )
    told = _FORMATS.get(Path(name).suffix.lower(), "")
    return "text" if told in ("docx", "pdf") else told


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\x00" in raw[:4096]:
        raise ArticleRefused(
            f"{name} is no text: it holds zero bytes. Articles are Markdown, plain text, HTML, DOCX or PDF."
        )
    declared = _CHARSET.search(raw[:4096])
    for encoding in filter(None, ("utf-8-sig", declared[1].decode() if declared else None)):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        chinese = raw.decode("gb18030")
        if len(_HAN.findall(chinese)) * 4 > len(chinese.encode("ascii", "ignore")) or len(_HAN.findall(chinese)) > 200:
            return chinese
    except UnicodeDecodeError:
        pass
    return raw.decode("cp1252", errors="replace")


def _text(text: str, source_format: str) -> _Draft:
    front = _FRONT_MATTER.match(text)
    if source_format == "html" or (not front and source_format != "markdown" and _LOOKS_LIKE_HTML.search(text[:2000])):
        return _html(text)
    if source_format == "text" and not front:
        return _Draft(plain.pieces(text, _language(text)))
    return _markdown(text)


def _markdown(text: str, title: str = "") -> _Draft:
    from markdown_it import MarkdownIt

    fields: Mapping[Any, Any] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        try:
            told = yaml.safe_load(front[1])
            fields = told if isinstance(told, dict) else {}
        except (yaml.YAMLError, ValueError, RecursionError):
            # A title with a colon in it is no YAML, and common.
            fields = dict(re.findall(r"^(\w[\w .-]{0,30}?)\s*:\s*(.{0,500})$", front[1], re.MULTILINE))
    found = published.from_front_matter(fields)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    title = title or str(fields.get("title") or "").strip()[:500]
    return _Draft(markup.pieces(f"<body>{html}</body>"), title, found, "front_matter" if found else "")


def _html(text: str) -> _Draft:
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    found, how = published.from_page(text)
    titles = [
        (meta.attributes.get("content") or "") if (meta := page.css_first('meta[property="og:title"]')) else "",
        *(node.text(deep=True) for node in page.css("h1")[:1]),
        *(node.text(deep=True) for node in page.css("head > title")[:1]),
    ]
    title = next((tidied for told in titles if (tidied := markup.tidy(told))), "")
    return _Draft(markup.pieces(text), title[:500], found, how)


def _docx(raw: bytes, name: str) -> _Draft:
    import docx
    from docx.table import Table

    broken = ArticleRefused(
        f"{name} is no Word document, or it is broken. Open it in a word processor and save it again as .docx."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise ArticleRefused(
                    f"{name} unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB; an article is smaller. Save its text alone."
                )
        document = docx.Document(io.BytesIO(raw))
        pieces, title = [], ""
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                rows = [[markup.tidy(cell.text) for cell in row.cells] for row in block.rows]
                pieces.append(Piece(BlockKind.TABLE, "", rows=[row for row in rows if any(row)]))
                continue
            text = markup.tidy(block.text)
            style = str(block.style.name or "") if block.style is not None else ""
            level = int(style[-1]) if style.startswith("Heading") and style[-1:].isdigit() else 0
            if not text:
                continue
            if style == "Title" and not title:
                title = text
            kind = (
                BlockKind.HEADING
                if level or style == "Title"
                else BlockKind.ITEM
                if style.startswith("List")
                else BlockKind.PARAGRAPH
            )
            pieces.append(Piece(kind, text, level or (1 if style == "Title" else 0)))
        properties = document.core_properties
        days = [moment.date() for moment in (properties.created, properties.modified) if moment is not None]
    except ArticleRefused:
        raise
    except Exception:  # python-docx lets through whatever a broken part makes lxml, zipfile or itself raise
        raise broken from None
    # 2013-12-23 is the day in the template that python-docx starts from: it tells nothing.
    return _Draft(pieces, title, properties=[day for day in days if day != date(2013, 12, 23)])


def _pdf(raw: bytes, name: str) -> _Draft:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleRefused(f"{name} is locked with a password. Save it without one, or save its text.")
        if len(reader.pages) > MOST_PAGES:
            raise ArticleRefused(
                f"{name} has more than {MOST_PAGES} pages; an article is shorter. Save the article alone."
            )
        pages = [page.extract_text() for page in reader.pages]
        told = reader.metadata
        days = []
        title = ""
        if told is not None:
            title = markup.tidy(str(told.title or ""))
            days = [moment.date() for moment in (told.creation_date, told.modification_date) if moment is not None]
    except ArticleRefused:
        raise
    except Exception:  # pypdf lets through whatever a broken file makes it raise
        raise ArticleRefused(
            f"{name} is no PDF, or it is broken. Open it in a viewer and save it again, or save its text."
        ) from None
    text = plain.pages_to_text(pages)
    if len(re.findall(r"\w", text)) < 20:
        raise ArticleRefused(
            f"{name} holds pictures of text but no text, as a scan does. Have its text recognised, or type it in."
        )
    return _Draft(plain.pieces(text, _language(text)), title, properties=days)


def _language(text: str) -> str:
    return "zh" if len(_HAN.findall(text)) * 3 >= len(_LATIN.findall(text)) and _HAN.search(text) else "en"


def _article(draft: _Draft, name: str, source_format: str, told: date | None, language: str | None) -> Article:
    pieces = [_clean(piece) for piece in draft.pieces]
    pieces = [piece for piece in pieces if piece.text or piece.rows]
    title = _CONTROLS.sub("", draft.title).strip()
    headings = [piece.text for piece in pieces[:12] if piece.kind is BlockKind.HEADING]
    if not title and headings and pieces[0].kind is BlockKind.HEADING:
        title = headings[0]
    if title and not any(_same(title, piece.text) for piece in pieces[:12]):
        pieces.insert(0, Piece(BlockKind.TITLE, title))
    if not pieces:
        raise ArticleRefused(
            f"{name or 'The article'} holds no text. Articles are Markdown, plain text, HTML, DOCX or PDF.", "no_text"
        )
    text, blocks = _laid_out(pieces, title)
    day, how = told, "told" if told else ""
    for found, source in (
        (draft.published, draft.published_from),
        (published.from_dateline([piece.text for piece in pieces]), "dateline"),
        (published.from_name(name), "file"),
        (next(iter(draft.properties), None), "file"),
    ):
        if day is None and found is not None:
            day, how = found, source
    return Article(text, title, language or _language(text), day, how, source_format, blocks, name)


def _clean(piece: Piece) -> Piece:
    piece.text = _CONTROLS.sub("", piece.text).strip()
    piece.rows = [
        [_CONTROLS.sub("", cell).replace("\t", " ").replace("\n", " ").strip() for cell in row] for row in piece.rows
    ]
    return piece


def _same(title: str, text: str) -> bool:
    def bare(words: str) -> str:
        return "".join(re.findall(r"\w", words)).casefold()

    return bool(bare(text)) and (
        bare(title) == bare(text) or (bare(title).startswith(bare(text)) and len(bare(text)) > 20)
    )


def _laid_out(pieces: list[Piece], title: str) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    place = 0
    for piece in pieces:
        rows: list[tuple[Span, ...]] = []
        if piece.rows:
            at = place
            for row in piece.rows:
                spans = []
                for cell in row:
                    spans.append(Span(at, at + len(cell)))
                    at += len(cell) + 1
                rows.append(tuple(spans))
            piece.text = "\n".join("\t".join(row) for row in piece.rows)
        is_title = piece.kind is BlockKind.HEADING and bool(title) and _same(title, piece.text)
        kind = BlockKind.TITLE if is_title else piece.kind
        blocks.append(Block(kind, place, place + len(piece.text), piece.level, tuple(rows)))
        parts.append(piece.text)
        place += len(piece.text) + 2
    return "\n\n".join(parts), tuple(blocks)
