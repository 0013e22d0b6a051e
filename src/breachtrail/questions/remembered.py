"""What a sealed state was asked before: it always says the same, and the questions of one page are of the same notices."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from breachtrail.ledger.store import Head

Told = TypeVar("Told")

_TOLD: dict[tuple[str, Hashable], object] = {}
_MOST = 1_000


def remembered(head: Head, asked: Hashable, find_out: Callable[[], Told]) -> Told:
    """What ``find_out`` finds of the state ``head``; found out once for each ``asked``, and not to be changed."""
    key = (head.content, asked)
    if key not in _TOLD:
        if len(_TOLD) >= _MOST:
            _TOLD.clear()
        _TOLD[key] = find_out()
    return cast(Told, _TOLD[key])
