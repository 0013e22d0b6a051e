"""The portal on the wire, on the loopback and nowhere else."""

import asyncio
from threading import Thread
from typing import Any
from urllib.parse import unquote

import uvicorn
from starlette.requests import Request as Posted

from breachtrail.errors import QuestionError
from breachtrail.simulate.portal.answer import Answer
from breachtrail.simulate.portal.balancer import Balancer
from breachtrail.simulate.portal.request import Request, cookies

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


class Server:
    """Serves a balancer's answers on ``host`` and ``port`` (0: a free one), in a thread of its own.

    Raises QuestionError for a host that is not the loopback, or a port that is taken.
    """

    def __init__(self, balancer: Balancer, host: str = "127.0.0.1", port: int = 0) -> None:
        if host not in LOOPBACK:
            raise QuestionError(
                f"The stand-in speaks to this machine alone, on {', '.join(LOOPBACK)}; {host} is none of them."
            )
        self._balancer, self._host, self._port = balancer, host, port
        quiet = {"log_level": "error", "log_config": None, "access_log": False, "server_header": False}
        plain = {
            "lifespan": "off",
            "interface": "asgi3",
            "ws": "none",
            "http": "h11",
            "loop": "asyncio",
            "proxy_headers": False,
        }
        wire = {"host": host, "port": port, "timeout_graceful_shutdown": 1}
        self._server = uvicorn.Server(uvicorn.Config(self._app, **quiet, **plain, **wire))  # type: ignore[arg-type]
        self._thread = Thread(target=self._run, name="stand-in portal", daemon=True)

    def start(self) -> int:
        """The port that it listens on from now on."""
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.005)
            if not self._thread.is_alive():
                raise QuestionError(
                    f"Port {self._port} of {self._host} cannot be had; name another, or 0 for a free one."
                )
        port: int = self._server.servers[0].sockets[0].getsockname()[1]
        return port

    def stop(self) -> None:
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._server.run()
        except SystemExit:  # so uvicorn says that the port is taken
            return

    async def _app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        request = await _read(scope, receive, self._balancer)
        host = request.headers.get("host", "").rpartition(":")[0].strip("[]") or request.headers.get("host", "")
        if host not in LOOPBACK:
            answer = Answer("refused host", b"This stand-in answers to the loopback alone.\n", "text/plain", status=421)
        else:
            answer = self._balancer.answer(request)
        if answer.late:
            await asyncio.sleep(answer.late)
        if not answer.dropped:
            await _send(answer, send, head=scope["method"] == "HEAD")
        if answer.dropped or answer.cut is not None:
            send.__self__.transport.close()  # ASGI has no word for it
            await asyncio.sleep(0)


async def _read(scope: dict[str, Any], receive: Any, balancer: Balancer) -> Request:
    """A request with the fields of its form, if the portal understands how they are encoded."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    path, _, rest = unquote(scope["path"]).partition(";jsessionid=")
    fields: list[tuple[str, str]] = []
    if scope["method"] == "POST":
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        understood = {_FORM: balancer.switches.urlencoded, _MULTIPART: balancer.switches.multipart}
        posted = Posted(scope, receive)
        if understood.get(kind):
            async with posted.form(max_fields=10_000) as form:
                fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        else:
            await posted.body()
    return Request(
        scope["method"], path, headers, cookies(headers.get("cookie", "")), rest.partition("/")[0] or None,
        scope["query_string"].decode("latin-1"), fields,
    )  # fmt: skip


async def _send(answer: Answer, send: Any, *, head: bool) -> None:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in answer.headers]
    headers += [(b"content-type", answer.kind.encode()), (b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    whole = answer.cut is None
    body = b"" if head else answer.body[: answer.cut]
    await send({"type": "http.response.body", "body": body, "more_body": not whole})
