"""The audit trail, and the register held to it: whoever changes either past BreachTrail is found out."""

import pytest
from filed import AUDITOR, FILER, NOW, PUBLISHER, REVIEWER, filed, published
from sqlalchemy import text

from breachtrail.errors import IntakeBroken, IntakeError
from breachtrail.intake import assessment, audit, filing, inspection, report
from breachtrail.intake.tables import GROW_ONLY


@pytest.fixture
def kept(office):
    """A public report with an addendum that is being typed, a draft, and an assessment."""
    one = filed(office)
    published(office, one)
    filing.addendum(office, FILER, report.read(office, FILER, one).tracking_number, NOW)
    filing.discard(office, FILER, filing.begin(office, FILER, NOW).id)
    filing.begin(office, FILER, NOW)
    assessment.record(office, FILER, "x", {"permitted": "Yes", "permitted_reason": "It was."}, NOW)
    for table in GROW_ONLY:  # what somebody with the keys of the database would do first
        for verb in ("update", "delete"):
            office.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
    return office


def test_a_register_that_nobody_touched_holds(kept) -> None:
    found = inspection.verify(kept)
    assert (found.reports, found.versions, found.drafts) == (2, 1, 2)
    assert found.entries == audit.verify(kept) == found.head.number


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET name = 'Somebody Else' WHERE number = 3",
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE number = 3",
        "UPDATE audit SET detail = '{}' WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number = 1",
        "UPDATE audit SET number = 1000 WHERE number = 3",
        "UPDATE version SET answers = replace(answers, '741', '742')",
        "DELETE FROM version",
        "UPDATE version SET number = 2",
        "UPDATE decision SET text = 'Another reason.'",
        "DELETE FROM decision WHERE number = 1",
        "UPDATE report SET state = 'archive' WHERE state = 'public'",
        "UPDATE report SET tracking_number = 'BBBBBBBBBB' WHERE version = 1",
        "UPDATE report SET version = 2, state = 'filed' WHERE version = 0",
        "DELETE FROM draft",
        "UPDATE assessment SET conclusion = 'secured'",
        "DELETE FROM assessment",
    ],
)
def test_whatever_is_changed_past_breachtrail_is_found(kept, statement: str) -> None:
    kept.execute(text("PRAGMA foreign_keys = OFF"))
    assert kept.execute(text(statement)).rowcount > 0
    kept.expire_all()
    with pytest.raises(IntakeBroken):
        inspection.verify(kept)


def test_a_report_put_in_or_taken_away_is_found(kept) -> None:
    kept.execute(
        text(
            "INSERT INTO report SELECT 'x', organisation, 'draft', NULL, 0, 0, 0, NULL, '', made_at, NULL FROM report LIMIT 1"
        )
    )
    with pytest.raises(IntakeBroken, match="not in the state"):
        inspection.verify(kept)


def test_a_trail_cut_at_its_end_is_told_by_the_head_that_was_noted(kept) -> None:
    noted = audit.head(kept)
    kept.execute(text("DELETE FROM audit WHERE number = :number"), {"number": noted.number})
    kept.execute(text("DELETE FROM assessment"))
    kept.expire_all()
    inspection.verify(kept)
    with pytest.raises(IntakeBroken, match=f"entry {noted.number} was noted"):
        inspection.verify(kept, noted)


def test_a_head_is_told_and_read_again(kept) -> None:
    noted = audit.head(kept)
    assert audit.Head.parsed(str(noted)) == noted
    inspection.verify(kept, noted)
    with pytest.raises(IntakeBroken, match="another than the one"):
        inspection.verify(kept, audit.Head(noted.number, "f" * 64))
    for strange in ("", "3", "3:xyz", f"-1:{'0' * 64}"):
        with pytest.raises(IntakeError, match="NUMBER:HASH"):
            audit.Head.parsed(strange)


def test_the_trail_says_who_did_what(office) -> None:
    one = filed(office)
    published(office, one)
    told = audit.entries(office, AUDITOR)
    assert [entry.action for entry in told] == [
        *("report.publish", "report.accept", "report.take", "report.filed", "report.begun")
    ]
    assert [entry.name for entry in told][:4] == [PUBLISHER.name, REVIEWER.name, REVIEWER.name, FILER.name]
    assert {entry.subject for entry in told} == {one}
    assert [entry.number for entry in audit.entries(office, AUDITOR, before=4, limit=2)] == [3, 2]


def test_entries_are_sealed_one_after_the_other(store) -> None:
    with store.begin() as session:
        audit.record(session, None, "a", "s", {"b": [1, "é"]})
    with store.begin() as session:
        audit.record(session, FILER, "c" * 99, "s" * 300, {})
    with store.begin() as session:
        assert audit.verify(session) == 2
        assert audit.head(session).number == 2
