"""Ids of notices: a person can read them, no two are alike, and one that was ever given stays valid."""

import re
from dataclasses import replace
from datetime import date

import pytest
from made_up import MadeUpRegister, Row

from breachtrail import pipeline
from breachtrail.errors import QuestionError

ALPHA = Row(name="Alpha Family Clinic", individuals=1234, submitted_on=date(2024, 5, 14))
OLD = Row(name="Old Plan", state="ME", individuals=2002, submitted_on=date(2020, 3, 3))


def ids(register: MadeUpRegister, wanted: str = "Alpha") -> list[str]:
    with register.open() as ledger:
        return [notice["id"] for notice in ledger.show(wanted)]


@pytest.mark.parametrize(
    ("row", "stem"),
    [
        (ALPHA, "ocr-2024-05-14-alpha-family-clinic"),
        (replace(ALPHA, name="Alpha's “Clínica” & Co., Inc."), "ocr-2024-05-14-alpha-s-clinica-co-inc"),
        (
            replace(ALPHA, name="Alpha " + "Very Long Name " * 9),
            "ocr-2024-05-14-alpha-very-long-name-very-long-name-very",
        ),
    ],
)
def test_an_id_is_register_day_name_and_a_little_more(register: MadeUpRegister, row: Row, stem: str) -> None:
    register.look("2024-06-01", archive=[row])
    (found,) = ids(register)
    assert re.fullmatch(rf"{stem}[a-z-]*-[0-9a-f]{{4}}", found)
    assert len(found) < 70


def test_a_name_without_a_latin_letter_has_an_id_too(register: MadeUpRegister) -> None:
    register.look("2024-06-01", archive=[replace(ALPHA, name="示例诊所")])
    with register.open() as ledger:
        (notice,) = ledger.notices()
    assert re.fullmatch(r"ocr-2024-05-14-unnamed-[0-9a-f]{4}", notice["id"])


def test_an_id_does_not_change_with_the_notice(register: MadeUpRegister) -> None:
    register.look("2024-06-01", under_investigation=[ALPHA], archive=[OLD])
    given = ids(register)
    register.look(
        "2024-07-01", under_investigation=[replace(ALPHA, name="Alpha Family Clinic Holdings")], archive=[OLD]
    )
    register.look("2024-08-01", under_investigation=[Row()], archive=[replace(ALPHA, individuals=9), OLD])
    assert ids(register) == given


def test_twins_of_one_day_have_ids_of_their_own(register: MadeUpRegister) -> None:
    register.look("2024-06-01", archive=[ALPHA] * 13)
    assert len(set(ids(register))) == 13


def test_twins_that_come_one_after_the_other_have_ids_of_their_own(register: MadeUpRegister) -> None:
    for day in range(1, 6):
        register.look(f"2024-06-0{day}", archive=[ALPHA] * day)
    assert len(set(ids(register))) == len(register.trails("Alpha")) == 5
    assert all(law.holds for law in pipeline.verify(register.home))


def test_what_has_no_submission_date_says_so_in_its_id(register: MadeUpRegister) -> None:
    columns = ("name", "state", "individuals", "breach_types", "locations")
    file = register.write("2015-06-01", "all", [ALPHA], columns=columns, extra={"Date of Breach": "1/2/2013"})
    pipeline.ingest(register.home, [file])
    assert ids(register)[0].startswith("ocr-undated-alpha-family-clinic-")


def test_the_same_rows_give_the_same_ids_in_another_ledger(register: MadeUpRegister) -> None:
    other = MadeUpRegister(register.home.parent / "another")
    for one in (register, other):
        one.look("2024-06-01", archive=[ALPHA, ALPHA, OLD])
    assert ids(register) == ids(other)


# --- when an older snapshot turns up late

BEFORE = replace(ALPHA, name="Alfa Famly Clinic", individuals=500)


def test_an_id_given_before_an_older_snapshot_turned_up_stays_valid(register: MadeUpRegister) -> None:
    register.look("2024-07-01", under_investigation=[ALPHA, OLD])
    (given,) = ids(register)
    register.look("2024-06-01", under_investigation=[BEFORE, OLD])
    (now,) = ids(register)
    assert now != given
    assert now.startswith("ocr-2024-05-14-alfa-famly-clinic-")
    assert ids(register, given) == ids(register, now) == [now]
    with register.open() as ledger:
        (notice,) = ledger.show(given)
    assert [version["individuals"] for version in notice["trail"]] == [500, 1234]


def test_an_id_stays_valid_through_several_renamings_and_a_rebuild(register: MadeUpRegister) -> None:
    older = replace(BEFORE, name="Alfa Famly Klinic")
    register.look("2024-07-01", under_investigation=[ALPHA, OLD])
    given = ids(register)
    for day, row in (("2024-06-01", BEFORE), ("2024-05-20", older)):
        register.look(day, under_investigation=[row, OLD])
        given += ids(register)
    assert len(set(given)) == 3
    assert {one for wanted in given for one in ids(register, wanted)} == {given[-1]}
    pipeline.rebuild(register.home)
    assert {one for wanted in given for one in ids(register, wanted)} == {given[-1]}


def test_an_id_that_still_fits_gets_no_alias(register: MadeUpRegister) -> None:
    register.look("2024-07-01", under_investigation=[ALPHA, OLD])
    given = ids(register)
    register.look("2024-06-01", under_investigation=[ALPHA, OLD])
    assert ids(register) == given


def test_an_id_never_comes_to_mean_another_notice(register: MadeUpRegister) -> None:
    """Two of one name and day; an older file then shows that only one of them had been there before."""
    first, second = replace(ALPHA, individuals=700), replace(ALPHA, individuals=900)
    register.look("2024-07-01", under_investigation=[first, second, OLD])
    with register.open() as ledger:
        given = {notice["id"]: notice["individuals"] for notice in ledger.show("Alpha")}
    register.look("2024-06-01", under_investigation=[replace(second, individuals=901), OLD])
    with register.open() as ledger:
        for id, individuals in given.items():
            (found,) = ledger.show(id)
            assert found["individuals"] == individuals


def test_an_id_that_was_never_given_is_no_notice(register: MadeUpRegister) -> None:
    register.look("2024-07-01", under_investigation=[ALPHA])
    with pytest.raises(QuestionError):
        ids(register, "ocr-2024-05-14-alpha-family-clinic-zzzz")
