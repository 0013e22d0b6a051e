"""The day an article was published, and how it was found."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_HAN = re.compile(r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日")
_MONTH_FIRST = re.compile(
    rf"\b(?P<b>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<b>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
)
_SLASHED = re.compile(r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d\d)\b")
_WRITTEN = (_ISO, _HAN, _MONTH_FIRST, _DAY_FIRST, _SLASHED)
_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)")

_KEYS = (
    *("published", "date_published", "datepublished", "publishdate", "publish_date", "pubdate", "publication_date"),
    *("published_at", "date", "发布日期", "发布时间", "日期", "created"),
)
_META = (
    *(
        "article:published_time",
        "og:published_time",
        "og:article:published_time",
        "datepublished",
        "publishdate",
        "publish-date",
    ),
    *("publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created"),
    *("dcterms.date", "date", "publication_date", "citation_publication_date", "weibo:article:create_at"),
)
_TOLD_AS_PUBLISHED = re.compile(
    r"^\W*(?:by\s.{0,80}?|published|posted|updated|last updated|date|发布时间|发布日期|发表时间|时间|日期|发布于|来源.{0,30}?)"
    r"(?:\s*(?:on|at|:|：)|\W)",
    re.IGNORECASE,
)
#: How far from the top of the text a dateline may stand, in blocks, and how long one is.
_NEAR_THE_TOP = 8
_SHORT = 140


def day_in(text: str, anchored: bool = False) -> date | None:
    """The first day that ``text`` writes out with its year; ``anchored``: only if it stands at the very beginning."""
    found = [(match.start(), match) for pattern in _WRITTEN for match in [pattern.search(text)] if match]
    for start, match in sorted(found, key=lambda pair: pair[0]):
        if anchored and start > 0:
            continue
        if (written := _day(match.groupdict())) is not None:
            return written
    return None


def from_front_matter(fields: Mapping[Any, Any]) -> date | None:
    """The day that the head of a Markdown file names."""
    told = {str(key).strip().lower(): value for key, value in fields.items()}
    for key in _KEYS:
        value = told.get(key)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return value
        if value is not None and (written := day_in(str(value)[:80])):
            return written
    return None


def from_page(html: str) -> tuple[date | None, str]:
    """The day that an HTML page names in its head, in JSON-LD, or in a ``time`` element, and which of them."""
    page = LexborHTMLParser(html)
    named: dict[str, str] = {}
    for node in page.css("meta"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        named.setdefault(key.strip().lower(), attributes.get("content") or "")
    for key in _META:
        if written := day_in(named.get(key, "")[:80]):
            return written, "meta"
    for node in page.css('script[type="application/ld+json"]'):
        for told in _linked(node.text(deep=True)):
            if written := day_in(told[:80]):
                return written, "meta"
    for node in page.css("time"):
        told = node.attributes.get("datetime") or node.text(deep=True)
        if written := day_in(told[:80]):
            return written, "time"
    return None, ""


def from_dateline(blocks: list[str]) -> date | None:
    """The day of a dateline or byline near the top of the text, or alone on its last line."""
    for text in blocks[:_NEAR_THE_TOP]:
        head = text[:_SHORT]
        if (written := day_in(head)) is None:
            continue
        if len(text) <= _SHORT and (_TOLD_AS_PUBLISHED.search(text) or _is_bare(text)):
            return written
        if _opens_with_a_place(head):
            return written
    for text in blocks[-3:]:
        if len(text) <= _SHORT and _is_bare(text):
            return day_in(text)
    return None


def from_name(name: str) -> date | None:
    """The day in a file's name: ``2025-01-23_title.md``, ``20250123.txt``."""
    written = day_in(name.replace("_", " "))
    if written is None and (match := _COMPACT.search(name)):
        written = _day(match.groupdict())
    return written


def _is_bare(text: str) -> bool:
    """Whether a line holds a day and hardly anything else."""
    rest = text
    for pattern in _WRITTEN:
        rest = pattern.sub("", rest, count=1)
    rest = re.sub(
        r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\b(?:ET|EST|EDT|UTC|GMT|PT)\b|[A-Z][a-z]{2,8}day,?", "", rest
    )
    return len(re.findall(r"\w", rest)) <= 24 and not re.search(r"\d{2}", rest)


def _opens_with_a_place(head: str) -> bool:
    """``WASHINGTON, Jan. 23, 2025 – …``, ``(2025年1月23日，华盛顿)``."""
    return bool(
        re.match(
            rf"^[A-Z][A-Za-z.,'\s]{{1,40}}?[,(–—-]\s*(?:{_MONTH})\.?\s+\d{{1,2}},?\s+\d{{4}}\s*(?:[)/–—-]|\([^)]{{1,30}}\)\s*[–—-])",
            head,
            re.IGNORECASE,
        )
        or re.match(
            r"^[（(【]?\s*(?:[\u4e00-\u9fff]{2,8}\s*)?\d{4}年\d{1,2}月\d{1,2}日\s*(?:[讯电消]|[—–-]|[）)】])", head
        )
    )


def _day(parts: Mapping[str, str | None]) -> date | None:
    name = parts.get("b")
    month = _MONTHS[name.lower()] if name else int(parts["m"] or 0)
    day = int(parts["d"] or 0)
    if month > 12 >= day:
        month, day = day, month
    try:
        return date(int(parts["y"] or 0), month, day)
    except ValueError:
        return None


def _linked(text: str) -> Iterator[str]:
    """Every ``datePublished`` in a piece of JSON-LD, the outermost first."""
    try:
        waiting: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                yield node["datePublished"]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
