"""What forecasts are made from, kept by state and look: a page asks for several, and the next visitor for the same."""

import threading
from collections import OrderedDict
from datetime import date

import duckdb

from breachtrail.ledger.store import Head
from breachtrail.questions.ask import looked
from breachtrail.questions.outlook import Known

#: So many looks are kept, of whatever states: some ten megabytes each.
_MOST = 8

_KEPT: OrderedDict[tuple[str, str, date | None], Known] = OrderedDict()
_LOCK = threading.Lock()


def known(ledger: duckdb.DuckDBPyConnection, head: Head, register: str, as_of: date | None) -> Known:
    """All that the forecasts of a register are made from, as known at the end of ``as_of``; not to be changed.

    Raises QuestionError if too little is known by then.
    """
    looks = [look.taken_on for look in looked(ledger, head, register) if as_of is None or look.taken_on <= as_of]
    last = max(looks, default=as_of)  # between two looks nothing else becomes known
    key = (head.content, register, last)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = Known.of(ledger, register, last)
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found
