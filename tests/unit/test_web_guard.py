"""The guard before the site: what it lets in, what it counts, and what it says when something breaks behind it."""

import logging
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knocking import Visitor
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from breachtrail.ledger.store import Head
from breachtrail.web import guard


def broken(_: Request) -> Response:
    raise ZeroDivisionError("a fault of ours")


async def length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def says_so(request: Request) -> Response:
    return PlainTextResponse("sorry", 500)


ROUTES = [
    Route("/broken", broken),
    Route("/api/v1/broken", broken),
    Route("/length", length, methods=["GET", "POST"]),
    Route("/downloads/notices.csv", length),
]


def guarded(visits: int = 1_000_000, failed=says_so) -> Visitor:
    return Visitor(guard.Guard(Router(ROUTES), visits, failed))


def test_every_answer_binds_the_browser() -> None:
    visitor = guarded()
    for path in ("/length", "/broken", "/nothing", "/api/v1/broken", f"/{'x' * 9_000}"):
        answer = visitor.get(path)
        assert {name: answer.headers.get(name) for name in guard.HEADERS} == guard.HEADERS


def test_a_fault_of_ours_is_answered_and_written_down(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = guarded().get("/broken")
    assert (answer.status_code, answer.text) == (500, "sorry")
    assert "ZeroDivisionError" in caplog.text
    problem = guarded().get("/api/v1/broken")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == problem.status_code == 500
    assert "Zero" not in problem.text


def test_even_where_the_page_that_says_so_breaks() -> None:
    async def broken_too(_: Request) -> Response:
        raise ValueError

    answer = guarded(failed=broken_too).get("/broken")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "host", ["example.test", "127.0.0.1:8000", "[::1]:80", "a_b.example", "x:65535", "x:60123", "x:0"]
)
def test_hosts_are_let_in(host: str) -> None:
    assert guarded().get("/length", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["<script>", 'a"b', "[", "a b", "a/b", "a@b", "x:99999", "x:65536", "", "a\\b"])
def test_what_is_no_host_is_not(host: str) -> None:
    assert guarded().get("/length", headers={"Host": host}).status_code == 400


def test_a_body_is_counted_whatever_it_says() -> None:
    visitor = guarded()
    whole = b"x" * guard.MOST_BYTES
    assert visitor.post("/length", content=whole).text == str(guard.MOST_BYTES)
    assert visitor.post("/length", content=whole + b"x").status_code == 413
    in_parts = [b"x" * 100_000] * 8
    assert visitor.post("/length", content=in_parts).status_code == 413
    assert visitor.post("/length", content=in_parts[:3]).text == "300000"
    assert visitor.post("/length", content=b"x", headers={"Content-Length": "-1"}).status_code == 413


def test_a_check_is_dear() -> None:
    visitor = guarded(100)
    assert [visitor.post("/length", content=b"x").status_code for _ in range(3)] == [200, 200, 429]
    assert visitor.get("/length").status_code == 200


def test_visits_are_counted_and_downloads_for_ten() -> None:
    visitor = guarded(25)
    assert [visitor.get("/downloads/notices.csv").status_code for _ in range(3)] == [200, 200, 429]
    assert [visitor.get("/length").status_code for _ in range(6)] == [200] * 5 + [429]
    refused = visitor.get("/api/v1/broken")
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (429, "*")
    assert 0 < int(refused.headers["retry-after"]) <= 60


def test_estimates_are_counted_for_ten() -> None:
    visitor = guarded(25)
    for url in ("/en/estimates", "/api/v1/growth?period=2024", "/en/ask?measures=notices&expected=1"):
        assert (visitor.get(url).status_code == 429) == ("ask" in url)


def test_counting_starts_no_thread_and_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = guard.Counts()
    time.sleep(0.05)  # the thread that the library starts at first is over
    monkeypatch.setattr(threading.Thread, "start", lambda _: pytest.fail("a thread was started"))
    assert counts.incr("long", 60) == counts.incr("short", 0.001) == 1
    time.sleep(0.01)
    assert counts.incr("next", 0.001) == 1
    assert set(counts.storage) == {"long", "next"}


def test_a_household_is_one_visitor() -> None:
    def who(host: str) -> str:
        return guard.visitor({"client": (host, 1)})

    assert who("2001:db8::1") == who("2001:db8::ffff:1") != who("2001:db8:0:1::1")
    assert who("192.0.2.1") != who("192.0.2.2")
    assert guard.visitor({"client": None}) == "nobody"


@given(st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace").decode("latin-1")))
@settings(max_examples=50)
def test_a_tag_is_found_among_others_alone(others: str) -> None:
    tag = guard.etag(Head(1, "ab"), "/en/")
    assert not guard.has_it(Headers({"If-None-Match": others.replace("*", "")}), tag)
    assert guard.has_it(Headers({"If-None-Match": f'"x", {tag.removeprefix("W/")}'}), tag)
    assert guard.has_it(Headers({"If-None-Match": "*"}), tag)


def test_a_tag_tells_states_and_questions_apart() -> None:
    tags = {
        guard.etag(Head(*head), *asked)
        for head in ((1, "a"), (2, "a"), (1, "b"))
        for asked in (("/x",), ("/x", ""), ("/y",))
    }
    assert len(tags) == 9


def test_a_tag_changes_with_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    before = guard.etag(Head(1, "ab"), "/en/")
    monkeypatch.setattr(guard.build, "mark", lambda: "another")
    assert guard.etag(Head(1, "ab"), "/en/") != before
