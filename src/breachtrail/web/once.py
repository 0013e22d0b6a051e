"""What several visitors ask for at the same moment is made once: the first makes it, the others wait for what comes of it."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

Made = TypeVar("Made")


class Once:
    """What is being made now, by what was asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._being_made: dict[Hashable, Future[Any]] = {}

    def made(self, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` makes, here or in the thread that was first; where that one fails, each makes it by itself."""
        with self._lock:
            first = self._being_made.get(asked)
            if first is None:
                own = self._being_made[asked] = Future()
        if first is not None:
            return make() if first.exception() is not None else cast(Made, first.result())
        try:
            made = make()
        except BaseException as error:
            own.set_exception(error)
            raise
        else:
            own.set_result(made)
            return made
        finally:
            with self._lock:
                del self._being_made[asked]
