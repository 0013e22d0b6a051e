"""The list of notices among plain files, searched by a real browser: it finds what the ledger finds."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import breachtrail

pytestmark = pytest.mark.usefixtures("chromium")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def home(published_site: tuple[Path, Path]) -> Path:
    return published_site[0]


@pytest.fixture(scope="module")
def folder(published_site: tuple[Path, Path]) -> Path:
    return published_site[1]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def window(browser: Browser, served: str) -> Iterator[Page]:
    """A page of the site; whatever a browser complains of, and whatever leaves the site, fails the test."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(served) else None)
    yield page
    page.close()
    assert complaints == []


def names(page: Page) -> list[str]:
    return [name.strip() for name in page.locator("#found tbody th a").all_inner_texts()]


def told(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("#found .told")).to_have_text(text)


def test_a_name_is_found_as_it_is_typed_and_leads_to_its_notice(window: Page, served: str) -> None:
    window.goto(f"{served}/en/notices.html")
    window.locator("#words").fill("harbor clinic i")
    told(window, "1 notice with 6,100,000 individuals.")
    assert names(window) == ["Harbor Clinic, Inc."]
    assert window.url.endswith("?q=harbor+clinic+i")
    window.locator("#found tbody a").first.click()
    expect(window.locator("h1")).to_have_text("Harbor Clinic, Inc.")


def test_a_former_name_and_a_misspelt_one_are_found(window: Page, served: str) -> None:
    window.goto(f"{served}/en/notices.html?q=lakesdie hospittl")
    told(window, re.compile("No name holds “lakesdie hospittl”. Shown: 1 of names"))
    assert names(window) == ["Lakeside Hospital"]
    window.goto(f"{served}/zh/notices.html?q=clinica senorial")
    told(window, "共1起通报，涉及0人次。")
    window.goto(f"{served}/en/notices.html?q=nothing like that")
    told(window, re.compile("^No matching notices"))


def test_the_header_of_any_page_searches(window: Page, served: str) -> None:
    window.goto(f"{served}/zh/states/TX.html")
    window.locator("#q").fill("meadow")
    window.locator("#q").press("Enter")
    told(window, "共1起通报，涉及7,100人次。")
    assert window.locator("#words").input_value() == "meadow"


def test_every_count_beside_a_choice_is_that_of_ask(window: Page, served: str, home: Path) -> None:
    window.goto(f"{served}/en/notices.html?at_least=0")
    told(window, re.compile("notices with"))
    window.goto(f"{served}/en/notices.html?state=TX,FL")
    told(window, re.compile("^72 notices with"))
    with breachtrail.open(home) as ledger:
        for name in (
            "state",
            "year",
            "entity_type",
            "breach_type",
            "location",
            "business_associate",
            "status",
            "size_band",
            "placeholder",
        ):
            others = (
                [] if name == "state" else ["state=TX,FL"]
            )  # what a dimension itself was narrowed to does not count
            answer = ledger.ask("notices", by=name, where=others).records()
            expected = {str(row[name]): row["notices"] for row in answer if row[name] != ""}
            boxes = window.locator(f'#search li:not([hidden]) [name="{name}"]').all()
            shown = {
                str(box.get_attribute("value")): int(box.locator("xpath=ancestor::li").locator(".many").inner_text())
                for box in boxes
            }
            assert shown == expected, name


def test_choices_pages_and_the_way_back_are_addresses(window: Page, served: str) -> None:
    window.goto(f"{served}/en/notices.html")
    window.locator('[name="state"][value="FL"]').check()
    told(window, re.compile("^70 notices with"))
    window.locator('[name="order"]').select_option("individuals")
    expect(window.locator("#found tbody th a").first).to_have_text("Group Practice 69")
    window.locator('a[rel="next"]').click()
    expect(window.locator("#found .of")).to_have_text("Page 2 of 2")
    assert len(names(window)) == 20
    assert window.url.endswith("?state=FL&order=individuals&page=2")
    window.go_back()
    expect(window.locator("#found .of")).to_have_text("Page 1 of 2")
    window.go_back()
    window.go_back()
    assert not window.locator('[name="state"][value="FL"]').is_checked()
    told(window, re.compile("^75 notices with"))


def test_a_name_is_never_markup(window: Page, served: str) -> None:
    window.goto(f"{served}/en/notices.html?q=script")
    told(window, re.compile("^1 notice with"))
    assert names(window) == ['<script>alert("1")</script> & Co.']


def test_without_scripts_the_newest_and_every_month_are_there(browser: Browser, served: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{served}/en/notices.html")
    assert not page.locator("#search").is_visible()
    assert len(names(page)) == 50
    page.get_by_role("link", name="2023-11").click()
    assert page.locator("tbody th").count() == 2
    page.close()


def test_opened_straight_from_a_disk_it_is_searched_too(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{folder}/en/notices.html?q=meadow")
    told(page, "1 notice with 7,100 individuals.")
    page.locator("#words").fill("lakeside")
    told(page, "1 notice with 500 individuals.")
    page.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_root_leads_to_the_reader_s_language(browser: Browser, served: str, language: str) -> None:
    context = browser.new_context(locale={"en": "en-GB", "zh": "zh-CN"}[language])
    page = context.new_page()
    page.goto(served)
    page.wait_for_url(f"{served}/{language}/index.html")
    context.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_published_chart_answers_in_place(window: Page, served: str, language: str) -> None:
    window.goto(f"{served}/{language}/years/2024.html")
    figure = window.locator("figure.chart").first
    figure.focus()
    expect(figure).to_have_attribute("data-awake", "yes", timeout=20_000)
    window.keyboard.press("ArrowRight")
    expect(figure.locator(".tip")).not_to_be_empty()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_site_is_read_straight_from_a_disk(browser: Browser, folder: Path, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda asked: complaints.append(asked.url))
    page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
    page.goto((folder / "en" / "years" / "2024.html").as_uri())
    charts = page.locator("figure.chart[id]")
    assert charts.count()
    assert page.locator("figure.chart svg:visible").count() >= charts.count()
    if scripts:
        charts.first.hover()
        expect(charts.first).to_have_attribute("data-awake", "yes")
    page.locator("#q").fill("harbor")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_have_text("Notices")
    if scripts:
        expect(page.locator("#found tbody th")).to_have_count(1)
    page.locator("table tbody th a:visible").first.click()
    expect(page.locator("#trail")).to_be_visible()
    page.locator("li.language a").click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    context.close()
    assert complaints == []
