"""One day's rows into the ledger: what is a change and what is none, and what becomes of a notice that is not shown."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from made_up import PORTAL, MadeUpRegister, Row

from breachtrail import pipeline

ALPHA = Row(name="Alpha Clinic", individuals=1234, description="A laptop was stolen.")
#: Notices that keep a view from being empty, and never change.
OPEN, OLD = Row(name="Open Plan", state="ME", individuals=2001), Row(name="Old Plan", state="ME", individuals=2002)

JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = (f"2024-{month:02}-01" for month in range(6, 11))


def views(
    under_investigation: bool = False, archive: bool = False, *, rows: list[Row] | None = None
) -> dict[str, list[Row]]:
    """A day on which ALPHA (or other rows) stands in the views named, or in neither."""
    rows = [ALPHA] if rows is None else rows
    return {
        "under_investigation": [*(rows if under_investigation else []), OPEN],
        "archive": [*(rows if archive else []), OLD],
    }


def statuses(register: MadeUpRegister, wanted: str = "Alpha") -> list[tuple[str, str]]:
    return [(str(version["known_from"]), version["status"]) for version in register.trail(wanted)]


# --- a change, or none

#: What July says otherwise than June → the columns of the version that comes of it; each case has a day of its own.
SAID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing": ({}, {}),
    "another name": ({"name": "Alpha Clinic Two"}, {"name": "Alpha Clinic Two"}),
    "another state": ({"state": "CA"}, {"state": "CA"}),
    "another filer": ({"entity_type": "Health Plan"}, {"entity_type": "Health Plan"}),
    "another count": ({"individuals": 4321}, {"individuals": 4321}),
    "another type": ({"breach_types": "Theft"}, {"breach_types": ["Theft"]}),
    "two places": ({"locations": "Laptop, Email"}, {"locations": ["Email", "Laptop"]}),
    "an associate": ({"business_associate": "Yes"}, {"business_associate": "Yes"}),
    "another text": ({"description": "A server was stolen."}, {"description": "A server was stolen."}),
    "everything but name and count": (
        {"entity_type": "Health Plan", "locations": "Email", "breach_types": "Loss", "description": "It was lost."},
        {"entity_type": "Health Plan", "locations": ["Email"], "breach_types": ["Loss"], "description": "It was lost."},
    ),
    # another dress is no revision
    "padded capitals": ({"name": "  ALPHA CLINIC, "}, {}),
    "another dress of a count": ({"individuals": "1,234.0"}, {}),
    "blanks in a text": ({"description": "  A laptop  was stolen\r\n"}, {}),
    "quotes in a text": ({"description": "“A laptop was stolen.”"}, {}),
    "another case of labels": ({"entity_type": "HEALTHCARE PROVIDER", "locations": " network server "}, {}),
    # nor does a blank unsay what was known
    **{f"no {column}": ({column: ""}, {}) for column in PORTAL if column not in ("name", "submitted_on")},
    "a blank count and an associate": ({"individuals": "", "business_associate": "Yes"}, {"business_associate": "Yes"}),
}


@pytest.fixture(scope="module")
def trails(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The trail of each case's notice."""
    register = MadeUpRegister(tmp_path_factory.mktemp("said") / "ledger")
    june = [replace(ALPHA, submitted_on=date(2024, 1, 1) + timedelta(place)) for place in range(len(SAID))]
    july = [replace(row, **change) for row, (change, _) in zip(june, SAID.values(), strict=True)]
    register.look(JUNE, under_investigation=june[::-1])
    register.look(JULY, under_investigation=july[::-1])
    by_day = {trail[0]["submitted_on"]: trail for trail in register.trails("Alpha")}
    return {case: by_day[row.submitted_on] for case, row in zip(SAID, june, strict=True)}


@pytest.mark.parametrize("case", SAID)
def test_only_what_both_files_say_differently_is_a_new_version(
    trails: dict[str, list[dict[str, Any]]], case: str
) -> None:
    before, *after = trails[case]
    change = SAID[case][1]
    assert {
        column: version[column] for version in after for column in PORTAL if version[column] != before[column]
    } == change
    periods = [(version["known_from"], version["known_until"]) for version in trails[case]]
    june, july = date(2024, 6, 1), date(2024, 7, 1)
    assert periods == ([(june, july), (july, None)] if change else [(june, None)])


def test_a_day_says_how_many_notices_it_changed(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    (day,) = register.look(JULY, under_investigation=[Row(name="Beta"), replace(OPEN, individuals=7)]).days
    assert (day.day, day.listed) == (date(2024, 7, 1), 2)
    assert (day.new, day.changed, day.closed, day.missing, day.unlisted) == (1, 1, 1, 0, 0)
    (day,) = register.look(AUGUST, views()).days
    assert (day.new, day.changed, day.closed, day.missing, day.unlisted) == (0, 1, 0, 2, 0)


def test_several_values_in_another_order_are_no_revision(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[replace(ALPHA, locations="Email, Laptop")])
    register.look(JULY, under_investigation=[replace(ALPHA, locations="Laptop, Email")])
    assert register.said("locations", "Alpha") == [["Email", "Laptop"]]


def test_a_column_not_carried_says_nothing(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[ALPHA])
    fewer = [column for column in PORTAL if column not in ("description", "entity_type", "business_associate")]
    file = register.write(JULY, "under_investigation", [ALPHA], columns=fewer)
    assert pipeline.ingest(register.home, [file]).days[0].changed == 0
    (version,) = register.trail("Alpha")
    assert [version[column] for column in ("description", "entity_type", "business_associate")] == [
        *(ALPHA.description, ALPHA.entity_type, ALPHA.business_associate)
    ]


def test_a_description_that_comes_late_is_a_version_of_its_own(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[replace(ALPHA, description="")])
    register.look(JULY, under_investigation=[ALPHA])
    assert register.said("description", "Alpha") == [None, ALPHA.description]


def test_held_rows_are_outside_of_everything(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[ALPHA, OPEN])
    result = register.look(JULY, under_investigation=[replace(ALPHA, individuals="many"), OPEN])
    assert [(file.accepted, file.held) for file in result.files] == [(1, 1)]
    assert register.said("individuals", "Alpha")[-1] == 1234


# --- not shown any more


def test_a_notice_that_left_its_view_while_the_other_was_not_looked_at_is_closed_and_counts(
    register: MadeUpRegister,
) -> None:
    register.look(JUNE, views(under_investigation=True))
    for day in (JULY, AUGUST, SEPTEMBER):
        register.look(day, under_investigation=[OPEN])
    assert statuses(register) == [(JUNE, "under_investigation"), (JULY, "closed")]
    assert ALPHA.name in register.names()


def test_a_view_not_looked_at_is_not_a_view_emptied(register: MadeUpRegister) -> None:
    register.look(JUNE, views(archive=True))
    register.look(JULY, under_investigation=[OPEN])
    assert statuses(register) == [(JUNE, "archive")]


def test_closed_then_missing_then_unlisted(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, under_investigation=[OPEN])
    register.look(AUGUST, archive=[OLD])
    register.look(SEPTEMBER, under_investigation=[OPEN])
    register.look(OCTOBER, archive=[OLD])
    told = [(JUNE, "under_investigation"), (JULY, "closed"), (AUGUST, "missing"), (OCTOBER, "unlisted")]
    assert statuses(register) == told
    assert [ALPHA.name in register.names(as_of) for as_of, _ in told] == [True, True, False, False]


def test_two_whole_looks_without_a_notice_unlist_it(register: MadeUpRegister) -> None:
    register.look(JUNE, views(archive=True))
    register.look(JULY, views())
    assert statuses(register)[-1] == (JULY, "missing")
    register.look(AUGUST, views())
    assert statuses(register)[-1] == (AUGUST, "unlisted")
    register.look(SEPTEMBER, views())
    assert len(statuses(register)) == 3


def test_one_view_looked_at_twice_is_not_every_view_looked_at(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, views())
    for day in (AUGUST, SEPTEMBER, OCTOBER):
        register.look(day, archive=[OLD])
    assert statuses(register)[1:] == [(JULY, "missing")]


@pytest.mark.parametrize("gone", [1, 2], ids=["missing", "unlisted"])
def test_a_notice_that_comes_back_is_the_same_notice(register: MadeUpRegister, gone: int) -> None:
    register.look(JUNE, views(under_investigation=True))
    for day in [JULY, AUGUST][:gone]:
        register.look(day, views())
    register.look(SEPTEMBER, views(archive=True, rows=[replace(ALPHA, individuals=9999)]))
    assert statuses(register)[-2:] == [
        ([JULY, AUGUST][gone - 1], ["missing", "unlisted"][gone - 1]),
        (SEPTEMBER, "archive"),
    ]
    assert register.said("individuals", "Alpha")[-1] == 9999
    assert ALPHA.name in register.names()
    assert ALPHA.name not in register.names(as_of=AUGUST)


def test_a_closed_notice_that_turns_up_in_the_archive_has_moved(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, under_investigation=[OPEN])
    register.look(AUGUST, archive=[ALPHA, OLD])
    assert [status for _, status in statuses(register)] == ["under_investigation", "closed", "archive"]


def test_a_notice_moves_in_one_day_where_both_views_are_looked_at(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, views(archive=True))
    assert statuses(register) == [(JUNE, "under_investigation"), (JULY, "archive")]


def test_a_notice_is_absent_on_a_day_only_if_every_file_of_it_lacks_it(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, {**views(), "both": [ALPHA, OPEN, OLD]})
    assert statuses(register) == [(JUNE, "under_investigation")]


def test_what_two_files_of_a_day_show_is_one_notice(register: MadeUpRegister) -> None:
    (day,) = register.look(JUNE, {**views(under_investigation=True), "both": [ALPHA, OPEN, OLD]}).days
    assert (day.listed, day.new) == (3, 3)
    assert len(register.trail("Alpha")) == 1


# --- files of both views


@pytest.mark.parametrize("status", ["under_investigation", "archive"])
def test_a_file_of_both_views_moves_nobody(register: MadeUpRegister, status: str) -> None:
    register.look(JUNE, views(**{status: True}))
    register.look(JULY, both=[replace(ALPHA, individuals=4321), OPEN, OLD])
    assert statuses(register) == [(JUNE, status), (JULY, status)]
    assert register.said("individuals", "Alpha") == [1234, 4321]


def test_a_file_of_both_views_is_a_look_at_both(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, both=[OPEN, OLD])
    register.look(AUGUST, both=[OPEN, OLD])
    assert [status for _, status in statuses(register)] == ["under_investigation", "missing", "unlisted"]


def test_a_notice_first_seen_in_a_file_of_both_views_is_in_one_of_them(register: MadeUpRegister) -> None:
    register.look(JUNE, both=[ALPHA, OPEN])
    assert statuses(register) == [(JUNE, "all")]
    register.look(JULY, views(archive=True))
    assert statuses(register)[-1] == (JULY, "archive")


def test_a_notice_of_unknown_view_is_missing_only_where_both_were_looked_at(register: MadeUpRegister) -> None:
    register.look(JUNE, both=[ALPHA, OPEN, OLD])
    register.look(JULY, under_investigation=[OPEN])
    assert statuses(register) == [(JUNE, "all")]
    register.look(AUGUST, views())
    assert statuses(register)[-1] == (AUGUST, "missing")


def test_a_missing_notice_that_a_file_of_both_views_shows_again_counts_again(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    register.look(JULY, views())
    register.look(AUGUST, both=[ALPHA, OPEN, OLD])
    assert statuses(register)[-2:] == [(JULY, "missing"), (AUGUST, "all")]
    assert ALPHA.name in register.names()


def test_before_the_portal_had_two_views_a_file_shows_everything(register: MadeUpRegister) -> None:
    early = [replace(row, submitted_on=date(2016, 1, 5)) for row in (ALPHA, OPEN, OLD)]
    register.look("2016-06-01", both=early)
    register.look("2016-07-01", both=early[1:])
    assert [status for _, status in statuses(register)] == ["all", "missing"]


def both(register: MadeUpRegister, day: str, rows: list[Row]) -> None:
    result = pipeline.ingest(register.home, [register.write(day, "both", rows, columns=[*PORTAL, "status"])])
    assert [file.refused for file in result.files] == [""]


def test_a_status_column_splits_a_file_of_both_views_and_a_blank_in_it_moves_nobody(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    both(register, JULY, [replace(ALPHA, status=""), replace(OPEN, status="Archived"), replace(OLD, status="Archived")])
    assert statuses(register) == [(JUNE, "under_investigation")]
    assert statuses(register, OPEN.name) == [(JUNE, "under_investigation"), (JULY, "archive")]
    both(
        register,
        AUGUST,
        [replace(ALPHA, status="Archived"), replace(OPEN, status="Under Investigation"), replace(OLD, status="?")],
    )
    assert statuses(register)[1:] == [(AUGUST, "archive")]
    assert statuses(register, OPEN.name)[-1] == (AUGUST, "under_investigation")
    assert statuses(register, OLD.name) == [(JUNE, "archive")]


def test_an_absence_that_rests_on_a_derived_file_is_marked(register: MadeUpRegister) -> None:
    register.look(JUNE, views(under_investigation=True))
    both(register, JULY, [replace(OPEN, status="Under Investigation"), replace(OLD, status="Archived")])
    assert [version["rung"] for version in register.trail("Alpha")] == ["new", "absent, by a derived file"]
    register.look(AUGUST, views())
    assert register.trail("Alpha")[-1]["rung"] == "absent"


def test_two_downloads_of_one_day_are_one_look(register: MadeUpRegister) -> None:
    first = register.write(JUNE, "under_investigation", [ALPHA, OPEN])
    second = register.write(JUNE, "later_under_investigation", [ALPHA, OPEN, Row(name="Posted Meanwhile")])
    (day,) = pipeline.ingest(register.home, [first, second]).days
    assert (day.listed, day.new) == (3, 3)
    assert len(register.names()) == 3
