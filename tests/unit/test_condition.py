from typing import Any

import pytest

from breachtrail.errors import QuestionError
from breachtrail.questions import condition
from breachtrail.questions.condition import Condition


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("state=TX,CA", Condition("state", "=", ("TX", "CA"))),
        (" state != TX ", Condition("state", "!=", ("TX",))),
        ("state=德州", Condition("state", "=", ("TX",))),
        ("state=", Condition("state", "=", ("",))),
        ("breach_type=hacking", Condition("breach_type", "=", ("Hacking/IT Incident",))),
        ("where=Email", Condition("location", "=", ("Email",))),
        ("entity_type=业务伙伴", Condition("entity_type", "=", ("Business Associate",))),
        ("individuals>=1_000_000", Condition("individuals", ">=", (1_000_000,))),
        ("individuals>=1,000,000", Condition("individuals", ">=", (1_000_000,))),
        ("individuals=500,501", Condition("individuals", "=", (500, 501))),
        ("year=2023,2024", Condition("year", "=", (2023, 2024))),
        ("month=2024-04", Condition("month", "=", ("2024-04",))),
        ("name=Alpha, Inc.", Condition("name", "=", ("Alpha, Inc.",))),
        ("name~alpha clinic", Condition("name", "~", ("alpha clinic",))),
        ("placeholder=是", Condition("placeholder", "=", ("yes",))),
    ],
)
def test_a_condition_is_read_as_it_is_written(written: str, meant: Condition) -> None:
    assert condition.parse(written) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("state", "is no condition; write COLUMN=VALUE"),
        ("", "is no condition"),
        ("=TX", "is no condition"),
        ("state=ZZ", "state is never 'ZZ'. Its values: 'AL'"),
        ("colour=red", "There is no dimension 'colour'. There are: year"),
        ("state>TX", "state> cannot be asked; state takes = and !="),
        ("breach_type~hack", "breach_type~ cannot be asked"),
        ("individuals>=many", "whole number; 'many' is none"),
        ("individuals>=1.5", "whole number; '1.5' is none"),
        ("individuals>=9223372036854775808", "No notice can have"),
        ("individuals~5", "individuals~ cannot be asked"),
        ("year=last", "year is a number; 'last' is none"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(written: str, why: str) -> None:
    with pytest.raises(QuestionError) as refusal:
        condition.parse(written)
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_python_gives_one_value_or_several() -> None:
    assert condition.from_mapping({"state": "TX", "location": ["Email", "laptops"], "year": 2024}) == (
        Condition("state", "=", ("TX",)),
        Condition("location", "=", ("Email", "Laptop")),
        Condition("year", "=", (2024,)),
    )


def test_a_condition_is_shown_as_it_could_be_written() -> None:
    assert str(condition.parse("state = TX, CA")) == "state=TX,CA"
    assert str(condition.parse("individuals>=1,000")) == "individuals>=1000"


def test_values_are_bound_and_never_part_of_the_sql() -> None:
    bad = "Robert'); DROP TABLE version;--"
    sql, parameters = condition.to_sql([condition.of("name", "=", [bad]), condition.of("name", "~", [bad])])
    assert "DROP" not in sql
    assert list(parameters.values()) == [bad, bad]
    assert all(f"${name}" in sql for name in parameters)


CASES: list[tuple[str, set[str]]] = [
    ("state=TX", {"Alpha Clinic", "Epsilon Hospital"}),
    ("state=", {"Territory Partners"}),
    ("state!=TX", {"Territory Partners", "iOta Care", "=Cell, Inc.", "Zeta Lab"}),
    ("individuals>1500", {"Territory Partners", "Zeta Lab"}),
    ("individuals>=1500", {"Territory Partners", "Zeta Lab", "Alpha Clinic"}),
    ("individuals<=501", {"Epsilon Hospital"}),
    ("individuals<501", set()),
    ("individuals=501,700", {"Epsilon Hospital", "iOta Care"}),
    ("location=Email", {"Territory Partners"}),
    ("location=", {"iOta Care"}),
    ("location!=Email", {"Alpha Clinic", "iOta Care", "=Cell, Inc.", "Epsilon Hospital", "Zeta Lab"}),
    ("breach_type=Theft,Loss", {"iOta Care", "=Cell, Inc."}),
    ("business_associate=Yes", {"Territory Partners"}),
    ("entity_type=Business Associate", {"Territory Partners"}),
    ("placeholder=yes", {"Epsilon Hospital"}),
    ("size_band=unknown", {"=Cell, Inc."}),
    ("status=archive", {"Epsilon Hospital", "Zeta Lab"}),
    ("status=unlisted", {"Two Ways Plan"}),
    ("year=2023", {"=Cell, Inc.", "Epsilon Hospital", "Zeta Lab"}),
    ("quarter=2024-Q1", {"Alpha Clinic", "Territory Partners"}),
    ("month!=2023-05", {"Alpha Clinic", "Territory Partners", "iOta Care", "=Cell, Inc."}),
    ("information_type=ssn", {"Epsilon Hospital"}),
    ("information_type!=ssn", {"Alpha Clinic", "Territory Partners", "iOta Care", "=Cell, Inc.", "Zeta Lab"}),
    ("name=iOta Care", {"iOta Care"}),
    ("name==Cell, Inc.", {"=Cell, Inc."}),
    ("name~ALPHA", {"Alpha Clinic"}),
    ("name~cell inc", {"=Cell, Inc."}),
]


@pytest.mark.parametrize(("written", "names"), CASES, ids=[written for written, _ in CASES])
def test_a_condition_finds_its_notices(ledger: Any, written: str, names: set[str]) -> None:
    assert {notice["name"] for notice in ledger.notices(where=written)} == names
    assert ledger.ask("notices", where=written).value() == len(names)


def test_all_conditions_must_hold(ledger: Any) -> None:
    assert ledger.ask("notices", where=["state=TX", "status=archive"]).value() == 1
    assert ledger.ask("notices", where=["state=TX", "state=NY"]).value() == 0
