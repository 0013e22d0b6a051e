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
#: What may stand before a day at the head of a text that is the text's own, and what behind it. A day with anything else
#: around it is a sentence's.
_SIGNS = r"[\s(（\[【*_#>|·•—–-]*"
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wednes|Wed|Thurs|Thu|Fri|Satur|Sat|Sun)(?:day)?\.?,?\s+)?"
_LABEL = re.compile(
    rf"{_SIGNS}(?:by\s[^.。]{{0,80}}?[\s,|—–-]|(?:first |last )?(?:published|posted|updated|modified)|date|release date|"
    r"发布时间|发布日期|发表时间|发布于|发表于|更新于|更新时间|刊发于|本文发布于|时间|日期|来源.{0,30}?|(?:作者|记者|编辑).{0,30}?)"
    rf"\s*(?:on|at|:|：)?{_SIGNS}{_WEEKDAY}",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\s*(?:by\s|作者|记者|来源|文[/／])", re.IGNORECASE)
_ALONE = re.compile(_SIGNS + _WEEKDAY, re.IGNORECASE)
_PLACE = re.compile(
    rf"{_SIGNS}(?:[A-Z][A-Za-z.'’]*(?:[ ,]+|(?=[—–-]))){{1,6}}(?:\([A-Z][A-Za-z ]{{1,20}}\)\s*)?(?:[—–-]+\s*)?{_WEEKDAY}"
)
_HAN_PLACE = re.compile(r"[\s(（【\[]*(?![据在自从对由到为因截经于])[\u4e00-\u9fffA-Za-z·]{0,14}[\s，,|]*")
_CLOCK = r"[,，]?\s*(?:T|at\s|\s)\s*\d{1,2}(?::\d{2}|\s?[ap]\.?m)"
_ENDS = re.compile(
    rf"\s*(?:$|\n|[)）\]】.。|·*_]|[—–]|--?\s|{_CLOCK}|[(（](?:updated|更新|星期)|星期|周[一二三四五六日]|/[A-Z])",
    re.IGNORECASE,
)
_ENDS_BEHIND_A_LABEL = re.compile(
    r"\s+(?=[A-Z\"“\u4e00-\u9fff])|[,，]?\s*by\s|[，,、；;]\s*(?:来源|作者|记者|编辑)|：|:|/"
)
_ENDS_BEHIND_A_PLACE = re.compile(r"\s*(?:[)）/—–:：]|--?(?=\s|[A-Z])|\([^)]{1,30}\)\s*[—–-])")
_HAN_ENDS = re.compile(
    r"\s*(?:[讯电](?![^\s，。：:）)】—–-])|(?:发布|发表|刊发|更新|消息|报道)(?=$|[\s，。：:|）)】—–-]))"
)
#: How far from the top of the text a dateline may stand, in blocks, and how long one is; without a label or a place it
#: stands right there, for further down it opens an entry of a chronicle.
_NEAR_THE_TOP = 8
_AT_THE_TOP = 3
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
    """The day of a dateline or byline near the top of the text, or alone on its first or last lines."""
    for place, text in enumerate(blocks[:_NEAR_THE_TOP]):
        found = _heads(text[:_SHORT], is_top=place < _AT_THE_TOP)
        if found is None and len(text) <= _SHORT and _is_bare(text):
            found = day_in(text)
        if found is not None:
            return found
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


def _heads(head: str, is_top: bool) -> date | None:
    """The day that opens a block as its dateline does: behind a label, behind a place, or by itself."""
    for pattern in _WRITTEN:
        match = pattern.search(head)
        written = _day(match.groupdict()) if match else None
        if match is None or written is None:
            continue
        before, after = head[: match.start()], head[match.end() :]
        if _BYLINE.match(before):
            before = re.split(r"[.|。] *", before)[-1]
        if any(other.match(after.lstrip(" -–—~至到")) for other in _WRITTEN):
            continue  # from one day to another: a period
        is_alone = _ALONE.fullmatch(before) is not None
        if (
            (_LABEL.fullmatch(before) and (_ENDS.match(after) or _ENDS_BEHIND_A_LABEL.match(after)))
            or (is_alone and is_top and _ENDS.match(after))
            or (_PLACE.fullmatch(before) and _ENDS_BEHIND_A_PLACE.match(after))
            or (_HAN_PLACE.fullmatch(before) and _HAN_ENDS.match(after))
        ):
            return written
    return None


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
