"""What was looked at when: the looks, the gaps between them, and held rows with their reasons, as of the day of the page."""

from datetime import date
from pathlib import Path

import httpx
import pytest
import sites
from made_up import MadeUpRegister, Row
from selectolax.lexbor import LexborHTMLParser


@pytest.fixture(scope="module")
def held_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("held") / "ledger"
    register = MadeUpRegister(home)
    good = [Row(name=f"Example Clinic {place}") for place in range(20)]
    broken = [Row(individuals="some <b>many</b>"), Row(name="Other", breach_types="Sorcery")]
    register.look("2024-07-01", under_investigation=[*good[:9], broken[0]], archive=good[9:])
    register.look("2025-07-01", under_investigation=[*good[:9], broken[1]], archive=good[9:])
    return home


def main(client: httpx.Client, url: str) -> LexborHTMLParser:
    response = client.get(url)
    assert response.status_code == 200, response.text[:500]
    return LexborHTMLParser(response.content)


def test_every_look_is_listed_and_leads_back_to_its_day(visitor: httpx.Client) -> None:
    page = main(visitor, "/en/coverage")
    days = [row.css_first("th").text() for row in page.css("table.looks tbody tr")]  # type: ignore[union-attr]
    assert days == [sites.LAST] * 2 + [sites.SECOND] * 2 + [sites.FIRST] * 2
    back = main(visitor, f"/en/coverage?as_of={sites.FIRST}")
    assert len(back.css("table.looks tbody tr")) == 2
    assert not back.css("table.narrow-table")


def test_a_gap_leads_to_what_had_changed_by_its_end(visitor: httpx.Client) -> None:
    page = main(visitor, "/en/coverage")
    [row] = page.css("table.narrow-table tbody tr")
    assert [cell.text() for cell in row.css("th, td")][:3] == [
        sites.SECOND,
        sites.LAST,
        str((date(2026, 7, 9) - date(2024, 12, 8)).days),
    ]
    url = row.css_first("a").attributes["href"] or ""  # type: ignore[union-attr]
    assert url == f"/en/changes?since={sites.SECOND}&until={sites.LAST}"
    assert visitor.get(url).status_code == 200


def test_a_list_that_was_not_looked_at_since_is_dated(visitor: httpx.Client) -> None:
    text = main(visitor, "/en/coverage?as_of=2024-12-18").css_first("main").text()  # type: ignore[union-attr]
    assert "Archive: December 8, 2024, 10 days before" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_held_rows_are_told_with_their_reason_as_of_the_day(held_home: Path, language: str) -> None:
    with sites.served(held_home) as address, httpx.Client(base_url=address, timeout=60) as client:
        page, before = (main(client, f"/{language}/coverage{query}") for query in ("", "?as_of=2024-07-01"))
    told, first = (
        [row.text(separator=" ") for row in shown.css("section[aria-labelledby=held] tbody tr")]
        for shown in (page, before)
    )
    assert len(told) == 2
    assert first == told[:1]
    assert "some <b>many</b>" in told[0]
    assert "Sorcery" in told[1]
    assert not page.css("section[aria-labelledby=held] b")
