"""Reminders: who gets which deadlines, once a day, in the person's language, and nothing of anybody in them."""

import datetime as dt
import json

import pytest
from filed import FILER, NOW, STRANGER, answers, block, filed
from sqlalchemy import text

from breachtrail.errors import IntakeBroken, IntakeError, IntakeUndelivered
from breachtrail.intake import account as accounts
from breachtrail.intake import filing, inspection, reminder
from breachtrail.intake.identity import Reminder
from breachtrail.intake.permissions import Role

ADDRESS = "https://register.example.org"
#: Discovered on June 10, 2026: sixty days on is August 9, six days after NOW. So few that one notice alone is owed soon.
SOON = {"notice_end": "2026-08-09", "individuals": 499}


def person(session, organisation: str, email: str = "", language: str = "en", role: Role = Role.FILER):
    made, _ = accounts.invite(session, None, email or f"{organisation}@example.org", "A Name", role, organisation, NOW)
    accounts.signed_in(session, made, "code", language, NOW)
    session.flush()
    return made


def mails(session, days: int = 14, now: dt.datetime = NOW):
    return list(reminder.mails(session, now, days, language="en", address=ADDRESS))


def test_a_filer_is_told_of_the_own_organisations_open_deadlines_alone(office) -> None:
    person(office, "north"), person(office, "south"), person(office, "east")
    north, south = filed(office, FILER, **SOON), filed(office, STRANGER, **SOON)
    told = {one.to: one for one in mails(office)}
    assert set(told) == {"north@example.org", "south@example.org"}
    assert [(one["report"], one["duty"], one["due_on"]) for one in told["north@example.org"].told] == [
        (north, "individuals", "2026-08-09")
    ]
    assert f"{ADDRESS}/reports/{north}" in told["north@example.org"].text
    assert south not in told["north@example.org"].text


def test_what_is_met_or_further_off_is_left_out(office) -> None:
    person(office, "north")
    filed(office, FILER, **{**SOON, "notice_end": "2026-08-01"})
    assert mails(office) == []
    filed(office, FILER, **SOON)
    assert mails(office, days=5) == []
    assert len(mails(office, days=6)) == 1


def test_a_draft_counts_and_what_is_late_is_told_however_long_ago(office) -> None:
    person(office, "north")
    begun = filing.begin(office, FILER, NOW)
    filing.save(office, FILER, begun.id, {"discovered_start": "2026-01-01", "discovered_end": "2026-01-01"}, NOW)
    (mail,) = mails(office, days=0)
    assert "March 2, 2026 (late)" in mail.text
    assert "draft begun on August 3, 2026" in mail.text
    assert mail.subject == "1 deadline of your breach reports, 1 late"


def test_nobody_gets_mail_who_is_closed_never_came_or_files_nothing(office) -> None:
    accounts.invite(office, None, "never@example.org", "Never", Role.FILER, "north", NOW)
    person(office, "", "reviewer@example.org", role=Role.REVIEWER)
    gone = person(office, "north", "gone@example.org")
    gone.closed = True
    filed(office, FILER, **SOON)
    assert mails(office) == []


def test_each_reads_the_language_of_the_own_pages(office) -> None:
    person(office, "north", "ann@example.org"), person(office, "north", "bo@example.org", "zh")
    filed(office, FILER, **SOON)
    ann, bo = mails(office)
    assert ann.subject == "1 deadline of your breach reports"
    assert bo.subject == "泄露报告有1项期限将至"
    assert "2026年8月9日（还有6天）" in bo.text


def test_nothing_that_was_typed_is_in_a_mail(office) -> None:
    person(office, "north")
    marked = {
        name: f"MARK{place}" for place, name in enumerate((*block("entity", ""), "description", "attested_by"))
        if name not in ("entity_state", "entity_phone_usage", "entity_zip", "entity_email", "entity_phone")
    }  # fmt: skip
    filed(office, FILER, **{**SOON, **marked, "entity_email": "mark@mark.example", "entity_phone": "555 010 7777"})
    (mail,) = mails(office)
    said = f"{mail.subject}\n{mail.text}\n{json.dumps([dict(one) for one in mail.told])}"
    assert "mark" not in said.lower()
    assert "7777" not in said
    assert not [typed for typed in answers().values() if isinstance(typed, str) and len(typed) > 8 and typed in said]


def ground(store) -> list[reminder.Mail]:
    with store.begin() as session:
        person(session, "north"), person(session, "south")
        filed(session, FILER, **SOON), filed(session, STRANGER, **SOON)
        return mails(session)


def test_what_was_sent_is_not_sent_again_that_day_and_stands_in_the_trail(store) -> None:
    written, sent = ground(store), []
    assert reminder.remind(store, written, sent.append).sent == ("north@example.org", "south@example.org")
    assert reminder.remind(store, written, sent.append) == reminder.Reminded((), (), 2)
    assert [one.to for one in sent] == ["north@example.org", "south@example.org"]
    with store.begin() as session:
        trail = session.execute(text("SELECT subject, detail FROM audit WHERE action = 'reminder.sent'")).all()
        assert [(one.subject, json.loads(one.detail)["deadlines"]) for one in trail] == [
            (one.account, 1) for one in written
        ]
        inspection.verify(session)
    with store.begin() as session:
        tomorrow = mails(session, now=NOW + dt.timedelta(days=1))
    assert len(reminder.remind(store, tomorrow, sent.append).sent) == 2


def test_whom_the_server_refuses_is_named_and_the_others_get_theirs(store) -> None:
    written, sent = ground(store), []

    def send(mail: reminder.Mail) -> None:
        if mail.to.startswith("north"):
            raise IntakeUndelivered("no")
        sent.append(mail.to)

    done = reminder.remind(store, written, send)
    assert (done.sent, done.refused) == (("south@example.org",), ("north@example.org",))
    assert reminder.remind(store, written, lambda mail: None).sent == ("north@example.org",)


def test_a_server_that_is_gone_keeps_nobody_from_the_next_try(store) -> None:
    written = ground(store)

    def send(mail: reminder.Mail) -> None:
        raise IntakeError("gone")

    with pytest.raises(IntakeError, match="gone"):
        reminder.remind(store, written, send)
    with store.begin() as session:
        assert session.query(Reminder).count() == 0
    assert len(reminder.remind(store, written, lambda mail: None).sent) == 2


def test_one_that_somebody_else_is_sending_is_left_alone_until_that_one_is_gone(store) -> None:
    written = ground(store)[:1]
    assert reminder._is_taken(store, written[0])
    assert reminder.remind(store, written, lambda mail: None).before == 1
    with store.begin() as session:
        session.query(Reminder).one().begun_at -= reminder.TAKEN + dt.timedelta(seconds=1)
    assert reminder.remind(store, written, lambda mail: None).before == 0


def test_a_reminder_that_was_changed_is_found(store) -> None:
    reminder.remind(store, ground(store), lambda mail: None)
    with store.begin() as session:
        session.execute(text("UPDATE reminder SET told = '[]'"))
        with pytest.raises(IntakeBroken, match="a reminder is not what was sent"):
            inspection.verify(session)
