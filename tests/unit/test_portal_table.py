"""The table of the stand-in: pages, order, rows that open, the advanced options."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from portals import TABLE, Browser, row

from breachtrail.simulate.portal import Portal, State, Switches

OPEN = [row(1_301_000 + place, f"Open {place}", 500 + place) for place in range(250)]
ARCHIVED = [row(1_200_000 + place, f"Closed {place}", text="\\N") for place in range(3)]


@pytest.fixture(params=["tabs", "buttons"])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    switches, page = (
        (Switches(), "breach_report_hip.jsf") if request.param == "tabs" else (Switches.of_2025(), "breach_report.jsf")
    )
    with Portal(State(OPEN, ARCHIVED), switches) as portal, Browser(portal) as browser:
        yield browser.open(page)


@pytest.fixture
def visitor() -> Iterator[Browser]:
    with Portal(State(OPEN, ARCHIVED)) as portal, Browser(portal) as browser:
        yield browser.open("breach_report_hip.jsf")


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(cells) for cells in csv.reader(io.StringIO(text, newline=""), strict=True)]


def records(text: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-rk="(\d+)"', text)]


def test_pages_come_as_bare_rows_of_a_hundred_at_most(browser: Browser) -> None:
    seen = records(browser.text)
    for first in (100, 200):
        text = browser.table(
            pagination="true", first=str(first), rows="100", skipChildren="true", encodeFeature="true"
        ).text
        assert f'<update id="{TABLE}"><![CDATA[<tr data-ri="{first}"' in text
        seen += records(text)
    assert seen == [row.record for row in OPEN]


def test_a_page_of_the_table_has_a_size_that_is_offered_and_none_lies_past_the_end(browser: Browser) -> None:
    assert records(browser.table(pagination="true", first="15", rows="10").text) == [row.record for row in OPEN[15:25]]
    assert records(browser.table(pagination="true", first="9000", rows="100").text) == [
        row.record for row in OPEN[200:]
    ]
    for wrong in ({"rows": "500", "first": "0"}, {"rows": "100", "first": "-1"}, {"rows": "100", "first": "one"}):
        assert '<redirect url="/ocr/breach/error_breach.jsf">' in browser.table(pagination="true", **wrong).text


def test_counts_are_sorted_as_numbers() -> None:
    rows = [row(place, f"Org {place}", count) for place, count in enumerate((900, 10_000, 1_000))]
    with Portal(State(rows)) as portal, Browser(portal) as browser:
        counts = (
            browser.open("breach_report_hip.jsf")
            .tree.css_first('th[aria-label="Individuals Affected"]')
            .attributes["id"]
        )
        assert records(browser.table(sorting="true", sortKey=counts, sortDir="1").text) == [0, 2, 1]


def test_rows_are_sorted_and_the_export_with_them(visitor: Browser) -> None:
    counts = visitor.tree.css_first('th[aria-label="Individuals Affected"]').attributes["id"]
    assert records(visitor.table(sorting="true", sortKey=counts, sortDir="-1").text)[0] == OPEN[-1].record
    assert rows_of(visitor.command(visitor.link("CSV")).text)[1] == OPEN[-1].cells


def test_a_row_is_expanded_with_its_description(visitor: Browser) -> None:
    visitor.tab()
    text = visitor.table(rowExpansion="true", expandedRowIndex="1", encodeFeature="true", skipChildren="true").text
    assert "Web Description: " in text
    assert "\\N" in text
    (link,) = (link for link in visitor.tree.css("a") if link.text() == "Expand All")
    everything = visitor.post({"javax.faces.source": link.attributes["id"]}, ajax=True).text
    assert everything.count("Web Description: ") == len(ARCHIVED)


def test_the_advanced_options_appear_and_filter(visitor: Browser) -> None:
    (link,) = (link for link in visitor.tree.css("a") if link.text() == "Show Advanced Options")
    id = link.attributes["id"]
    assert visitor.tree.css_first("[id='ocrForm:underInvestigationAdvancedOptionsTable']").child is None
    options = visitor.post({"javax.faces.source": id}, ajax=True).text
    name = re.search(r'Name</label><input id="([^"]+)"', options)[1]
    apply = re.search(r'<button id="([^"]+)"', options)[1]
    assert "Hide Advanced Options" in options
    assert records(visitor.post({name: "open 24", apply: ""}).text) == [
        row.record for row in OPEN if row.cells[0].startswith("Open 24")
    ]
    assert len(rows_of(visitor.command(visitor.link("CSV")).text)) == 12
