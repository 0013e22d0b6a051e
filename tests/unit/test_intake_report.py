"""A report's way: draft, filed, in review, returned or accepted, public, archive; an addendum is a new version."""

import pytest
from filed import FILER, NOW, PUBLISHER, REVIEWER, answers, filed, published
from sqlalchemy import select

from breachtrail.errors import IntakeConflict, IntakeRefused
from breachtrail.intake import decision, filing, listing, report
from breachtrail.intake.tables import Filed


def decide(office, actor, one, what, why="Why.", seen=None):
    seen = seen or report.read(office, actor, one).version
    return decision.decide(office, actor, one, what, why, NOW, seen=seen)


def amend(office, one, **changed):
    number = report.read(office, FILER, one).tracking_number
    filing.addendum(office, FILER, number, NOW)
    filing.save(office, FILER, one, {**changed, "attested": "true_and_accurate"}, NOW)
    assert filing.file(office, FILER, one, NOW) == number


def shown(office, view="under_investigation"):
    return [row[4] for row in listing.rows(office, view)]


def test_a_draft_keeps_what_was_typed_right_or_wrong(office) -> None:
    begun = filing.begin(office, FILER, NOW)
    assert (begun.state, begun.version, begun.has_draft, begun.tracking_number) == ("draft", 0, True, None)
    filing.save(office, FILER, begun.id, {"individuals": "many", "entity_name": "A"}, NOW)
    kept = filing.save(office, FILER, begun.id, {"entity_name": "B"}, NOW)
    assert kept.answers == {"individuals": "many", "entity_name": "B"}
    with pytest.raises(IntakeRefused) as refused:
        filing.file(office, FILER, begun.id, NOW)
    assert refused.value.refusals["individuals"] == "count"
    assert report.read(office, FILER, begun.id).state == "draft"


def test_filing_gives_a_tracking_number_once(office) -> None:
    one = filed(office)
    read = report.read(office, REVIEWER, one)
    assert (read.state, read.version, len(read.tracking_number)) == ("filed", 1, 10)
    assert report.find(office, FILER, f" {read.tracking_number.lower()} ").id == one
    with pytest.raises(IntakeConflict, match="addendum"):
        filing.file(office, FILER, one, NOW)
    with pytest.raises(IntakeConflict, match="addendum"):
        filing.save(office, FILER, one, {"entity_name": "B"}, NOW)


def test_an_addendum_is_a_new_version_and_overwrites_nothing(office) -> None:
    one = filed(office)
    amend(office, one, individuals="9,000")
    read = report.read(office, REVIEWER, one)
    assert [(v.number, v.answers["individuals"]) for v in read.versions] == [(1, "741"), (2, "9,000")]
    assert (read.version, read.state, read.filed_at) == (2, "filed", NOW)


def test_an_addendum_has_to_be_attested_anew(office) -> None:
    one = filed(office)
    filing.addendum(office, FILER, report.read(office, FILER, one).tracking_number, NOW)
    with pytest.raises(IntakeRefused) as refused:
        filing.file(office, FILER, one, NOW)
    assert refused.value.refusals == {"attested": "missing"}
    with pytest.raises(IntakeConflict, match="open already"):
        filing.addendum(office, FILER, report.read(office, FILER, one).tracking_number, NOW)


def test_the_register_changes_only_when_the_office_accepts(office) -> None:
    one = filed(office)
    published(office, one)
    assert shown(office) == ["741"]
    amend(office, one, individuals="9000")
    read = report.read(office, REVIEWER, one)
    assert (read.state, read.is_pending, read.version, read.accepted) == ("public", True, 2, 1)
    assert decision.decisions_open(REVIEWER, read) == ("accept", "return")
    assert shown(office) == ["741"]
    after = decide(office, REVIEWER, one, "accept")
    assert (after.state, after.is_pending, after.accepted, shown(office)) == ("public", False, 2, ["9000"])


def test_a_returned_addendum_leaves_the_register_as_it_was(office) -> None:
    one = filed(office)
    published(office, one)
    amend(office, one, individuals="9000")
    decide(office, REVIEWER, one, "return", "Which figure is right?")
    read = report.read(office, FILER, one)
    assert (read.state, read.is_pending, read.has_draft, shown(office)) == ("public", False, True, ["741"])
    filing.save(office, FILER, one, {"individuals": "8000", "attested": "true_and_accurate"}, NOW)
    filing.file(office, FILER, one, NOW)
    decide(office, REVIEWER, one, "accept")
    assert shown(office) == ["8000"]


def test_a_returned_report_is_open_to_its_filer_and_comes_back(office) -> None:
    one = filed(office)
    decide(office, REVIEWER, one, "take", "")
    decide(office, REVIEWER, one, "return", "The name is short.")
    read = report.read(office, FILER, one)
    assert (read.state, read.has_draft, read.reasons[-1].text) == ("returned", True, "The name is short.")
    filing.save(office, FILER, one, {"entity_name": "Whole Name", "attested": "true_and_accurate"}, NOW)
    filing.file(office, FILER, one, NOW)
    assert report.read(office, REVIEWER, one).state == "filed"


def test_what_was_filed_after_the_look_is_not_decided_of_unseen(office) -> None:
    one = filed(office)
    decide(office, REVIEWER, one, "take")
    amend(office, one, individuals="9000")
    with pytest.raises(IntakeConflict, match="new version"):
        decide(office, REVIEWER, one, "accept", seen=1)
    assert report.read(office, REVIEWER, one).state == "filed"


def test_below_the_threshold_nothing_is_published_until_an_addendum_raises_it(office) -> None:
    one = filed(office, individuals=40)
    for what in ("take", "accept"):
        decide(office, REVIEWER, one, what)
    with pytest.raises(IntakeConflict, match="below the threshold"):
        decide(office, PUBLISHER, one, "publish")
    assert [(s.year, s.notices, s.individuals) for s in listing.sums(office, REVIEWER)] == [(2026, 1, 40)]
    amend(office, one, individuals="700", affecting="500_or_more")
    assert "publish" not in decision.decisions_open(PUBLISHER, report.read(office, PUBLISHER, one))
    decide(office, REVIEWER, one, "accept")
    decide(office, PUBLISHER, one, "publish")
    assert (shown(office), listing.sums(office, REVIEWER)) == (["700"], [])


def test_a_closed_case_moves_to_the_archive_with_what_the_office_says_of_it(office) -> None:
    one = filed(office)
    published(office, one)
    decide(office, PUBLISHER, one, "archive", "A mail account was taken over.")
    assert (shown(office), shown(office, "archive")) == ([], ["741"])
    assert listing.rows(office, "archive")[0][-1] == "A mail account was taken over."


@pytest.mark.parametrize("what", ["accept", "return"])
def test_a_reason_is_wanted(office, what: str) -> None:
    one = filed(office)
    decide(office, REVIEWER, one, "take", "")
    for why in (" ", "x" * 4001):
        with pytest.raises(IntakeRefused):
            decide(office, REVIEWER, one, what, why)
    assert report.read(office, REVIEWER, one).state == "in_review"


def test_no_state_is_skipped(office) -> None:
    one = filed(office)
    for actor, what in ((REVIEWER, "accept"), (REVIEWER, "return"), (PUBLISHER, "publish"), (PUBLISHER, "archive")):
        with pytest.raises(IntakeConflict):
            decide(office, actor, one, what)
    with pytest.raises(IntakeRefused, match="no decision"):
        decide(office, REVIEWER, one, "burn")


def test_a_discarded_draft_leaves_what_was_filed(office) -> None:
    one = filed(office)
    filing.addendum(office, FILER, report.read(office, FILER, one).tracking_number, NOW)
    filing.discard(office, FILER, one)
    assert (report.read(office, FILER, one).state, report.read(office, FILER, one).has_draft) == ("filed", False)
    never = filing.begin(office, FILER, NOW).id
    filing.discard(office, FILER, never)
    assert office.scalars(select(Filed.id)).all() == [one]


@pytest.mark.parametrize(
    "strange", [{"no_such": "x"}, {"entity_name": 3}, {"locations": [1]}, {"entity_name": "x" * 1_000_001}]
)
def test_what_no_form_sends_is_refused(office, strange) -> None:
    begun = filing.begin(office, FILER, NOW)
    with pytest.raises(IntakeRefused):
        filing.save(office, FILER, begun.id, strange, NOW)


@pytest.mark.parametrize("nasty", ["a\0b", "half \ud83d", "\u202egnp.exe", "\x1b[2J"])
def test_signs_that_no_database_or_screen_can_take_are_kept_from_filing(store, nasty: str) -> None:
    with store.begin() as session:
        begun = filing.begin(session, FILER, NOW)
        filing.save(session, FILER, begun.id, answers(name=nasty), NOW)
    with store.begin() as session:
        with pytest.raises(IntakeRefused) as refused:
            filing.file(session, FILER, begun.id, NOW)
        assert refused.value.refusals == {"entity_name": "control"}


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "医院 №5", "'; DROP TABLE report; --"]
)
def test_a_name_is_text_and_nothing_else(store, name: str) -> None:
    with store.begin() as session:
        one = filed(session, name=name)
        published(session, one)
    with store.begin() as session:
        assert report.read(session, FILER, one).answers["entity_name"] == name
        assert listing.rows(session, "under_investigation")[0][1] == name
