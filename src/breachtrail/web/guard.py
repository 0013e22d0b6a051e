"""What keeps the site safe: headers that bind a browser, bounds on what is sent, and so many visits a minute."""

import hashlib
import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from breachtrail.ledger.store import Head
from breachtrail.web.page import POLICY

VISITS_A_MINUTE = 240
#: Bytes of a request's body, and letters of its address.
MOST_BYTES, MOST_LETTERS = 700_000, 8_000

#: Nothing is loaded from elsewhere, nothing runs inline, and nobody puts the site into a frame.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def add(app: FastAPI, visits_a_minute: int) -> None:
    """Put the guards before an application."""
    limiter, allowed = MovingWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(visits_a_minute)

    @app.middleware("http")
    async def guarded(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        visitor = request.client.host if request.client else "nobody"
        if not request.url.path.startswith("/assets/") and not limiter.hit(allowed, visitor):
            wait = max(1, int(limiter.get_window_stats(allowed, visitor).reset_time - time.time()))
            response: Response = PlainTextResponse(
                f"More than {visits_a_minute} visits within a minute came from your address. Come back in {wait} seconds.\n",
                429,
                {"Retry-After": str(wait)},
            )
        elif len(str(request.url)) > MOST_LETTERS:
            response = PlainTextResponse(f"An address may have {MOST_LETTERS} letters at most.\n", 414)
        elif _length(request) > MOST_BYTES:
            response = PlainTextResponse(f"A request may hold {MOST_BYTES} bytes at most.\n", 413)
        else:
            response = await go_on(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _length(request: Request) -> int:
    """Bytes of the body as told; a body that does not tell its length is too long."""
    told = request.headers.get("content-length", "")
    if told.isdecimal():
        return int(told[:12])
    return MOST_BYTES + 1 if "transfer-encoding" in request.headers else 0


def etag(head: Head, *asked: str) -> str:
    """What an answer is compared by: a given state of the ledger always gives the same to the same question."""
    return '"' + hashlib.sha256("\n".join([head.content, str(head.generation), *asked]).encode()).hexdigest()[:32] + '"'
