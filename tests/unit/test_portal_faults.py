"""Every fault of the stand-in befalls what it says, looks as it says, is written down, and goes away."""

from collections.abc import Iterator

import httpx
import pytest
from portals import Browser, row

from breachtrail.errors import QuestionError
from breachtrail.simulate.portal import FAULTS, Portal, State, Switches

STATE = State(
    [row(place, f"Open {place}") for place in range(1, 301)],
    [row(place, f"Closed {place}") for place in range(1001, 1011)],
)
WHOLE = 1 + 300


@pytest.fixture(scope="module", params=["tabs", "buttons"])
def portal(request: pytest.FixtureRequest) -> Iterator[Portal]:
    with Portal(STATE, Switches() if request.param == "tabs" else Switches.of_2025()) as portal:
        portal.delay = 0.01
        yield portal


@pytest.fixture
def browser(portal: Portal) -> Iterator[Browser]:
    portal.mend()
    portal.forget()
    with Browser(portal) as browser:
        yield browser.open(page(portal))


def page(portal: Portal) -> str:
    return "breach_report_hip.jsf" if portal.switches.generation == "tabs" else "breach_report.jsf"


def ask(browser: Browser, kind: str) -> Browser:
    """A request of a kind."""
    tabs = browser.portal.switches.generation == "tabs"
    match kind:
        case "list_page":
            return browser.open(page(browser.portal))
        case "front_page":
            return browser.open("breach_frontpage.jsf")
        case "navigation":
            browser.open("breach_frontpage.jsf")
            return browser.command(browser.tree.css_first("#ocrForm a").attributes["onclick"].split("'")[3])
        case "view_change":
            return browser.tab() if tabs else browser.button("Archive")
        case "export":
            return browser.command(browser.link("CSV"))
        case "paging":
            return browser.table(pagination="true", first="100", rows="100")
    return browser.table(rowExpansion="true", expandedRowIndex="0")


CASES = [(fault.name, kind) for fault in FAULTS.values() for kind in fault.befalls]
FRONT = [case for case in CASES if case[1] in ("front_page", "navigation")]


@pytest.mark.parametrize(("name", "kind"), FRONT)
@pytest.mark.parametrize("portal", ["tabs"], indirect=True)
def test_a_fault_of_the_front_page_befalls_one_request_and_is_written_down(
    browser: Browser, name: str, kind: str
) -> None:
    test_a_fault_befalls_one_request_of_its_kind_and_is_written_down(browser, name, kind)


@pytest.mark.parametrize(("name", "kind"), [case for case in CASES if case not in FRONT])
def test_a_fault_befalls_one_request_of_its_kind_and_is_written_down(browser: Browser, name: str, kind: str) -> None:
    browser.portal.fail(name, kind=kind)
    assert browser.portal.to_come == (name,)
    try:
        ask(browser, kind)
    except httpx.TransportError:
        assert name in ("cut_off", "dropped")
    assert [(entry.fault, entry.kind) for entry in browser.portal.fired] == [(name, kind)]
    assert browser.portal.to_come == ()
    with Browser(browser.portal) as next_visitor:
        whole = next_visitor.open(page(browser.portal)).command(next_visitor.link("CSV")).text
        assert whole.count("\n") == WHOLE


@pytest.mark.parametrize("name", ["session_lost", "view_expired", "redeployed", "other_node"])
def test_what_is_lost_shows_as_status_200_and_a_page(browser: Browser, name: str) -> None:
    browser.portal.fail(name)
    ask(browser, "export")
    assert (browser.status, browser.text[:15]) == (200, "<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["session_lost", "view_expired", "redeployed", "other_node"])
def test_what_is_lost_shows_in_xml_as_a_redirect(browser: Browser, name: str) -> None:
    browser.portal.fail(name)
    assert "<redirect url=" in ask(browser, "paging").text


def test_the_other_node_answers_in_spite_of_the_cookie(browser: Browser) -> None:
    browser.portal.fail("other_node")
    ask(browser, "export")
    nodes = [entry.node for entry in browser.portal.log]
    assert nodes[0] != nodes[1]


def test_the_wrong_list_is_the_wizard(browser: Browser) -> None:
    browser.portal.fail("wrong_list", kind="list_page")
    assert ask(browser, "list_page").answer.url.path.startswith("/ocr/breach/wizard_breach")
    assert "ocrForm" not in browser.text


def test_a_page_in_place_of_a_file_is_the_list(browser: Browser) -> None:
    browser.portal.fail("page_for_file")
    assert "(Displaying 1 - 100 of 300)" in ask(browser, "export").text


def test_a_tab_that_did_not_move_exports_the_old_view(browser: Browser) -> None:
    browser.portal.fail("tab_unmoved")
    ask(browser, "view_change")
    assert browser.status == 200
    assert ask(browser, "export").text.count("\n") == WHOLE


def test_a_cached_page_leads_nowhere(browser: Browser) -> None:
    browser.portal.fail("cached_page")
    with Browser(browser.portal) as late:
        late.open(page(browser.portal))
        assert dict(late.client.cookies) == {}
        assert not ask(late, "export").text.startswith('"')


def test_files_that_lack_rows(browser: Browser) -> None:
    browser.portal.fail("empty_list", kind="export")
    assert ask(browser, "export").text.count("\n") == 1
    browser.portal.fail("short_list")
    text = ask(browser, "export").text
    assert text.count("\n") == 151
    assert text.endswith('"\n')
    browser.portal.fail("half_row")
    assert not ask(browser, "export").text.endswith('"\n')


def test_a_cut_off_answer_is_shorter_than_announced(browser: Browser) -> None:
    browser.portal.fail("cut_off", kind="export")
    with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|without sending complete"):
        ask(browser, "export")
    browser.portal.fail("dropped", kind="export")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        ask(browser, "export")


@pytest.mark.parametrize(
    ("name", "status"),
    [("forbidden", 403), ("too_many", 429), ("server_error", 500), ("bad_gateway", 502), ("unavailable", 503)],
)
def test_failures_with_a_status(browser: Browser, name: str, status: int) -> None:
    browser.portal.fail(name)
    assert ask(browser, "export").status == status
    assert ("retry-after" in browser.answer.headers) == (name in ("too_many", "unavailable"))


def test_the_plan_counts(browser: Browser) -> None:
    browser.portal.fail("unavailable", kind="export", times=2, after=1)
    browser.portal.fail("server_error", kind="export", after=2)
    link = browser.link("CSV")
    assert [browser.command(link).status for _ in range(6)] == [200, 503, 503, 200, 500, 200]
    assert [entry.fault for entry in browser.portal.fired] == ["unavailable", "unavailable", "server_error"]


def test_what_cannot_be_planned_is_refused(browser: Browser) -> None:
    for told, said in ((("flood", None), "no fault 'flood'"), (("slow", "postcard"), "of the kind 'postcard'"),
                       (("tab_unmoved", "export"), "befalls view_change")):  # fmt: skip
        with pytest.raises(QuestionError, match=said):
            browser.portal.fail(told[0], kind=told[1])
    browser.portal.fail("slow", times=3)
    browser.portal.mend()
    assert browser.portal.to_come == ()


def test_the_kind_of_a_post_is_told_by_the_ids_of_its_own_node_and_page() -> None:
    """Ids of other nodes and pages are the same numbers, for other things."""
    with Portal(STATE, Switches.of_2025(nodes=6)) as portal:
        for _ in range(6):
            with Browser(portal) as browser:
                browser.open("breach_report.jsf")
                ask(browser, "export")
                ask(browser, "view_change")
                ask(browser, "export")
        assert [entry.kind for entry in portal.log] == ["list_page", "export", "view_change", "export"] * 6
        assert {entry.node for entry in portal.log} == set("ABCDEF")
