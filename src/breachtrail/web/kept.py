"""Whole answers, kept for the next visitor as long as the ledger stays as it is: what was asked twice is made once.

Also by two visitors at the same moment: the second waits for the answer of the first, unless that is sent in pieces.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from breachtrail.errors import LedgerError
from breachtrail.ledger.store import Head
from breachtrail.web import guard
from breachtrail.web.address import LANGUAGES
from breachtrail.web.site import Site

#: Bytes of one answer that is kept, and of all of them.
LARGEST, MOST = 8_000_000, 64_000_000

#: Where pages stand; they are the same whatever name the site was called by.
_PAGES = tuple(f"/{language}/" for language in LANGUAGES)

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
    site was called (feeds name it, pages do not), whether a page of another site asks, and whether the visitor unpacks.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site
        self._answers: OrderedDict[Asked, Answered] = OrderedDict()
        self._bytes = 0
        self._being_made: dict[Asked, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = self._asked(scope)
        if asked is None:
            return await self._app(scope, receive, send)
        if asked not in self._answers and (first := self._being_made.get(asked)):
            await first.wait()
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
        host = "" if scope["path"].startswith(_PAGES) else headers.get("host", "")
        is_compressed = "gzip" in headers.get("accept-encoding", "")
        return head, scope["path"], scope["query_string"], host, "origin" in headers, is_compressed

    async def _made(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body: bytearray | None = bytearray()
        made = self._being_made.setdefault(asked, asyncio.Event())

        async def seen(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            elif body is not None:
                body += message.get("body", b"")
                if len(body) > LARGEST or message["type"] != "http.response.body":  # a server may send files by itself
                    body = None
                elif not message.get("more_body"):
                    self._keep(scope, asked, start, bytes(body))
                made.set()  # nobody waits for a visitor to whom pieces go slowly
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            made.set()
            if self._being_made.get(asked) is made:
                del self._being_made[asked]

    def _keep(self, scope: Scope, asked: Asked, start: Message, body: bytes) -> None:
        """Keep an answer that can be given again, and is of the state that was asked."""
        tag = Headers(raw=start["headers"]).get("etag")
        if start["status"] != 200 or not tag or self._asked(scope) != asked:  # another state was sealed meanwhile
            return
        if asked not in self._answers:
            self._bytes += len(body)
        self._answers[asked] = Answered(tag, list(start["headers"]), body)
        while self._bytes > MOST:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.body)
