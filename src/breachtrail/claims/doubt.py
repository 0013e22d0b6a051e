"""When a figure that reads like a total may be of a part: of one organisation, of what was counted before, of each notice."""

import re
from collections.abc import Sequence
from itertools import pairwise

from breachtrail.claims import threshold, told
from breachtrail.claims.claim import Unsure
from breachtrail.claims.counted import hedge
from breachtrail.claims.figure import Hedge
from breachtrail.claims.mention import Mention
from breachtrail.claims.passage import Passage
from breachtrail.claims.pattern import patterns
from breachtrail.claims.word import words

#: So few notices may well be named as those above a size.
_FEW = 150
#: "Fell from 58.1 million": of an earlier period, and it is not said of which.
_FROM = patterns("count.from")
_SUM = re.compile(r"[，、；\s]*(?:合计|共计|总计|其合计|两者)")


def is_of_a_row(passage: Passage, place: int, own: Sequence[Mention]) -> bool:
    """Whether a figure stands in a row ("5 and 3, respectively") of which it was not understood what each is of."""
    window, sentence = passage.windows[place], passage.sentence
    if own or window.number.start in passage.handed:
        return False
    return any(
        word.end <= window.number.start if sentence.language == "zh" else window.number.end <= word.start
        for word in words("respectively", sentence.language).find(sentence.text, sentence.start, sentence.end)
    )


def is_said_of_placeholders(text: str, start: int, end: int) -> bool:
    """Whether the sentence counts notices that stand at 500 or 501."""
    return threshold.PLACEHOLDERS.search(text, start, end) is not None


def has_unknown_beside(text: str, own: Sequence[Mention], language: str) -> bool:
    """Whether a value of the field is named together with something unknown: "computers and portable devices"."""
    if language == "zh":
        return False
    lists = [words(path, "en") for path in ("neutral", "light", "everybody", "modifier", "counted", "change")]
    for one in own:
        beside = re.search(r"([A-Za-z-]{4,}),? (?:and|or) $", text[max(0, one.start - 30) : one.start])
        if beside is None or any(other.start < one.start - 4 <= other.end for other in own if other is not one):
            continue
        if beside[1][0].islower() and not any(beside[1] in known for known in lists):
            return True
    return False


def may_be_each(passage: Passage, place: int, own: Sequence[Mention]) -> bool:
    """Whether a figure that is said of two states may be that of each of them."""
    window, sentence = passage.windows[place], passage.sentence
    text, language = sentence.text, sentence.language
    if len({one.value for one in own if one.column == "state"}) < 2 or window.number.start in passage.handed:
        return False
    said = words("each", language).first(text, window.start, window.end) or words("together", language).first(
        text, window.start, window.end
    )
    return said is None


def may_be_singly(passage: Passage, place: int) -> bool:
    """ "14 breaches affected more than a million people": each of them, or all together?"""
    pair = [window.number for window in passage.windows[max(0, place - 1) : place + 2]]
    text, language = passage.sentence.text, passage.sentence.language
    for few, many in pairwise(pair):
        if few.form == many.form == "count" and passage.windows[place].number in (few, many) and few.value <= _FEW:
            how, start, _ = hedge(text, many, few.end, passage.sentence.end, language)
            between = text[few.end : start]
            round_one = str(many.value).rstrip("0") in ("1", "5") and many.value >= 1000
            if (
                how in (Hedge.OVER, Hedge.AT_LEAST)
                and round_one
                and not re.search(r"[,，;；]|\band\b|total|共", between)
            ):
                return True
    return False


def may_sum_a_part(passage: Passage, place: int, own: Sequence[Mention]) -> bool:
    """Whether a sum may be that of what was counted before ("合计1.5亿人"), or of the one list that the sentence names."""
    window, sentence = passage.windows[place], passage.sentence
    text, language = sentence.text, sentence.language
    if own or passage.lead:
        return False
    if (
        language == "zh"
        and passage.context.counted
        and re.match(r"[，、；\s]*(?:合计|共计|总计|其合计|两者)", text[window.start : window.end])
    ):
        return True
    named = told.view(text, sentence.start, sentence.end, language)
    return (
        named is not None and told.view(text, window.start, window.end, language) is None and len(passage.windows) > 1
    )


def follows_unknown(passage: Passage, place: int) -> bool:
    """Whether a bare figure follows one that was not understood: "ransomware hit 240, affecting 90 million"."""
    if not place:
        return False
    window, sentence = passage.windows[place], passage.sentence
    before = passage.outcomes.get(passage.windows[place - 1].number.start)
    total = words("whole", sentence.language).first(sentence.text, window.start, window.number.start)
    if passage.windows[place - 1].number.form != "count":
        return False
    return before is not None and isinstance(before[1], Unsure) and (total is None or passage.leads(place))


def after_a_name(passage: Passage, place: int) -> bool:
    """Whether a figure without a name follows the figure of an organisation in the same sentence."""
    before = passage.told[place - 1] if place else None
    return before is not None and before.of_one


def measured_from(passage: Passage, place: int) -> bool:
    """Whether others are measured against a figure whose own period is not told."""
    window, sentence = passage.windows[place], passage.sentence
    if sentence.language == "zh" and _FROM["zh"].search(sentence.text, window.start, window.number.start):
        return True
    if any(
        window.start <= one.start < window.end and -40 < one.start - window.number.end < 40 for one in passage.periods
    ):
        return False
    _, start, _ = hedge(sentence.text, window.number, sentence.start, sentence.end, sentence.language)
    before = sentence.text[max(sentence.start, start - 34) : start]
    return bool(_FROM[sentence.language].search(before))
