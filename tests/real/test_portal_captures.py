"""The stand-in's pages are those of the portal, element by element, so that it cannot become an easier portal.

A capture's own rows are shown by the stand-in, and the two pages are compared: every element of both forms in its order,
with its attributes; the scripts that the pages name and configure; the texts that a client reads. Put aside are styles,
line breaks, pictures of the head and prose. Generated ids are compared by their order: the first stands for the first.
"""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from portals import Browser, generated
from selectolax.lexbor import LexborHTMLParser, LexborNode

from breachtrail.simulate.portal import Portal, Row, State, Switches, days, numbering

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
    if node.tag == "script":  # the page's own functions by their names, calls of the libraries by the word
        functions = re.findall(r"function ((?:do|apply)\w+)\(", node.text())
        return " ".join(functions) or node.text().strip()
    if node.tag not in READ or node.css_first("script") or node.attributes.get("class") == "ui-panelgrid-cell":
        return ""
    return node.text() if node.tag == "td" else node.text(deep=False).strip()


def test_the_form_of_the_list_is_that_of_the_portal(capture: str, standin: str) -> None:
    theirs, ours = elements(capture, "#ocrForm"), elements(standin, "#ocrForm")
    assert len(theirs) > 1500
    differing = [(their, our) for their, our in zip(theirs, ours, strict=False) if our != their]
    assert differing[:1] == []
    assert len(ours) == len(theirs)


def test_the_form_before_it_posts_what_that_of_the_portal_posts(capture: str, standin: str) -> None:
    def posts(page: str) -> list[object]:
        found = LexborHTMLParser(ranked(plain(page)))
        inputs = [dict(node.attributes) for node in found.css("#headerNavigation input")]
        links = [node.attributes["onclick"] for node in found.css("#headerNavigation a[onclick]")]
        forms = [dict(node.attributes) for node in found.css("form")]
        return [forms, inputs, links, found.css_first("#ocrMessage_s").text()]

    assert posts(standin) == posts(capture)


def test_the_head_names_the_scripts_of_the_portal(capture: str, standin: str) -> None:
    def names(page: str) -> list[object]:
        head = LexborHTMLParser(ranked(plain(page))).head
        libraries = [node.attributes for node in head.css("link[href*=resource], script[src*=resource]")]
        return [head.attributes, libraries, [node.text() for node in head.css("script:not([src])")]]

    assert names(standin) == names(capture)
    assert len(names(capture)[1]) == 12


def test_a_viewstate_is_two_signed_numbers_and_the_same_in_both_forms(capture: str, standin: str) -> None:
    for page in (capture, standin):
        states = re.findall(r'ViewState:\d" value="([^"]+)"', page)
        assert len(states) == 2
        assert len(set(states)) == 1
        assert all(-(2**63) <= int(half) < 2**63 for half in states[0].split(":"))


def test_generated_ids_step_as_they_do_at_the_portal(shared: Path) -> None:
    """From one component to the next the numbers of every node of ours step as in one of the 41 captures, give or take one."""

    def steps(numbers: list[int]) -> list[int]:
        return [later - earlier for earlier, later in pairwise(numbers)]

    told = json.loads((shared / "portal" / "portal_ids_2025-05.json").read_text(encoding="utf-8"))["captures"]
    known = [
        [int(id.removeprefix("j_idt")) for id in (*(one[name] for name in ("under_investigation_button", "archive_button",
         "advanced_link")), *one["exporters"].values(), one["first_th"])] for one in told
    ]  # fmt: skip
    seen = list(zip(*map(steps, known), strict=True))
    assert len(known) == 41
    csv = set()
    for number in range(20):
        ids = numbering.list_page(f"{number}", "buttons", 9)
        ours = [int(ids[name].removeprefix("j_idt")) for name in (
            "open_button", "archive_button", "advanced", "excel", "pdf", "csv", "xml", "column_0")]  # fmt: skip
        assert all(
            min(those) - 1 <= step <= max(those) + 1
            for step, those in zip(steps(ours), seen, strict=True)
            if step < 100
        )
        assert 300 < ours[3] - ours[2] < 340
        csv.add(ids["csv"])
    assert len(csv) > 4


def test_the_exporters_of_2026_are_those_of_the_portal(shared: Path) -> None:
    def exporters(page: str) -> list[object]:
        links = LexborHTMLParser(ranked(page)).css("a:has(img[src*=icons])")
        return [(link.attributes, link.css_first("img").attributes) for link in links]

    capture = (shared / "portal" / "fixtures_2026" / "hhs-exporters_2026-07_reduced.html").read_text(encoding="utf-8")
    with Portal(State()) as portal, Browser(portal) as browser:
        page = browser.open("breach_report_hip.jsf").open("breach_report_hip.jsf").text
    theirs, ours = (LexborHTMLParser(text).css_first("#ocrForm").html or "" for text in (capture, page))
    found = re.search(r"<span style=\"float: right\">.*?</span>", ours)[0]
    assert exporters(found) == exporters(theirs.replace("<script", "<!--").replace("</script>", "-->"))
    forms = [dict(LexborHTMLParser(text).css_first("#ocrForm").attributes) for text in (capture, page)]
    assert forms[0] == forms[1]


def test_the_second_page_of_2026_is_bare_rows_as_at_the_portal(shared: Path) -> None:
    capture = (shared / "portal" / "fixtures_2026" / "hhs-page2_partial_response_2026-09-05_excerpt.xml").read_text()
    their = parts(capture)["ocrForm:reportResultTable"]
    cells = tuple(cell.text() for cell in LexborHTMLParser(f"<table>{their}</table>").css("td")[1:])
    rows = [Row(place, ("",) * 9) for place in range(1, 101)]
    with Portal(State([*rows, Row(1463956, cells)])) as portal, Browser(portal) as browser:
        told = parts(browser.open("breach_report_hip.jsf").table(pagination="true", first="100", rows="100").text)
    assert list(told) == ["ocrForm:reportResultTable", "j_id1:javax.faces.ViewState:0"]
    our = told["ocrForm:reportResultTable"]
    assert our.startswith("<tr ")

    def elements_of(text: str) -> list[object]:
        found = LexborHTMLParser(f"<table>{text}</table>").css("tr, tr *")
        return [(node.tag, dict(node.attributes), node.text(deep=False)) for node in found]

    assert elements_of(our) == elements_of(their)


def test_the_front_page_of_2026_leads_on_as_that_of_the_portal(shared: Path) -> None:
    capture = (shared / "portal" / "fixtures_2026" / "hhs-navigation_2026-09-05_reduced.html").read_text(
        encoding="utf-8"
    )
    with Portal(State()) as portal, Browser(portal) as browser:
        page = browser.open("breach_frontpage.jsf").open("breach_frontpage.jsf").text
    links = [
        [re.sub(r"\d+", "#", link.attributes["onclick"] or "") for link in LexborHTMLParser(text).css("#ocrForm a")
         if link.text() == "View HIPAA Breach Reports"] for text in (capture, page)
    ]  # fmt: skip
    assert links[0] == links[1] != []
    forms = [LexborHTMLParser(text).css_first("#ocrForm").attributes["action"] for text in (capture, page)]
    assert forms[0] == forms[1]


def parts(partial: str) -> dict[str, str]:
    """The updates of an answer to an AJAX post, by their ids."""
    found = re.findall(r'<update id="([^"]+)">(.*?)</update>', partial, flags=re.DOTALL)
    return {id: text.removeprefix("<![CDATA[").removesuffix("]]>") for id, text in found}


@pytest.mark.parametrize(
    "name",
    [
        "2020-02-11_archive.csv",
        "2024-07-06_archive.csv",
        "2024-11-06_under_investigation.csv",
        "2026-07-09_under_investigation.csv",
    ],
)
def test_a_real_export_comes_back_byte_for_byte(shared: Path, tmp_path: Path, name: str) -> None:
    """But for the two header cells that the portal of 2026 writes anew each time."""
    real = (shared / "data" / "ocr" / name).read_bytes()
    (tmp_path / name).write_bytes(real)
    (state,) = days.of(tmp_path).values()
    broken = b"UIPanel@" in real
    with Portal(state, Switches(uipanel=broken)) as portal, Browser(portal) as browser:
        browser.open("breach_report_hip.jsf")
        if "archive" in name:
            browser.tab()
        ours = browser.command(browser.link("CSV")).answer.content
    without_panels = [re.sub(rb"UIPanel@[0-9a-f]+", b"UIPanel@", text) for text in (ours, real)]
    assert without_panels[0] == without_panels[1]
