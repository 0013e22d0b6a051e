"""Letters that XML can hold (XML 1.0, production 2). Names of a register may bring others: one makes a whole feed unreadable."""

import re
from typing import Any

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """``text`` with the sign for an unreadable letter (U+FFFD) in place of every letter that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)


def all_fit(value: Any) -> Any:
    """The same for every text in lists and dictionaries."""
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {name: all_fit(one) for name, one in value.items()}
    return [all_fit(one) for one in value] if isinstance(value, list | tuple) else value
