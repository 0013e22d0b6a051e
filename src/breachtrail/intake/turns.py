"""Turns at a store: so many at a time, in the order in which they came.

A pool of connections gives a free one to whoever asks first, and that is mostly the one who has just given it back: among 200
who file, 30 went on and the others stood until these were done. Here a place that becomes free is the next one's.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from breachtrail.errors import IntakeError


class Turns:
    """``with turns.taken():``. patience: seconds that one waits at most."""

    def __init__(self, places: int, patience: float) -> None:
        self._free, self._patience = places, patience
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A turn, from when it comes to the end. Raises IntakeError where none comes in time."""
        self._wait()
        try:
            yield
        finally:
            with self._lock:
                self._pass_on()

    def _wait(self) -> None:
        turn = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self._waiting.append(turn)
        came = False
        try:
            came = turn.wait(self._patience)
        finally:
            if not came:
                with self._lock:
                    self._give_up(turn)
        if not came:
            raise IntakeError(
                f"So many ask the register at once that no turn came within {self._patience:g} seconds. Nothing was changed. "
                "Try again in a minute."
            )

    def _give_up(self, turn: threading.Event) -> None:
        """Leave the line; a turn that came in this very moment is the next one's."""
        if turn.is_set():
            self._pass_on()
        else:
            self._waiting.remove(turn)

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1
