"""The only HTTP client: who it says it is, what it sends, what it does not follow, how it waits."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from breachtrail.errors import PortalChanged, PortalError, PortalMisled, PortalUnreachable
from breachtrail.registers.fetch import Client, Clock, Manners, Visitor, answers, patiently

Answer = tuple[int, dict[str, str], bytes]
QUICK = Manners(pause=0.0, first_wait=0.0, longest_wait=0.0, tries=3, answer=5.0)


@dataclass
class Asked:
    """A server that answers by ``answer(path)`` and remembers what it was asked."""

    port: int = 0
    answer: Callable[[str], Answer] = lambda path: (200, {}, b"fine")
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ocr/breach/"


@pytest.fixture
def server() -> Iterator[Asked]:
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked.requests.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
            status, headers, body = asked.answer(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *told: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        asked.port = running.server_port
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield asked
        running.shutdown()
        thread.join()


@dataclass
class Watch:
    """A clock on which waiting takes no time and is written down."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(self.sleep, lambda: self.now)


def client(server: Asked, manners: Manners = QUICK, watch: Watch | None = None, contact: str = "") -> Client:
    return Client(server.url, Visitor("1.2", contact), manners, (watch or Watch()).clock)


def test_it_says_who_asks_and_how_they_can_be_reached(server: Asked) -> None:
    with client(server, contact="desk@example.org (night)\n") as visitor:
        visitor.get("a.jsf")
    agent = server.requests[0][2]["User-Agent"]
    assert agent.startswith("BreachTrail/1.2 (")
    assert "run by desk@example.org night)" in agent
    assert "Mozilla" not in agent
    assert "no-store" in server.requests[0][2]["Cache-Control"]


def test_a_form_is_sent_in_its_order_as_the_form_says(server: Asked) -> None:
    fields = [("b:x", "1 ä"), ("a", ""), ("b:x", "2")]
    with client(server) as visitor:
        visitor.post("a.jsf", fields)
        visitor.post("a.jsf", fields, multipart=True)
        visitor.post("a.jsf", fields, ajax=True)
    plain, parts, ajax = server.requests
    assert plain[3] == b"b%3Ax=1+%C3%A4&a=&b%3Ax=2"
    assert plain[2]["Content-Type"] == "application/x-www-form-urlencoded"
    assert parts[2]["Content-Type"].startswith("multipart/form-data; boundary=")
    assert [line for line in parts[3].split(b"\r\n") if b"name=" in line] == [
        b'Content-Disposition: form-data; name="b:x"',
        b'Content-Disposition: form-data; name="a"',
        b'Content-Disposition: form-data; name="b:x"',
    ]
    assert (ajax[2]["Faces-Request"], ajax[3]) == ("partial/ajax", plain[3])


def test_cookies_come_back_until_they_are_forgotten(server: Asked) -> None:
    server.answer = lambda path: (200, {"Set-Cookie": "asig_persistence=node1; Path=/ocr"}, b"")
    with client(server) as visitor:
        visitor.get("a.jsf")
        visitor.get("a.jsf")
        visitor.forget()
        visitor.get("a.jsf")
    assert [request[2].get("Cookie") for request in server.requests] == [None, "asig_persistence=node1", None]


def test_it_is_sent_on_within_the_portal_and_never_to_another_host(server: Asked) -> None:
    server.answer = lambda path: (
        (302, {"Location": "front.jsf"}, b"") if path.endswith("a.jsf") else (200, {}, b"front")
    )
    with client(server) as visitor:
        assert visitor.get("a.jsf").address.endswith("/ocr/breach/front.jsf")
        server.answer = lambda path: (302, {"Location": "http://localhost.example:1/x"}, b"")
        with pytest.raises(PortalMisled, match="another host") as refusal:
            visitor.get("a.jsf")
        server.answer = lambda path: (302, {"Location": "a.jsf"}, b"")
        with pytest.raises(PortalMisled, match="in circles"):
            visitor.get("a.jsf")
    assert refusal.value.fault == "foreign_host"


def test_an_answer_without_end_is_cut(server: Asked) -> None:
    server.answer = lambda path: (200, {}, b"x" * 300_000)
    with client(server, replace(QUICK, largest=200_000)) as visitor, pytest.raises(PortalMisled, match="200,000 bytes"):
        visitor.get("a.jsf")


@pytest.mark.parametrize(
    ("status", "kind", "fault"),
    [(503, PortalUnreachable, "not_now"), (429, PortalUnreachable, "not_now"), (403, PortalMisled, "forbidden")],
)
def test_a_status_that_is_no_answer(server: Asked, status: int, kind: type[PortalError], fault: str) -> None:
    server.answer = lambda path: (status, {}, b"busy")
    with client(server) as visitor, pytest.raises(kind) as refusal:
        visitor.get("a.jsf")
    assert (refusal.value.fault, refusal.value.seen) == (fault, {"answer.html": b"busy"})


def test_an_answer_that_breaks_off(server: Asked) -> None:
    server.answer = lambda path: (200, {"Content-Length": "9"}, b"half")
    with client(server) as visitor, pytest.raises(PortalUnreachable) as refusal:
        visitor.get("a.jsf")
    assert refusal.value.fault == "cut_off"


def test_nobody_there() -> None:
    with (
        Client("http://127.0.0.1:9/ocr/breach/", Visitor("1"), QUICK) as visitor,
        pytest.raises(PortalUnreachable) as refusal,
    ):
        visitor.get("a.jsf")
    assert refusal.value.fault == "unreachable"
    assert str(refusal.value).startswith("http://127.0.0.1:9/ocr/breach/a.jsf cannot be reached")


def test_it_pauses_between_requests_and_not_before_the_first(server: Asked) -> None:
    watch = Watch()
    with client(server, replace(QUICK, pause=2.0), watch) as visitor:
        for _ in range(4):
            visitor.get("a.jsf")
    assert len(watch.slept) == 3
    assert all(1.5 <= pause <= 2.5 for pause in watch.slept)
    assert len(set(watch.slept)) > 1


def told(*error: PortalError | None) -> Callable[[], str]:
    left = list(error)

    def attempt() -> str:
        one = left.pop(0)
        if one is not None:
            raise one
        return "done"

    return attempt


def test_it_tries_again_with_a_fresh_session_waiting_longer_each_time(server: Asked) -> None:
    watch, failed = Watch(), []
    manners = Manners(pause=0.0, tries=4, first_wait=30.0, longest_wait=600.0, total=10_000)
    with client(server, manners, watch) as visitor:
        visitor._http.cookies.set("JSESSIONID", "1")
        attempt = told(PortalMisled("front_page", "no"), PortalUnreachable("not_now", "no", later=500.0), None)
        assert patiently(visitor, attempt, lambda *one: failed.append(one)) == "done"
        assert not visitor._http.cookies
    assert 30 <= watch.slept[0] <= 60
    assert watch.slept[1] == 500.0  # as the portal asked
    assert [(number, error.fault) for number, error, _ in failed] == [(1, "front_page"), (2, "not_now")]
    assert [wait for *_, wait in failed] == watch.slept


def test_it_gives_up_after_so_many_tries(server: Asked) -> None:
    errors = [PortalMisled("front_page", str(number)) for number in range(5)]
    with client(server) as visitor, pytest.raises(PortalMisled, match="2"):
        patiently(visitor, told(*errors), lambda *one: None)


def test_what_no_other_try_would_mend_is_not_tried_again(server: Asked) -> None:
    with client(server) as visitor, pytest.raises(PortalChanged):
        patiently(visitor, told(PortalChanged("changed_form", "gone"), None), lambda *one: None)


def test_a_run_ends_with_its_time(server: Asked) -> None:
    watch = Watch()
    manners = Manners(pause=0.0, tries=100, first_wait=100.0, longest_wait=100.0, total=350.0)
    with client(server, manners, watch) as visitor, pytest.raises(PortalMisled):
        patiently(visitor, told(*[PortalMisled("front_page", "no")] * 100), lambda *one: None)
    assert len(watch.slept) <= 4
    with pytest.raises(PortalUnreachable, match="350 seconds"):
        visitor.get("a.jsf")


def test_a_stand_in_on_this_machine_is_not_waited_for() -> None:
    manners = Manners()
    assert manners.towards("http://127.0.0.1:8000/ocr/breach/").pause == 0
    assert manners.towards("https://ocrportal.hhs.gov/ocr/breach/") == manners


def test_whether_it_answers_is_known_within_seconds(server: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers(server.url, 5.0, Visitor("1"))
    assert not answers("http://127.0.0.1:9/", 5.0, Visitor("1"))

    released = threading.Event()

    def hangs(*told: object, **more: object) -> None:
        released.wait()
        raise OSError("there is no such name")

    monkeypatch.setattr("socket.getaddrinfo", hangs)
    assert not answers("http://nowhere.invalid/", 0.2, Visitor("1"))  # though the name is still looked up
    released.set()
