"""Which row of today is which notice of yesterday: every rung with cases that it joins and cases that it must not.

A register is looked at on June 1 and on July 1, and what was joined shows in the trails. No rung looks across
submission dates, so the cases stand side by side in one register, each with some days of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from made_up import MadeUpRegister, Row

from breachtrail.ledger import match

JUNE, JULY = "2024-06-01", "2024-07-01"
DAY = date(2024, 5, 14)
ALPHA = Row(name="Alpha Family Clinic of Springfield", individuals=1234)
OTHER = Row(name="Zebra Imaging Partners", individuals=4321)
THIRD = Row(name="Quiet Harbor Dental", individuals=777)

Life = tuple[str, str, str]


@dataclass(frozen=True)
class Case:
    """Rows of June and of July, and the lives that come of them: first name, last name, rung of the last version.

    ``new`` is the rung of a notice to which nothing happened since it was first seen.
    """

    older: list[Row]
    newer: list[Row]
    lives: list[Life]


def joined(older: Row, newer: Row, rung: str) -> Case:
    return Case([older], [newer], [(older.name, newer.name, rung)])


def apart(older: Row, *newer: Row, gone: str = "absent") -> Case:
    return Case([older], list(newer), [(older.name, older.name, gone), *((row.name, row.name, "new") for row in newer)])


def alpha(**change: Any) -> Row:
    return replace(ALPHA, **change)


def other(**change: Any) -> Row:
    return replace(OTHER, **change)


SAME_COUNT = ALPHA.individuals
QUIET = (ALPHA.name, ALPHA.name, "new")

#: Cases for two looks at one view, the other view never being seen.
ONE_VIEW = {
    # the same content
    "nothing changed": joined(ALPHA, ALPHA, "new"),
    "another case of letters": Case([ALPHA], [alpha(name=ALPHA.name.upper())], [QUIET]),
    "padding": Case([ALPHA], [alpha(name=f"  {ALPHA.name} ")], [QUIET]),
    "punctuation": Case([ALPHA], [alpha(name="Alpha  Family Clinic, of Springfield")], [QUIET]),
    "a note of OCR before the name": Case([ALPHA], [alpha(name=f"Dormant: {ALPHA.name}")], [QUIET]),
    "a note of OCR behind the name": Case([ALPHA], [alpha(name=f"{ALPHA.name} (see master file)")], [QUIET]),
    "another note behind the name": Case([ALPHA], [alpha(name=f"{ALPHA.name}, Privacy Manager Breach")], [QUIET]),
    "broken letters": Case(
        [alpha(name="Clínica Niño")],
        [alpha(name="Clínica Niño".encode().decode("cp1252"))],
        [("Clínica Niño", "Clínica Niño", "new")],
    ),
    "letters without accents": Case(
        [alpha(name="Clínica Niño")], [alpha(name="Clinica Nino")], [("Clínica Niño", "Clínica Niño", "new")]
    ),
    "equal rows are counted, not merged": Case([ALPHA] * 2, [ALPHA] * 3, [QUIET] * 3),
    "of equal rows one goes": Case([ALPHA] * 3, [ALPHA] * 2, [QUIET, QUIET, (ALPHA.name, ALPHA.name, "absent")]),
    # the same name
    "all but name, day, state, count is another": joined(
        ALPHA,
        alpha(entity_type="Health Plan", breach_types="Theft", locations="Laptop", business_associate="Yes"),
        "same name and count",
    ),
    "a state is filled in": joined(alpha(state=""), alpha(state="CA"), "same name and count"),
    "a state is left blank": joined(alpha(state="CA"), alpha(state=""), "new"),
    "a territory is another blank": joined(alpha(state="PR"), alpha(state=""), "new"),
    "a state is filled in, a count revised": joined(alpha(state=""), alpha(state="CA", individuals=99), "same name"),
    "two states and two counts": apart(ALPHA, alpha(state="CA", individuals=2345)),
    "a count is revised": joined(ALPHA, alpha(individuals=95), "same name"),
    "a placeholder gets its count": joined(alpha(individuals=500), alpha(individuals=100_000_000), "same name"),
    "a count is filled in": joined(alpha(individuals=""), alpha(individuals=501), "same name"),
    # the submission date
    "another day": apart(ALPHA, alpha(submitted_on=DAY + timedelta(1))),
    "another day and count": apart(ALPHA, alpha(submitted_on=DAY + timedelta(1), individuals=1235)),
    "another day and a similar name": apart(ALPHA, alpha(submitted_on=DAY - timedelta(1), name="Alpha Family Clinic")),
    # a similar name
    "a shorter name": joined(ALPHA, alpha(name="Alpha Family Clinic"), "renamed"),
    "a legal form, another order": joined(ALPHA, alpha(name="Springfield Alpha Family Clinic, LLC"), "renamed"),
    "a slip of the pen": joined(ALPHA, alpha(name="Alpha Familly Clinic of Springfeld"), "renamed"),
    "a similar name in another state": joined(ALPHA, alpha(name="Alpha Family Clinic", state="CA"), "renamed"),
    "the more similar of two": Case(
        [ALPHA],
        [alpha(name="Alpha Family Clinic of Springfeld"), alpha(name="Alpha Family Clinics Springwood")],
        [
            (ALPHA.name, "Alpha Family Clinic of Springfeld", "renamed"),
            ("Alpha Family Clinics Springwood", "Alpha Family Clinics Springwood", "new"),
        ],
    ),
    "two equally similar": apart(ALPHA, alpha(name=f"{ALPHA.name} East"), alpha(name=f"{ALPHA.name} West")),
    # the same count
    "day, state and count": joined(ALPHA, other(individuals=SAME_COUNT), "same count"),
    "day and count": joined(ALPHA, other(individuals=SAME_COUNT, state="CA"), "same count, other state"),
    "a count that two share": apart(
        ALPHA, other(individuals=SAME_COUNT), replace(THIRD, individuals=SAME_COUNT)
    ),
    "a count that two share in another state": apart(
        ALPHA, other(individuals=SAME_COUNT, state="CA"), replace(THIRD, individuals=SAME_COUNT, state="CA")
    ),
    "500 is no evidence": apart(alpha(individuals=500), other(individuals=500)),
    "501 is no evidence": apart(alpha(individuals=501), other(individuals=501)),
    "500 is none in another state": apart(alpha(individuals=500), other(individuals=500, state="CA")),
    "501 is none in another state": apart(alpha(individuals=501), other(individuals=501, state="CA")),
    "500 does not vouch for a similar name": apart(
        alpha(individuals=500), alpha(name="Alpha Family Clinic", individuals=500, state="CA")
    ),
    "501 does not vouch for a similar name": apart(
        alpha(individuals=501), alpha(name="Alpha Family Clinic", individuals=501, state="CA")
    ),
    "499 is evidence": joined(alpha(individuals=499), other(individuals=499), "same count"),
    "502 is evidence": joined(alpha(individuals=502), other(individuals=502), "same count"),
    "unknown counts are no evidence": apart(alpha(individuals=""), other(individuals="")),
    # a similar name, figures free
    "renamed and revised": joined(ALPHA, alpha(name="Alpha Family Clinic", individuals=99), "renamed and revised"),
    "renamed at a placeholder": joined(
        alpha(individuals=500), alpha(name="Alpha Family Clinic", individuals=500), "renamed and revised"
    ),
    "revised under an unlike name": apart(ALPHA, other(individuals=99)),
    "renamed and revised in another state": apart(ALPHA, alpha(name="Alpha Family Clinic", state="CA", individuals=99)),
    # the last of its day and state, where the other view was not seen
    "the last of its day and state, perhaps": apart(ALPHA, OTHER),
}  # fmt: skip
LAST = "last of its day and state"

#: Cases for two looks at both views.
BOTH_VIEWS = {
    "the last of its day and state": joined(ALPHA, OTHER, LAST),
    "the last of them at placeholders": joined(alpha(individuals=500), other(individuals=500), LAST),
    "the last of its day in another state": apart(ALPHA, other(state="CA")),
    "the last of another day": apart(ALPHA, other(submitted_on=DAY + timedelta(1))),
    "the same on another day": apart(ALPHA, alpha(submitted_on=DAY + timedelta(1))),
    "two left over": apart(ALPHA, OTHER, THIRD),
    "one beside a notice that stayed": Case(
        [ALPHA, THIRD], [OTHER, THIRD], [(ALPHA.name, OTHER.name, LAST), (THIRD.name, THIRD.name, "new")]
    ),
}


def moved(rows: Iterable[Row], case: int) -> list[Row]:
    """Rows of a case, brought to its own days."""
    return [replace(row, submitted_on=row.submitted_on - timedelta(10 * case)) for row in rows]


def newest_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.submitted_on, reverse=True)


def lives(register: MadeUpRegister, cases: dict[str, Case], archive: list[Row]) -> dict[str, list[Life]]:
    """What became of the notices of every case; ``archive`` is looked at too, unless it is empty."""
    beside = {"archive": archive} if archive else {}
    for day, side in ((JUNE, "older"), (JULY, "newer")):
        rows = [row for place, case in enumerate(cases.values()) for row in moved(getattr(case, side), place)]
        register.look(day, {"under_investigation": newest_first(rows), **beside})
    found: dict[str, list[Life]] = defaultdict(list)
    with register.open() as ledger:
        for notice in ledger.notices(where=["status!="]):
            trail = ledger.show(notice["id"])[0]["trail"]
            place = round((DAY - trail[0]["submitted_on"]).days / 10)
            found[list(cases)[place]].append((trail[0]["name"], trail[-1]["name"], trail[-1]["rung"]))
    return found


@pytest.fixture(scope="module", params=["a few are left over", "many are left over"])
def left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every case with the ladder alone, and behind the join that spares it the plain ones where they are many."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        if request.param.startswith("many"):
            monkeypatch.setattr(match, "_MANY", -1)
        yield


@pytest.fixture(scope="module")
def in_one_view(left_over: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Life]]:
    return lives(MadeUpRegister(tmp_path_factory.mktemp("one") / "ledger"), ONE_VIEW, [])


@pytest.fixture(scope="module")
def in_both_views(left_over: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Life]]:
    archive = [replace(THIRD, name="Archived Plan", state="ME", submitted_on=DAY - timedelta(10 * len(BOTH_VIEWS)))]
    cases = {**BOTH_VIEWS, "archived": Case([], [], [])}
    return lives(MadeUpRegister(tmp_path_factory.mktemp("both") / "ledger"), cases, archive)


@pytest.mark.parametrize("case", ONE_VIEW)
def test_in_one_view(in_one_view: dict[str, list[Life]], case: str) -> None:
    assert sorted(in_one_view[case]) == sorted(ONE_VIEW[case].lives)


@pytest.mark.parametrize("case", BOTH_VIEWS)
def test_in_both_views(in_both_views: dict[str, list[Life]], case: str) -> None:
    expected = [(first, last, rung) for first, last, rung in BOTH_VIEWS[case].lives]
    assert sorted(in_both_views[case]) == sorted(expected)


def counts(register: MadeUpRegister, wanted: str = "Alpha") -> list[list[int]]:
    """The counts of each notice, oldest first."""
    return sorted([version["individuals"] for version in trail] for trail in register.trails(wanted))


def twin(count: int, **change: Any) -> Row:
    return alpha(individuals=count, **change)


def test_two_of_a_name_and_day_keep_the_counts_they_had(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[twin(600), twin(700)])
    register.look(JULY, under_investigation=[twin(700, locations="Laptop"), twin(601)])
    assert counts(register) == [[600, 601], [700, 700]]
    assert sorted(trail[-1]["rung"] for trail in register.trails("Alpha")) == ["same name", "same name and count"]


def among_others(twins: list[Row]) -> list[Row]:
    """A list as the portal's, from the newest day to the oldest, with the twins at their place in it."""
    days = [DAY + timedelta(offset) for offset in range(-12, 13)]
    others = [Row(f"Clinic of {day:%B %d}", state="OH", submitted_on=day, individuals=10_000 + day.day) for day in days]
    return newest_first([*others, *twins])


def test_twins_are_told_by_their_place_in_the_day(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=among_others([twin(900), twin(600), twin(700)]))
    register.look(JULY, under_investigation=among_others([twin(650), twin(950), twin(750)]))
    assert counts(register) == [[600, 950], [700, 750], [900, 650]]
    assert {trail[-1]["rung"] for trail in register.trails("Alpha")} == {"twin"}


def test_a_twin_that_stayed_as_it_was_is_left_out_of_the_counting(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=among_others([twin(900), twin(600), twin(700)]))
    register.look(JULY, under_investigation=among_others([twin(650), twin(600), twin(950)]))
    assert counts(register) == [[600], [700, 950], [900, 650]]


def test_twins_that_are_not_as_many_as_before_are_not_told_by_place(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=among_others([twin(900), twin(600)]))
    register.look(JULY, under_investigation=among_others([twin(650), twin(950), twin(750)]))
    assert sorted(trail[-1]["rung"] for trail in register.trails("Alpha")) == ["absent", "absent", "new", "new", "new"]


def test_in_a_list_that_runs_the_other_way_the_place_is_turned(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=among_others([twin(600), twin(700)]))
    register.look(JULY, under_investigation=among_others([twin(750), twin(650)])[::-1])
    assert counts(register) == [[600, 750], [700, 650]]


def test_in_a_list_in_no_order_of_days_twins_are_told_by_count(register: MadeUpRegister) -> None:
    rows = among_others([twin(750), twin(650)])
    register.look(JUNE, under_investigation=among_others([twin(600), twin(700)]))
    register.look(JULY, under_investigation=[*rows[14:], *rows[:14]])
    assert counts(register) == [[600, 650], [700, 750]]


def test_twins_equal_in_all_figures_are_told_by_their_descriptions(register: MadeUpRegister) -> None:
    laptop, server = (alpha(description=f"Somebody took a {what}.") for what in ("laptop", "server"))
    register.look(JUNE, under_investigation=[laptop, server], archive=[OTHER])
    register.look(JULY, under_investigation=[server], archive=[laptop, OTHER])
    told = {trail[-1]["description"]: [version["status"] for version in trail] for trail in register.trails("Alpha")}
    assert told == {
        laptop.description: ["under_investigation", "archive"],
        server.description: ["under_investigation"],
    }


def test_twins_equal_in_all_are_told_by_the_view_they_are_in(register: MadeUpRegister) -> None:
    for day in (JUNE, JULY):
        register.look(day, under_investigation=[ALPHA], archive=[ALPHA, OTHER])
    trails = register.trails("Alpha")
    assert sorted((len(trail), trail[0]["status"]) for trail in trails) == [(1, "archive"), (1, "under_investigation")]


def test_every_notice_and_every_row_is_joined_at_most_once(register: MadeUpRegister) -> None:
    register.look(JUNE, under_investigation=[twin(count) for count in (600, 600, 700, 501)])
    register.look(JULY, under_investigation=[twin(count) for count in (501, 700, 600, 600, 800)])
    assert sorted(trail[-1]["individuals"] for trail in register.trails("Alpha")) == [501, 600, 600, 700, 800]


def test_the_doubtful_rungs_are_listed_for_a_person(register: MadeUpRegister) -> None:
    newer = other(individuals=SAME_COUNT)
    sure = replace(THIRD, state="OH")
    register.look(JUNE, under_investigation=[ALPHA, sure])
    register.look(JULY, under_investigation=[newer, replace(sure, individuals=900)])
    with register.open() as ledger:
        found = [(row["rung"], row["name_before"], row["name"]) for row in ledger.doubtful()]
    assert found == [("same count", ALPHA.name, newer.name)]
