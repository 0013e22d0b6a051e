"""A small visitor of the stand-in portal for its tests: it keeps cookies, and posts what a form holds."""

import re
from collections.abc import Mapping
from typing import Self
from urllib.parse import urljoin

import httpx
from selectolax.lexbor import LexborHTMLParser

from breachtrail.simulate.portal import Portal, Row

STATE = "javax.faces.ViewState"
AJAX = {"Faces-Request": "partial/ajax", "X-Requested-With": "XMLHttpRequest"}
TABLE = "ocrForm:reportResultTable"
_TABS, _INDEX = "ocrForm:j_idt#", "ocrForm:j_idt#_activeIndex"
_REST = (f"{TABLE}_rppDD", f"{TABLE}_rowExpansionState", STATE)
_PARTIAL = tuple(f"javax.faces.{name}" for name in ("partial.ajax", "source", "partial.execute"))
_EVENT = ("javax.faces.behavior.event", "javax.faces.partial.event")
_PAGING = tuple(f"{TABLE}_{name}" for name in ("pagination", "first", "rows", "skipChildren", "encodeFeature"))

#: Names of the fields that a real browser posts, in their order, by generation and kind of request (measured by
#: tests/web/test_portal_in_browser.py; generated ids are written ``j_idt#``). For exports and buttons they are the browser's own
#: doing; for the two AJAX posts the script's, which sends what PrimeFaces 12 sends.
POSTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("tabs", "export"): ("ocrForm", _INDEX, *_REST, "ocrForm:j_idt#"),
    ("buttons", "export"): ("ocrForm", *_REST, "ocrForm:j_idt#"),
    ("tabs", "view_change"): (
        *(*_PARTIAL, "javax.faces.partial.render", *_EVENT, f"{_TABS}_newTab", f"{_TABS}_tabindex"),
        *("ocrForm", _INDEX, *_REST),
    ),
    ("buttons", "view_change"): ("ocrForm", "ocrForm:j_idt#", *_REST),
    ("tabs", "paging"): (*_PARTIAL, *_EVENT, *_PAGING, "ocrForm", _INDEX, *_REST),
    ("buttons", "paging"): (*_PARTIAL, *_EVENT, *_PAGING, "ocrForm", *_REST),
}


def generated(text: str) -> list[int]:
    """The numbers of all generated ids, in the order of the page."""
    return [int(number) for number in re.findall(r"j_idt(\d+)", text)]


def row(
    record: int, name: str = "Made-up Clinic", individuals: int = 500, submitted_on: str = "05/09/2025", **other: str
) -> Row:
    """A row of the HIPAA list."""
    told = {
        "state": "TX",
        "entity": "Healthcare Provider",
        "kind": "Loss",
        "where": "Laptop",
        "associate": "No",
        "text": "",
    } | other
    return Row(record, (name, told["state"], told["entity"], str(individuals), submitted_on, told["kind"], told["where"],
                        told["associate"], told["text"]))  # fmt: skip


class Browser:
    """``text`` and ``status`` are those of the last answer; ``view_state`` is the newest seen."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.client = httpx.Client(
            follow_redirects=True, verify=False
        )  # there is nothing to verify, and nothing to load
        self.page = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self.client.close()

    def open(self, path: str) -> Self:
        return self._took(self.client.get(urljoin(self.portal.url, path)))

    def _took(self, answer: httpx.Response) -> Self:
        self.answer, self.text, self.status = answer, answer.text, answer.status_code
        if found := re.findall(rf'{STATE}:\d"(?: value="|><!\[CDATA\[)([-\d:]+)', answer.text):
            self.view_state = found[-1]
        if 'id="ocrForm"' in answer.text:
            self.page = answer.text
        return self

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.page)

    def link(self, kind: str) -> str:
        """The id that the link with the image of a kind of export posts."""
        onclick = self.tree.css_first(f'#ocrForm img[alt="{kind}"]').parent.attributes["onclick"] or ""
        return re.search(r"\{'([^']+)'", onclick)[1]

    @property
    def tabs(self) -> str:
        return self.tree.css_first("input[name$=_activeIndex]").attributes["name"].removesuffix("_activeIndex")

    def post(
        self, fields: Mapping[str, str], *, form: str = "ocrForm", ajax: bool = False, multipart: bool = False
    ) -> Self:
        action = self.tree.css_first(f"#{form}").attributes["action"] or ""
        sent = {form: form, STATE: self.view_state, **fields}
        if multipart:
            return self._took(
                self.client.post(
                    urljoin(self.portal.origin, action), files={name: (None, value) for name, value in sent.items()}
                )
            )
        return self._took(
            self.client.post(urljoin(self.portal.origin, action), data=sent, headers=AJAX if ajax else None)
        )

    def command(self, id: str, **how: bool) -> Self:
        return self.post({id: id}, **how)

    def button(self, label: str, **how: bool) -> Self:
        (found,) = (button for button in self.tree.css("#ocrForm button") if button.text() == label)
        return self.command(found.attributes["name"] or "", **how)

    def tab(self, panel: str = "archiveTab", **other: str) -> Self:
        fields = {
            "javax.faces.partial.ajax": "true",
            "javax.faces.source": self.tabs,
            "javax.faces.partial.execute": self.tabs,
            "javax.faces.partial.render": "ocrForm:breachReports ocrForm:results",
            "javax.faces.behavior.event": "tabChange",
            f"{self.tabs}_newTab": f"{self.tabs}:{panel}",
            f"{self.tabs}_tabindex": "1",
        }
        return self.post(fields | other, ajax=True)

    def table(self, **asked: str) -> Self:
        fields = {"javax.faces.partial.ajax": "true", "javax.faces.source": TABLE, "javax.faces.partial.render": TABLE}
        return self.post(fields | {f"{TABLE}_{name}": value for name, value in asked.items()}, ajax=True)
