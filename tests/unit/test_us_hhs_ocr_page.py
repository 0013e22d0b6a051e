"""What a page of the portal holds, whatever its generated ids are."""

import pytest

from breachtrail.errors import PortalChanged, PortalMisled
from breachtrail.registers.fetch import Reply
from breachtrail.registers.us_hhs_ocr.page import STATE, TABLE, Page, Partial, Row, bare_rows

ROW = (
    '<tr data-ri="{place}" data-rk="{record}"><td><div class="ui-row-toggler"></div></td>'
    "<td><span>{name}</span></td><td>TX</td></tr>"
)
EXPORTS = "".join(
    f"""<a href="#" onclick="mojarra.jsfcljs(document.getElementById('ocrForm'),{{'ocrForm:j_idt{number}':'ocrForm:j_idt{number}'}},'');
    return false"><img id="ocrForm:j_idt{number + 1}" src="/ocr/images/icons/{kind}.png;jsessionid=9?pfdrid_c=true" /></a>"""
    for kind, number in (("excel", 71), ("pdf", 75), ("csv", 78), ("xml", 80))
)
RESULTS = f"""<span id="ocrForm:results"><span>{EXPORTS}</span><div id="{TABLE}" class="ui-datatable">
    <table><thead><tr><th>Expand All</th><th aria-label="Name of Covered Entity"></th>
    <th><span class="ui-column-title"><span>State</span></span></th></tr></thead>
    <tbody id="{TABLE}_data">{ROW.format(place=0, record=7, name="Alder &amp; Sons ")}
    <tr class="ui-expanded-row-content"><td>Web Description: folded out</td></tr></tbody></table>
    <span class="ui-paginator-current">(Displaying 1 - 1 of 1,797)</span>
    <select name="{TABLE}_rppDD"><option value="10">10</option><option value="100" selected="selected">100</option></select>
    <input name="{TABLE}_rowExpansionState" type="hidden" /></div>
    <script id="{TABLE}_s">PrimeFaces.cw("DataTable","w",{{id:"{TABLE}",paginator:{{rows:100,rowCount:1797,page:0}},
    behaviors:{{page:function(ext,event) {{PrimeFaces.ab({{s:"{TABLE}",e:"page",f:"ocrForm",p:"{TABLE}"}},ext);}}}}}});</script></span>"""
TABS = """<div id="ocrForm:j_idt31" class="ui-tabs"><div id="ocrForm:j_idt31:underInvTab" class="ui-tabs-panel"></div>
    <div id="ocrForm:j_idt31:archiveTab" class="ui-tabs-panel"></div><div id="ocrForm:j_idt31:helpTab" class="ui-tabs-panel"></div>
    <input type="hidden" name="ocrForm:j_idt31_activeIndex" value="0" /></div>
    <script>PrimeFaces.ab({s:"ocrForm:j_idt31",e:"tabChange",f:"ocrForm",p:"ocrForm:j_idt31",u:"ocrForm:results"},ext);</script>"""
BUTTONS = """<button name="ocrForm:j_idt25" type="submit"><span>Under Investigation</span></button>
    <button name="ocrForm:j_idt26" type="submit"><span>Archive</span></button>"""


def page(
    inside: str = RESULTS, *, before: str = TABS, state: str = "-1:1", address: str = "breach_report_hip.jsf"
) -> Page:
    text = f"""<html><body><form id="headerNavigation" action="/other"><input type="hidden" name="{STATE}" value="{state}" /></form>
    <form id="ocrForm" action="/ocr/breach/list.jsf;jsessionid=9" enctype="multipart/form-data"><input type="hidden" name="ocrForm"
    value="ocrForm" />{before}{inside}<input type="hidden" name="{STATE}" value="{state}" /></form></body></html>"""
    return Page(Reply(f"http://127.0.0.1/ocr/breach/{address}", 200, "text/html", text.encode()))


OWN = [("ocrForm", "ocrForm"), ("ocrForm:j_idt31_activeIndex", "0")]
LAST = [(f"{TABLE}_rppDD", "100"), (f"{TABLE}_rowExpansionState", ""), (STATE, "-1:1")]


def test_the_export_is_asked_for_by_the_link_round_its_picture() -> None:
    form = page().clicked("csv.png")
    assert (form.action, form.multipart) == ("/ocr/breach/list.jsf;jsessionid=9", True)
    assert list(form.fields) == [*OWN, *LAST, ("ocrForm:j_idt78", "ocrForm:j_idt78")]


def test_a_button_is_sent_where_it_stands() -> None:
    form = page(before=BUTTONS).pressed("Archive")
    assert list(form.fields) == [OWN[0], ("ocrForm:j_idt26", ""), *LAST]


def test_a_tab_is_chosen_by_the_id_of_its_panel_and_what_the_script_says() -> None:
    form, active = page().chosen("archiveTab")
    assert active == ("ocrForm:j_idt31_activeIndex", "1")
    assert form.multipart  # as PrimeFaces does for a form that says so
    assert list(form.fields) == [
        ("javax.faces.partial.ajax", "true"),
        ("javax.faces.source", "ocrForm:j_idt31"),
        ("javax.faces.partial.execute", "ocrForm:j_idt31"),
        ("javax.faces.partial.render", "ocrForm:results"),
        ("javax.faces.behavior.event", "tabChange"),
        ("javax.faces.partial.event", "tabChange"),
        ("ocrForm:j_idt31_newTab", "ocrForm:j_idt31:archiveTab"),
        ("ocrForm:j_idt31_tabindex", "1"),
        OWN[0],
        active,
        *LAST,
    ]


def test_the_next_rows_are_asked_for_as_the_table_does() -> None:
    fields = dict(page().turned(100, 100).fields)
    assert fields["javax.faces.source"] == fields["javax.faces.partial.render"] == TABLE
    assert [fields[f"{TABLE}_{name}"] for name in ("pagination", "first", "rows", "skipChildren", "encodeFeature")] == [
        *("true", "100", "100", "true", "true")
    ]


def test_the_table_is_read_with_its_record_ids() -> None:
    table = page().table
    assert table.columns == ("", "Name of Covered Entity", "State")
    assert table.rows == (Row("7", 0, ("", "Alder & Sons ", "TX")),)
    assert (table.counted, table.page_size) == (1797, 100)


def test_bare_rows_are_read_without_a_table() -> None:
    rows = bare_rows(ROW.format(place=100, record=8, name="Birch") + ROW.format(place=101, record=9, name="Cedar"))
    assert [(row.record_id, row.place, row.cells[1]) for row in rows] == [("8", 100, "Birch"), ("9", 101, "Cedar")]


@pytest.mark.parametrize("whole", [True, False])
def test_a_partial_answer_takes_its_place_in_the_page(whole: bool) -> None:
    """A component comes whole or as what is inside it; its ids and the newest state count from then on."""
    fresh = RESULTS.replace("j_idt78", "j_idt99").replace('data-rk="7"', 'data-rk="70"')
    if not whole:
        fresh = fresh.removeprefix('<span id="ocrForm:results">').removesuffix("</span>")
    answer = f"""<?xml version="1.0"?><partial-response><changes><update id="ocrForm:results"><![CDATA[{fresh}]]></update>
    <update id="j_id1:{STATE}:0"><![CDATA[-2:2]]></update></changes></partial-response>"""
    shown = page()
    shown.take(Partial.of(Reply("x", 200, "text/xml", answer.encode())))
    shown.hold(("ocrForm:j_idt31_activeIndex", "1"))
    fields = shown.clicked("csv.png").fields
    assert fields[-2:] == ((STATE, "-2:2"), ("ocrForm:j_idt99", "ocrForm:j_idt99"))
    assert ("ocrForm:j_idt31_activeIndex", "1") in fields
    assert shown.table.rows[0].record_id == "70"


def test_a_partial_answer_may_send_us_elsewhere_or_be_none() -> None:
    sent = b'<partial-response><redirect url="/ocr/breach/error_breach.jsf"/></partial-response>'
    assert Partial.of(Reply("x", 200, "text/xml", sent)).redirect == "/ocr/breach/error_breach.jsf"
    with pytest.raises(PortalMisled, match="cannot be read") as torn:
        Partial.of(Reply("x", 200, "text/xml", sent[:40]))
    with pytest.raises(PortalMisled, match="part of the page") as whole:
        Partial.of(page().reply)
    assert (torn.value.fault, whole.value.fault) == ("torn_part", "page_for_part")


@pytest.mark.parametrize(
    ("address", "text", "kind"),
    [
        ("breach_frontpage.jsf", "", "front"),
        ("x.jsf", "PrimeFaces.settings.viewId='/breach/breach_frontpage.xhtml';", "front"),
        ("x.jsf", "<a>View HIPAA Breach Reports</a>", "front"),
        ("error_breach.jsf", "", "error"),
        ("wizard_breach_hip.jsf", "", "wizard"),
        ("x.jsf", "<p>We are working on it.</p>", "other"),
        ("x.jsf", "<div>Breach Report Results</div>", "list"),
    ],
)
def test_what_kind_of_page_it_is(address: str, text: str, kind: str) -> None:
    assert Page(Reply(f"http://127.0.0.1/{address};jsessionid=1", 200, "text/html", text.encode())).kind == kind


@pytest.mark.parametrize(
    ("spoilt", "wanted"),
    [
        (lambda: page(RESULTS.replace("csv.png", "sheet.png")).clicked("csv.png"), "the picture csv.png"),
        (lambda: page(before="").pressed("Archive"), "a button 'Archive'"),
        (lambda: page(before=BUTTONS).chosen("archiveTab"), "ends in :archiveTab"),
        (lambda: page(RESULTS.replace(TABLE, "ocrForm:grid")).table, f"the table {TABLE}"),
        (lambda: Page(Reply("x", 200, "", b"<div>Breach Report Results</div>")).form, "a form ocrForm"),
    ],
)
def test_what_is_gone_is_named_with_what_is_there(spoilt, wanted: str) -> None:
    with pytest.raises(PortalChanged) as refusal:
        spoilt()
    said = str(refusal.value)
    assert refusal.value.fault == "changed_form"
    assert wanted in said
    assert "page.py" in said
    assert "forms: " in said
    assert list(refusal.value.seen) == ["page.html"]
