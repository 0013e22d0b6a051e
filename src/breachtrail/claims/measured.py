"""What a change or a share is measured in, where its sentence speaks of notices and of individuals: "up 60% in records"."""

import re

from breachtrail.claims.figure import Unit
from breachtrail.claims.pattern import patterns
from breachtrail.claims.word import Found, words

#: "In terms of", "measured by", 按……计: the measure is named as such. "In", "by": only of a change.
_NAMED, _OF_A_CHANGE = patterns("measured.named"), patterns("measured.of_a_change")
#: "60% more", and what stands there is what grew.
_MORE = re.compile(r"\s*(?:more|fewer|less) ")
#: Between the head of a noun phrase and a noun of its own: "individuals affected by breaches".
_HANGS_ON = re.compile(r"(?:\s[\w'-]+){0,3}\s(?:by|in|from|through|across|during)(?:\s[\w'-]+){0,3}\s", re.IGNORECASE)


def named(text: str, start: int, end: int, language: str) -> Unit:
    """The unit that the words name as the measure; UNTOLD where they name none."""
    return _unit(_NAMED[language], text, start, end, language)


def of_a_change(text: str, start: int, number: tuple[int, int], end: int, language: str) -> Unit:
    """What changed by the figure at ``number``: named as the measure, counted behind the figure, or the head of its subject."""
    found = named(text, start, end, language)
    if found is Unit.UNTOLD:
        found = _unit(_OF_A_CHANGE[language], text, start, end, language)
    if found is not Unit.UNTOLD:
        return found
    nouns = _nouns(text, start, number[0], language)
    if language == "zh":  # the head comes last
        return Unit(nouns[-1].value) if nouns else Unit.UNTOLD
    if more := _MORE.match(text, number[1], end):
        behind = words("counted", "en").at(text, more.end())
        if behind is not None:
            return Unit(behind.value)
    if len(nouns) > 1 and _HANGS_ON.fullmatch(text, nouns[0].end, nouns[1].start):
        return Unit(nouns[0].value)
    return Unit.UNTOLD


def _unit(pattern: re.Pattern[str], text: str, start: int, end: int, language: str) -> Unit:
    """Individuals, where a noun that counts them follows the pattern with nothing but modifiers between."""
    modifier = words("modifier", language)
    for match in pattern.finditer(text, start, end):
        noun = next(iter(_nouns(text, match.end(), end, language)), None)
        if noun is None or noun.value != Unit.INDIVIDUALS:
            continue
        between = text[match.end() : noun.start]
        if language == "zh" or all(word in modifier or word == "number" for word in between.split()):
            return Unit.INDIVIDUALS
    return Unit.UNTOLD


def _nouns(text: str, start: int, end: int, language: str) -> list[Found]:
    return [
        one
        for one in words("counted", language).find(text, start, end)
        if (language == "zh" and one.end - one.start > 1) or text[one.start : one.end].lower().endswith(("s", "people"))
    ]
