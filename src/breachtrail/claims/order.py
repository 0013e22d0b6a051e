"""The place that a sentence gives to a figure's value among the others: "led", "followed by", 居首."""

import re
from collections.abc import Sequence

from breachtrail.claims import told
from breachtrail.claims.mention import Mention
from breachtrail.claims.passage import Passage
from breachtrail.claims.sentence import Window
from breachtrail.claims.word import ANY_CASE, words

_ORDINALS = {
    word: number
    for number, word in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 2
    )
}
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)})[- ](?:highest|most|largest|biggest|place)\b", ANY_CASE)


def nth(text: str, window: Window) -> int | None:
    """The place that an ordinal gives: "the third-largest"."""
    said = _NTH.search(text, window.start, window.end)
    return _ORDINALS[said[1].lower()] if said else None


def rank(passage: Passage, place: int, own: Sequence[Mention]) -> tuple[int | None, str]:
    """The place that the words give to a figure's value among the others, and the column."""
    window, sentence = passage.windows[place], passage.sentence
    text, language = sentence.text, sentence.language
    columns = [one.column for one in own if one.column in told.RANKED]
    if len(set(columns)) != 1 or len({one.value for one in own}) != 1:
        return None, ""
    column = columns[0]
    nth = _NTH.search(text, window.start, window.end)
    if nth:
        return _ORDINALS[nth[1].lower()], column
    for number, name in ((2, "second"), (3, "third"), (1, "first")):
        found = words(f"rank.{name}", language).first(text, window.start, window.end)
        if found and place and found.start > window.number.start:
            continue  # "Texas (56), California (43) and New York (34) led": it is said of all
        if found and not any(one.start <= found.start < one.end for one in sentence.periods):
            return (number, column) if name != "first" or told.is_superlative(text, found) else (None, "")
    follows = words("rank.next", language).first(text, sentence.start, window.number.start)
    before = passage.told[place - 1] if place else None
    if follows and before and before.rank and any(one.column == column for one in before.conditions):
        return before.rank + 1, column
    return None, ""
