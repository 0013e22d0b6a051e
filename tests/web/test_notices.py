"""The list of notices: its heading says what is chosen, and who goes astray in it is led back."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.web import chosen


def seen(visitor: httpx.Client, url: str, status: int = 200) -> LexborHTMLParser:
    response = visitor.get(url)
    assert response.status_code == status, response.text[:500]
    return LexborHTMLParser(response.content)


def heading(page: LexborHTMLParser) -> str:
    [told] = page.css("h1")
    return told.text()


def test_the_heading_says_what_is_chosen(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices?state=TX&location=Email")
    many = len(page.css("table.notices tbody tr"))
    assert heading(page) == f"Texas · Email: {many} notices"
    assert page.css_first("title").text() == f"Texas · Email: {many} notices – BreachTrail"  # type: ignore[union-attr]
    assert heading(seen(visitor, "/en/notices")) == "Notices"
    page = seen(visitor, "/en/notices?q=example&at_least=1000&from=2023-02-01&to=2024-05-01&view=archive")
    assert heading(page).startswith(
        "“example” · 1,000 or more individuals · submitted February 1, 2023 to May 1, 2024 · Archive: "
    )
    assert heading(seen(visitor, "/zh/notices?month=2024-07&at_most=9000")).startswith("不多于9000人次 · 2024年7月：")


def test_sizes_stand_in_their_order(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices")
    urls = [link.attributes["href"] or "" for link in page.css(".filters li a")]
    bands = [url.partition("size_band=")[2] for url in urls if "size_band=" in url]
    order = [one for one in Vocabulary.load().values("size_band") if one in bands]
    assert len(bands) > 3
    assert bands == order


def test_a_page_that_is_not_there_leads_to_the_last(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices?page=999&order=name", 404)
    [link] = page.css(".found > p > a[href*='page=']")
    assert "There is no page 999: the last one is page" in link.parent.text()  # type: ignore[union-attr]
    assert seen(visitor, link.attributes["href"] or "").css("table.notices tbody tr")


def test_sizes_that_exclude_each_other_are_refused(visitor: httpx.Client) -> None:
    for language, why in (("en", "No number is at least 5,000 and at most 700"), ("zh", "请把两者对调")):
        refused = visitor.get(f"/{language}/notices?at_least=5000&at_most=700")
        assert (refused.status_code, why in refused.text) == (422, True)
    assert visitor.get("/en/notices?at_least=700&at_most=700").status_code == 200


def test_the_last_twelve_months_end_with_the_day_of_the_page(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices?state=TX&month=2024-07&as_of=2024-12-08")
    assert page.css_first('a[href="/en/notices?state=TX&from=2023-12-09&as_of=2024-12-08"]')
    assert page.css_first("details.filters fieldset a")


@pytest.mark.parametrize(
    ("searched", "means"),
    [
        ("Texas hospitals email", {"state": "TX", "location": "Email"}),
        ("new york theft", {"state": "NY", "breach_type": "Theft"}),
        ("theft in OH or me", {"breach_type": "Theft", "state": "OH"}),
        ("德州 电子邮件", {"state": "TX", "location": "Email"}),
        ("Example Clinic", {}),
    ],
)
def test_words_of_a_search_may_mean_filters(searched: str, means: dict[str, str]) -> None:
    assert chosen.meant(searched) == means


def test_a_search_for_what_is_no_name_leads_to_the_filters(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices?q=Texas+hospitals+email")
    [link] = page.css(".caveat a")
    assert link.text() == "Texas · Email"
    assert heading(seen(visitor, link.attributes["href"] or "")).startswith("Texas · Email: ")
    assert heading(seen(visitor, "/zh/notices?q=德州 电子邮件")).startswith("得克萨斯州 · 电子邮件：")


def test_on_a_telephone_each_notice_tells_its_place_day_and_cause(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/notices?order=name&state=TX")
    line = page.css_first("table.notices tbody th .narrow-only").text()  # type: ignore[union-attr]
    assert line.startswith("Texas · 202")
    assert line.count(" · ") >= 2
