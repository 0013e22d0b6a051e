"""Every page of the site: it answers in both languages, says what `ask` says, and is put back to any day."""

import re
from contextlib import closing
from functools import partial
from pathlib import Path

import httpx
import pytest
import sites
from selectolax.lexbor import LexborHTMLParser

import breachtrail
from breachtrail.web.press import Press
from breachtrail.web.routes import ROUTES

LANGUAGES = ("en", "zh")
OF = {
    "notices/{}": None,
    "organisations/{}": "growinghealthnetwork",
    "states/{}": "TX",
    "years/{}": "2024",
    "months/{}": "2024-07",
}


@pytest.fixture(scope="module")
def growing(made_up_home: Path) -> str:
    """The id of the notice whose number grew."""
    with breachtrail.open(made_up_home) as ledger:
        return str(ledger.show("growing health")[0]["id"])


def paths(growing: str) -> list[str]:
    return [
        route.path.replace("{}", OF[route.path] or growing) if "{}" in route.path else route.path for route in ROUTES
    ]


def text(response: httpx.Response) -> str:
    return " ".join(LexborHTMLParser(response.content).body.text(separator=" ").split())  # type: ignore[union-attr]


def seen(visitor: httpx.Client, url: str) -> LexborHTMLParser:
    response = visitor.get(url)
    assert response.status_code == 200, (url, text(response)[:300])
    return LexborHTMLParser(response.content)


@pytest.mark.parametrize(("language", "day"), [("en", ""), ("zh", sites.SECOND)])
def test_every_page_answers_and_leads_nowhere_that_does_not(
    visitor: httpx.Client, growing: str, language: str, day: str
) -> None:
    asked = {"as_of": day} if day else {}
    links: set[str] = set()
    for path in paths(growing):
        response = visitor.get(f"/{language}/{path}", params=asked)
        assert response.status_code == 200, (path, text(response)[:300])
        page = LexborHTMLParser(response.content)
        assert page.css_first("html").attributes["lang"].startswith(language)  # type: ignore[union-attr]
        assert len(page.css("h1")) == 1, path
        links |= {link.attributes["href"] or "" for link in page.css("a[href], link[href]")}
    assert {link for link in links if link.startswith("http")} == set()
    kinds = {"/".join(link.split("?")[0].split("/")[:3]): link for link in sorted(links) if link.startswith("/")}
    assert len(kinds) > 15
    assert {link: status for link in kinds.values() if (status := visitor.get(link).status_code) != 200} == {}


def test_a_plain_path_leads_to_the_language_of_the_visitor(visitor: httpx.Client) -> None:
    def led(path: str, accepted: str) -> str:
        response = visitor.get(path, headers={"Accept-Language": accepted})
        assert response.status_code == 307
        return response.headers["location"]

    assert led("/notices?q=a&state=TX", "zh-CN,zh;q=0.9,en;q=0.5") == "/zh/notices?q=a&state=TX"
    assert led("/", "fr, en;q=0.3, zh;q=0.8") == "/zh/"
    assert led("/years/2024", "de") == "/en/years/2024"
    assert visitor.get("/zh").headers["location"] == "/zh/"


def test_a_figure_of_a_page_is_the_figure_of_ask(visitor: httpx.Client, made_up_home: Path) -> None:
    for day in (None, sites.SECOND):
        with breachtrail.open(made_up_home) as ledger:
            answer = ledger.ask("notices", "individuals", where="state=TX", as_of=day)
        shown = text(visitor.get("/en/notices", params={"state": "TX", **({"as_of": day} if day else {})}))
        assert f"{answer.value('notices'):,} notices with {answer.value('individuals'):,} individuals" in shown


def test_counts_beside_choices_are_what_the_choice_leaves(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices?entity_type=Health+Plan")
    choices = [
        (link.attributes["href"] or "", int(link.parent.css_first(".many").text().replace(",", "")))  # type: ignore[union-attr]
        for link in page.css(".filters li a")
    ]
    others = [(url, many) for url, many in choices if "entity_type=Health+Plan&" in url or url.endswith("=Health+Plan")]
    assert len(others) > 15
    for url, many in others[:12]:
        found = re.search(r"([\d,]+) notices? with", text(visitor.get(url)))
        assert found, url
        assert int(found[1].replace(",", "")) == many, url


def test_a_misspelt_name_is_found(visitor: httpx.Client) -> None:
    shown = text(visitor.get("/en/notices", params={"q": "groing helth"}))
    assert "No name holds “groing helth”" in shown
    assert "Growing Health Network" in shown
    assert "No matching notices" in text(visitor.get("/en/notices", params={"q": "zzzzqqqq"}))


@pytest.mark.parametrize(
    ("path", "q", "told"), [("/en", "ohio", "Ohio is a state."), ("/zh", "俄亥俄州", "俄亥俄州是州名。")]
)
def test_who_types_a_state_where_names_are_searched_is_led_to_it(
    visitor: httpx.Client, path: str, q: str, told: str
) -> None:
    shown = visitor.get(f"{path}/notices", params={"q": q})
    assert told in text(shown)
    assert f'href="{path}/states/OH"' in shown.text


def test_a_search_without_a_latin_letter_says_what_to_type(visitor: httpx.Client) -> None:
    refused = visitor.get("/zh/notices", params={"q": "俄医"})
    assert refused.status_code == 422
    assert "请输入英文名称的一部分" in text(refused)


def test_a_trail_tells_each_number_and_the_row_that_showed_it(visitor: httpx.Client, growing: str) -> None:
    page = text(visitor.get(f"/en/notices/{growing}"))
    assert "100,000,000 → 192,700,000" in page
    assert "500 → 100,000,000" in page
    assert page.count("The row as published") == 3
    assert "Name of Covered Entity Growing Health Network" in page


def test_the_whole_site_goes_back_to_a_day(visitor: httpx.Client, growing: str) -> None:
    page = text(visitor.get(f"/en/notices/{growing}", params={"as_of": sites.FIRST}))
    assert "500 individuals" in page
    assert "192,700,000" not in page
    assert "2 later versions became known after November 6, 2024" in page
    links = [link.attributes["href"] or "" for link in seen(visitor, f"/en/?as_of={sites.FIRST}").css("main a, nav a")]
    assert all("as_of=2024-11-06" in link for link in links if link.startswith("/") and "#" not in link)


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("/en/nothing", 404, "There is no such page"),
        ("/zh/nothing", 404, "没有这个页面"),
        ("/en/notices/abc", 404, "is no id of a notice"),
        ("/en/states/XX", 404, "is no state"),
        ("/en/years/1999", 404, "none of 1999"),
        ("/en/months/2024-13", 404, "month"),
        ("/en/notices?state=XX", 422, "“XX” is no state; write its USPS code"),
        ("/en/notices?page=0", 422, "is no page"),
        ("/en/notices?order=size", 422, "cannot be sorted"),
        ("/en/?as_of=2001-01-01", 422, "Nothing is known as of January 1, 2001"),
        ("/zh/?as_of=tomorrow", 422, "不是日期"),
        ("/zh/?as_of=2027-01-10", 422, "2027年1月10日尚未到来"),
        ("/en/years/2026?as_of=2027-01-10", 422, "January 10, 2027 lies ahead"),
        ("/api/v1/answer?measures=notices&as_of=2027-01-10", 409, "lies ahead"),
        ("/downloads/notices.csv?as_of=2027-01-10", 422, "lies ahead"),
        ("/en/ask?measures=fame", 422, "There is no measure"),
        ("/en/changes?since=2026-07-09&until=2024-12-08", 422, "lies after"),
    ],
)
def test_what_cannot_be_shown_is_said(visitor: httpx.Client, url: str, status: int, says: str) -> None:
    response = visitor.get(url)
    assert response.status_code == status
    assert says in text(response)
    assert "Traceback" not in response.text


def test_so_far_says_when_was_looked_last(visitor: httpx.Client) -> None:
    """The day asked for is three weeks after the look; without one, the reader's own clock decides (site.js)."""
    later = text(visitor.get("/en/?as_of=2026-07-30"))
    assert "The last look at the register by July 30, 2026 was on July 9, 2026." in later
    assert "as known on July 30, 2026, by the last look on July 9, 2026" in later
    assert "last look" not in text(visitor.get(f"/en/?as_of={sites.LAST}")).split("Notices, 2026")[0]
    [told] = seen(visitor, "/zh/").css("[data-looked]")
    assert (told.attributes["data-looked"], "hidden" in told.attributes) == ("2026-07-09", True)
    assert "距今已超过两周" in told.text()


def test_an_article_is_checked_and_nothing_of_it_kept(visitor: httpx.Client) -> None:
    article = "In 2023, 70 breaches were reported to OCR. The largest of 2024 affected 192.7 million <b>people</b>."
    response = visitor.post("/en/check", data={"text": article, "published": "2026-07-09"})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert "holds" in text(response)
    assert "<b>people</b>" not in response.text
    assert visitor.post("/en/check", data={"text": "x" * 250_000}).status_code == 422
    assert visitor.post("/en/check", data={"text": "", "published": "x"}).status_code == 422


def test_a_page_is_not_sent_twice(visitor: httpx.Client) -> None:
    first = visitor.get("/en/years")
    again = visitor.get("/en/years", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert visitor.get("/zh/years").headers["etag"] != first.headers["etag"]


def test_the_real_register_has_every_page(real_visitor: httpx.Client) -> None:
    """The ways of three questions that people come with, each a few clicks from the front page."""
    then = text(real_visitor.get("/en/notices", params={"state": "OH", "year": "2023", "as_of": "2024-05-28"}))
    now = text(real_visitor.get("/en/notices", params={"state": "OH", "year": "2023"}))
    assert re.search(r"\d+ notices with", then)
    assert re.search(r"\d+ notices with", now)
    found = real_visitor.get("/zh/notices", params={"q": "Change Healthcare"})
    links = [link.attributes["href"] or "" for link in LexborHTMLParser(found.content).css("table.notices th a")]
    trail = text(real_visitor.get(next(link for link in links if "change-healthcare-inc" in link)))
    assert [figure for figure in ("100,000,000", "190,000,000", "192,700,000") if figure not in trail] == []
    for path in ("", "months/2024-09", "states/TX", "coverage"):
        assert real_visitor.get(f"/zh/{path}").status_code == 200


def test_the_first_page_of_the_real_register_is_small_served_and_published(
    real_visitor: httpx.Client, real_ledger: Path
) -> None:
    for language in ("en", "zh"):
        assert len(real_visitor.get(f"/{language}/").content) < 100_000
    with closing(Press(partial(breachtrail.open, real_ledger), None, "")) as press:
        for name, content in press.pages(0, 1):
            assert name.endswith(".json") or len(content) < 100_000, name
