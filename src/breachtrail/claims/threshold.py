"""Figures that only say from what size on notices are meant: "of 500 or more", 影响超过100万人的事件."""

import re
from fractions import Fraction

from breachtrail.claims.counted import hedge
from breachtrail.claims.figure import Hedge
from breachtrail.claims.mention import Mention
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.pattern import patterns
from breachtrail.claims.word import ANY_CASE
from breachtrail.questions.condition import Condition

#: The register's own threshold, 45 CFR 164.408(b).
OWN = 500
_OR_MORE = patterns("threshold.or_more")
_ATTRIBUTIVE = patterns("threshold.attributive")
_SINGLY_BEFORE = {
    "en": re.compile(r"\b(?:each|that each|all|every one)(?: \w+){0,2} ?$", ANY_CASE),
    "zh": re.compile(r"(?:每起|每件|均|单起|单次|各)[^，。；]{0,8}$|[起件]事件的?(?:受影响)?(?:人数|规模|影响人数)(?:均|都)?(?:达|在)?$"),
}  # fmt: skip
_SINGLY_BEHIND = {
    "en": re.compile(r"[^,;.]{0,30}?\b(?:each|apiece)\b", ANY_CASE),
    "zh": re.compile(r"[^，。；、]{0,12}?(?:以上)?的[^，。；、]{0,10}?(?:事件|泄露|机构|案|通报|有)"),
}  # fmt: skip
#: A figure so near behind a name is that organisation's, whatever is said of it.
_BESIDE = {"en": 16, "zh": 4}
_REACHED = re.compile(r"达到?$")
#: What filers enter while a number is not known: no count of anything.
PLACEHOLDERS = re.compile(r"\b500(?:人)? ?(?:or|and|或|和|、) ?501\b", ANY_CASE)
_NOTICES = {
    "en": re.compile(r"(?: [\w-]+){0,3} (?:breach(?:es)?|incidents?|notices?|cases|reports)\b", ANY_CASE),
    "zh": re.compile(r"\s?[余多]?(?:起|件|例|宗|次)"),
}  # fmt: skip


def condition(
    text: str, number: Numeral, start: int, end: int, mentioned: tuple[Mention, ...], language: str
) -> Condition | None:
    """The condition that a figure of the sentence ``text[start:end]`` is, if it is no claim but a threshold."""
    if number.value in (OWN, OWN + 1) and PLACEHOLDERS.search(
        text, max(start, number.start - 8), min(end, number.end + 8)
    ):
        return Condition("individuals", "=", (int(number.value),))
    if number.form != "count" or number.upper is not None or number.value < OWN or number.value.denominator != 1:
        return None
    if _NOTICES[language].match(text, number.end, min(end, number.end + 30)):
        return None
    how, hedged_from, _ = hedge(text, number, start, end, language)
    behind = text[number.end : end]
    or_more = bool(_OR_MORE[language].match(behind))
    sign = ">" if how is Hedge.OVER and not or_more else "<" if how is Hedge.UNDER else ">="
    reached = bool(_REACHED.search(text, max(start, hedged_from - 3), hedged_from)) and bool(
        _SINGLY_BEHIND[language].match(behind)
    )
    if not or_more and not reached and how not in (Hedge.OVER, Hedge.AT_LEAST, Hedge.UNDER):
        return None
    if number.value in (OWN, OWN + 1):
        return Condition("individuals", sign, (int(number.value),))
    before = text[max(start, hedged_from - 30) : hedged_from]
    singly = bool(_SINGLY_BEFORE[language].search(before) or _SINGLY_BEHIND[language].match(behind))
    attributive = bool(_ATTRIBUTIVE[language].search(before))
    named = any(
        mention.column == "organisation" and 0 <= hedged_from - mention.end < _BESIDE[language] for mention in mentioned
    )
    if named or not _is_round(number.value):
        return None
    if singly or (or_more and attributive):
        return Condition("individuals", sign, (int(number.value),))
    return None


def is_own(size: Condition) -> bool:
    """Whether a threshold is the register's own, which narrows nothing."""
    return size.values[0] in (OWN, OWN + 1)


def _is_round(value: Fraction) -> bool:
    return len(str(value.numerator).rstrip("0")) == 1
