"""What visitors send does no harm: hostile names, hostile queries, too much, too often, too long."""

import time
from pathlib import Path

import httpx
import pytest
import sites
from hypothesis import given, settings
from hypothesis import strategies as st

from breachtrail.web import guard

NAMES = ("q", "state", "year", "month", "from", "to", "breach_type", "at_least", "view", "order", "page", "as_of", "measures", "by",
         "since", "until", "limit", "cursor", "status", "placeholder", "head", "size_band")  # fmt: skip
PATHS = ("/en/notices", "/zh/notices", "/en/ask", "/en/changes", "/en/", "/api/v1/answer",
         "/api/v1/notices", "/api/v1/changes?since=2024-12-08",
         "/feeds/en/notices.atom", "/downloads/notices.csv", "/en/notices/x", "/en/states/x", "/en/organisations/x")  # fmt: skip
WORDS = ("TX", "2024", "2024-07", "2024-12-08", "Email", "1", "0", "-1", "99999999999999999999", "' OR 1=1 --", "<script>", "$as_of",
         "{{ 7*7 }}", "%00", "\x00", "\u202e", "=1+1", "../../etc/passwd", "notices", "a,b,c,d,e,f,g,h", "ÿ", "A" * 500)  # fmt: skip
anything = st.one_of(st.sampled_from(WORDS), st.text(max_size=30))


@given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(NAMES), anything, max_size=4))
@settings(deadline=None, max_examples=150 if settings.default.max_examples < 100 else 3000)
def test_no_query_brings_the_site_down(visitor: httpx.Client, path: str, query: dict[str, str]) -> None:
    response = visitor.get(path, params={name: value.encode("utf-8", "surrogatepass") for name, value in query.items()})
    assert response.status_code < 500, response.text[:500]
    assert "Traceback" not in response.text


def test_names_are_shown_and_never_run(visitor: httpx.Client) -> None:
    for path in ("/en/notices?year=2024", "/en/", "/zh/changes?since=2024-11-06", "/en/months/2024-08"):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "<b>bold</b>" not in page
    listed = visitor.get("/en/notices?year=2024&q=clinic").text
    assert "&lt;script&gt;alert(" in listed
    assert "<bdi>" in listed


def test_the_browser_is_bound(visitor: httpx.Client) -> None:
    for path in ("/en/", "/api/v1/coverage", "/en/nothing", "/assets/site.js", "/downloads/notices.csv"):
        headers = visitor.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_too_much_is_refused(visitor: httpx.Client) -> None:
    assert visitor.get("/en/notices", params={"q": "x" * 9_000}).status_code == 414
    assert visitor.post("/en/check", content=b"text=" + b"x" * 800_000).status_code == 413

    def in_parts(many: int) -> object:
        yield from [b"text="] + [b"x" * 50_000] * many

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert visitor.post("/en/check", content=in_parts(20), headers=form).status_code == 413  # type: ignore[arg-type]
    assert visitor.post("/en/check", content=in_parts(1), headers=form).status_code == 200  # type: ignore[arg-type]


def test_who_visits_too_often_is_told_when_to_come_back(made_up_home: Path) -> None:
    with sites.served(made_up_home, visits_a_minute=5) as address, httpx.Client(base_url=address) as visitor:
        answered = [visitor.get("/en/method").status_code for _ in range(7)]
        assert answered == [200] * 5 + [429] * 2
        assert 0 < int(visitor.get("/en/method").headers["retry-after"]) <= 60
        told = visitor.get("/zh/notices?state=TX&q=%3Cb%3E")
        assert told.headers["content-type"].startswith("text/html")
        assert 'href="/zh/notices?state=TX&amp;q=%3Cb%3E"' in told.text
        assert 'href="/zh/"' in told.text
        assert 'href="/elsewhere.test/x"' in visitor.get(f"{address}//elsewhere.test/x").text


@pytest.mark.parametrize(("seconds", "says"), [(1, "in 1 second."), (2, "in 2 seconds.")])
def test_one_second_is_one(seconds: int, says: str) -> None:
    assert guard.worded({"path": "/en/"}, "too_often", many=5, seconds=seconds).endswith(says)


def test_a_question_that_takes_too_long_is_ended(made_up_home: Path) -> None:
    with sites.served(made_up_home, patience=0.0001) as address, httpx.Client(base_url=address) as visitor:
        ends = {visitor.get("/en/years/2024").status_code for _ in range(3)}
    assert 503 in ends


def test_a_new_generation_is_shown_at_once(tmp_path: Path) -> None:
    from dataclasses import replace

    register = sites.made(tmp_path / "ledger")
    with sites.served(register.home) as address, httpx.Client(base_url=address, timeout=60) as visitor:
        before = visitor.get("/en/notices").headers["etag"]
        again = replace(sites.GROWING, individuals=200_000_000)
        register.look("2026-07-20", under_investigation=[again], archive=sites.rows(70, sites.date(2023, 1, 3)))
        began = time.monotonic()
        after = visitor.get("/en/notices", headers={"If-None-Match": before})
        assert after.status_code == 200
        assert "200,000,000" in after.text
        assert time.monotonic() - began < 60


@pytest.mark.parametrize("name", ["..%2fapp.py", "..%5capp.py", "%2e%2e", "nothing.js", "pieces.html", "site.css"])
def test_assets_are_assets_alone(visitor: httpx.Client, name: str) -> None:
    assert visitor.get(f"/assets/{name}").status_code == 404


def test_an_endless_row_of_digits_is_refused_at_once(visitor: httpx.Client) -> None:
    refused = visitor.post("/en/check", data={"text": f"In 2024, {'1' * 150_000} people."})
    assert refused.status_code == 422
    assert "a number of 200 figures or more" in refused.text
