"""A state: its figures are those of `ask`, and each of its years stands beside what was known of it at its end."""

from datetime import date
from pathlib import Path

import httpx
from selectolax.lexbor import LexborHTMLParser

import breachtrail
from breachtrail.questions.bracket import Asked


def seen(visitor: httpx.Client, url: str) -> LexborHTMLParser:
    response = visitor.get(url)
    assert response.status_code == 200, response.text[:500]
    return LexborHTMLParser(response.content)


def years(page: LexborHTMLParser) -> dict[str, list[str]]:
    return {
        row.css_first("th").text(): [cell.text() for cell in row.css("td")]  # type: ignore[union-attr]
        for row in page.css("table.then tbody tr")
        if row.css_first("th")
    }


def test_each_year_stands_beside_what_was_known_at_its_end(visitor: httpx.Client, made_up_home: Path) -> None:
    page = seen(visitor, "/en/states/MN")
    assert years(page)["2024"] == ["1", "100,000,000 100,000,000 to 192,700,000", "1", "192,700,000"]
    [told_by] = [row.text().strip() for row in page.css("tr.told-by")]
    assert (
        told_by
        == "By the end of 2024: cases under investigation last seen December 8, 2024 and archive last seen December 8, 2024."
    )
    url = page.css_first("table.then tbody td a").attributes["href"] or ""  # type: ignore[union-attr]
    assert "as_of=2024-12-31" in url
    assert "1 notice with 100,000,000 individuals" in visitor.get(url).text
    with breachtrail.open(made_up_home) as ledger:
        for code in ("TX", "CA"):
            told = years(seen(visitor, f"/en/states/{code}"))
            for row in ledger.ask("notices", "individuals", by="year", where=f"state={code}").records():
                assert told[str(row["year"])][2:] == [f"{row['notices']:,}", f"{row['individuals']:,}"]


def test_the_bounds_of_a_year_s_end_are_those_of_its_own_state(visitor: httpx.Client, made_up_home: Path) -> None:
    end = date(2024, 12, 31)
    with breachtrail.open(made_up_home) as ledger:
        then = ledger.ask("notices", "individuals", year=2024, where="state=TX", as_of=end)
        [bounds] = ledger.bracketed([Asked(then.question)], as_of=end)
    cell = years(seen(visitor, "/en/states/TX"))["2024"][0]
    low, high = bounds.bounds[None]["notices"]
    assert cell == (f"{then.value('notices')} {low} to {high}" if low < high else f"{then.value('notices')}")


def test_a_page_put_back_tells_no_bounds_that_later_looks_gave(visitor: httpx.Client) -> None:
    told = years(seen(visitor, "/en/states/MN?as_of=2025-01-10"))
    assert told["2024"][:2] == ["1", "100,000,000"]


def test_the_list_of_states_stands_first_and_keeps_the_year(visitor: httpx.Client) -> None:
    page = seen(visitor, "/en/states?year=2024")
    links = [link.attributes["href"] for link in page.css("ul.codes a")]
    assert "/en/states/TX#y2024" in links
    assert visitor.get("/en/states").text.index('class="kinds codes"') < visitor.get("/en/states").text.index("<figure")
    assert page.css_first('table a[href="/en/notices?state=TX&year=2024"]')
    assert seen(visitor, "/en/states/TX").css_first("tr#y2024")


def test_a_year_that_is_not_over_or_was_not_looked_at_has_no_end(visitor: httpx.Client) -> None:
    """2023 ended before the first look; 2025 and 2026 had none in their last weeks."""
    told = years(seen(visitor, "/en/states/TX"))
    assert {year: row[:2] for year, row in told.items() if row[:2] == ["–", "–"]}.keys() == {"2023", "2025", "2026"}
    assert years(seen(visitor, "/en/states/TX?as_of=2024-12-08"))["2024"][:2] == ["–", "–"]


def test_a_place_without_notices_says_so(visitor: httpx.Client) -> None:
    assert "No notice of a filer in Guam was known on" in visitor.get("/en/states/GU").text
    assert "没有已知的通报" in visitor.get("/zh/states/GU").text


def test_a_state_has_a_place_by_its_residents(visitor: httpx.Client, made_up_home: Path) -> None:
    with breachtrail.open(made_up_home) as ledger:
        rates = {
            row["state"]: row["notices_per_million"] for row in ledger.ask("notices_per_million", by="state").records()
        }
    order = sorted((code for code, rate in rates.items() if rate), key=lambda code: -rates[code])
    for place, code in ((1, order[0]), (len(order), order[-1])):
        assert f"number {place} of {len(order)} by this measure" in visitor.get(f"/en/states/{code}").text
