"""Changes between two days: what is said of them is what the two totals differ by, page by page and kind by kind."""

import re
from pathlib import Path

import httpx
import pytest
import sites
from selectolax.lexbor import LexborHTMLParser

import breachtrail
from breachtrail.ledger.movement import Moves
from breachtrail.web import changed
from breachtrail.wording import changes

BETWEEN = f"since={sites.FIRST}&until={sites.LAST}"


def seen(visitor: httpx.Client, url: str) -> LexborHTMLParser:
    response = visitor.get(url)
    assert response.status_code == 200, response.text[:500]
    return LexborHTMLParser(response.content)


def listed(page: LexborHTMLParser) -> list[str]:
    return [row.css_first("a").attributes["href"] or "" for row in page.css("table.changes tbody tr")]  # type: ignore[union-attr]


def test_what_changes_come_to_is_what_the_totals_differ_by(made_up_home: Path) -> None:
    """Counted where they lie, one by one, and as the difference of two answers: the same."""
    with breachtrail.open(made_up_home) as ledger:
        found = ledger.changes(sites.FIRST, sites.LAST)
        moves = Moves.of(ledger.moves(sites.FIRST, sites.LAST))
        before, after = (ledger.ask("notices", "individuals", as_of=day) for day in (sites.FIRST, sites.LAST))
    assert changes.why(moves, "en") == changes.notes(found, "en")[0]
    assert moves.total == after.value("individuals") - before.value("individuals") > 190_000_000
    assert moves.appeared + moves.returned - moves.gone == after.value("notices") - before.value("notices") != 0
    assert moves.revised > 0 < moves.moved


def test_pages_of_changes_are_the_whole_of_them_once(visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = listed(seen(visitor, f"/en/changes?{BETWEEN}"))
    monkeypatch.setattr(changed, "ROWS", 20)
    first = seen(visitor, f"/en/changes?{BETWEEN}&page=1")
    pages = -(-len(whole) // 20)
    assert f"Page 1 of {pages}" in first.css_first("nav.paging").text()  # type: ignore[union-attr]
    told = [
        url for number in range(1, pages + 1) for url in listed(seen(visitor, f"/en/changes?{BETWEEN}&page={number}"))
    ]
    assert told == whole
    assert len(set(told)) == len(told) > 40
    assert visitor.get(f"/en/changes?{BETWEEN}&page={pages + 1}").status_code == 422


def test_each_kind_shows_as_many_as_it_says(visitor: httpx.Client) -> None:
    page = seen(visitor, f"/en/changes?{BETWEEN}")
    every, *kinds = [
        (link.attributes["href"] or "", int(link.parent.css_first(".many").text().replace(",", "")))  # type: ignore[union-attr]
        for link in page.css(".kinds a")
    ]
    assert every[1] == sum(many for _, many in kinds)
    assert len(kinds) >= 3
    for url, many in kinds:
        assert len(listed(seen(visitor, url))) == many


def test_the_growing_number_is_told_with_what_it_adds(visitor: httpx.Client) -> None:
    page = seen(visitor, f"/en/changes?{BETWEEN}")
    row = page.css_first("table.changes tbody tr").text(separator=" ")  # type: ignore[union-attr]
    assert "Growing Health Network" in row
    assert "500 → 192,700,000" in row
    assert "+192,699,500" in row
    text = page.css_first("main").text()  # type: ignore[union-attr]
    assert "On November 6, 2024 the lists were known from these looks" in text
    assert page.css("details.counted pre")


def test_a_period_without_a_look_says_that_nothing_can_have_become_known(visitor: httpx.Client) -> None:
    text = seen(visitor, "/en/changes?since=2024-12-09&until=2025-01-09").css_first("main").text()  # type: ignore[union-attr]
    assert "No list was looked at between the two days" in text
    assert "Nothing changed." in text


def test_changes_are_narrowed_by_what_narrows_a_list(visitor: httpx.Client) -> None:
    page = seen(visitor, f"/en/changes?{BETWEEN}&state=TX&month=2025-09")
    months = [re.sub(r"\s", "", cell.text()) for cell in page.css("table.changes td.day")]
    assert months
    assert all(month.startswith("2025-09") for month in months)
    assert [link.attributes["value"] for link in page.css("form.plain input[name=state]")] == ["TX"]


@pytest.mark.parametrize("asked", ["from=2024-01-01", "view=archive", "kind=lost", "page=x", "until=2030-01-01"])
def test_what_cannot_be_compared_is_said(visitor: httpx.Client, asked: str) -> None:
    assert visitor.get(f"/zh/changes?{asked}").status_code == 422
