"""A visitor's session on one node: its ViewStates, and what each of them stands for."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True)
class Shown:
    """What a page shows; a ViewState stands for one of these.

    page:     path below ``/ocr/breach/``
    view:     under_investigation, archive or help
    first, size: the first row of the table's page, and how many rows it has
    sort:     column by place, and whether downwards
    filters:  what the advanced options ask for, as name and value
    advanced: whether they are open
    expanded: every row with its description below it
    """

    page: str
    view: str = "under_investigation"
    first: int = 0
    size: int = 100
    sort: tuple[int, bool] | None = None
    filters: tuple[tuple[str, str], ...] = ()
    advanced: bool = False
    expanded: bool = False


@dataclass
class Session:
    """``most`` ViewStates are kept; the oldest goes first."""

    id: str
    chance: Random
    most: int
    used: float = field(default_factory=time.monotonic)
    _views: "OrderedDict[str, Shown]" = field(default_factory=OrderedDict)

    def keep(self, shown: Shown, token: str | None = None) -> str:
        """The ViewState that stands for ``shown`` from now on: ``token``, or a new one."""
        if token is None:
            token = f"{self._signed()}:{self._signed()}"
        self._views[token] = shown
        self._views.move_to_end(token)
        while len(self._views) > self.most:
            self._views.popitem(last=False)
        return token

    def shown(self, token: str) -> Shown | None:
        """What a ViewState stands for, if it is still kept."""
        return self._views.get(token)

    def stay(self, shown: Shown) -> None:
        """Let the newest ViewState stand for ``shown``, whatever was answered with it."""
        self._views[next(reversed(self._views))] = shown

    def forget_views(self) -> None:
        self._views.clear()

    def _signed(self) -> int:
        return self.chance.getrandbits(64) - (1 << 63)


class Sessions:
    """The sessions of one node."""

    def __init__(self, chance: Random, most_views: int, idle: float) -> None:
        self._chance, self._most_views, self._idle = chance, most_views, idle
        self._sessions: dict[str, Session] = {}

    def find(self, id: str | None) -> Session | None:
        """The session with this id, if this node has it and it was used not too long ago."""
        session = self._sessions.get(id or "")
        now = time.monotonic()
        if session is None or now - session.used > self._idle:
            self.end(id)
            return None
        session.used = now
        return session

    def start(self) -> Session:
        session = Session(f"{self._chance.getrandbits(128):032X}", self._chance, self._most_views)
        self._sessions[session.id] = session
        return session

    def end(self, id: str | None) -> None:
        self._sessions.pop(id or "", None)

    def clear(self) -> None:
        self._sessions.clear()
