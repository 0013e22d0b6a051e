"""The pages as a filer and the office meet them: drafts that stay, refusals that say why, and text that stays text."""

import html
import re
from pathlib import Path

import pytest
from filings import HOSTILE, WHOLE
from offices import Person, at_once, office

from breachtrail.intake import clock, decision, office_pages, report
from breachtrail.intake.field import FIELDS, PAGES
from breachtrail.intake.permissions import Role
from breachtrail.wording.phrases import Phrases


@pytest.fixture
def filer(tmp_path: Path) -> Person:
    return at_once(office(tmp_path), Role.FILER)


def begun(filer: Person) -> str:
    """A new draft: the address of its report."""
    return filer.post("/reports", report_type="initial").headers["location"].rsplit("/form/", 1)[0]


def fill(filer: Person, path: str, answers: dict, pages=PAGES, then: str = "on"):
    """Send the pages of the form; the last answer."""
    answer = None
    for page in pages:
        fields = {one.name: answers[one.name] for one in FIELDS if one.page == page and one.name in answers}
        answer = filer.post(f"{path}/form/{page}", then=then, **fields)
    return answer


def filed(filer: Person, answers: dict = WHOLE) -> str:
    path = begun(filer)
    assert fill(filer, path, answers).headers["location"] == f"{path}/check"
    assert filer.post(f"{path}/file").headers["location"] == path
    return path


def test_a_report_goes_from_the_first_page_to_the_archive_and_an_addendum_beside_it(filer: Person) -> None:
    path = filed(filer)
    reviewer, publisher = at_once(filer.office, Role.REVIEWER), at_once(filer.office, Role.PUBLISHER)
    assert "Alder Clinic" in reviewer.browser.get("/queue?state=filed").text
    for verb, reason in (
        ("take", ""),
        ("return", "The count is missing its ground."),
    ):
        assert reviewer.post(f"{path}/review", decision=verb, reason=reason, seen="1").status_code == 303
    assert "The count is missing its ground." in filer.browser.get(path).text
    assert (
        filer.post(f"{path}/form/attestation", then="on", attested="true_and_accurate", attested_by="Ann").status_code
        == 303
    )
    assert filer.post(f"{path}/file").status_code == 303
    for verb in ("take", "accept"):
        assert reviewer.post(f"{path}/review", decision=verb, reason="good", seen="2").status_code == 303
    assert reviewer.post(f"{path}/publication", decision="publish", reason="good", seen="2").status_code == 403
    for verb in ("publish", "archive"):
        assert publisher.post(f"{path}/publication", decision=verb, reason="good", seen="2").status_code == 303
    assert "Public, archive" in filer.browser.get(path).text


def test_a_person_comes_in_files_and_reads_it_on_either_database(tmp_path: Path, database: str) -> None:
    filer = Person(office(tmp_path, database=database)).signed_in()
    assert "Alder Clinic" in filer.browser.get(filed(filer)).text
    filer.office.store.close()


def test_a_decision_without_a_reason_or_unseen_is_none(filer: Person) -> None:
    path = filed(filer)
    reviewer = at_once(filer.office, Role.REVIEWER)
    reviewer.post(f"{path}/review", decision="take", seen="1")
    assert "A decision needs its reason." in reviewer.post(f"{path}/review", decision="accept", seen="1").text
    assert reviewer.post(f"{path}/review", decision="accept", reason="x", seen="0").status_code == 409
    assert reviewer.post(f"{path}/review", decision="publish", reason="x", seen="1").status_code == 400


def test_what_was_typed_stays_right_or_wrong(filer: Person) -> None:
    path = begun(filer)
    answer = filer.post(f"{path}/form/breach", then="on", breach_start="yesterday", individuals="many")
    assert answer.status_code == 400
    for page in (answer.text, filer.browser.get(f"{path}/form/breach").text):
        assert 'value="yesterday"' in page
        assert 'value="many"' in page
    assert filer.post(f"{path}/form/breach", then="later", breach_start="someday").headers["location"] == "/"
    assert 'value="someday"' in filer.browser.get(f"{path}/form/breach").text


def test_a_refusal_stands_at_the_top_with_a_link_and_at_its_field(filer: Person) -> None:
    path = begun(filer)
    page = filer.post(f"{path}/form/breach", then="on", breach_start="yesterday").text
    alert = page.split('role="alert"')[1].split("</div>")[0]
    assert 'href="#breach_start"' in alert
    assert 'aria-describedby="breach_start-hint breach_start-error" aria-invalid="true"' in re.sub(r"\s+", " ", page)


def test_a_field_that_depends_on_another_appears_when_the_page_comes_back(filer: Person) -> None:
    path = begun(filer)
    assert 'name="location_other"' not in filer.browser.get(f"{path}/form/breach").text
    assert 'name="location_other"' in filer.post(f"{path}/form/breach", then="on", locations="Other").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_field_says_what_it_is_and_what_is_not_confirmed(filer: Person, language: str) -> None:
    filer.browser.get(f"/language/{language}")
    path = begun(filer)
    for page in PAGES:
        text = filer.browser.get(f"{path}/form/{page}").text
        named = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', text)) - {"form_token", "then"}
        for name in named:
            assert re.search(rf'for="{name}(-\d+|-upload)?"', text) or f'id="{name}"' in text, name
    assert ("not confirmed" if language == "en" else "未核实") in filer.browser.get(f"{path}/form/notice").text


def test_whoever_files_twice_files_once(filer: Person) -> None:
    path = filed(filer)
    assert filer.post(f"{path}/file").status_code == 409
    assert filer.browser.get(f"{path}/form/breach").status_code == 409
    with filer.office.store.begin() as session:
        assert report.read(session, filer.actor, path.rsplit("/", 1)[1]).version == 1


def test_an_addendum_is_begun_by_tracking_number_and_a_foreign_number_is_not_known(filer: Person) -> None:
    path = filed(filer)
    with filer.office.store.begin() as session:
        number = report.read(session, filer.actor, path.rsplit("/", 1)[1]).tracking_number
    stranger = at_once(filer.office, Role.FILER, "Birch")
    assert (
        "filed no report under this number"
        in stranger.post("/reports", report_type="addendum", tracking_number=number).text
    )
    begun = filer.post("/reports", report_type="addendum", tracking_number=f" {number.lower()} ")
    assert begun.headers["location"].startswith(path)


def test_the_office_sees_what_an_addendum_changes_and_that_it_waits(filer: Person) -> None:
    path = filed(filer)
    reviewer = at_once(filer.office, Role.REVIEWER)
    for verb in ("take", "accept"):
        reviewer.post(f"{path}/review", decision=verb, reason="good", seen="1")
    number = re.search(r"<dd><strong>(\w+)</strong>", filer.browser.get(path).text)[1]
    filer.post("/reports", report_type="addendum", tracking_number=number)
    due = filer.browser.get(path).text.partition("What is due")[2].partition("<h2>")[0]
    fill(filer, path, {**WHOLE, "individuals": "98765", "notice_end": "2026-08-16"})
    assert "98765" not in reviewer.browser.get(path).text
    own = filer.browser.get(path).text
    assert "98765" not in own
    assert "1234" in own
    assert "It is not filed: below stands what was filed last." in own
    assert own.partition("What is due")[2].partition("<h2>")[0] == due
    assert "98765" not in filer.browser.get(f"{path}/summary").text
    assert f"Addendum to {number}" in filer.browser.get(f"{path}/form/breach").text
    assert filer.post(f"{path}/file").status_code == 303
    text = re.sub(r"</?bdi>|\s+", " ", reviewer.browser.get(path).text)
    assert re.search(r"<del> ?1234 ?</del> <ins> ?98765 ?</ins>", text)
    assert "Version 2 waits for the office; the register shows version 1." in text


def test_a_list_of_entities_is_sent_as_a_file(filer: Person) -> None:
    path = begun(filer)
    filer.post(f"{path}/form/general", then="on", filer="associate_for_many")
    sent = {"entities_upload": ("list.csv", "name,state\nAlder,TX\nBirch,OR\n".encode("utf-8-sig"), "text/csv")}
    filer.post(f"{path}/form/contact", files=sent, then="on")
    assert "Birch,OR" in filer.browser.get(f"{path}/form/contact").text
    for name, content in (("list.exe", b"name,state\n"), ("list.csv", b"\xff\xfe\x00"), ("list.csv", b"a\x00b")):
        sent = {"entities_upload": (name, content, "text/csv")}
        assert filer.post(f"{path}/form/contact", files=sent, then="on").status_code == 400


@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_is_typed_comes_out_as_text(filer: Person, kind: str) -> None:
    """On every page that shows it, to the filer and to the office; and shown marks of direction cannot turn the page."""
    hostile = HOSTILE[kind]
    path = begun(filer)
    fill(filer, path, WHOLE)
    filer.post(
        f"{path}/form/breach",
        then="later",
        **{**WHOLE, "description": hostile, "breach_start": hostile},
    )
    filer.post(f"{path}/form/contact", then="later", **{**WHOLE, "entity_name": hostile[:200]})
    pages = [
        filer.browser.get(one).text for one in (path, "/", f"{path}/form/contact", f"{path}/check", f"{path}/summary")
    ]
    for page in pages:
        body = page.split("<body>")[1]
        assert "<script" not in body
        assert "<img" not in body
        assert "49" not in re.findall(r"value=\"([^\"]*)\"", body)
        outside_of_fields = re.sub(r"<textarea.*?</textarea>|<input[^>]*>", "", body, flags=re.DOTALL)
        assert "\u202e" not in outside_of_fields
        assert "\u2066" not in outside_of_fields
        assert not re.search(r"href=\"(?!/|#)", body)
    kept = html.unescape(re.search(r'<input id="entity_name"[^>]* value="([^"]*)"', pages[2])[1])
    assert kept == hostile[:200]


def test_the_summary_is_in_the_order_of_ocrs_pages(filer: Person) -> None:
    path = filed(filer)
    text = filer.browser.get(f"{path}/summary").text
    headings = re.findall(r"<h2>\d (.*?)</h2>", text)
    assert headings == ["General", "Contact", "Breach", "Notice and actions", "Attestation"]
    assert "Hacking/IT Incident" in text
    filer.browser.get("/language/zh")
    assert "黑客/IT事件" in filer.browser.get(path).text
    in_chinese = filer.browser.get(f"{path}/summary").text
    assert "Hacking/IT Incident" in in_chinese
    assert "Type of breach" in in_chinese
    assert "泄露类型" in in_chinese


def test_a_calendar_of_what_is_due_is_a_file_to_be_kept(filer: Person) -> None:
    answer = filer.browser.get(f"{filed(filer)}/calendar.ics")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert b"Ann" not in answer.content


def test_an_assessment_is_led_to_its_end_and_kept(filer: Person) -> None:
    answers: dict[str, str] = {"subject": "The lost laptop", "permitted": "No", "permitted_reason": "It was not."}
    page = filer.post("/assessments/new", **answers).text
    assert 'name="encrypted"' in page
    answers |= {
        "encrypted": "Yes",
        "encrypted_reason": "AES on the disk.",
        "key_safe": "Yes",
        "key_safe_reason": "It was elsewhere.",
    }
    assert 'value="keep"' in filer.post("/assessments/new", **answers).text
    assert filer.post("/assessments/new", then="keep", **{**answers, "subject": ""}).status_code == 400
    assert filer.post("/assessments/new", then="keep", **answers).status_code == 303
    assert "AES on the disk." in filer.browser.get("/assessments").text
    assert "AES" not in at_once(filer.office, Role.FILER, "Birch").browser.get("/assessments").text


def test_the_audit_trail_tells_of_all_of_it(filer: Person) -> None:
    filed(filer)
    text = at_once(filer.office, Role.AUDITOR).browser.get("/audit").text
    for said in ("Report begun", "Report filed", "Invited", "A filer"):
        assert said in text


def test_everything_that_the_trail_can_tell_has_its_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(decision.__file__).parent.glob("*.py"))
    actions = set(re.findall(r"audit\.record\([^)]*?\"([a-z_]+\.[a-z_]+)\"", source)) | {
        f"report.{verb}" for verb in decision.DECISIONS
    }
    assert len(actions) > 15
    assert [one for one in actions if f"office.action.{one}" not in Phrases.of("en").keys] == []


def test_settings_are_all_or_nothing(tmp_path: Path) -> None:
    administrator = at_once(office(tmp_path), Role.ADMINISTRATOR)
    assert administrator.post("/settings", threshold="250", timezone="Mars/Phobos").status_code == 400
    assert 'value="500"' in administrator.browser.get("/settings").text
    assert administrator.post("/settings", threshold="250", timezone="America/Chicago").status_code == 303
    assert 'value="250"' in administrator.browser.get("/settings").text


def test_a_chinese_page_says_no_in_chinese(filer: Person) -> None:
    filer.browser.get("/language/zh")
    path = filed(filer)
    assert "未做任何更改" in filer.post(f"{path}/file").text
    assert "没有这条记录" in filer.browser.get("/reports/nowhere").text


def test_what_breaks_is_said_without_saying_how(filer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(report, "own", broken)
    answer = filer.browser.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Something went wrong" in answer.text
    assert answer.headers["content-security-policy"]


def test_the_queue_is_shown_page_by_page_and_each_report_once(filer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_pages, "ON_A_PAGE", 2)
    paths = [filed(filer) for _ in range(5)]
    reviewer = at_once(filer.office, Role.REVIEWER)
    shown, page = [], "/queue?state=filed"
    while page:
        text = reviewer.browser.get(page).text
        shown.append(re.findall(r'href="(/reports/[\w-]+)"', text))
        following = re.search(r'href="([^"]+)" rel="next"', text)
        page = html.unescape(following[1]) if following else ""
    assert [len(one) for one in shown] == [2, 2, 1]
    assert [path for one in shown for path in one] == paths
    assert "Page 3 of 3, 5 reports" in text
    assert 'rel="prev"' in text
    for strange in ("0", "-1", "x", "9" * 30, "99"):
        assert reviewer.browser.get(f"/queue?page={strange}").status_code == 200
    assert 'rel="next"' not in reviewer.browser.get("/queue?state=archive").text


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("edition not confirmed", "known from memory")), ("zh", ("版本尚未核实", "凭记忆写成"))],
)
def test_what_is_not_confirmed_of_the_rule_is_said_beside_it(
    filer: Person, language: str, said: tuple[str, str]
) -> None:
    assert clock.rules().unconfirmed == ("version", "in_force_from")
    path = filed(filer)
    filer.browser.get(f"/language/{language}")
    assert said[0] in filer.browser.get(path).text
    assert said[0] in filer.browser.get(f"{path}/calendar.ics").text.replace("\r\n ", "")
    for page in ("/assessments", "/assessments/new"):
        assert said[1] in filer.browser.get(page).text


def test_a_question_that_an_answer_leads_to_is_not_called_missing_before_it_could_be_answered(filer: Person) -> None:
    path = begun(filer)
    told = Phrases.of("en")
    fields = {name: answer for name, answer in WHOLE.items() if name not in ("phi_clinical", "is_estimate")}
    names = {one.name for one in FIELDS if one.page == "breach"}
    first, again = (
        filer.post(f"{path}/form/breach", **{name: fields[name] for name in fields if name in names}).text
        for _ in range(2)
    )
    assert (told.say("filing.refused.leads_here") in first, told.say("filing.refused.missing") in first) == (True, True)
    assert told.say("filing.refused.leads_here") not in again


def test_whoever_has_filed_is_told_so_and_only_until_the_office_takes_it_up(filer: Person) -> None:
    path = filed(filer)
    said = "The report is filed. Its tracking number is "
    assert said in filer.browser.get(path).text
    reviewer = at_once(filer.office, Role.REVIEWER)
    assert said not in reviewer.browser.get(path).text
    reviewer.post(f"{path}/review", decision="take", seen="1")
    assert said not in filer.browser.get(path).text
