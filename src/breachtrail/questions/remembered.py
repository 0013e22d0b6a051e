"""What a sealed state was asked before: it always says the same, and the questions of one page are of the same notices."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from breachtrail.ledger.store import Head

Told = TypeVar("Told")

_TOLD: OrderedDict[tuple[str, Hashable], object] = OrderedDict()
_LOCK = threading.Lock()
_MOST = 1_000


def remembered(head: Head, asked: Hashable, find_out: Callable[[], Told]) -> Told:
    """What ``find_out`` finds of the state ``head``; found out once for each ``asked``, and not to be changed."""
    key = (head.content, asked)
    with _LOCK:
        if key in _TOLD:
            _TOLD.move_to_end(key)
            return cast(Told, _TOLD[key])
    told = find_out()
    with _LOCK:
        _TOLD[key] = told
        while len(_TOLD) > _MOST:
            _TOLD.popitem(last=False)
    return told
