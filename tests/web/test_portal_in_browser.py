"""The stand-in portal in a real browser: a page that behaves, and the requests that a browser sends.

The script that posts is the stand-in's own, for that of PrimeFaces is not ours to give away. What follows from a link with
``mojarra.jsfcljs`` or from a button is the browser's own doing: a form is submitted, and the browser says with which fields.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright
from portals import POSTED, TABLE, row

from breachtrail.simulate.portal import Entry, Portal, State, Switches

BOTH = State(
    [row(place, f"Open {place}", 499 + place) for place in range(1, 251)],
    [row(place, f"Closed {place}") for place in range(1001, 1121)],
)
PAGES = {"tabs": "breach_report_hip.jsf", "buttons": "breach_report.jsf"}


@pytest.fixture(scope="module")
def window(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(4000)
        yield page
        browser.close()


@pytest.fixture(params=["tabs", "buttons"])
def portal(request: pytest.FixtureRequest, window: Page) -> Iterator[Portal]:
    with Portal(BOTH, Switches() if request.param == "tabs" else Switches.of_2025()) as portal:
        window.context.clear_cookies()
        window.goto(portal.url + PAGES[request.param])
        yield portal
        window.goto("about:blank")


def to_archive(window: Page) -> None:
    window.get_by_text("Archive", exact=True).click()
    window.get_by_text("Closed 1001").wait_for()


def export(window: Page) -> str:
    with window.expect_download() as coming:
        window.get_by_alt_text("CSV").click()
    assert coming.value.suggested_filename == "breach_report.csv"
    return coming.value.path().read_text(encoding="utf-8")


def last(portal: Portal, kind: str) -> Entry:
    return [entry for entry in portal.log if entry.kind == kind][-1]


def assert_posted(portal: Portal, kind: str) -> None:
    """The last request of a kind had the fields that are written down for clients."""
    names = tuple(re.sub(r"j_idt\d+", "j_idt#", name) for name, _ in last(portal, kind).fields)
    assert names == POSTED[portal.switches.generation, kind]


def test_a_person_sees_the_list_goes_to_the_archive_and_takes_both_files(window: Page, portal: Portal) -> None:
    assert window.get_by_role("row").filter(has_text="Open").count() == 100
    assert window.get_by_text("(Displaying 1 - 100 of 250)").is_visible()
    assert not window.get_by_text("Web Description").first.is_visible()
    assert export(window).count("\n") == 251
    to_archive(window)
    assert window.get_by_text("(Displaying 1 - 100 of 120)").is_visible()
    assert export(window).count("\n") == 121
    assert [entry.answered for entry in portal.log if entry.kind == "export"] == ["csv", "csv"]


def test_what_a_browser_posts_for_a_file(window: Page, portal: Portal) -> None:
    export(window)
    assert_posted(portal, "export")
    entry = last(portal, "export")
    told = dict(entry.fields)
    assert (told["ocrForm"], told[f"{TABLE}_rppDD"], told[f"{TABLE}_rowExpansionState"]) == ("ocrForm", "100", "")
    assert entry.fields[-1][0] == entry.fields[-1][1]
    declared = "multipart/form-data" if portal.switches.multipart else "application/x-www-form-urlencoded"
    assert entry.headers["content-type"].startswith(declared)
    assert {"JSESSIONID", "asig_persistence"} <= entry.cookies.keys()


def test_what_a_browser_posts_for_the_archive(window: Page, portal: Portal) -> None:
    to_archive(window)
    assert_posted(portal, "view_change")
    entry = last(portal, "view_change")
    told = {name.rpartition("_")[2]: value for name, value in entry.fields}
    if portal.switches.generation == "tabs":
        assert told["newTab"].endswith(":archiveTab")
        assert (told["tabindex"], told["activeIndex"]) == ("1", "1")
        assert entry.headers["faces-request"] == "partial/ajax"


def test_a_person_turns_the_page(window: Page, portal: Portal) -> None:
    window.get_by_label("Next Page").click()
    window.get_by_text("Open 101", exact=True).wait_for()
    window.get_by_label("Last Page").click()
    window.get_by_text("Open 250").wait_for()
    assert window.locator("tr[data-rk]").count() == 50
    assert_posted(portal, "paging")


def test_the_advanced_options_open(window: Page, portal: Portal) -> None:
    window.get_by_text("Show Advanced Options").click()
    window.get_by_text("Hide Advanced Options").wait_for()
    window.get_by_label("Name", exact=True).fill("Open 24")
    window.get_by_role("button", name="Apply").click()
    window.get_by_text("(Displaying 1 - 11 of 11)").wait_for()


def test_a_row_opens_and_a_column_sorts(window: Page, portal: Portal) -> None:
    window.locator(".ui-row-toggler").first.click()
    window.get_by_text("Web Description: ").wait_for()
    assert dict(last(portal, "other").fields)[f"{TABLE}_expandedRowKey"] == "1"
    window.get_by_role("columnheader", name="Individuals Affected").click()
    window.get_by_role("columnheader", name="Individuals Affected").click()
    window.get_by_role("gridcell", name="749", exact=True).wait_for()
    assert window.locator("tr[data-rk]").first.get_attribute("data-rk") == "250"
