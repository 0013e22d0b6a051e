"""One ledger home, read by many visitors at once: the current generation, opened again when the pointer moves."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

import duckdb

from breachtrail.errors import QuestionTooCostly
from breachtrail.ledger.store import Head, Store
from breachtrail.web.ledger import Ledger, Open

Made = TypeVar("Made")

#: Seconds that the questions of one visit may take.
PATIENCE = 20.0
_BETWEEN_INTERRUPTS = 0.02
#: Pages and pieces of pages that are kept, all of the newest generation.
_MOST_KEPT = 512


class Site:
    """What is shared by all visits.

    open_: opens the ledger of the site's home (the Python door stands above this room)
    """

    def __init__(self, open_: Open, patience: float = PATIENCE) -> None:
        self._open, self._patience = open_, patience
        self._lock = threading.Lock()
        self._current = open_()
        self._readers = {id(self._current): 0}
        self._store = Store(self._current.home)
        self._kept: OrderedDict[tuple[str, Hashable], object] = OrderedDict()

    @property
    def register(self) -> str:
        """The register that is shown."""
        return self._current.register

    @property
    def head(self) -> Head:
        """The state that is shown now."""
        return self._current.head

    def sealed(self) -> Head:
        """The newest sealed state; the next visit is of this one or of a newer. Raises LedgerMissing, LedgerBroken."""
        return self._store.head()

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """The newest sealed state, for one visit, in its own thread.

        Raises QuestionTooCostly where the visit's questions take longer than ``patience`` seconds.
        """
        with self._lock:
            self._follow()
            held = self._current
            self._readers[id(held)] += 1
            ledger = held.also()
        is_over = threading.Event()
        threading.Thread(target=self._hurry, args=(ledger, is_over), daemon=True).start()
        try:
            yield ledger
        except duckdb.InterruptException:
            raise QuestionTooCostly(
                f"This took longer than {self._patience:g} seconds and was ended. Ask for a shorter period, or fewer columns."
            ) from None
        finally:
            is_over.set()
            with self._lock:
                ledger.close()
                self._readers[id(held)] -= 1
                self._let_go(held)

    def kept(self, head: Head, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` makes of the state ``head``, made once for each ``asked`` as long as room is left."""
        key = (head.content, asked)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Made, self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def close(self) -> None:
        """Close the ledger; no visit may be going on."""
        self._current.close()

    def _hurry(self, ledger: Ledger, is_over: threading.Event) -> None:
        """Once the visit's time is up, end whatever it still asks."""
        if not is_over.wait(self._patience):
            while not is_over.wait(_BETWEEN_INTERRUPTS):
                with suppress(duckdb.ConnectionException):  # the visit ended just now
                    ledger.interrupt()

    def _follow(self) -> None:
        """Open the current generation if another one was sealed meanwhile; the lock is held."""
        if self._store.head() == self._current.head:
            return
        before, self._current = self._current, self._open()
        self._readers[id(self._current)] = 0
        self._kept.clear()
        self._let_go(before)

    def _let_go(self, ledger: Ledger) -> None:
        if ledger is not self._current and not self._readers.get(id(ledger), 1):
            del self._readers[id(ledger)]
            ledger.close()
