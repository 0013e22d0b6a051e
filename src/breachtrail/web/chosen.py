"""What a list of notices was narrowed to, in words; and which filters the words of a search may have meant."""

import re

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import period
from breachtrail.web.selection import Selection
from breachtrail.wording.phrases import Phrases

#: The dimensions whose values people type where names are searched.
MEANT = ("state", "location", "breach_type", "entity_type")
#: Words of one value, as Washington, D.C. or network server; so many words of a search are looked at.
_LONGEST, _MOST_WORDS = 4, 20


def said(selection: Selection, phrases: Phrases) -> list[str]:
    """Each condition in a few words, as it may stand in a heading."""
    told = [phrases.say("pages.notices.named", q=selection.q)] if selection.q else []
    for name, values in selection.values:
        labels = [value if name == "year" else phrases.heading(value, name) for value in values]
        told.append(phrases.numbers.listed(labels))
    if selection.at_least or selection.at_most:
        told.append(phrases.say("pages.notices.size", low=_number(selection.at_least), high=_number(selection.at_most)))
    asked = dict(selection.period)
    first, last = period.of(month=asked.get("month"), submitted_from=asked.get("from"), submitted_to=asked.get("to"))
    if "month" in asked and first:
        told.append(phrases.numbers.month(first))
    elif first or last:
        told.append(phrases.say("pages.notices.period", first=first, last=last))
    if selection.view:
        told.append(phrases.heading(selection.view, "view"))
    return told


def _number(told: str) -> int | None:
    return int(told.replace(",", "")) if told else None


def meant(q: str) -> dict[str, str]:
    """Dimension → the value that some of the words of a search name: ``Texas hospitals email`` → Texas, email.

    Two letters are the code of a state in capitals alone: in, or and me are words.
    """
    vocabulary, words = Vocabulary.load(), re.findall(r"[^\s,;]+", q)[:_MOST_WORDS]
    found: dict[str, str] = {}
    place = 0
    while place < len(words):
        for many in range(min(_LONGEST, len(words) - place), 0, -1):
            said = " ".join(words[place : place + many])
            if said.isascii() and len(said) < 3 and not said.isupper():
                continue
            value = next(((name, one) for name in MEANT if (one := vocabulary.find(name, said))), None)
            if value:
                found.setdefault(*value)
                place += many - 1
                break
        place += 1
    return found
