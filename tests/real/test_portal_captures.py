"""The stand-in's pages are those of the portal, element by element, so that it cannot become an easier portal.

A capture's own rows are shown by the stand-in, and the two pages are compared: every element of both forms in its order,
with its attributes; the scripts that the pages name and configure; the texts that a client reads. Put aside are styles,
line breaks, pictures of the head and prose. Generated ids are compared by their order: the first stands for the first.
"""

import json
import re
from pathlib import Path

import pytest
from portals import Browser, generated
from selectolax.lexbor import LexborHTMLParser, LexborNode

from breachtrail.simulate.portal import Portal, Row, State, Switches

CAPTURES = ("2025-05-17_nodeA", "2025-05-21_nodeB", "2025-05-24_nodeC", "2025-05-27_nodeD", "2025-05-27_nodeE")
DECORATION = {"style", "br"}
READ = {"a", "button", "th", "td", "option", "label", "span"}


@pytest.fixture(scope="module", params=CAPTURES)
def capture(request: pytest.FixtureRequest, shared: Path) -> str:
    (path,) = (shared / "portal" / "html").glob(f"breach_report_UI_{request.param}_*.html")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def standin(capture: str) -> str:
    """The stand-in's page of the rows that a capture shows; those of its further pages are made up."""
    rows = [
        Row(int(row.attributes["data-rk"] or ""), tuple(cell.text() for cell in row.css("td")[1:]))
        for row in LexborHTMLParser(capture).css("tr[data-ri]")
    ]
    total = int(re.search(r"rowCount:(\d+)", capture)[1])
    rows += [Row(place, ("",) * 9) for place in range(1, total - len(rows) + 1)]
    with Portal(State(rows), Switches.of_2025()) as portal, Browser(portal) as browser:
        return browser.open("breach_report.jsf").text


def plain(text: str) -> str:
    """Text of a page without what is a visitor's own, and with generated ids by their order."""
    text = re.sub(r"jsessionid=[0-9A-F]{32}", "jsessionid=…", text)
    return re.sub(r"-?\d{12,20}:-?\d{12,20}", "view:state", text)


def ranked(text: str) -> str:
    numbers = list(dict.fromkeys(generated(text)))
    assert numbers == sorted(numbers)
    return re.sub(r"j_idt(\d+)", lambda found: f"j_idt#{numbers.index(int(found[1]))}", text)


def elements(page: str, form: str) -> list[tuple[str, dict[str, str | None], str]]:
    """Elements of a form in their order: tag, attributes, and the text where a client reads it."""
    found = LexborHTMLParser(ranked(plain(page))).css_first(form)
    return [
        (node.tag, dict(node.attributes), text_of(node))
        for node in found.traverse(include_text=False)
        if node.tag not in DECORATION
    ]


def text_of(node: LexborNode) -> str:
    if node.tag == "script":
        text = node.text()
        functions = re.findall(r"function (\w+)\(", text)
        return " ".join(name for name in functions if name != "myDropdownChangeHandler") if "function do" in text or "function apply" in text else text.strip()
    if node.tag not in READ or node.css_first("script, span.column1") or (node.attributes.get("class") or "") == "ui-panelgrid-cell":
        return ""
    return node.text(deep=False).strip() if node.tag != "td" else node.text()


def test_the_form_of_the_list_is_that_of_the_portal(capture: str, standin: str) -> None:
    theirs, ours = elements(capture, "#ocrForm"), elements(standin, "#ocrForm")
    assert len(theirs) > 1500
    differing = [(their, our) for their, our in zip(theirs, ours, strict=False) if our != their]
    assert differing[:1] == []
    assert len(ours) == len(theirs)
