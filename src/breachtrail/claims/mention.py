"""Where a text speaks of the field's own values: entity types, breach types, locations, states, organisations."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from breachtrail.claims.pattern import pattern
from breachtrail.notices.vocabulary import Vocabulary

#: The columns looked for, the first named winning where two have the same words.
COLUMNS = ("business_associate", "organisation", "entity_type", "breach_type", "location", "state")

#: Words of the vocabulary that mean a value where a value is expected, and much else in running text.
_TOO_COMMON = {
    *(
        "other",
        "其他",
        "其它",
        "未知",
        "不明",
        "是",
        "有",
        "否",
        "无",
        "处理不当",
        "处置不当",
        "elsewhere",
        "somewhere else",
        "hack",
        "vendor",
    ),
    *(
        "server",
        "服务器宕机",
        "papers",
        "film",
        "films",
        "territory",
        "territories",
        "blank",
        "not stated",
        "pcs",
        "pc",
        "邮件",
        "ba",
        "bas",
        "vendors",
    ),
    *(
        "partner",
        "unknown type",
        "other types",
        "无业务伙伴",
        "纸张",
        "纸质",
        "insurance",
        "payer",
        "payor",
        "未注明",
        "属地",
        "领地",
    ),
    *(
        "business partner",
        "business partners",
        "第三方供应商",
        "涉及第三方",
        "third-party vendor",
        "third-party vendors",
        "hacker",
        "hackers",
        "黑客",
        "emr",
        "胶片",
    ),
}
#: What such a word is with its noun: "loss incidents", "paper records".
_NOT_BEFORE = re.compile(r"(?: address| addresses| notification|s? us\b|地址)", re.IGNORECASE)
_NOT_BEHIND = re.compile(
    r"(?:\b(?:identity|data|job|revenue|financial|hearing|weight|memory) |身份|数据)$", re.IGNORECASE
)
_NOT_BEHIND_A_PLACE = re.compile(r"(?<!followed )\b(?:via|our|by) $", re.IGNORECASE)
#: "Loss" alone is many things; beside theft or disposal it is a type of breach.
_WITH_THEFT = pattern("mention.with_theft")
_AND_THEFT = re.compile(r"(?:,? (?:and|or|and/or) |/|, )(?:thefts?|improper|the\b)?|s? incidents?", re.IGNORECASE)
#: Words of many uses mean a value of the register where a count stands beside them.
_COUNTED_BEHIND = re.compile(
    r"事件|类|(?:为|共|约|近|仅|有|则|占)?\d| (?:was|were|accounted|records|documents|files|incidents|in)\b|: ?\d| \(\d| \d"
)
_COUNTED_BEFORE = re.compile(r"(?:involv\w+ |\d |\d involved |on |盗窃[^。；]{0,8}|起[^。；，]{0,4})$")
_NOT_AFTER_STATE = pattern("mention.not_after_state", any_case=False)
_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z.]{0,5}\.$|^[A-Z]{2,4}$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A value of a column at its place, as it is written."""

    start: int
    end: int
    column: str
    value: str
    written: str


@cache
def _sayings(language: str) -> dict[str, list[tuple[str, str, str, bool]]]:
    """First signs of a saying → (saying in lower case, column, value, whether case counts), the longest first."""
    vocabulary = Vocabulary.load()
    index: dict[str, list[tuple[str, str, str, bool]]] = defaultdict(list)
    taken: set[str] = set()
    for column in COLUMNS:
        # An article in one language names organisations, causes and places of the other in its words as well.
        for spoken in (language, "en" if language == "zh" else "zh"):
            sayings = dict(vocabulary.said(column, spoken))
            sayings |= {value: value for value in vocabulary.values(column) if len(value) > 2}
            if column in ("entity_type", "breach_type", "location", "state"):
                sayings |= {
                    spelling: value for spelling, value in vocabulary.spellings(column).items() if len(spelling) > 3
                }
            for saying, value in sayings.items():
                plain = " ".join(saying.translate({ord("’"): "'", ord("–"): "-"}).split()).lower()
                if plain in taken or plain in _TOO_COMMON or not value or len(plain) < 2:
                    continue
                taken.add(plain)
                index[plain[:2]].append((plain, column, value, bool(_ABBREVIATION.match(saying))))
    for listed in index.values():
        listed.sort(key=lambda saying: -len(saying[0]))
    return dict(index)


def mentions(text: str, language: str) -> list[Mention]:
    """Every mention in ``text`` (as ``numeral.plain`` gives it), left to right, the longest where several begin at a place."""
    index = _sayings(language)
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose small form is two letters
        lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    found = []
    place, end = 0, len(text)
    while place < end - 1:
        candidates = index.get(lower[place : place + 2])
        mention = None
        if candidates and not (place and _is_letter(text[place]) and _is_letter(text[place - 1])):
            mention = _at(text, lower, place, candidates)
        if mention is None:
            place += 1
        else:
            found.append(mention)
            place = mention.end
    return found


def _at(text: str, lower: str, place: int, candidates: list[tuple[str, str, str, bool]]) -> Mention | None:
    for saying, column, value, case_counts in candidates:
        if not lower.startswith(saying, place):
            continue
        end = place + len(saying)
        if end < len(text) and _is_letter(text[end]) and _is_letter(text[end - 1]):
            continue
        written = text[place:end]
        if (case_counts or column in ("state", "organisation")) and written[0].islower() and written.isascii():
            continue
        if case_counts and not written.replace(".", "").isupper() and written == written.upper():
            continue
        if written.lower() == "loss" and not (
            _WITH_THEFT.search(text[max(0, place - 44) : place]) or _AND_THEFT.match(text[end : end + 14])
        ):
            continue
        if written.lower() in ("paper", "丢失", "遗失") and not (
            _COUNTED_BEHIND.match(text, end) or _COUNTED_BEFORE.search(text[max(0, place - 16) : place])
        ):
            continue
        if column == "state":
            if case_counts and "." not in written and not written.isupper():
                continue
            if _NOT_AFTER_STATE.match(text[end : end + 14]):
                continue
        elif (column == "location" and _NOT_BEHIND_A_PLACE.search(text[max(0, place - 14) : place])) or (
            column != "organisation"
            and (_NOT_BEFORE.match(text[end : end + 14]) or _NOT_BEHIND.search(text[max(0, place - 12) : place]))
        ):
            continue
        return Mention(place, end, column, value, written)
    return None


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
