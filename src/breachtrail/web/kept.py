"""Whole answers, kept for the next visitor as long as the ledger stays as it is: what was asked twice is made once."""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from breachtrail.errors import LedgerError
from breachtrail.ledger.store import Head
from breachtrail.web import guard
from breachtrail.web.site import Site

#: Bytes of one answer that is kept, and of all of them.
LARGEST, MOST = 8_000_000, 64_000_000

Asked = tuple[Head, str, bytes, str, bool, bool]


@dataclass(frozen=True)
class Answered:
    """An answer as it was sent; ``tag`` is its ETag."""

    tag: str
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Kept:
    """Stands before the site and gives again what was given before to the same question of the same state.

    Only answers that bear an ETag are kept: they depend on nothing but the state, the address, the host by which the
    site was called (feeds name it), whether a page of another site asks, and whether the visitor unpacks.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site
        self._answers: OrderedDict[Asked, Answered] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = self._asked(scope)
        if asked is None:
            return await self._app(scope, receive, send)
        answered = self._answers.get(asked)
        if answered is None:
            return await self._made(asked, scope, receive, send)
        self._answers.move_to_end(asked)
        if guard.has_it(Headers(scope=scope), answered.tag):
            left_out = (b"content-length", b"content-type")
            headers = [one for one in answered.headers if one[0] not in left_out]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": answered.headers})
            await send({"type": "http.response.body", "body": answered.body})

    def _asked(self, scope: Scope) -> Asked | None:
        """What is asked, of which state; None for what is not kept."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        headers = Headers(scope=scope)
        if "range" in headers:
            return None
        try:
            head = self._site.sealed()
        except LedgerError:
            return None  # the site itself says what is wrong
        host = headers.get("host", "")
        is_compressed = "gzip" in headers.get("accept-encoding", "")
        return head, scope["path"], scope["query_string"], host, "origin" in headers, is_compressed

    async def _made(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message | None = None
        body: bytearray | None = bytearray()

        async def seen(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            elif body is not None:
                body += message.get("body", b"")
                if len(body) > LARGEST or message["type"] != "http.response.body":  # a server may send files by itself
                    body = None
            await send(message)

        await self._app(scope, receive, seen)
        if start is None or body is None or start["status"] != 200:
            return
        tag = Headers(raw=start["headers"]).get("etag")
        if tag and self._asked(scope) == asked:  # else another state was sealed meanwhile, and this may be of it
            self._keep(asked, Answered(tag, list(start["headers"]), bytes(body)))

    def _keep(self, asked: Asked, answered: Answered) -> None:
        if asked not in self._answers:
            self._bytes += len(answered.body)
        self._answers[asked] = answered
        while self._bytes > MOST:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.body)
