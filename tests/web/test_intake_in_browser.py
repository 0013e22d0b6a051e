"""The office in a real browser: no script, by keyboard, in both languages, and what axe says of every page."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsed import Served, file_by_hand, opened
from filings import HOSTILE, WHOLE
from playwright.sync_api import Browser

from breachtrail.intake import assessment, decision, filing
from breachtrail.intake.field import PAGES
from breachtrail.intake.permissions import Role


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("office")) as served:
        yield served


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with opened(chromium) as browser:
        yield browser


#: What axe is asked of in Chinese too: the markup is the same, and each asking takes the browser half a second.
BY_AXE_TOO = ("/form/breach", "/queue")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_somebody_new_files_a_report_without_any_script(served: Served, browser: Browser, language: str) -> None:
    page = served.window(browser, Role.FILER, language, scripts=False)
    number, clicks, refusals = file_by_hand(page, served.address, WHOLE)
    assert number.isalnum()
    # docs/intake-office.md says so.
    assert (clicks, refusals) == (9, 1)


def test_the_keyboard_alone_leads_through_a_page(served: Served, browser: Browser) -> None:
    page = served.window(browser, Role.FILER)
    page.goto(served.address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator('button[value="initial"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/form/general")
    page.locator('input[name="filer"]').first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/form/contact")


def pages_of(served: Served) -> dict[Role | None, list[str]]:
    """Every page that a role can see, with something on it."""
    import datetime as dt

    now = dt.datetime.now(dt.UTC)
    filer, reviewer = served.people[Role.FILER].actor, served.people[Role.REVIEWER].actor
    with served.office.store.begin() as session:
        draft = filing.begin(session, filer, now).id
        filing.save(
            session,
            filer,
            draft,
            {"filer": "associate", "entity_name": HOSTILE["turned"], "locations": ["Other"], "media_notice": "Yes"},
            now,
        )
        whole = filing.begin(session, filer, now).id
        filing.save(
            session, filer, whole, {**WHOLE, "entity_name": HOSTILE["script"], "description": HOSTILE["long"]}, now
        )
        filing.file(session, filer, whole, now)
        decision.decide(session, reviewer, whole, "take", "", now, seen=1)
        assessment.record(session, filer, "A laptop", {"permitted": "Yes", "permitted_reason": "It was."}, now)
    forms = [f"/reports/{draft}/form/{page}" for page in PAGES]
    return {
        None: ["/sign-in", "/invitation", "/nowhere"],
        Role.FILER: ["/", *forms, f"/reports/{draft}/check", f"/reports/{whole}", f"/reports/{whole}/summary", "/account",
                     "/assessments", "/assessments/new"],
        Role.REVIEWER: ["/queue", f"/reports/{whole}"],
        Role.AUDITOR: ["/audit"],
        Role.ADMINISTRATOR: ["/accounts", "/settings"],
    }  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    served: Served, browser: Browser, language: str, width: int
) -> None:
    faults, axe = [], Axe()
    for role, paths in pages_of(served).items():
        page = served.window(browser, role, language, width)
        for path in paths:
            page.goto(served.address + path)
            assert page.locator("main h1").count() == 1, path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            if language == "zh" and not path.endswith(BY_AXE_TOO):
                continue
            found = axe.run(page)
            faults += [(path, one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]]
    assert faults == []
