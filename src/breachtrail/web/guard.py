"""What keeps the site safe: headers that bind a browser, bounds on what is sent, and so many visits a minute."""

import asyncio
import hashlib
import ipaddress
import logging
import re
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import quote

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from breachtrail.ledger.store import Head
from breachtrail.web import build
from breachtrail.web.page import POLICY
from breachtrail.wording.page import HTML_LANGUAGE
from breachtrail.wording.phrases import Phrases

VISITS_A_MINUTE = 240
#: As many visits these count for: they cost the machine that much more than a page.
_VISITS_OF_A_DOWNLOAD, _VISITS_OF_AN_ESTIMATE, _VISITS_OF_A_CHECK = 10, 10, 40
_DOWNLOADS = ("/downloads/notices.", "/downloads/answer.")
_ESTIMATES = ("/api/v1/forecast", "/api/v1/growth", "/api/v1/sizes", "/en/estimates", "/zh/estimates")
#: Bytes of a request's body, letters of its address, and seconds that a body may take to arrive.
MOST_BYTES, MOST_LETTERS, LONGEST_ARRIVAL = 700_000, 8_000, 20.0

#: Nothing is loaded from elsewhere, nothing runs inline, and nobody puts the site into a frame.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
#: Feeds name the site by the host that it was called by.
_PORT = r"[0-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]"
_HOST = re.compile(rf"([a-z0-9._-]{{1,253}}|\[[0-9a-f:.]{{2,45}}\])(:({_PORT}))?", re.IGNORECASE)
_TITLES = {
    400: "That is no request",
    408: "That took too long to arrive",
    413: "That is too much",
    414: "That is too long",
    429: "Too many visits",
    500: "That failed on our side",
}

_log = logging.getLogger(__name__)


class Counts(MemoryStorage):
    """Visits counted in memory, as `limits` does it, but swept by a visit and not by a thread.

    For every hundredth of a second with a visit the library starts a thread that puts away old counts, and the event loop
    waits until that thread has its turn: four milliseconds a visit where sixteen others are at work.
    """

    def __init__(self) -> None:
        super().__init__()
        self.timer = _NeverOver(0, self.get)
        self._swept = time.monotonic()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count ``amount`` more under ``key``; counts that are over go, once in so many seconds as one is kept."""
        if time.monotonic() - self._swept > expiry:
            self._swept = time.monotonic()
            for counted in list(self.expirations):
                self.get(counted)
        return super().incr(key, expiry, amount)


class _NeverOver(threading.Timer):
    """A timer that is never begun, and in whose place no other is."""

    def is_alive(self) -> bool:
        return True


class Guard:
    """Stands before the whole site, its API and its assets.

    failed: makes the answer to a visit that met a fault of ours, for people; programs get theirs here
    """

    def __init__(
        self, app: ASGIApp, visits_a_minute: int, failed: Callable[[Request], Awaitable[Response]] | None = None
    ) -> None:
        self._app, self._failed = app, failed
        self._limiter = SlidingWindowCounterRateLimiter(Counts())
        self._allowed = RateLimitItemPerMinute(visits_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        has_begun = False

        async def bound(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                told = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in _RAW_HEADERS if name not in told),
                ]
            await send(message)

        refusal = self._unfit(scope) or self._too_often(scope)
        if refusal is None and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            receive, refusal = await _arrived(scope, receive)
        if refusal is not None:
            return await refusal(scope, receive, bound)
        try:
            await self._app(scope, receive, bound)
        except Exception:
            _log.exception("A visit to %r failed.", scope["path"])
            if has_begun:
                raise
            await (await self._sorry(scope))(scope, receive, bound)

    def _too_often(self, scope: Scope) -> Response | None:
        who = visitor(scope)
        cost = min(_cost(scope), self._allowed.amount)
        if scope["path"].startswith("/assets/") or self._limiter.hit(self._allowed, who, cost=cost):
            return None
        wait = max(1, int(self._limiter.get_window_stats(self._allowed, who).reset_time - time.time()))
        why = worded(scope, "too_often", many=self._allowed.amount, seconds=wait)
        return refused(scope, 429, why, {"Retry-After": str(wait)})

    def _unfit(self, scope: Scope) -> Response | None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_LETTERS:
            return refused(scope, 414, worded(scope, "too_long", most=MOST_LETTERS))
        host = Headers(scope=scope).get("host")
        if host is not None and not _HOST.fullmatch(host):
            return refused(scope, 400, worded(scope, "no_host"))
        return None

    async def _sorry(self, scope: Scope) -> Response:
        if self._failed is not None and not is_for_programs(scope):
            try:
                return await self._failed(Request(scope))
            except Exception:
                _log.exception("Not even the page that says so could be made.")
        return refused(scope, 500, worded(scope, "failed"))


async def _arrived(scope: Scope, receive: Receive) -> tuple[Receive, Response | None]:
    """The body, all of it, to be received again; or why it is not taken, whatever it said of its length."""
    told = Headers(scope=scope).get("content-length", "0")
    too_much = refused(scope, 413, worded(scope, "too_much", most=MOST_BYTES))
    if not told.isdecimal() or len(told) > 12 or int(told) > MOST_BYTES:
        return receive, too_much
    body = bytearray()
    try:
        async with asyncio.timeout(LONGEST_ARRIVAL):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > MOST_BYTES:
                    return receive, too_much
                if not message.get("more_body"):
                    break
    except TimeoutError:
        return receive, refused(scope, 408, worded(scope, "too_slow", seconds=f"{LONGEST_ARRIVAL:g}"))
    whole: list[Message] = [{"type": "http.request", "body": bytes(body)}]

    async def again() -> Message:
        return whole.pop() if whole else await receive()

    return again, None


def _cost(scope: Scope) -> int:
    """As how many visits one is counted."""
    if scope["method"] == "POST":
        return _VISITS_OF_A_CHECK
    if scope["path"].startswith(_ESTIMATES) or b"expected=" in scope["query_string"]:
        return _VISITS_OF_AN_ESTIMATE
    return _VISITS_OF_A_DOWNLOAD if scope["path"].startswith(_DOWNLOADS) else 1


def visitor(scope: Scope) -> str:
    """Whose visits are counted together: an address, or the network of 2^64 addresses that one household has in IPv6."""
    host = scope["client"][0] if scope.get("client") else "nobody"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host


def is_for_programs(scope: Scope) -> bool:
    """Whether an error is told as the API tells it."""
    return str(scope["path"]).startswith("/api/")


def worded(scope: Scope, name: str, **values: object) -> str:
    """The phrase ``refusal.<name>``, in Chinese for whoever is at a Chinese address."""
    return Phrases.of(_language(scope)).say(f"refusal.{name}", **values)


def _language(scope: Scope) -> str:
    return "zh" if str(scope["path"]).startswith("/zh/") else "en"


def refused(scope: Scope, status: int, why: str, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    """Why something is not answered: a problem for programs, else a bare page with the ways on; it asks the ledger nothing."""
    if is_for_programs(scope):
        return problem(status, _TITLES[status], why, {"Access-Control-Allow-Origin": "*", **headers})
    language = _language(scope)
    again = (
        f"/{scope['path'].lstrip('/')}?{scope['query_string'].decode('latin-1')}".rstrip("?") if status == 429 else ""
    )
    ways = {"refusal.again": again, "web.overview.menu": f"/{language}/"}
    links = " · ".join(
        f'<a href="{escape(quote(way, safe="/?&=%+,:"))}">{escape(Phrases.of(language).say(key))}</a>'
        for key, way in ways.items()
        if way
    )
    page = (
        f'<!doctype html>\n<html lang="{HTML_LANGUAGE[language]}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>BreachTrail</title>\n'
        f"<h1>BreachTrail</h1>\n<p>{escape(why)}</p>\n<p>{links}</p>\n</html>\n"
    )
    return Response(page, status, {"Cache-Control": "no-store", **headers}, "text/html")


def problem(status: int, title: str, detail: str, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    """An error in the API's one shape (RFC 9457)."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(said, status, {"Cache-Control": "no-store", **headers}, "application/problem+json")


def etag(head: Head, *asked: str) -> str:
    """What an answer is compared by: one build of BreachTrail tells one state of the ledger always in the same way.

    It is weak, since the same answer is sent in more than one compression (RFC 9110, 8.8.1).
    """
    said = "\n".join([build.mark(), head.content, str(head.generation), *asked])
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def has_it(headers: Headers, tag: str) -> bool:
    """Whether a visitor already has the answer with this tag, one of those it lists (RFC 9110, 13.1.2)."""
    told = headers.get("if-none-match", "")
    return told.strip() == "*" or tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in told.split(",")]
