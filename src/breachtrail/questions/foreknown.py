"""What forecasts are made from, kept by state and day: a page asks for several, and the next visitor for the same."""

import threading
from collections import OrderedDict
from datetime import date

import duckdb

from breachtrail.ledger.store import Head
from breachtrail.questions.outlook import Known

#: So many days are kept, of whatever states; each holds all notices of a register, as numbers.
_MOST = 4

_KEPT: OrderedDict[tuple[str, str, date | None], Known] = OrderedDict()
_LOCK = threading.Lock()


def known(ledger: duckdb.DuckDBPyConnection, head: Head, register: str, as_of: date | None) -> Known:
    """All that the forecasts of a register are made from, as known at the end of ``as_of``; not to be changed.

    Raises QuestionError if too little is known by then.
    """
    key = (head.content, register, as_of)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = Known.of(ledger, register, as_of)
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found
