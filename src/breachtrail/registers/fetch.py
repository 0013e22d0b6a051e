"""The only HTTP client: honest about who asks, one request at a time, unhurried, patient within bounds.

It follows redirects within one host, keeps cookies, and knows nothing of registers. Whether an answer is what was
asked for says its reader; this file says only whether there was one, and whether it came whole.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx
import tenacity

from breachtrail.errors import PortalError, PortalMisled, PortalUnreachable

#: Who asks, and where whoever runs the portal can say that it should stop.
USER_AGENT = "BreachTrail/{version} (the Python package breachtrail; reads the public breach lists once a day{contact})"
_MOST_HOPS = 5
#: Answers that say "not now": another try may help.
_NOT_NOW = (408, 425, 429)

Field = tuple[str, str]


@dataclass(frozen=True)
class Manners:
    """How a portal is asked.

    pause:      seconds between two requests; a quarter more or less, so that no two machines keep step
    answer:     seconds that one answer may take
    tries:      how often at most a look is tried, each with a fresh session
    first_wait, longest_wait: seconds before the second try, doubled from then on, up to the longest; jitter on top
    total:      seconds that a whole run may take
    largest:    bytes of one answer
    """

    pause: float = 2.0
    answer: float = 90.0
    tries: int = 5
    first_wait: float = 30.0
    longest_wait: float = 600.0
    total: float = 3600.0
    largest: int = 64 * 1024**2

    def towards(self, portal: str) -> "Manners":
        """The same towards a portal; one on this very machine is a stand-in, which nobody has to wait for."""
        if httpx.URL(portal).host in ("127.0.0.1", "localhost", "::1"):
            return replace(self, pause=0.0, first_wait=0.0, longest_wait=1.0)
        return self


@dataclass(frozen=True)
class Reply:
    """An answer that came whole: the address it came from in the end, status, media type, bytes, seconds to wait if told."""

    address: str
    status: int
    media: str
    body: bytes
    later: float = 0.0

    @property
    def text(self) -> str:
        """The body as text; the portal writes UTF-8."""
        return self.body.decode("utf-8", errors="replace")


@dataclass(frozen=True)
class Visitor:
    """Who asks: the version of BreachTrail, and how whoever runs it can be reached, if they say so."""

    version: str
    contact: str = ""

    @property
    def agent(self) -> str:
        """What a portal is told."""
        contact = "".join(
            letter for letter in self.contact if letter.isascii() and letter.isprintable() and letter not in "()"
        )
        return USER_AGENT.format(version=self.version, contact=f"; run by {contact}" if contact else "")


@dataclass
class Clock:
    """The time that passes between requests; tests hand in one that passes at once."""

    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


@dataclass
class Client:
    """One visitor of one portal: cookies, pauses, the time that is left.

    portal: the address below which all its pages lie
    asked:  every request that was sent, as method and address, in order
    """

    portal: str
    visitor: Visitor
    manners: Manners = field(default_factory=Manners)
    clock: Clock = field(default_factory=Clock)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            headers={
                "User-Agent": self.visitor.agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Language": "en-US,en;q=0.8",
                "Cache-Control": "no-cache, no-store",
                "Pragma": "no-cache",
            },
            verify=self.portal.startswith("https:"),  # nothing else is asked; and certificates take long to read
            timeout=httpx.Timeout(self.manners.answer, connect=min(20.0, self.manners.answer)),
            follow_redirects=False,
            limits=httpx.Limits(max_connections=1),
        )
        self._end = self.clock.monotonic() + self.manners.total

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def forget(self) -> None:
        """Begin a fresh session: no cookies."""
        self._http.cookies.clear()

    @property
    def is_out_of_time(self) -> bool:
        """Whether a run has taken as long as it may."""
        return self.clock.monotonic() > self._end

    def address(self, page: str) -> str:
        """The address of a page or an action of this portal."""
        return str(httpx.URL(self.portal).join(page))

    def get(self, page: str) -> Reply:
        """Ask for a page. Raises PortalUnreachable, PortalMisled."""
        return self._send(self.request("GET", page))

    def post(self, page: str, fields: Sequence[Field], *, multipart: bool = False, ajax: bool = False) -> Reply:
        """Send a form, its fields in their order. Raises PortalUnreachable, PortalMisled."""
        return self._send(self.request("POST", page, fields, multipart=multipart, ajax=ajax))

    def request(
        self, method: str, page: str, fields: Sequence[Field] = (), *, multipart: bool = False, ajax: bool = False
    ) -> httpx.Request:
        """The request as it would go out, cookies and all; nothing is sent."""
        headers: dict[str, str] = {}
        if ajax:
            headers = {"Faces-Request": "partial/ajax", "X-Requested-With": "XMLHttpRequest"}
        if multipart:
            files = [(name, (None, value)) for name, value in fields]
            return self._http.build_request(method, self.address(page), headers=headers, files=files)
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded" + ("; charset=UTF-8" if ajax else "")
        return self._http.build_request(method, self.address(page), headers=headers, content=urlencode(fields).encode())

    def _send(self, request: httpx.Request) -> Reply:
        origin = _origin(httpx.URL(self.portal))
        for _ in range(_MOST_HOPS + 1):
            if _origin(request.url) != origin:
                raise PortalMisled(
                    "foreign_host",
                    f"{self.portal} sent us on to another host ({_shown(request.url)}), and nothing is asked of others. If "
                    "the register has moved, put its new address into register.yml.",
                )
            self._pause()
            self.asked.append(f"{request.method} {_shown(request.url)}")
            try:
                reply, further = self._answer(request)
            except httpx.TimeoutException:
                raise self._late(request) from None
            except httpx.HTTPError as error:
                cut_off = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.DecodingError)
                raise PortalUnreachable(
                    "cut_off" if cut_off else "unreachable",
                    f"{_shown(request.url)} {'broke its answer off' if cut_off else 'cannot be reached'} "
                    f"({' '.join(str(error).split()) or type(error).__name__}).",
                ) from None
            if further is None:
                return self._judged(reply, request)
            request = further
        raise PortalMisled("redirected_in_circles", f"{self.portal} sends us round in circles ({_shown(request.url)}).")

    def _answer(self, request: httpx.Request) -> tuple[Reply, httpx.Request | None]:
        response = self._http.send(request, stream=True)
        try:
            body = bytearray()
            for block in response.iter_bytes(1 << 16):
                body += block
                if len(body) > self.manners.largest:
                    raise PortalMisled(
                        "too_large",
                        f"{_shown(request.url)} answers with more than {self.manners.largest:,} bytes; no list of notices is "
                        "so large. Nothing of it was kept.",
                    )
                if self.is_out_of_time:
                    raise self._late(request)
        finally:
            response.close()
        media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        further = response.next_request if response.is_redirect else None
        later = response.headers.get("Retry-After", "")
        told = float(later) if later.isdecimal() else 0.0
        return Reply(str(response.url), response.status_code, media, bytes(body), told), further

    def _judged(self, reply: Reply, request: httpx.Request) -> Reply:
        if reply.status >= 500 or reply.status in _NOT_NOW:
            raise PortalUnreachable(
                "not_now",
                f"{_shown(request.url)} answers with status {reply.status}: not now.",
                {"answer.html": reply.body},
                reply.later,
            )
        if reply.status in (401, 403):
            raise PortalMisled(
                "forbidden",
                f"{_shown(request.url)} does not let us in (status {reply.status}). Ask no more often than once a day; if it stays "
                "so, ask whoever runs the portal.",
                {"answer.html": reply.body},
            )
        return reply

    def _late(self, request: httpx.Request) -> PortalUnreachable:
        return PortalUnreachable("timed_out", f"{_shown(request.url)} did not answer in time.")

    def _pause(self) -> None:
        if self.asked and self.manners.pause:
            self.clock.sleep(self.manners.pause * random.uniform(0.75, 1.25))
        if self.is_out_of_time:
            raise PortalUnreachable(
                "timed_out", f"{self.portal} took more than the {self.manners.total:,.0f} seconds that a run may take."
            )


def patiently(client: Client, attempt: Callable[[], Any], told: Callable[[int, PortalError, float], None]) -> Any:
    """What ``attempt`` returns, tried again with a fresh session where that may help: no answer, or a wrong one.

    told: is told of each try that failed and is not the last: its number, why, the seconds until the next. The last
    error is raised as it is, and so is one that no other try would mend.
    """
    manners = client.manners

    def failed(state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, PortalError):
            told(state.attempt_number, error, state.next_action.sleep if state.next_action else 0.0)
        client.forget()

    doubling = tenacity.wait_exponential_jitter(
        multiplier=manners.first_wait, max=manners.longest_wait, jitter=manners.first_wait
    )

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        told = error.later if isinstance(error, PortalError) else 0.0
        return max(doubling(state), min(told, manners.longest_wait))

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type((PortalUnreachable, PortalMisled)),
        stop=lambda state: state.attempt_number >= manners.tries or client.is_out_of_time,
        wait=wait,
        sleep=client.clock.sleep,
        before_sleep=failed,
        reraise=True,
    )
    return retrying(attempt)


def answers(portal: str, within: float, visitor: Visitor) -> bool:
    """Whether anything at all answers there within so many seconds, names looked up and proxies passed.

    It is asked from a thread of its own: a look-up of names that hangs can be left alone, not hurried.
    """
    found: list[bool] = []

    def knock() -> None:
        manners = Manners(pause=0.0, answer=within, total=within)
        try:
            with Client(portal, visitor, manners) as client:
                found.append(client.get("").status < 500)
        except (PortalError, OSError):
            return

    thread = threading.Thread(target=knock, daemon=True)
    thread.start()
    thread.join(within)
    return bool(found)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _shown(url: httpx.URL) -> str:
    """An address without the session's number, which is nobody's business."""
    path, _, _ = url.path.partition(";")
    return f"{url.scheme}://{url.netloc.decode()}{path}"
