"""Whether a claim was understood by its own words alone: a figure far off may else be of what was not.

Much of what an article counts is told around a figure, and most of it is read rightly. A figure that lies far from the
answer is likelier to have been misread than to be wrong, unless its clause says by itself what it counts, in words that
are known.
"""

import re
from functools import cache

from breachtrail.claims import period
from breachtrail.claims.article import Article
from breachtrail.claims.claim import Claim, ClaimKind
from breachtrail.claims.figure import Unit
from breachtrail.claims.mention import mentions
from breachtrail.claims.numeral import plain
from breachtrail.claims.word import Words, words

#: Lists of the grammar whose words make no other thing of a figure.
_KNOWN = (
    *("hedge.before", "hedge.behind", "modifier", "counted", "whole", "each", "together", "view", "joints"),
    *("leads_to_individuals", "rank", "change", "compared", "size", "here", "neutral", "light", "everybody"),
)
#: A run of Chinese signs is strange as a whole where one of its signs is no word of the grammar by itself.
_STRANGE = {"en": re.compile(r"[A-Za-z][A-Za-z'-]{2,}"), "zh": re.compile(r"[\u3400-\u9fff]+")}
#: Below this a number in words ("one breach") is seldom a count of the register.
_FEW = 10
#: "11 million of them in one breach": the words belong to the next figure's clause, and say of this one that it is a part.
_OF_THEM = re.compile(r"\s*of (?:them|those|these|which)\b", re.IGNORECASE)


def is_plain(article: Article, claim: Claim) -> bool:
    """Whether the clause stands by itself and names what is counted: a noun or whose notice it is, of a share a value too.

    A row of a table does not: what its columns count stands elsewhere.
    """
    text, language = plain(article.text[claim.start : claim.end]), article.language
    before = article.text[max(0, claim.start - 12) : claim.start].rstrip(" ")
    if "\t" in article.text[claim.start : claim.end] or (before and (before[-1].isalnum() or before[-1] in "%％")):
        return False  # its clause goes on from the figure before: "half of them up to 6,963"
    named = {one.value for one in words("counted", language).find(text)}
    if claim.kind is not ClaimKind.COUNT:
        return bool(named) or bool(mentions(text, language))
    unit = Unit.NOTICES if claim.question.measures == ("notices",) else Unit.INDIVIDUALS
    if claim.organisation and unit is Unit.INDIVIDUALS:
        return True
    leads = unit is Unit.INDIVIDUALS and words("leads_to_individuals", language).first(text) is not None
    return unit.value in named or (leads and Unit.NOTICES.value not in named)


def unread(article: Article, claim: Claim) -> tuple[str, ...]:
    """The words of the claim's clause that are none of the grammar or the field, in their order; each once."""
    text, language = plain(article.text[claim.start : claim.end]), article.language
    figure = claim.figure
    spans = [(one.start, one.end) for one in mentions(text, language)]
    spans += [(one.start, one.end) for one in period.periods(text, article.published)]
    if figure is not None and (figure.value >= _FEW or any(sign.isdigit() for sign in figure.text)):
        place = 0 if article.source_format == "claims" else max(0, figure.start - claim.start)
        spans += [
            (one.start(), one.end()) for one in [re.compile(re.escape(plain(figure.text))).search(text, place)] if one
        ]
    if claim.organisation and (place := text.find(plain(claim.organisation))) >= 0:
        spans.append((place, place + len(claim.organisation)))
    for start, end in spans:
        text = _without(text, max(0, start), end)
    behind = _OF_THEM.match(article.text, claim.end)
    found = [(len(text), behind.group().strip())] if behind else []
    for one in words("partial", language).find(text):
        found.append((one.start, text[one.start : one.end]))
        text = _without(text, one.start, one.end)
    several, signs = _known(language)
    for one in several.find(text):
        text = _without(text, one.start, one.end)
    runs = [(match.start(), match.group()) for match in _STRANGE[language].finditer(text)]
    found += [(start, run) for start, run in runs if not set(run) <= signs]
    return tuple(dict.fromkeys(word for _, word in sorted(found)))


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


@cache
def _known(language: str) -> tuple[Words, frozenset[str]]:
    """The words of several signs, and those of one."""
    every = [word for path in _KNOWN for word in words(path, language).every()]
    return Words({"known": [word for word in every if len(word) > 1]}), frozenset(
        word for word in every if len(word) == 1
    )
