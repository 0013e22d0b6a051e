"""How many of the people affected live in which state: one line a state, as somebody types it (``TX 1,200``)."""

import re
from collections.abc import Mapping

from breachtrail.notices.vocabulary import Vocabulary

_LINE = re.compile(r"(?P<state>.*?)[\s:,;=\t]+(?P<count>[0-9][0-9,]*)", re.DOTALL)


def parsed(text: str) -> Mapping[str, int] | None:
    """State → individuals; None where a line says no state and count, or says a state twice."""
    counts: dict[str, int] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        state = Vocabulary.load().find("state", found["state"]) if found else None
        if not found or not state or state in counts:
            return None
        counts[state] = int(found["count"].replace(",", ""))
    return counts
