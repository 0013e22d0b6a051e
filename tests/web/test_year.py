"""A year and a month in review: what leads to the periods beside them, and to themselves as known on other days."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser


def beside(visitor: httpx.Client, url: str) -> list[tuple[str, str]]:
    response = visitor.get(url)
    assert response.status_code == 200, response.text[:500]
    links = LexborHTMLParser(response.content).css("nav.between a")
    return [(link.text(), link.attributes["href"] or "") for link in links]


def test_a_year_leads_to_its_neighbours_its_months_and_its_other_days(visitor: httpx.Client) -> None:
    told = dict(beside(visitor, "/en/years/2024"))
    assert told["← 2023"] == "/en/years/2023"
    assert told["2025 →"] == "/en/years/2025"
    assert told["Jul"] == "/en/months/2024-07"
    assert told["December 31, 2024"] == "/en/years/2024?as_of=2024-12-31"
    assert told["December 31, 2025"] == "/en/years/2024?as_of=2025-12-31"
    back = dict(beside(visitor, "/en/years/2024?as_of=2024-12-31"))
    assert back["Back to the newest day"] == "/en/years/2024"
    assert "2025 →" not in back


def test_months_run_over_the_ends_of_years_and_no_further_than_the_register(visitor: httpx.Client) -> None:
    january = dict(beside(visitor, "/en/months/2024-01"))
    assert january["← December 2023"] == "/en/months/2023-12"
    assert january["February 2024 →"] == "/en/months/2024-02"
    assert not [text for text, _ in beside(visitor, "/en/months/2009-09") if text.startswith("←")]
    assert not [text for text, _ in beside(visitor, "/zh/months/2026-07") if text.endswith("→")]


@pytest.mark.parametrize("path", ["years/24", "years/２０２４", "months/2024-7", "months/2024", "years/2027"])
def test_no_other_period_is_shown(visitor: httpx.Client, path: str) -> None:
    assert visitor.get(f"/en/{path}").status_code == 404


def within(visitor: httpx.Client, url: str, section: str) -> dict[str, str]:
    page = LexborHTMLParser(visitor.get(url).content)
    return {link.text(): link.attributes["href"] or "" for link in page.css(f"section#{section} .listing a")}


@pytest.mark.parametrize("url", ["/en/years/2024", "/en/?as_of=2024-12-08"])
def test_what_a_table_names_leads_to_its_own_page(visitor: httpx.Client, url: str) -> None:
    """The same sections stand on the front page."""
    day = url.partition("?")[2] and "?as_of=2024-12-08"
    largest = within(visitor, url, "largest")
    assert largest["Growing Health Network"].startswith("/en/notices/ocr-2024-07-19-growing-health-network-")
    assert largest["Minnesota"] == f"/en/states/MN{day}"
    assert within(visitor, url, "states")["Texas"] == f"/en/states/TX{day}"
    assert within(visitor, url, "months")["July"] == f"/en/months/2024-07{day}"
    for link in (*largest.values(), *within(visitor, url, "months").values()):
        assert visitor.get(link).status_code == 200, link


def test_a_revision_leads_to_its_notice(visitor: httpx.Client) -> None:
    told = within(visitor, "/zh/years/2024", "revisions")
    assert told["Growing Health Network"].startswith("/zh/notices/ocr-2024-07-19-growing-health-network-")
