"""Has ready what every reader opens first: made once the server is up, and again for each newly sealed state.

It runs inside the server, beneath the bounds for visitors and above the answers that are kept, so that a page made
ahead lies there for whoever comes. One page at a time, and none as long as a visit is under way.
"""

import asyncio
import logging
import time
from contextlib import suppress
from datetime import date

import duckdb
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from breachtrail.errors import BreachTrailError
from breachtrail.ledger.store import Head
from breachtrail.web.address import LANGUAGES
from breachtrail.web.site import Site

#: What is opened first, below the language, and takes long to make.
PAGES = ("", "years/{year}", "estimates", "peers")
#: Seconds: between two looks at what is sealed; without any visit before a page is made; that visitors are waited for.
_BETWEEN_LOOKS, _QUIET, _LONGEST_WAIT = 1.0, 0.3, 10.0

_log = logging.getLogger(__name__)


class Ready:
    """Stands before the answers that are kept, as long as the server runs."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site
        self._visits, self._last_visit = 0, 0.0
        self._end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._live(scope, receive, send)
        self._visits += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._visits -= 1
            self._last_visit = time.monotonic()

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """From the start of the server to its end, which waits for no page that nobody asked for."""
        ahead = asyncio.create_task(self._make_ahead())

        async def ended() -> Message:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._end.set()
                while not ahead.done():
                    self._site.interrupt()
                    await asyncio.sleep(0.02)
            return message

        await self._app(scope, ended, send)

    async def _make_ahead(self) -> None:
        made: Head | None = None
        while not self._end.is_set():
            with suppress(BreachTrailError):  # the pages themselves say what is wrong with a ledger
                if (head := self._site.sealed()) != made:
                    try:
                        await self._all()
                    except duckdb.Error:
                        _log.exception("Nothing could be made ahead of %s.", head)
                    made = head
            with suppress(TimeoutError):
                await asyncio.wait_for(self._end.wait(), _BETWEEN_LOOKS)

    async def _all(self) -> None:
        year = (await asyncio.to_thread(self._newest)).year
        for page in PAGES:
            for language in LANGUAGES:
                await self._quiet()
                if self._end.is_set():
                    return
                await self._one(f"/{language}/{page.format(year=year)}")

    def _newest(self) -> date:
        with self._site.reading() as ledger:
            return max(look.taken_on for look in ledger.coverage())

    async def _quiet(self) -> None:
        """Give way to visitors, though not for ever."""
        until = time.monotonic() + _LONGEST_WAIT
        while (now := time.monotonic()) < until and (self._visits or now - self._last_visit < _QUIET):
            if self._end.is_set():
                return
            await asyncio.sleep(0.05)

    async def _one(self, path: str) -> None:
        """Ask for a page as a browser does, and throw the answer away; it is kept beneath."""
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
            "headers": [(b"accept-encoding", b"gzip")], "client": None, "server": None,
        }  # fmt: skip

        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            pass

        try:
            await self._app(scope, receive, send)
        except Exception:
            if not self._end.is_set():
                _log.exception("%r could not be made ahead.", path)
