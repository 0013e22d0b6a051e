"""Letters that XML can hold (XML 1.0, production 2). Names of a register may bring others: one makes a whole feed unreadable."""

import re
from typing import Any

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: What holds no letters; most of what a drawing is made of are numbers.
_NO_TEXTS = frozenset({int, float, bool, type(None)})


def fit(text: str) -> str:
    """``text`` with the sign for an unreadable letter (U+FFFD) in place of every letter that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)


def all_fit(value: Any) -> Any:
    """The same for every text in lists and dictionaries."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else fit(value)
    if isinstance(value, dict):
        return {name: one if type(one) in _NO_TEXTS else all_fit(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [one if type(one) in _NO_TEXTS else all_fit(one) for one in value]
    return value
