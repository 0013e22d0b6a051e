"""Which row of today is which notice of yesterday: every rung with a case that it joins and one that it must not.

A register is looked at twice, on June 1 and on July 1; what was joined shows in the trails. ``lives`` tells each notice
as (first name, last name, rung of the last version); ``new`` alone is a notice that nothing happened to, or a new one.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made_up import MadeUpRegister, Row

JUNE, JULY = "2024-06-01", "2024-07-01"
ALPHA = Row(name="Alpha Family Clinic of Springfield", individuals=1234)
OTHER = Row(name="Zebra Imaging Partners", individuals=4321)
#: So that no day's list is empty and no order of days is in doubt.
BESIDE = Row(name="Untouched Plan", state="ME", submitted_on=date(2024, 1, 2), individuals=9876)


def lives(
    register: MadeUpRegister, older: list[Row], newer: list[Row], *, whole: bool = False
) -> list[tuple[str, str, str]]:
    """whole: both looks show both views (the archive holds one row of its own)."""
    archive = {"archive": [replace(BESIDE, name="Archived Plan")]} if whole else {}
    register.look(JUNE, under_investigation=[*older, BESIDE], **archive)
    register.look(JULY, under_investigation=[*newer, BESIDE], **archive)
    with register.open() as ledger:
        ids = [notice["id"] for notice in ledger.notices(where=["status!="], order="name")]
        trails = [ledger.show(one)[0]["trail"] for one in ids]
    told = sorted((trail[0]["name"], trail[-1]["name"], trail[-1]["rung"]) for trail in trails)
    quiet = [(name, name, "new") for name in ["Archived Plan", BESIDE.name][not whole :]]
    assert [one for one in told if one in quiet] == quiet
    return [one for one in told if one not in quiet]


def joined(older: Row, newer: Row, rung: str) -> list[tuple[str, str, str]]:
    return [(older.name, newer.name, rung)]


def apart(older: Row, newer: Row, gone: str = "absent") -> list[tuple[str, str, str]]:
    return sorted([(older.name, older.name, gone), (newer.name, newer.name, "new")])


# --- the same content


@pytest.mark.parametrize(
    "dressed",
    [
        ALPHA.name.upper(),
        f"  {ALPHA.name} ",
        "Alpha  Family Clinic, of Springfield",
        f"Dormant: {ALPHA.name}",
        f"{ALPHA.name} (see master file)",
        f"{ALPHA.name}, Privacy Manager Breach",
    ],
)
def test_a_name_in_another_dress_is_no_change(register: MadeUpRegister, dressed: str) -> None:
    assert lives(register, [ALPHA], [replace(ALPHA, name=dressed)]) == joined(ALPHA, ALPHA, "new")
    assert register.said("name", ALPHA.name) == [ALPHA.name]


def test_accents_and_broken_letters_are_dress(register: MadeUpRegister) -> None:
    good = replace(ALPHA, name="Clínica Niño")
    broken = replace(ALPHA, name=good.name.encode().decode("cp1252"))
    bare = replace(ALPHA, name="Clinica Nino", submitted_on=date(2024, 5, 15))
    assert lives(register, [good, replace(bare, name=good.name)], [broken, bare]) == [(good.name, good.name, "new")] * 2


def test_equal_rows_are_counted_and_not_merged(register: MadeUpRegister) -> None:
    assert lives(register, [ALPHA] * 2, [ALPHA] * 3) == [(ALPHA.name, ALPHA.name, "new")] * 3
    assert sorted(trail[0]["known_from"] for trail in register.trails("Alpha")) == [date(2024, 6, 1)] * 2 + [
        date(2024, 7, 1)
    ]


def test_equal_rows_of_which_one_goes(register: MadeUpRegister) -> None:
    assert lives(register, [ALPHA] * 3, [ALPHA] * 2) == sorted(
        [*joined(ALPHA, ALPHA, "new") * 2, *joined(ALPHA, ALPHA, "absent")]
    )


# --- the same name


def test_name_day_state_and_count_hold_a_notice_together(register: MadeUpRegister) -> None:
    newer = replace(
        ALPHA, entity_type="Health Plan", breach_types="Theft", locations="Laptop", business_associate="Yes"
    )
    assert lives(register, [ALPHA], [newer]) == joined(ALPHA, newer, "same name and count")


@pytest.mark.parametrize("blank_first", [True, False])
def test_a_blank_state_is_compatible_with_any(register: MadeUpRegister, blank_first: bool) -> None:
    pair = [replace(ALPHA, state=""), replace(ALPHA, state="CA")]
    older, newer = pair if blank_first else pair[::-1]
    expected = "same name and count" if blank_first else "new"  # what was known of the state is not unsaid
    assert lives(register, [older], [newer]) == joined(older, newer, expected)


def test_two_states_are_two_notices_unless_the_count_speaks(register: MadeUpRegister) -> None:
    newer = replace(ALPHA, state="CA", individuals=2345)
    assert lives(register, [ALPHA], [newer]) == apart(ALPHA, newer)


def test_a_revised_count_is_the_same_notice(register: MadeUpRegister) -> None:
    newer = replace(ALPHA, individuals=95)
    assert lives(register, [ALPHA], [newer]) == joined(ALPHA, newer, "same name")
    assert register.said("individuals", "Alpha") == [1234, 95]


def test_a_placeholder_that_gets_its_count_is_the_same_notice(register: MadeUpRegister) -> None:
    older, newer = replace(ALPHA, individuals=500), replace(ALPHA, individuals=100_000_000)
    assert lives(register, [older], [newer]) == joined(older, newer, "same name")


def test_two_of_a_name_and_day_keep_the_counts_they_had(register: MadeUpRegister) -> None:
    older = [replace(ALPHA, individuals=600), replace(ALPHA, individuals=700)]
    newer = [replace(ALPHA, individuals=700, locations="Laptop"), replace(ALPHA, individuals=601)]
    assert sorted(rung for _, _, rung in lives(register, older, newer)) == ["same name", "same name and count"]
    assert sorted([version["individuals"] for version in trail] for trail in register.trails("Alpha")) == [
        [600, 601],
        [700, 700],
    ]


# --- the submission date


@pytest.mark.parametrize("change", [{}, {"individuals": 1235}, {"name": "Alpha Family Clinic"}], ids=str)
@pytest.mark.parametrize("whole", [False, True])
def test_the_submission_date_is_never_set_free(register: MadeUpRegister, change: dict[str, Any], whole: bool) -> None:
    newer = replace(ALPHA, submitted_on=date(2024, 5, 15), **change)
    assert lives(register, [ALPHA], [newer], whole=whole) == apart(ALPHA, newer)


# --- another name


@pytest.mark.parametrize(
    "name", ["Alpha Family Clinic", "Springfield Alpha Family Clinic, LLC", "Alpha Familly Clinic of Springfeld"]
)
def test_a_similar_name_with_day_and_count_is_renamed(register: MadeUpRegister, name: str) -> None:
    newer = replace(ALPHA, name=name)
    assert lives(register, [ALPHA], [newer]) == joined(ALPHA, newer, "renamed")
    assert register.said("name", "Alpha") == [ALPHA.name, name]


def test_of_two_similar_names_the_more_similar_one_is_renamed(register: MadeUpRegister) -> None:
    near, far = (
        replace(ALPHA, name="Alpha Family Clinic of Springfeld"),
        replace(ALPHA, name="Alpha Family Clinics Springwood"),
    )
    assert lives(register, [ALPHA], [near, far]) == sorted([*joined(ALPHA, near, "renamed"), *joined(far, far, "new")])


def test_of_two_equally_similar_names_none_is(register: MadeUpRegister) -> None:
    newer = [replace(ALPHA, name=f"{ALPHA.name} {end}") for end in ("East", "West")]
    assert lives(register, [ALPHA], newer) == sorted(
        [(ALPHA.name, ALPHA.name, "absent"), *((row.name, row.name, "new") for row in newer)]
    )


def test_day_count_and_state_may_carry_any_name(register: MadeUpRegister) -> None:
    newer = replace(OTHER, individuals=ALPHA.individuals)
    assert lives(register, [ALPHA], [newer]) == joined(ALPHA, newer, "same count")


def test_day_and_count_may_carry_any_name_and_state(register: MadeUpRegister) -> None:
    newer = replace(OTHER, individuals=ALPHA.individuals, state="CA")
    assert lives(register, [ALPHA], [newer]) == joined(ALPHA, newer, "same count, other state")


@pytest.mark.parametrize("state", ["TX", "CA"])
def test_a_count_that_two_share_joins_neither(register: MadeUpRegister, state: str) -> None:
    newer = [replace(OTHER, individuals=ALPHA.individuals, state=state), replace(BESIDE, name="Yonder", state=state)]
    newer[1] = replace(newer[1], individuals=ALPHA.individuals, submitted_on=ALPHA.submitted_on)
    assert lives(register, [ALPHA], newer) == sorted(
        [(ALPHA.name, ALPHA.name, "absent"), *((row.name, row.name, "new") for row in newer)]
    )


@pytest.mark.parametrize("placeholder", [500, 501])
@pytest.mark.parametrize("state", ["TX", "CA"])
def test_a_placeholder_is_never_evidence(register: MadeUpRegister, placeholder: int, state: str) -> None:
    older, newer = replace(ALPHA, individuals=placeholder), replace(OTHER, individuals=placeholder, state=state)
    assert lives(register, [older], [newer]) == apart(older, newer)


@pytest.mark.parametrize("placeholder", [500, 501])
def test_a_placeholder_does_not_vouch_for_a_similar_name_in_another_state(
    register: MadeUpRegister, placeholder: int
) -> None:
    older, newer = (
        replace(ALPHA, individuals=placeholder),
        replace(ALPHA, name="Alpha Family Clinic", individuals=placeholder, state="CA"),
    )
    assert lives(register, [older], [newer]) == apart(older, newer)


def test_a_count_just_beside_a_placeholder_is_evidence(register: MadeUpRegister) -> None:
    older, newer = replace(ALPHA, individuals=502), replace(OTHER, individuals=502)
    assert lives(register, [older], [newer]) == joined(older, newer, "same count")


def test_unknown_counts_are_no_evidence(register: MadeUpRegister) -> None:
    older, newer = replace(ALPHA, individuals=""), replace(OTHER, individuals="")
    assert lives(register, [older], [newer]) == apart(older, newer)


def test_a_similar_name_with_day_and_state_is_renamed_and_revised(register: MadeUpRegister) -> None:
    newer = replace(ALPHA, name="Alpha Family Clinic", individuals=99)
    assert lives(register, [ALPHA], [newer]) == joined(ALPHA, newer, "renamed and revised")


@pytest.mark.parametrize("change", [{"name": OTHER.name}, {"name": "Alpha Family Clinic", "state": "CA"}], ids=str)
def test_an_unlike_name_or_another_state_is_not_renamed_and_revised(
    register: MadeUpRegister, change: dict[str, str]
) -> None:
    newer = replace(ALPHA, individuals=99, **change)
    assert lives(register, [ALPHA], [newer]) == apart(ALPHA, newer)


# --- the last of its day and state


def test_the_last_of_its_day_and_state_is_joined_where_both_looks_are_whole(register: MadeUpRegister) -> None:
    assert lives(register, [ALPHA], [OTHER], whole=True) == joined(ALPHA, OTHER, "last of its day and state")


def test_the_last_of_its_day_and_state_is_nobody_where_a_view_was_not_seen(register: MadeUpRegister) -> None:
    assert lives(register, [ALPHA], [OTHER]) == apart(ALPHA, OTHER)


@pytest.mark.parametrize("change", [{"state": "CA"}, {"submitted_on": date(2024, 5, 15)}], ids=str)
def test_the_last_of_another_day_or_state_is_another(register: MadeUpRegister, change: dict[str, Any]) -> None:
    newer = replace(OTHER, **change)
    assert lives(register, [ALPHA], [newer], whole=True) == apart(ALPHA, newer)


def test_one_of_two_left_over_is_not_the_last(register: MadeUpRegister) -> None:
    newer = [OTHER, Row(name="Quiet Harbor Dental", individuals=777)]
    told = lives(register, [ALPHA], newer, whole=True)
    assert sorted(rung for _, _, rung in told) == ["absent", "new", "new"]


# --- twins


def counts(register: MadeUpRegister, wanted: str = "Alpha") -> list[list[int]]:
    return sorted([version["individuals"] for version in trail] for trail in register.trails(wanted))


def twin(count: int, **other: Any) -> Row:
    return replace(ALPHA, individuals=count, **other)


def test_twins_are_told_by_their_place_in_the_day(register: MadeUpRegister) -> None:
    told = lives(register, [twin(900), twin(600), twin(700)], [twin(650), twin(950), twin(750)])
    assert {rung for _, _, rung in told} == {"twin"}
    assert counts(register) == [[600, 950], [700, 750], [900, 650]]


def test_twins_that_are_not_as_many_as_before_are_not_told_by_place(register: MadeUpRegister) -> None:
    told = lives(register, [twin(900), twin(600)], [twin(650), twin(950), twin(750)])
    assert "twin" not in {rung for _, _, rung in told}


def test_in_a_list_that_runs_the_other_way_the_place_is_turned(register: MadeUpRegister) -> None:
    days = [date(2024, 5, day) for day in range(28, 2, -1)]
    others = [
        Row(name=f"Clinic of the {day:%d}", state="OH", submitted_on=day, individuals=10_000 + day.day) for day in days
    ]
    older, newer = [*others, twin(600), twin(700)], [*others, twin(750), twin(650)]
    register.look(JUNE, under_investigation=sorted(older, key=lambda row: row.submitted_on, reverse=True))
    register.look(JULY, under_investigation=sorted(newer, key=lambda row: row.submitted_on, reverse=True)[::-1])
    assert counts(register) == [[600, 750], [700, 650]]


def test_in_a_list_in_no_order_of_days_twins_are_told_by_count(register: MadeUpRegister) -> None:
    days = [date(2024, 5, day) for day in range(28, 2, -1)]
    others = [
        Row(name=f"Clinic of the {day:%d}", state="OH", submitted_on=day, individuals=10_000 + day.day) for day in days
    ]
    register.look(JUNE, under_investigation=[*others, twin(600), twin(700)])
    register.look(JULY, under_investigation=[*others[13:], twin(750), *others[:13], twin(650)])
    assert counts(register) == [[600, 650], [700, 750]]


def test_twins_equal_in_all_figures_are_told_by_their_descriptions(register: MadeUpRegister) -> None:
    laptop, server = (twin(900, description=f"Somebody took a {what}.") for what in ("laptop", "server"))
    register.look(JUNE, under_investigation=[laptop, server], archive=[BESIDE])
    register.look(JULY, under_investigation=[server], archive=[laptop, BESIDE])
    told = {trail[-1]["description"]: [version["status"] for version in trail] for trail in register.trails("Alpha")}
    assert told == {
        laptop.description: ["under_investigation", "archive"],
        server.description: ["under_investigation"],
    }


def test_twins_equal_in_all_are_told_by_the_view_they_are_in(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[ALPHA], archive=[ALPHA, BESIDE])
    register.look(JULY, under_investigation=[ALPHA], archive=[ALPHA, BESIDE])
    assert sorted(trail[0]["status"] for trail in register.trails("Alpha")) == ["archive", "under_investigation"]
    assert [len(trail) for trail in register.trails("Alpha")] == [1, 1]


def test_every_notice_and_every_row_is_joined_at_most_once(register: MadeUpRegister) -> None:
    older = [twin(count) for count in (600, 600, 700, 501)]
    newer = [twin(count) for count in (501, 700, 600, 600, 800)]
    told = lives(register, older, newer)
    assert len(told) == 5
    assert sorted(trail[-1]["individuals"] for trail in register.trails("Alpha")) == [501, 600, 600, 700, 800]


def test_the_doubtful_rungs_are_listed_for_a_person(register: MadeUpRegister) -> None:
    newer = replace(OTHER, individuals=ALPHA.individuals)
    lives(
        register,
        [ALPHA, replace(BESIDE, name="Sure Thing", individuals=800)],
        [newer, replace(BESIDE, name="Sure Thing", individuals=900)],
    )
    with register.open() as ledger:
        assert [(row["rung"], row["name_before"], row["name"]) for row in ledger.doubtful()] == [
            ("same count", ALPHA.name, newer.name)
        ]
