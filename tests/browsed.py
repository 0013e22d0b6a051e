"""An office that is served on the loopback, and somebody who files a report in a real browser, page by page."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from offices import UNLIMITED, Person, at_once
from playwright.sync_api import Browser, Page, sync_playwright

from breachtrail.intake import visit
from breachtrail.intake.app import application
from breachtrail.intake.field import FIELDS
from breachtrail.intake.limit import Limits
from breachtrail.intake.office import Office
from breachtrail.intake.permissions import Role
from breachtrail.intake.secret import ADDRESS, KEY, Secrets, new_key
from breachtrail.intake.store import Store


@contextmanager
def opened(chromium: str) -> Iterator[Browser]:
    """The browser of the system."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Served:
    """An office on the loopback, with a person of every role."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        """store: an open one; else a new one of SQLite in ``folder``."""
        self.server = uvicorn.Server(uvicorn.Config("", host="127.0.0.1", port=0, log_level="error"))
        self.folder, self.store = folder, store

    def __enter__(self) -> "Served":
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        store = self.store or Store.create(f"sqlite:///{self.folder / 'intake.db'}")
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
        self,
        browser: Browser,
        who: Role | Person | None,
        language: str = "en",
        width: int = 1280,
        scripts: bool = True,
    ) -> Page:
        """A window of somebody who has signed in, or of nobody."""
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        cookies = [{"name": "__Host-language", "value": language}]
        if who:
            person = who if isinstance(who, Person) else self.people[who]
            token = person.browser.cookies[visit.COOKIE]
            cookies.append({"name": visit.COOKIE, "value": token})
        secure = self.address.replace("http:", "https:")
        context.add_cookies([{**cookie, "url": secure, "secure": True} for cookie in cookies])
        page = context.new_page()
        page.set_default_timeout(15000)
        return page


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


def file_by_hand(page: Page, address: str, answers: Mapping[str, str | list[str]]) -> tuple[str, int, int]:
    """File a report from the list of one's own to the tracking number; that number, and how many clicks and refusals it took.

    Fields that appear later are met when the page comes back, which counts as a refusal.
    """
    page.goto(address + "/")
    clicks, refusals = 1, 0
    page.locator('button[value="initial"]').click()
    while "/form/" in page.url:
        here = page.url.rsplit("/", 1)[1]
        for field in FIELDS:
            if field.page == here and field.name in answers and page.locator(f'[name="{field.name}"]').count():
                fill(page, field.name, answers[field.name], field.kind)
        clicks += 1
        page.locator('button[value="on"]').click()
        refusals += page.locator('[role="alert"]').count()
        assert clicks < 30
    page.locator('form[action$="/file"] button').click()
    assert "/form/" not in page.url
    return page.locator("dl strong").first.inner_text().strip(), clicks + 1, refusals
