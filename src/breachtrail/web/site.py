"""One ledger home, read by many visitors at once: the current generation, opened again when the pointer moves."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast

import duckdb

from breachtrail.errors import QuestionTooCostly
from breachtrail.ledger.store import Head, Store
from breachtrail.web.ledger import Ledger, Open
from breachtrail.web.once import Once

Made = TypeVar("Made")

#: Seconds that the questions of one visit may take.
PATIENCE = 20.0
_BETWEEN_LOOKS = 0.05
#: Readers that wait for the next visit: the first question of a new one costs half as much again.
_MOST_IDLE = 64
#: Pages and pieces of pages that are kept, all of the newest generation.
_MOST_KEPT = 512


@dataclass(frozen=True)
class _Reader:
    """One visit's ledger, the ledger of whose state it is, and when its time is up (of the monotonic clock)."""

    ledger: Ledger
    of: Ledger
    until: float


class Site:
    """What is shared by all visits.

    open_: opens the ledger of the site's home (the Python door stands above this room)
    """

    def __init__(self, open_: Open, patience: float = PATIENCE) -> None:
        self._open, self._patience = open_, patience
        self._lock = threading.Lock()
        self._current = open_()
        self._idle: list[Ledger] = []
        self._reading: dict[int, _Reader] = {}
        self._store = Store(self._current.home)
        self._kept: OrderedDict[tuple[str, Hashable], object] = OrderedDict()
        self._is_watched = False
        self._once = Once()

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
            ledger = self._idle.pop() if self._idle else self._current.also()
            self._reading[id(ledger)] = _Reader(ledger, self._current, time.monotonic() + self._patience)
            if not self._is_watched:
                self._is_watched = True
                threading.Thread(target=self._watch, daemon=True).start()
        try:
            yield ledger
        except duckdb.InterruptException:
            raise QuestionTooCostly(
                f"This took longer than {self._patience:g} seconds and was ended. Ask for a shorter period, or fewer columns.",
                "too_costly",
                seconds=f"{self._patience:g}",
            ) from None
        finally:
            with self._lock:
                reader = self._reading.pop(id(ledger))
                if reader.of is self._current and len(self._idle) < _MOST_IDLE:
                    self._idle.append(ledger)
                else:
                    ledger.close()
                self._let_go(reader.of)

    def kept(self, head: Head, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` makes of the state ``head``, made once for each ``asked`` as long as room is left."""
        key = (head.content, asked)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Made, self._kept[key])
        made = self._once.made(key, make)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def interrupt(self) -> None:
        """End what is being asked by every visit that is going on."""
        with self._lock:
            for reader in self._reading.values():
                reader.ledger.interrupt()

    def close(self) -> None:
        """Close the ledger; no visit may be going on."""
        for ledger in (*self._idle, self._current):
            ledger.close()

    def _watch(self) -> None:
        """As long as there are visits: end what is still asked by those whose time is up."""
        while True:
            time.sleep(_BETWEEN_LOOKS)
            with self._lock:
                now = time.monotonic()
                for reader in self._reading.values():
                    if reader.until < now:
                        reader.ledger.interrupt()
                self._is_watched = bool(self._reading)
                if not self._is_watched:
                    return

    def _follow(self) -> None:
        """Open the current generation if another one was sealed meanwhile; the lock is held."""
        if self._store.head() == self._current.head:
            return
        before, self._current = self._current, self._open()
        while self._idle:
            self._idle.pop().close()
        self._kept.clear()
        self._let_go(before)

    def _let_go(self, ledger: Ledger) -> None:
        """Close a state that is not shown any more, once nobody reads it; the lock is held."""
        if ledger is not self._current and all(reader.of is not ledger for reader in self._reading.values()):
            ledger.close()
