"""What every answer carries and every request must bear, whichever page it is for.

A request that is too large is cut off while it arrives; one for another host than the office's own is refused. An answer tells
the browser to run nothing, to load nothing from elsewhere, to keep nothing, and to be framed by nobody.
"""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from breachtrail.intake.limit import Limits

#: Bytes of a request's body: the list of entities of an associate is the largest thing there is to send.
LARGEST = 2 * 1024 * 1024

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src data:; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    # Not no-referrer: with it, browsers send `Origin: null` with the office's own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class TooLarge(Exception):
    """The body of a request is larger than ``LARGEST``."""


class Guard:
    """ASGI: around the whole application."""

    def __init__(self, app: ASGIApp, host: str, limits: Limits, broken: Callable[[Scope, Exception], ASGIApp]) -> None:
        """broken: what is answered when the application fails; it writes the failure down for whoever runs it."""
        self.app = app
        self.broken = broken
        self.host = host
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse before anything of the application runs."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        begun = False
        left = LARGEST

        async def receive_counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLarge
            return message

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer[name] = value
                answer.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refusal(scope, headers)
        try:
            await (refusal or self.app)(scope, receive_counted, send_guarded)
        except TooLarge:
            if begun:
                raise
            # The application was stopped in the middle of reading; whatever it had begun was undone.
            await said(scope, f"The request is larger than {LARGEST} bytes.", 413)(scope, receive, send_guarded)
        except Exception as error:
            if begun:
                raise
            await self.broken(scope, error)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "").rsplit(":", 1)[0] if headers.get("host", "")[-1:] != "]" else headers["host"]
        if host.strip("[]").lower() != self.host:
            return said(scope, "This host is not served here.", 421)
        if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
            return said(scope, "There is no such page.", 404)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return said(scope, f"The request is larger than {LARGEST} bytes.", 413)
        if not self.limits.allows("request", client_of(scope)):
            pause = {"retry-after": str(self.limits.pause("request"))}
            return said(scope, "Too many requests; wait a minute.", 429, pause)
        return None


def said(scope: Scope, sentence: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """A refusal in a sentence, before any page can be made: JSON for the API, as it is described, else plain text."""
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": sentence}, status, headers)
    return PlainTextResponse(sentence, status, headers)


def client_of(scope: Scope) -> str:
    """The address that a request came from: the connection's, or what a trusted proxy says (the server's own setting)."""
    client = scope.get("client")
    return str(client[0]) if client else ""
