"""The table of who may do what, asked through the functions that do it."""

import pytest
from filed import ADMINISTRATOR, AUDITOR, EVERYBODY, FILER, NOW, PUBLISHER, REVIEWER, STRANGER, answers, filed

from breachtrail.errors import IntakeForbidden, IntakeNotFound
from breachtrail.intake import assessment, audit, decision, filing, listing, permissions, report, setting
from breachtrail.intake.permissions import Role

#: Action → what does it to the report of FILER, as an actor would ask for it.
DOES = {
    "report.write": lambda office, actor, one: filing.save(office, actor, one, {"entity_city": "X"}, NOW),
    "report.read": lambda office, actor, one: report.read(office, actor, one),
    "report.queue": lambda office, actor, one: report.queue(office, actor),
    "report.review": lambda office, actor, one: decision.decide(office, actor, one, "take", "", NOW, seen=1),
    "report.publish": lambda office, actor, one: decision.decide(office, actor, one, "publish", "x", NOW, seen=1),
    "assessment.write": lambda office, actor, one: assessment.record(office, actor, one, SAID, NOW),
    "assessment.read": lambda office, actor, one: assessment.of(office, actor),
    "sums.read": lambda office, actor, one: listing.sums(office, actor),
    "audit.read": lambda office, actor, one: audit.entries(office, actor),
    "setting.write": lambda office, actor, one: setting.write(office, actor, "threshold", "500"),
}
SAID = {"permitted": "Yes", "permitted_reason": "It was."}
#: Asked of the register alone, or of nothing of this door.
OF_NOTHING = {"account.manage", "setting.read"}
EXPECTED = {
    "report.write": {"filer"},
    "report.read": {"filer", "reviewer", "publisher", "auditor"},
    "report.queue": {"reviewer", "publisher", "auditor"},
    "report.review": {"reviewer"},
    "report.publish": {"publisher"},
    "assessment.write": {"filer"},
    "assessment.read": {"filer", "reviewer", "auditor"},
    "sums.read": {"reviewer", "publisher", "auditor"},
    "audit.read": {"auditor"},
    "account.manage": {"administrator"},
    "setting.read": {"filer", "reviewer", "publisher", "auditor", "administrator"},
    "setting.write": {"administrator"},
}


def test_the_table_is_what_was_meant() -> None:
    assert {action: set(map(str, roles)) for action, roles in permissions.TABLE.items()} == EXPECTED
    assert DOES.keys() | OF_NOTHING == permissions.TABLE.keys()


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.account)
@pytest.mark.parametrize("action", DOES)
def test_each_function_asks_the_table(office, action: str, actor) -> None:
    one = filed(office)
    filing.addendum(office, FILER, report.read(office, FILER, one).tracking_number, NOW)
    if action == "report.publish":
        for what in ("take", "accept"):
            decision.decide(office, REVIEWER, one, what, "x", NOW, seen=1)
    if not permissions.may(actor.role, action):
        with pytest.raises(IntakeForbidden):
            DOES[action](office, actor, one)
    elif actor is STRANGER and action in ("report.write", "report.read"):
        with pytest.raises(IntakeNotFound):
            DOES[action](office, actor, one)
    else:
        DOES[action](office, actor, one)


@pytest.mark.parametrize("actor", [STRANGER, REVIEWER, PUBLISHER, AUDITOR], ids=lambda actor: actor.account)
def test_a_draft_is_its_filers_alone(office, actor) -> None:
    one = filing.begin(office, FILER, NOW).id
    filing.save(office, FILER, one, answers(), NOW)
    with pytest.raises(IntakeNotFound):
        report.read(office, actor, one)
    if actor is not STRANGER:
        assert report.queue(office, actor) == []


def test_the_office_never_sees_what_is_being_typed(office) -> None:
    one = filed(office)
    filing.addendum(office, FILER, report.read(office, FILER, one).tracking_number, NOW)
    filing.save(office, FILER, one, {"individuals": "9999"}, NOW)
    assert report.read(office, FILER, one).answers["individuals"] == "9999"
    for actor in (REVIEWER, PUBLISHER, AUDITOR):
        seen = report.read(office, actor, one)
        assert (seen.answers["individuals"], seen.has_draft) == ("741", False)


def test_a_stranger_learns_nothing_by_tracking_number(office) -> None:
    number = report.read(office, FILER, filed(office)).tracking_number
    for ask in (report.find, lambda office, actor, number: filing.addendum(office, actor, number, NOW)):
        with pytest.raises(IntakeNotFound) as foreign:
            ask(office, STRANGER, number)
        with pytest.raises(IntakeNotFound) as absent:
            ask(office, STRANGER, "NONE")
        assert str(foreign.value) == str(absent.value)


def test_nobody_without_an_organisation_files(office) -> None:
    from breachtrail.intake.actor import Actor

    with pytest.raises(IntakeNotFound):
        filing.begin(office, Actor("x", "X", Role.FILER, ""), NOW)
    with pytest.raises(IntakeForbidden):
        filing.begin(office, ADMINISTRATOR, NOW)
