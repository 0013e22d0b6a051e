"""The stand-in of the breach portal, asked over the loopback as a visitor asks."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import httpx
import pytest
from portals import STATE, Browser, row

from breachtrail.errors import QuestionError
from breachtrail.simulate.portal import Portal, Row, State, Switches

OPEN = [row(1_301_000 + place, f"Open {place}", 500 + place) for place in range(250)]
ARCHIVED = [
    row(1_200_002, 'Twice "quoted", Inc', 700, "03/02/2024", text='Line one\nline two\rline three, "so"'),
    row(1_200_001, "Null \N{LATIN SMALL LETTER E WITH ACUTE}", 501, "03/01/2024", text="\\N", where="Email, Laptop"),
    row(1_200_000, "Long", 502, "02/01/2024", text="x" * 3995),
]
BOTH = State(OPEN, ARCHIVED)
PAGES = {"tabs": "breach_report_hip.jsf", "buttons": "breach_report.jsf"}


@pytest.fixture(scope="module", params=["tabs", "buttons"])
def portal(request: pytest.FixtureRequest) -> Iterator[Portal]:
    switches = Switches() if request.param == "tabs" else Switches.of_2025()
    with Portal(BOTH, switches) as portal:
        yield portal


@pytest.fixture
def browser(portal: Portal) -> Iterator[Browser]:
    portal.forget()
    with Browser(portal) as browser:
        yield browser.open(PAGES[generation(portal)])


@pytest.fixture(scope="module")
def tabbed() -> Iterator[Portal]:
    with Portal(BOTH) as portal:
        yield portal


@pytest.fixture
def visitor(tabbed: Portal) -> Iterator[Browser]:
    tabbed.forget()
    with Browser(tabbed) as browser:
        yield browser.open("breach_report_hip.jsf")


def generation(portal: Portal) -> str:
    return portal.switches.generation


def to_archive(browser: Browser) -> Browser:
    return browser.tab() if generation(browser.portal) == "tabs" else browser.button("Archive")


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(cells) for cells in csv.reader(io.StringIO(text, newline=""), strict=True)]


def records(text: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-rk="(\d+)"', text)]


def test_a_page_shows_the_first_hundred_rows_with_their_records(browser: Browser) -> None:
    assert records(browser.text) == [row.record for row in OPEN[:100]]
    assert "(Displaying 1 - 100 of 250)" in browser.text


def test_both_views_are_exported_whole(browser: Browser) -> None:
    assert rows_of(browser.command(browser.link("CSV")).text)[1:] == [row.cells for row in OPEN]
    to_archive(browser)
    assert rows_of(browser.command(browser.link("CSV")).text)[1:] == [row.cells for row in ARCHIVED]


def test_an_export_is_a_download_in_the_portals_dress(browser: Browser) -> None:
    to_archive(browser)
    answer = browser.command(browser.link("CSV")).answer
    assert answer.headers["content-type"] == "text/csv;charset=UTF-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert 'filename="breach_report.csv"' in answer.headers["content-disposition"]
    lines = answer.content.decode()
    assert lines.startswith('"')
    assert lines.endswith('"\n')
    assert '"Twice ""quoted"", Inc","TX","Healthcare Provider","700","03/02/2024"' in lines
    assert '"Line one\nline two\rline three, ""so"""\n' in lines
    assert rows_of(lines)[2][8] == "\\N"


def test_the_header_of_2026_is_broken_anew_at_every_export(visitor: Browser) -> None:
    headers = [rows_of(visitor.command(visitor.link("CSV")).text)[0] for _ in range(2)]
    assert headers[0] != headers[1]
    for header in headers:
        broken = [
            place
            for place, cell in enumerate(header)
            if re.fullmatch(r"javax\.faces\.component\.UIPanel@[0-9a-f]+", cell)
        ]
        assert broken == [0, 7]
        assert header[1:7] == ("State", "Covered Entity Type", "Individuals Affected", "Breach Submission Date", "Type of Breach",
                               "Location of Breached Information")  # fmt: skip


def test_the_header_can_be_right() -> None:
    with Portal(BOTH, Switches(uipanel=False)) as portal, Browser(portal) as browser:
        browser.open("breach_report_hip.jsf")
        assert rows_of(browser.command(browser.link("CSV")).text)[0][::8] == (
            "Name of Covered Entity",
            "Web Description",
        )


@pytest.mark.parametrize("kind", ["Excel", "PDF", "XML"])
def test_what_the_portal_gives_for_other_links_is_not_known_and_said_so(visitor: Browser, kind: str) -> None:
    assert visitor.command(visitor.link(kind)).status == 501
    assert "does not write this export" in visitor.text


def test_two_cookies_come_with_the_first_answer_and_its_addresses_carry_the_session(browser: Browser) -> None:
    cookies = dict(browser.client.cookies)
    assert set(cookies) == {"JSESSIONID", "asig_persistence"}
    assert f";jsessionid={cookies['JSESSIONID']}" in browser.tree.css_first("#ocrForm").attributes["action"]
    assert "Path=/ocr" in browser.answer.headers["set-cookie"]
    assert "jsessionid" not in browser.open(PAGES[generation(browser.portal)]).text


def test_the_old_address_leads_to_the_front_page_since_2026(visitor: Browser) -> None:
    answer = httpx.get(visitor.portal.url + "breach_report.jsf")
    assert (answer.status_code, answer.headers["location"]) == (302, "/ocr/breach/breach_frontpage.jsf")


def test_the_front_page_leads_to_both_lists(visitor: Browser) -> None:
    for label, path in (
        ("View HIPAA Breach Reports", "breach_report_hip.jsf"),
        ("View 42 CFR Part 2 Breach Reports", "breach_report_part2.jsf"),
    ):
        visitor.open("breach_frontpage.jsf")
        (link,) = (link for link in visitor.tree.css("#ocrForm a") if link.text() == label)
        visitor.command(re.search(r"\{'([^']+)'", link.attributes["onclick"] or "")[1])
        assert visitor.answer.url.path.endswith(path)


def test_the_part_2_list_is_empty_and_says_so(visitor: Browser) -> None:
    visitor.open("breach_report_part2.jsf")
    assert "(Displaying 0 - 0 of 0)" in visitor.text
    assert "No records found." in visitor.tree.css_first("tr.ui-datatable-empty-message").text()
    (header,) = rows_of(visitor.command(visitor.link("CSV")).text)
    assert (len(header), [cell.startswith("javax") for cell in header]) == (8, [place in (0, 6) for place in range(8)])


def test_the_part_2_list_can_hold_rows() -> None:
    cells = ("Programme", "TX", "600", "05/09/2026", "Theft", "Laptop", "No", "")
    with Portal(State(part2_under_investigation=[Row(7, cells)])) as portal, Browser(portal) as browser:
        browser.open("breach_report_part2.jsf")
        assert records(browser.text) == [7]
        assert rows_of(browser.command(browser.link("CSV")).text)[1:] == [cells]


def test_nodes_give_other_ids_and_a_cookie_keeps_a_visitor_on_one() -> None:
    with Portal(BOTH) as portal, Browser(portal) as one, Browser(portal) as other:
        links = [browser.open("breach_report_hip.jsf").link("CSV") for browser in (one, other, one, other)]
        assert links[0] == links[2] != links[1] == links[3]
        assert [entry.node for entry in portal.log] == ["A", "B", "A", "B"]


def test_without_its_cookies_every_other_post_lands_on_the_front_page(visitor: Browser) -> None:
    action = visitor.portal.origin + (visitor.tree.css_first("#ocrForm").attributes["action"] or "")
    sent = {"ocrForm": "ocrForm", STATE: visitor.view_state, visitor.link("CSV"): visitor.link("CSV")}
    assert ";jsessionid=" in action
    answers = [httpx.post(action, data=sent) for _ in range(2)]
    assert [entry.answered for entry in visitor.portal.log[1:]] in (["csv", "front page"], ["front page", "csv"])
    assert {answer.status_code for answer in answers} == {200}


def test_an_unknown_id_gets_status_200_and_another_page(browser: Browser) -> None:
    browser.command("ocrForm:j_idt9999")
    assert browser.status == 200
    assert ("Displaying" in browser.text) == (generation(browser.portal) == "buttons")


def test_an_ajax_post_without_a_session_is_sent_on(visitor: Browser) -> None:
    visitor.open("breach_report_hip.jsf")
    visitor.client.cookies.delete("JSESSIONID")
    assert '<redirect url="/ocr/breach/breach_frontpage.jsf">' in visitor.tab().text


def test_the_tab_changes_by_the_id_of_its_panel_alone(visitor: Browser) -> None:
    tabs = visitor.tabs
    assert '<redirect url="/ocr/breach/error_breach.jsf">' in visitor.tab(**{f"{tabs}_newTab": "1"}).text
    visitor.tab("underInvTab")
    assert records(visitor.text) == [row.record for row in OPEN[:100]]
    assert records(visitor.tab().text) == [row.record for row in ARCHIVED]
    assert "resultsPanel" not in visitor.tab("helpTab").text


def test_a_change_of_the_tab_that_renders_nothing_still_changes_it(visitor: Browser) -> None:
    visitor.tab(**{"javax.faces.partial.render": ""})
    assert list(re.findall(r'update id="([^"]+)"', visitor.text)) == ["j_id1:javax.faces.ViewState:0"]
    assert len(rows_of(visitor.command(visitor.link("CSV")).text)) == 1 + len(ARCHIVED)


@pytest.mark.parametrize("renewed", [True, False])
def test_the_old_viewstate_stands_for_the_old_tab_where_they_are_renewed(renewed: bool) -> None:
    with Portal(BOTH, Switches(renewed=renewed)) as portal, Browser(portal) as browser:
        before = browser.open("breach_report_hip.jsf").view_state
        assert (browser.tab().view_state != before) == renewed
        browser.post({browser.link("CSV"): browser.link("CSV"), STATE: before})
        assert len(rows_of(browser.text)) == 1 + len(OPEN if renewed else ARCHIVED)


def test_viewstates_are_bounded() -> None:
    with Portal(BOTH, Switches(views=3)) as portal, Browser(portal) as browser:
        first = browser.open("breach_report_hip.jsf").view_state
        for _ in range(2):
            browser.open("breach_report_hip.jsf")
        assert browser.post({browser.link("CSV"): browser.link("CSV"), STATE: first}).text.startswith('"')
        for _ in range(3):
            browser.open("breach_report_hip.jsf")
        assert "<html" in browser.post({browser.link("CSV"): browser.link("CSV"), STATE: first}).text


def test_an_idle_session_is_forgotten() -> None:
    with Portal(BOTH, Switches(idle=0.0)) as portal, Browser(portal) as browser:
        browser.open("breach_report_hip.jsf")
        assert "<html" in browser.command(browser.link("CSV")).text


def test_no_text_of_a_row_breaks_the_xml() -> None:
    with Portal(State([row(1, "A ]]> <b> & 'c'")])) as portal, Browser(portal) as browser:
        browser.open("breach_report_hip.jsf").tab("underInvTab")
        told = ElementTree.fromstring(browser.answer.content).findall(".//update")
        assert [update.attrib["id"] for update in told] == [
            "ocrForm:breachReports",
            "ocrForm:results",
            "j_id1:javax.faces.ViewState:0",
        ]
        assert "A ]]&gt; &lt;b&gt; &amp;" in (told[1].text or "")


def test_a_viewstate_is_good_for_its_own_page_alone(visitor: Browser) -> None:
    link, of_the_other = visitor.link("CSV"), Browser.open(visitor, "breach_report_part2.jsf").view_state
    visitor.open("breach_report_hip.jsf").post({STATE: of_the_other, link: link})
    assert visitor.portal.log[-1].answered == "front page"


def test_a_post_of_no_form_shows_the_page_again(browser: Browser) -> None:
    browser.post({"ocrForm": "", browser.link("CSV"): browser.link("CSV")})
    assert browser.portal.log[-1].answered == "list page"


def test_multipart_is_understood_where_it_is_declared(browser: Browser) -> None:
    browser.command(browser.link("CSV"), multipart=True)
    assert browser.text.startswith('"') == (generation(browser.portal) == "buttons")
    assert browser.status == 200


def test_the_wizard_takes_nothing(browser: Browser) -> None:
    link = browser.tree.css_first("#headerNavigation a[onclick]").attributes["onclick"] or ""
    browser.post({re.search(r"\{'([^']+)'", link)[1]: ""}, form="headerNavigation")
    assert browser.answer.url.path.startswith("/ocr/breach/wizard_breach")


def test_the_next_day_is_shown_to_sessions_that_go_on(browser: Browser) -> None:
    late = State([OPEN[0], row(9, "Late", 1234), *OPEN[1:249]], [OPEN[249], *ARCHIVED])
    try:
        browser.portal.show(late)
        assert rows_of(browser.command(browser.link("CSV")).text)[1:] == [one.cells for one in late.under_investigation]
    finally:
        browser.portal.show(BOTH)


def test_a_new_deployment_gives_other_ids(visitor: Browser) -> None:
    before = visitor.link("CSV")
    visitor.portal.redeploy()
    assert "<html" in visitor.command(before).text
    assert visitor.open("breach_report_hip.jsf").link("CSV") != before


def test_the_log_says_what_was_asked_and_answered(visitor: Browser) -> None:
    visitor.tab()
    visitor.command(visitor.link("CSV"))
    told = [(entry.kind, entry.answered, entry.status) for entry in visitor.portal.log]
    assert told == [("list_page", "list page", 200), ("view_change", "partial", 200), ("export", "csv", 200)]
    last = visitor.portal.log[-1]
    assert [name for name, _ in last.fields] == ["ocrForm", STATE, visitor.link("CSV")]
    assert last.headers["user-agent"].startswith("python-httpx")
    assert last.cookies["JSESSIONID"] == visitor.client.cookies["JSESSIONID"]
    assert last.bytes == len(visitor.answer.content)


def test_answers_can_be_changed_as_no_switch_does(visitor: Browser) -> None:
    from dataclasses import replace

    visitor.portal.change(lambda kind, answer: replace(answer, body=b"changed") if kind == "export" else answer)
    try:
        assert visitor.command(visitor.link("CSV")).text == "changed"
    finally:
        visitor.portal.change(None)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", ""])
def test_it_is_served_on_the_loopback_alone(host: str) -> None:
    with pytest.raises(QuestionError, match="this machine alone"):
        Portal(BOTH, host=host)


def test_a_request_for_another_host_is_refused(visitor: Browser) -> None:
    assert (
        httpx.get(visitor.portal.url + "breach_report_hip.jsf", headers={"host": "ocrportal.example"}).status_code
        == 421
    )


def test_a_port_that_is_taken_is_said(visitor: Browser) -> None:
    with pytest.raises(QuestionError, match="cannot be had"):
        Portal(BOTH, port=int(visitor.portal.origin.rpartition(":")[2])).start()


def test_resources_are_there_and_hold_no_script_of_others(visitor: Browser) -> None:
    for node in visitor.tree.css("script[src], img"):
        answer = visitor.client.get(visitor.portal.origin + (node.attributes["src"] or ""))
        assert answer.status_code == 200
        assert len(answer.content) < 10_000
    assert visitor.open("nowhere.jsf").status == 404


@pytest.mark.parametrize(
    ("switches", "said"),
    [({"generation": "frames"}, "generations"), ({"nodes": 0}, "from 1"), ({"urlencoded": False}, "answers nothing")],
)
def test_a_portal_that_cannot_be_is_refused(switches: dict[str, object], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        Switches(**switches)  # type: ignore[arg-type]


def test_a_state_has_fitting_rows_and_each_record_once() -> None:
    with pytest.raises(QuestionError, match="9 cells"):
        State([Row(1, ("a", "b"))])
    with pytest.raises(QuestionError, match="same record id"):
        State([OPEN[0]], [OPEN[0]])
    assert [row.record for row in State.of([OPEN[0].cells], [OPEN[1].cells]).archive] == [1_300_002]
