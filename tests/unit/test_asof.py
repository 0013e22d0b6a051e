"""Notices as known at the end of a day, the trail of one, changes between two days, and what was looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.errors import QuestionError
from breachtrail.ledger import asof
from breachtrail.ledger.asof import last_looked
from breachtrail.ledger.store import Store

GROWN = Row(name="Grown Hospital", individuals=500, submitted_on=date(2024, 5, 20))
CLOSED = Row(name="Closed Clinic", individuals=3000, submitted_on=date(2024, 5, 10))
STABLE = Row(name="Stable Plan", state="CA", individuals=2000, submitted_on=date(2024, 4, 2))
RENAMED = Row(name="Renamed Eye Center", individuals=4000, submitted_on=date(2024, 4, 1))
VANISHED = Row(name="Vanished Lab", state="OH", individuals=1000, submitted_on=date(2024, 3, 1))
LATE = Row(name="Late Dental", individuals=700, submitted_on=date(2024, 5, 15))
OLD = Row(name="Old Plan", state="ME", individuals=2002, submitted_on=date(2020, 3, 3))
GROWN_LATER = replace(GROWN, individuals=100_000)
RENAMED_LATER = replace(RENAMED, name="Renamed Eye Center Holdings", individuals=4000)
CLOSED_LATER = replace(CLOSED, description="The clinic trained its staff.")

JUNE, JULY, AUGUST = date(2024, 6, 1), date(2024, 7, 1), date(2024, 8, 1)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> MadeUpRegister:
    """June: all but Late. July: Grown has grown, Vanished is gone, Closed moved. August: Vanished is back, Late came."""
    register = MadeUpRegister(tmp_path_factory.mktemp("story") / "ledger")
    register.look("2024-06-01", under_investigation=[GROWN, CLOSED, STABLE, RENAMED, VANISHED], archive=[OLD])
    register.look("2024-07-01", under_investigation=[GROWN_LATER, STABLE, RENAMED], archive=[CLOSED_LATER, OLD])
    register.look(
        "2024-08-01",
        under_investigation=[GROWN_LATER, LATE, STABLE, RENAMED_LATER],
        archive=[CLOSED_LATER, replace(VANISHED, individuals=1500), OLD],
    )
    return register


@pytest.fixture(scope="module")
def ledger(story: MadeUpRegister) -> Iterator[breachtrail.Ledger]:
    with story.open() as ledger:
        yield ledger


# --- as of


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        ("2024-06-01", [GROWN, CLOSED, STABLE, RENAMED, VANISHED, OLD]),
        ("2024-06-30", [GROWN, CLOSED, STABLE, RENAMED, VANISHED, OLD]),
        ("2024-07-01", [GROWN_LATER, CLOSED, STABLE, RENAMED, OLD]),
        ("2024-08-01", [GROWN_LATER, CLOSED, STABLE, RENAMED_LATER, replace(VANISHED, individuals=1500), LATE, OLD]),
    ],
)
def test_notices_are_those_that_the_register_showed_at_the_end_of_the_day(
    ledger: breachtrail.Ledger, as_of: str, known: list[Row]
) -> None:
    found = {(notice["name"], notice["individuals"]) for notice in ledger.notices(as_of=as_of)}
    assert found == {(row.name, row.individuals) for row in known}


def test_without_a_day_the_newest_known_one_is_meant(ledger: breachtrail.Ledger) -> None:
    assert ledger.notices() == ledger.notices(as_of=AUGUST)


def test_notices_come_sorted_and_in_pages(ledger: breachtrail.Ledger) -> None:
    def names(order: str) -> list[str]:
        return [notice["name"] for notice in ledger.notices(order=order)]

    assert names("individuals")[:2] == [GROWN.name, RENAMED_LATER.name]
    assert names("submitted_on")[:2] == [GROWN.name, LATE.name]
    assert names("first_seen")[0] == LATE.name
    assert names("name") == sorted(names("name"))
    pages = [ledger.notices(limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [notice for page in pages for notice in page] == ledger.notices()


def test_an_order_that_there_is_not_is_said_so(ledger: breachtrail.Ledger) -> None:
    with pytest.raises(QuestionError, match="first_seen"):
        ledger.notices(order="colour")


def test_missing_notices_are_shown_only_to_those_who_ask(ledger: breachtrail.Ledger) -> None:
    asked = ledger.notices(as_of=JULY, where={"status": "missing"})
    assert [notice["name"] for notice in asked] == [VANISHED.name]


# --- find and trail


def test_a_notice_is_found_by_words_of_any_name_it_ever_had_in_any_dress(ledger: breachtrail.Ledger) -> None:
    for wanted in ("renamed eye center", "EYE-CENTER", " Center  Holdings "):
        assert [notice["name"] for notice in ledger.show(wanted)] == [RENAMED_LATER.name]


def test_a_notice_is_found_by_its_id(ledger: breachtrail.Ledger) -> None:
    (found,) = ledger.show("Grown")
    assert [notice["name"] for notice in ledger.show(found["id"])] == [GROWN.name]


def test_several_found_come_with_the_largest_first(ledger: breachtrail.Ledger) -> None:
    assert [notice["name"] for notice in ledger.show("plan")] == [OLD.name, STABLE.name]


@pytest.mark.parametrize("wanted", ["Nobody at All", "ocr-2024-05-20-grown-hospital-0000x", "", "  ", "--"])
def test_what_is_not_there_is_said_so(ledger: breachtrail.Ledger, wanted: str) -> None:
    with pytest.raises(QuestionError, match="No notice has the id"):
        ledger.show(wanted)


def test_words_are_words_and_no_pattern(ledger: breachtrail.Ledger) -> None:
    for wanted in ("%", "_", "Grown' OR '1'='1", "gr.wn"):
        with pytest.raises(QuestionError):
            ledger.show(wanted)


def test_a_trail_tells_each_version_with_its_time_and_the_snapshot_that_showed_it(story: MadeUpRegister) -> None:
    before, after = story.trail("Grown")
    assert [before[name] for name in ("known_from", "known_until", "individuals", "rung")] == [JUNE, JULY, 500, "new"]
    assert [after[name] for name in ("known_from", "known_until", "individuals")] == [JULY, None, 100_000]
    assert before["snapshot"].startswith("us_hhs_ocr/2024-06-01/under_investigation/")
    assert (after["seen_in"], after["row"]) == ("under_investigation", 1)
    assert (after["taken_not_before"], after["taken_not_after"]) == (JULY, JULY)


def test_an_absence_names_no_snapshot_that_showed_it(story: MadeUpRegister) -> None:
    statuses = [(version["status"], version["snapshot"] is None) for version in story.trail("Vanished")]
    assert statuses == [("under_investigation", False), ("missing", True), ("archive", False)]


# --- changes


def told(ledger: breachtrail.Ledger, since: date, until: date | None = None) -> dict[str, tuple[str, list[str], int]]:
    return {
        (row["after"] or row["before"])["name"]: (row["kind"], row["differs"], row["gained"])
        for row in ledger.changes(since, until)
    }


def test_changes_between_june_and_july(ledger: breachtrail.Ledger) -> None:
    assert told(ledger, JUNE, JULY) == {
        GROWN.name: ("changed", ["individuals"], 99_500),
        CLOSED.name: ("changed", ["status", "description"], 0),
        VANISHED.name: ("gone", ["status"], -1000),
    }


def test_changes_between_july_and_august(ledger: breachtrail.Ledger) -> None:
    found = told(ledger, JULY)
    assert found.pop(LATE.name)[::2] == ("appeared", 700)
    assert found.pop(VANISHED.name) == ("returned", ["status", "individuals"], 1500)
    assert found == {RENAMED_LATER.name: ("changed", ["name"], 0)}


def test_changes_over_a_gap_tell_only_what_differs_at_its_ends(ledger: breachtrail.Ledger) -> None:
    assert told(ledger, JUNE, AUGUST)[VANISHED.name] == ("changed", ["status", "individuals"], 500)


def test_what_only_changed_its_view_has_moved(register: MadeUpRegister) -> None:
    register.look("2024-06-01", under_investigation=[CLOSED, STABLE], archive=[OLD])
    register.look("2024-07-01", under_investigation=[STABLE], archive=[CLOSED, OLD])
    with register.open() as ledger:
        assert told(ledger, JUNE) == {CLOSED.name: ("moved", ["status"], 0)}


def test_what_is_gained_adds_up_to_how_the_total_moved(ledger: breachtrail.Ledger) -> None:
    for since, until in ((JUNE, JULY), (JULY, AUGUST), (JUNE, AUGUST)):
        totals = [ledger.ask("individuals", as_of=day).records()[0]["individuals"] for day in (since, until)]
        assert sum(row["gained"] for row in ledger.changes(since, until)) == totals[1] - totals[0]


def test_changes_within_a_condition(ledger: breachtrail.Ledger) -> None:
    assert [row["after"]["name"] for row in ledger.changes(JUNE, JULY, where={"state": "OH"})] == [VANISHED.name]


def test_nothing_changes_between_a_day_and_itself(ledger: breachtrail.Ledger) -> None:
    assert ledger.changes(JULY, JULY) == []
    assert ledger.changes("2024-07-02", "2024-07-31") == []


def test_days_the_wrong_way_round_are_said_so(ledger: breachtrail.Ledger) -> None:
    with pytest.raises(QuestionError, match="turn them round"):
        ledger.changes(AUGUST, JULY)


# --- coverage


def test_coverage_lists_every_look_oldest_first(ledger: breachtrail.Ledger) -> None:
    looks = ledger.coverage()
    assert [(look.taken_on, look.view, look.rows, look.accepted, look.held) for look in looks] == [
        (JUNE, "archive", 1, 1, 0),
        (JUNE, "under_investigation", 5, 5, 0),
        (JULY, "archive", 2, 2, 0),
        (JULY, "under_investigation", 3, 3, 0),
        (AUGUST, "archive", 3, 3, 0),
        (AUGUST, "under_investigation", 4, 4, 0),
    ]
    assert {look.derived for look in looks} == {False}
    assert looks[0].fetched_from == "2024-06-01_archive.csv"


def test_coverage_by_a_day_knows_nothing_of_later_looks(story: MadeUpRegister) -> None:
    _, engine = Store(story.home).read()
    with engine:
        assert {look.taken_on for look in asof.coverage(engine, "us_hhs_ocr", JULY)} == {JUNE, JULY}
        assert asof.coverage(engine, "another_register") == []


def test_each_view_was_last_looked_at_on_a_day_or_never(register: MadeUpRegister) -> None:
    register.look("2024-06-01", under_investigation=[GROWN])
    views = ("under_investigation", "archive")
    with register.open() as ledger:
        last = last_looked(ledger.coverage(), views)
        assert (last["under_investigation"] is not None, last["archive"]) == (True, None)
    register.look("2024-06-10", both=[GROWN, OLD])
    with register.open() as ledger:
        found = last_looked(ledger.coverage(), views)
    assert {view: look and look.taken_on for view, look in found.items()} == dict.fromkeys(views, date(2024, 6, 10))
