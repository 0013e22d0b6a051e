"""What every reader opens first lies ready: after the start, and after each sealing, but not before a visitor's turn."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pytest
from starlette.types import Message, Receive, Scope, Send

from breachtrail.errors import LedgerBroken
from breachtrail.ledger.store import Head
from breachtrail.web import ready

_FIRST = Head(1, "a")


@dataclass
class Look:
    taken_on: date


@dataclass
class Ground:
    """A site, and an application that notes what is asked of it."""

    head: Head | None = _FIRST
    year: int = 2026
    asked: list[str] = field(default_factory=list)
    interrupted: int = 0
    takes: float = 0.0
    fails: bool = False
    is_unreadable: bool = False
    going_on: asyncio.Event | None = None

    def sealed(self) -> Head:
        if self.head is None:
            raise LedgerBroken("The pointer cannot be read.")
        return self.head

    @contextmanager
    def reading(self) -> Iterator["Ground"]:
        yield self

    def coverage(self) -> list[Look]:
        if self.is_unreadable:
            raise duckdb.IOException("No.")
        return [Look(date(self.year - 1, 12, 1)), Look(date(self.year, 7, 9))]

    def interrupt(self) -> None:
        self.interrupted += 1

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            return await send({"type": "lifespan.shutdown.complete"})
        self.asked.append(scope["path"])
        if scope["path"] == "/held" and self.going_on:
            await self.going_on.wait()
        if self.fails:
            raise RuntimeError("No.")
        for _ in range(int(self.takes / 0.01)):
            if self.interrupted:
                break
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(ready, "_QUIET", 0.01)


def lived(ground: Ground, during: Callable[[ready.Ready], Awaitable[None]]) -> None:
    """From the start of a server to its end."""

    async def live() -> None:
        stands = ready.Ready(ground.app, ground)  # type: ignore[arg-type]
        messages: asyncio.Queue[Message] = asyncio.Queue()
        said: asyncio.Queue[Message] = asyncio.Queue()
        await messages.put({"type": "lifespan.startup"})
        life = asyncio.create_task(stands({"type": "lifespan"}, messages.get, said.put))
        assert (await asyncio.wait_for(said.get(), 5))["type"] == "lifespan.startup.complete"
        await during(stands)
        await messages.put({"type": "lifespan.shutdown"})
        assert (await asyncio.wait_for(said.get(), 5))["type"] == "lifespan.shutdown.complete"
        await asyncio.wait_for(life, 5)

    asyncio.run(live())


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)


MANY = 2 * len(ready.PAGES)


def test_each_page_is_made_once_in_each_language_and_again_for_another_state() -> None:
    ground = Ground()

    async def during(_: ready.Ready) -> None:
        await until(lambda: len(ground.asked) == MANY)
        assert ground.asked[:4] == ["/en/", "/zh/", "/en/years/2026", "/zh/years/2026"]
        await asyncio.sleep(0.05)
        assert len(ground.asked) == MANY
        ground.head, ground.year = Head(2, "b"), 2027
        await until(lambda: len(ground.asked) == 2 * MANY)
        assert "/zh/years/2027" in ground.asked

    lived(ground, during)


def test_visitors_come_first() -> None:
    ground = Ground(takes=0.02)

    async def during(stands: ready.Ready) -> None:
        ground.going_on = asyncio.Event()
        visit = asyncio.create_task(stands({"type": "http", "path": "/held"}, None, None))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        assert [path for path in ground.asked[1:] if path != "/held"] == []  # one may have been begun before
        ground.going_on.set()
        await visit
        await until(lambda: len(ground.asked) == 1 + MANY)

    lived(ground, during)


def test_they_are_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_LONGEST_WAIT", 0.01)
    ground = Ground()

    async def during(stands: ready.Ready) -> None:
        stands._visits = 1
        await until(lambda: len(ground.asked) == MANY)

    lived(ground, during)


def test_the_end_of_the_server_waits_for_no_page() -> None:
    ground = Ground(takes=60)

    async def during(_: ready.Ready) -> None:
        await until(lambda: bool(ground.asked))

    lived(ground, during)
    assert ground.interrupted
    assert ground.asked == ["/en/"]


@pytest.mark.parametrize("ground", [Ground(head=None), Ground(fails=True), Ground(is_unreadable=True)])
def test_what_cannot_be_made_ahead_disturbs_nobody(ground: Ground) -> None:
    async def during(_: ready.Ready) -> None:
        await asyncio.sleep(0.05)
        ground.fails, ground.is_unreadable, ground.head = False, False, Head(3, "c")
        await until(lambda: len(ground.asked) >= MANY)

    lived(ground, during)
