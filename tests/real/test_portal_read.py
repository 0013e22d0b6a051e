"""Real pages of the portal, of May 2025 and (reduced) of 2026: what is read of them, and what would be sent from them."""

import json
import re
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from breachtrail.registers.fetch import Client, Manners, Reply, Visitor
from breachtrail.registers.register import load
from breachtrail.registers.us_hhs_ocr import export
from breachtrail.registers.us_hhs_ocr.page import TABLE, Form, Page, Partial, bare_rows

NAMES = [names[0] for names in load("us_hhs_ocr").columns.values()]
#: The script of the portal's own kind that a click on a link runs, as Mojarra has it: the link's name joins the form, which is sent.
MOJARRA = """window.mojarra = {jsfcljs: (form, more) => { for (const name in more) { const field = document.createElement('input');
    field.type = 'hidden'; field.name = name; field.value = more[name]; form.appendChild(field); }
    const send = document.createElement('input'); send.type = 'submit'; form.appendChild(send); send.click(); }};
    window.PF = () => ({disable() {}, show() {}});
    window.PrimeFaces = {bcn: (source, event, calls) => calls.every(call => call.call(source, event) !== false), settings: {}, cw() {}};
    window.$ = () => {};"""


def page(path: Path) -> Page:
    return Page(Reply("https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf", 200, "text/html", path.read_bytes()))


@pytest.fixture(scope="module")
def captures(shared: Path) -> list[Path]:
    found = sorted((shared / "portal" / "html").glob("*.html"))
    if not found:
        pytest.skip("no captures of the portal lie beside the exports")
    return found


@pytest.fixture(scope="module")
def fixtures(shared: Path) -> Path:
    return shared / "portal" / "fixtures_2026"


def test_every_capture_is_a_list_with_a_hundred_rows(captures: list[Path]) -> None:
    for path in captures:
        shown = page(path)
        table = shown.table
        assert (shown.kind, shown.has_tabs, shown.form.multipart) == ("list", False, True)
        assert [name for name in table.columns if name] == NAMES
        assert (len(table.rows), table.page_size) == (100, 100)
        assert table.counted == int(re.search(r"rows(\d+)", path.name)[1])
        assert [row.place for row in table.rows] == list(range(100))
        assert len({row.record_id for row in table.rows}) == 100
        assert all(len(row.cells) == len(table.columns) and row.cells[1].strip() for row in table.rows)
        export.hold_to([name for name in table.columns if name], load("us_hhs_ocr"), {})


def test_the_generated_ids_are_found_in_every_numbering(captures: list[Path], shared: Path) -> None:
    """The ids noted in 41 captures; those of the five whole pages are among them, each found anew."""
    noted = json.loads((shared / "portal" / "portal_ids_2025-05.json").read_text(encoding="utf-8"))["captures"]
    numberings = {(one["exporters"]["CSV"], one["archive_button"]) for one in noted}
    found = set()
    for path in captures:
        shown = page(path)
        (csv, _), (archive, _) = shown.clicked("csv.png").fields[-1], shown.pressed("Archive").fields[1]
        found.add((csv.removeprefix("ocrForm:"), archive.removeprefix("ocrForm:")))
        assert csv.removeprefix("ocrForm:j_idt") == re.search(r"csv(\d+)", path.name)[1]
    assert len(found) == 5
    assert found <= numberings


def test_records_keep_their_ids_from_capture_to_capture(captures: list[Path]) -> None:
    """Rows of two nodes and five days: a record id stands for one name and day, wherever it is shown."""
    told: dict[str, set[tuple[str, str]]] = {}
    for path in captures:
        for row in page(path).table.rows:
            told.setdefault(row.record_id, set()).add((row.cells[1], row.cells[5]))
    assert len(told) > 100
    assert {record: names for record, names in told.items() if len(names) > 1} == {}


def test_a_partial_answer_of_2026_brings_bare_rows(fixtures: Path) -> None:
    (path,) = fixtures.glob("*partial*.xml")
    partial = Partial.of(Reply("x", 200, "text/xml", path.read_bytes()))
    (row,) = bare_rows(partial.updates[TABLE])
    assert (row.place, len(row.record_id), len(row.cells)) == (100, 7, 10)
    assert partial.redirect == ""


def test_the_exporters_of_2026_are_told_by_their_pictures(fixtures: Path) -> None:
    (path,) = fixtures.glob("*exporters*.html")
    form = page(path).clicked("csv.png")
    assert (form.action, form.multipart) == ("/ocr/breach/breach_report_hip.jsf", False)
    assert form.fields[-1] == ("ocrForm:j_idt389", "ocrForm:j_idt389")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


def sent_by(browser, path: Path, click: str) -> tuple[str, list[tuple[str, str]]]:
    """Address and fields that a real browser sends from a capture when something is clicked, in their order."""
    context = browser.new_context()
    opened = context.new_page()
    sent = []

    def answer(route, request) -> None:
        if request.method == "POST":
            sent.append((request.url, request.headers.get("content-type", ""), request.post_data_buffer or b""))
            route.fulfill(status=204)
        elif request.resource_type == "document":
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=path.read_bytes())
        else:
            route.fulfill(status=200, content_type="text/plain", body=b"")

    context.route("**/*", answer)
    opened.add_init_script(MOJARRA)
    opened.goto("http://127.0.0.1/ocr/breach/breach_report.jsf", wait_until="domcontentloaded")
    with opened.expect_request(lambda request: request.method == "POST"):
        opened.locator(click).first.dispatch_event("click")
    opened.wait_for_timeout(50)
    context.close()
    ((url, media, body),) = sent
    return url, fields_of(media, body)


def fields_of(media: str, body: bytes) -> list[tuple[str, str]]:
    if not media.startswith("multipart/"):
        return parse_qsl(body.decode(), keep_blank_values=True)
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {media}\r\n\r\n".encode() + body)
    return [
        (part.get_param("name", header="content-disposition"), part.get_content().rstrip("\n"))
        for part in parts.iter_parts()
    ]


def sent_by_us(form: Form) -> tuple[str, list[tuple[str, str]]]:
    """The same of our client, taken from the bytes that it would put on the wire."""
    with Client("http://127.0.0.1/ocr/breach/", Visitor("0"), Manners(pause=0.0)) as client:
        request = client.request("POST", form.action, form.fields, multipart=form.multipart)
        return str(request.url), fields_of(request.headers["Content-Type"], request.read())


@pytest.mark.parametrize("place", range(5))
def test_what_is_sent_is_what_a_browser_sends(browser, captures: list[Path], place: int) -> None:
    shown = page(captures[place])
    picture = 'img[alt="CSV"]'
    assert sent_by_us(shown.clicked("csv.png")) == sent_by(browser, captures[place], f"a:has({picture})")
    assert sent_by_us(shown.pressed("Archive")) == sent_by(browser, captures[place], 'button:has-text("Archive")')
