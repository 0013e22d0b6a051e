"""The office in a real browser: no script, by keyboard, in both languages, and what axe says of every page."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from filings import HOSTILE, WHOLE
from offices import UNLIMITED, at_once
from playwright.sync_api import Browser, Page, sync_playwright

from breachtrail.intake import assessment, decision, filing, visit
from breachtrail.intake.app import application
from breachtrail.intake.field import FIELDS, PAGES
from breachtrail.intake.limit import Limits
from breachtrail.intake.office import Office
from breachtrail.intake.permissions import Role
from breachtrail.intake.secret import ADDRESS, KEY, Secrets, new_key
from breachtrail.intake.store import Store


class Served:
    """An office on the loopback, with a person of every role."""

    def __init__(self, folder: Path) -> None:
        self.server = uvicorn.Server(uvicorn.Config("", host="127.0.0.1", port=0, log_level="error"))
        self.folder = folder

    def __enter__(self) -> "Served":
        import socket

        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        store = Store.create(f"sqlite:///{self.folder / 'intake.db'}")
        self.office = Office(
            store, Secrets.from_environment({KEY: new_key(), ADDRESS: self.address}), Limits(dict(UNLIMITED))
        )
        self.people = {role: at_once(self.office, role) for role in Role}
        self.server.config.app = application(self.office)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]})
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        return self

    def __exit__(self, *error: object) -> None:
        self.server.should_exit = True
        self.thread.join()

    def window(
        self, browser: Browser, role: Role | None, language: str = "en", width: int = 1280, scripts: bool = True
    ) -> Page:
        """A window of somebody who has signed in."""
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        cookies = [{"name": "__Host-language", "value": language}]
        if role:
            token = self.people[role].browser.cookies[visit.COOKIE]
            cookies.append({"name": visit.COOKIE, "value": token})
        secure = self.address.replace("http:", "https:")
        context.add_cookies([{**cookie, "url": secure, "secure": True} for cookie in cookies])
        page = context.new_page()
        page.set_default_timeout(15000)
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("office")) as served:
        yield served


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


#: What axe is asked of in Chinese too: the markup is the same, and each asking takes the browser half a second.
BY_AXE_TOO = ("/form/breach", "/queue")


def fill(page: Page, name: str, answer: str | list[str], kind: str) -> None:
    """One field, as a person fills it."""
    if kind == "many":
        for value in answer:
            page.locator(f'input[name="{name}"][value="{value}"]').check()
    elif page.locator(f'select[name="{name}"]').count():
        page.locator(f'select[name="{name}"]').select_option(str(answer))
    elif page.locator(f'input[type="radio"][name="{name}"]').count():
        page.locator(f'input[name="{name}"][value="{answer}"]').check()
    else:
        page.locator(f'[name="{name}"]').fill(str(answer))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_somebody_new_files_a_report_without_any_script(served: Served, browser: Browser, language: str) -> None:
    """Page by page; each field that appears later is met when the page comes back, which counts as a refusal."""
    page = served.window(browser, Role.FILER, language, scripts=False)
    page.goto(served.address + "/")
    clicks, refusals = 1, 0
    page.locator('button[value="initial"]').click()
    while "/form/" in page.url:
        here = page.url.rsplit("/", 1)[1]
        for field in FIELDS:
            if field.page == here and field.name in WHOLE and page.locator(f'[name="{field.name}"]').count():
                fill(page, field.name, WHOLE[field.name], field.kind)
        clicks += 1
        page.locator('button[value="on"]').click()
        refusals += page.locator('[role="alert"]').count()
        assert clicks < 30
    page.locator('form[action$="/file"] button').click()
    assert "/form/" not in page.url
    assert page.locator("dl strong").first.inner_text().strip().isalnum()
    # docs/intake-office.md says so.
    assert (clicks + 1, refusals) == (9, 1)


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
