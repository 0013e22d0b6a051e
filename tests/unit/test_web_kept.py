"""Whole answers are given again as long as the ledger stays, and only to who asks the very same."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from knocking import Visitor
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from breachtrail.errors import LedgerBroken
from breachtrail.ledger.store import Head
from breachtrail.web import kept

_FIRST = Head(1, "a")


@dataclass
class Ground:
    """A site whose pages say how often they were made, and a pointer that can be moved."""

    head: Head | None = _FIRST
    made: list[str] = field(default_factory=list)
    moves_meanwhile: bool = False

    def sealed(self) -> Head:
        if self.head is None:
            raise LedgerBroken("The pointer cannot be read.")
        return self.head

    def page(self, request: Request) -> Response:
        if self.moves_meanwhile:
            self.head = Head(9, "i")
        self.made.append(str(request.url))
        status = int(request.query_params.get("status", 200))
        tag = {} if "untagged" in request.query_params else {"ETag": 'W/"t"'}
        body = "x" * int(request.query_params.get("size", 2_000))
        return Response(f"{len(self.made)} {body}", status, {**tag, "Cache-Control": "public"}, "text/plain")

    @property
    def visitor(self) -> Visitor:
        app = Starlette(routes=[Route("/page", self.page), Route("/en/page", self.page)])
        return Visitor(kept.Kept(GZipMiddleware(app), self))  # type: ignore[arg-type]


def first_words(visitor: Visitor, *urls: str, **headers: str) -> list[str]:
    return [visitor.get(url, headers=headers).text.split()[0] for url in urls]


def test_what_was_asked_is_made_once() -> None:
    ground = Ground()
    visitor = ground.visitor
    assert first_words(visitor, "/page", "/page", "/page?q=1", "/page") == ["1", "1", "2", "1"]
    first, again = visitor.get("/page?q=2"), visitor.get("/page?q=2")
    assert (first.content, dict(first.headers)) == (again.content, dict(again.headers))


def test_another_state_is_made_anew() -> None:
    ground = Ground()
    visitor = ground.visitor
    first_words(visitor, "/page")
    ground.head = Head(2, "b")
    assert first_words(visitor, "/page", "/page") == ["2", "2"]


def test_an_answer_during_which_another_state_was_sealed_is_not_kept() -> None:
    ground = Ground(moves_meanwhile=True)
    visitor = ground.visitor
    first_words(visitor, "/page")
    ground.head = Head(1, "a")
    assert first_words(visitor, "/page") == ["2"]


@pytest.mark.parametrize(
    "headers", [{"Host": "other.example"}, {"Origin": "https://other.example"}, {"Accept-Encoding": "identity"}]
)
def test_who_asks_otherwise_gets_an_own_answer(headers: dict[str, str]) -> None:
    visitor = Ground().visitor
    assert first_words(visitor, "/page") == ["1"]
    assert first_words(visitor, "/page", **headers) == ["2"]
    assert first_words(visitor, "/page") == ["1"]


def test_a_page_is_the_same_whatever_the_site_was_called_by() -> None:
    visitor = Ground().visitor
    assert first_words(visitor, "/en/page") == ["1"]
    assert first_words(visitor, "/en/page", Host="other.example") == ["1"]


def _at_once(answer: Callable[[Send], Awaitable[None]]) -> tuple[list[int], int]:
    """The lengths of what two visitors get who ask at the same moment, and how often it was made; the first takes nothing."""
    made: list[int] = []
    first_goes_on = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        made.append(1)
        await asyncio.sleep(0.01)
        await answer(send)

    async def visits() -> list[int]:
        stands = kept.Kept(app, Ground())  # type: ignore[arg-type]
        lengths = [0, 0]

        async def visit(number: int) -> None:
            async def send(message: Message) -> None:
                if number == 0 and message["type"] == "http.response.body":
                    await first_goes_on.wait()
                lengths[number] += len(message.get("body", b""))

            await stands(
                {"type": "http", "method": "GET", "path": "/en/", "query_string": b"", "headers": []},
                None,
                send,  # type: ignore[arg-type]
            )

        first = asyncio.create_task(visit(0))
        await asyncio.sleep(0)
        second = asyncio.create_task(visit(1))
        async with asyncio.timeout(5):
            await second  # it waits for the answer of the first, not until that one has taken it
        first_goes_on.set()
        async with asyncio.timeout(5):
            await first
        return lengths

    return asyncio.run(visits()), len(made)


async def _start(send: Send, status: int = 200) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"etag", b'"t"')]})


async def _whole(send: Send) -> None:
    await _start(send)
    await send({"type": "http.response.body", "body": b"whole"})


async def _in_pieces(send: Send) -> None:
    await _start(send)
    for more in (True, False):
        await send({"type": "http.response.body", "body": b"piece", "more_body": more})


async def _refused(send: Send) -> None:
    await _start(send, 503)
    await send({"type": "http.response.body", "body": b"no"})


@pytest.mark.parametrize(("answer", "length", "made"), [(_whole, 5, 1), (_in_pieces, 10, 2), (_refused, 2, 2)])
def test_who_asks_at_the_same_moment_gets_what_is_made_for_the_first(
    answer: Callable[[Send], Awaitable[None]], length: int, made: int
) -> None:
    assert _at_once(answer) == ([length, length], made)


def test_who_has_it_already_gets_nothing() -> None:
    ground = Ground()
    visitor = ground.visitor
    visitor.get("/page")
    answer = visitor.get("/page", headers={"If-None-Match": '"t"'})
    assert (answer.status_code, answer.content, len(ground.made)) == (304, b"", 1)
    assert answer.headers["etag"] == 'W/"t"'


@pytest.mark.parametrize("url", ["/page?status=422", "/page?untagged", f"/page?size={kept.LARGEST + 1}"])
def test_errors_and_what_bears_no_tag_or_is_too_large_are_not_kept(url: str) -> None:
    assert first_words(Ground().visitor, url, url, **{"Accept-Encoding": "identity"}) == ["1", "2"]


def test_no_more_is_kept_than_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 5_000)
    visitor = Ground().visitor
    plain = {"Accept-Encoding": "identity"}
    assert first_words(visitor, "/page", "/page?b", "/page", "/page?c", "/page", "/page?b", **plain) == [
        "1",
        "2",
        "1",
        "3",
        "1",
        "4",
    ]


def test_where_the_ledger_cannot_be_read_the_site_says_so() -> None:
    ground = Ground(head=None)
    assert first_words(ground.visitor, "/page", "/page") == ["1", "2"]
