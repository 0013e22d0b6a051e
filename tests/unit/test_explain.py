"""Readings compete by how many of an article's figures they admit together."""

from typing import Any

import pytest
from handmade import FIRST, SECOND, checked, claim, one, rows

import breachtrail
from breachtrail.claims.verdict import Verdict

#: What a count of the open list alone gives on the first day.
OPEN = {"TX": 8, "CA": 6, "NY": 5, "FL": 3, "IL": 3}


def open_alone(**other: Any) -> list[Any]:
    return [claim(25), *(claim(value, f"state={state}") for state, value in {**OPEN, **other}.items())]


def test_a_count_of_the_open_cases_alone_is_seen_through(claimed: breachtrail.Ledger) -> None:
    found = checked(claimed, open_alone())
    assert found.offered is not None
    assert (found.offered.reading.code, found.offered.explained, found.offered.plainly) == ("open_alone", 6, 0)
    assert {one.verdict for one in found.claims} == {Verdict.ONLY_IF}
    assert found.speaks_against


def test_one_figure_is_explained_by_nothing(claimed: breachtrail.Ledger) -> None:
    """25 is what the open list gives; alone it proves nothing."""
    found = checked(claimed, [claim(25), claim(9, "state=CA"), claim(7, "state=NY")])
    assert found.offered is None
    assert [one.verdict for one in found.claims] == [Verdict.DOES_NOT_HOLD, Verdict.HOLDS, Verdict.HOLDS]
    assert found.claims[0].tried[0].admits


def test_what_the_reading_does_not_explain_stays_wrong(claimed: breachtrail.Ledger) -> None:
    found = checked(claimed, open_alone(IL=2))
    assert found.offered is not None
    assert found.claims[-1].verdict is Verdict.DOES_NOT_HOLD


def test_the_same_figure_twice_counts_once(claimed: breachtrail.Ledger) -> None:
    found = checked(claimed, [claim(25)] * 6)
    assert found.offered is None
    assert found.scores[0].figures == 1


def test_the_day_of_another_look(claimed: breachtrail.Ledger) -> None:
    """Figures of the first look in an article of the second."""
    individuals = sum(int(row.individuals) for row in rows())
    claims = [claim(37), claim(5, "state=FL"), claim(individuals, measure="individuals")]
    found = checked(claimed, claims, SECOND)
    assert found.offered is not None
    assert found.offered.reading.code == "look_before"


def test_nothing_is_tried_where_all_holds(claimed: breachtrail.Ledger) -> None:
    found = checked(claimed, [claim(9, "state=CA"), claim(7, "state=NY")])
    assert (found.scores, found.claims[0].tried) == ((), ())


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (claim(10, "entity_type=Business Associate"), "associate_involved"),
        (claim(235, measure="individuals", organisation="Mega Health"), "ten_thousand_times"),
        (claim(2350, measure="individuals", organisation="Mega Health", step=10), "thousand_times"),
        (claim(235_000, measure="individuals", organisation="Mega Health", step=1000), "ten_times"),
        (claim(2_500_000, measure="individuals", organisation="Mega Health", step=100_000), None),
        (claim(2_450_000, measure="individuals", organisation="Mega Health", step=100_000), "rounding"),
    ],
)
def test_a_slip_is_of_one_figure(claimed: breachtrail.Ledger, told: Any, code: str | None) -> None:
    found = one(claimed, told, FIRST)
    assert (found.reading.code if found.reading else None) == code
    assert found.verdict is (Verdict.ONLY_IF if code else Verdict.DOES_NOT_HOLD)
