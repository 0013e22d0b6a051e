"""The site as people see it: every page in a real browser, in both languages, wide and narrow, with scripts and without.

An ordinary run looks at each page in each language once; ``BROWSER=whole`` (``make browser``) at every page in every way. What was
seen is kept as pictures in ``build/seen``.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import breachtrail

SEEN = Path(__file__).resolve().parents[2] / "build" / "seen"
PATHS = {
    "overview": "", "notices": "notices?year=2024", "misspelt": "notices?q=groing+helth", "notice": "notices/{id}",
    "organisation": "organisations/growinghealthnetwork", "states": "states", "state": "states/TX", "years": "years",
    "year": "years/2024", "month": "months/2024-07", "changes": "changes?since=2024-11-06",
    "ask": "ask?measures=notices,individuals&by=entity_type&year=2024", "check": "check", "coverage": "coverage", "method": "method",
    "data": "data", "estimates": "estimates", "people": "people", "peers": "peers?entity_type=Healthcare+Provider&years=2",
    "nothing": "nothing", "past": f"notices/{{id}}?as_of={sites.SECOND}",
}  # fmt: skip
#: language, width in pixels, whether scripts run, colours
WAYS = {
    "en-wide": ("en", 1280, True, "light"),
    "zh-narrow": ("zh", 390, False, "dark"),
    "zh-wide": ("zh", 1280, True, "dark"),
    "en-narrow": ("en", 390, True, "light"),
    "en-narrow-plain": ("en", 390, False, "dark"),
    "zh-wide-plain": ("zh", 1280, False, "light"),
}
TRIED = list(WAYS) if os.environ.get("BROWSER") == "whole" else list(WAYS)[:2]
#: What axe may find: nothing of these weights.
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*quiet, "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def growing(made_up_home: Path) -> str:
    with breachtrail.open(made_up_home) as ledger:
        return str(ledger.show("growing health")[0]["id"])


class Watched:
    """A window that notes what should not happen: errors, refusals of the browser, requests to elsewhere."""

    def __init__(self, browser: Browser, address: str, width: int, scripts: bool, colours: str) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme=colours,
            accept_downloads=True,
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.faults: list[str] = []
        self.page.on(
            "console", lambda told: self._note("console", told.text) if told.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self._note("script", str(error)))
        self.page.on(
            "request",
            lambda asked: None if asked.url.startswith((address, "data:")) else self._note("elsewhere", asked.url),
        )

    def _note(self, what: str, why: str) -> None:
        if "404 (Not Found)" not in why:  # the page that is not there says so on purpose
            self.faults.append(f"{what}: {why}")


@pytest.mark.parametrize("way", TRIED)
def test_every_page_is_sound(browser: Browser, address: str, growing: str, way: str) -> None:
    language, width, scripts, colours = WAYS[way]
    window = Watched(browser, address, width, scripts, colours)
    found: dict[str, list[str]] = {}
    for name, path in PATHS.items():
        window.page.goto(f"{address}/{language}/{path.format(id=growing)}")
        SEEN.mkdir(parents=True, exist_ok=True)
        window.page.screenshot(path=SEEN / f"{name}-{way}.png", full_page=True)
        beyond = window.page.locator("html").evaluate("e => e.scrollWidth - e.clientWidth") if scripts else 0
        if beyond > 1:
            found[f"{name}: wider than the window"] = [f"{beyond} pixels"]
        if scripts:
            result = Axe().run(window.page)
            serious = [one for one in result.response["violations"] if one["impact"] in SERIOUS]
            if serious:
                found[name] = [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]}" for one in serious]
    window.context.close()
    assert found == {}
    assert window.faults == []


def test_from_a_search_to_the_trail_to_the_past_to_a_file(browser: Browser, address: str) -> None:
    window = Watched(browser, address, 1280, True, "light")
    page = window.page
    page.goto(address + "/")
    page.get_by_role("searchbox").fill("growing health")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Growing Health Network").click()
    assert page.locator(".trail").get_by_text("100,000,000 → 192,700,000").is_visible()
    page.wait_for_load_state()  # the script that listens to the clock comes last
    page.get_by_label("As known on").fill(sites.SECOND)
    page.wait_for_url(re.compile("as_of=2024-12-08"))
    assert page.get_by_text("100,000,000 individuals").first.is_visible()
    page.get_by_role("link", name="Notices", exact=True).click()
    assert "as_of=2024-12-08" in page.url
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    taken = coming.value.path().read_text(encoding="utf-8")
    assert "Growing Health Network" in taken
    assert "100000000" in taken
    assert "192700000" not in taken
    window.context.close()
    assert window.faults == []


def test_the_same_way_without_scripts_and_by_keyboard(browser: Browser, address: str) -> None:
    window = Watched(browser, address, 390, False, "light")
    page = window.page
    page.goto(address + "/zh/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.locator("#q").fill("growing health")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="Growing Health Network").focus()
    page.keyboard.press("Enter")
    page.locator("#as_of").fill(sites.FIRST)
    page.locator("form.clock button").press("Enter")
    assert "as_of=2024-11-06" in page.url
    assert page.get_by_text("500 人次").or_(page.get_by_text("500人次")).first.is_visible()
    page.get_by_role("link", name="English").click()
    assert "/en/notices/" in page.url
    assert "as_of=2024-11-06" in page.url
    window.context.close()
    assert window.faults == []


def test_a_chart_answers_in_place(browser: Browser, address: str) -> None:
    window = Watched(browser, address, 1280, True, "light")
    page = window.page
    page.goto(address + "/en/ask?measures=notices,individuals&by=entity_type&year=2024")
    figure = page.locator("figure#chart-answer")
    figure.hover()
    page.wait_for_selector("figure[data-awake=yes]")
    bar = figure.locator(".wide div svg path[fill='#0b6aa2']").first
    bar.hover()
    said = figure.locator(".tip")
    said.filter(has_text="Notices").wait_for()
    assert re.search(r"Healthcare provider|Business associate|Health plan", said.inner_text())
    figure.focus()
    page.keyboard.press("ArrowDown")
    first = said.inner_text()
    page.keyboard.press("ArrowDown")
    assert first != said.inner_text()
    page.screenshot(path=SEEN / "answering.png", full_page=True)
    window.context.close()
    assert window.faults == []
