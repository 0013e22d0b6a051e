"""The place of what is counted among everything else of its kind."""

from typing import Any

import pytest
from handmade import FIRST, claim, one

import breachtrail
from breachtrail.claims.claim import ClaimKind
from breachtrail.claims.verdict import Verdict


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (claim(12, "state=TX", rank=1, ranked="state"), Verdict.HOLDS),
        (claim(9, "state=CA", rank=1, ranked="state"), Verdict.DOES_NOT_HOLD),
        (claim(9, "state=CA", rank=2, ranked="state"), Verdict.HOLDS),
        (claim(None, "state=TX", rank=1, ranked="state", kind=ClaimKind.RANK), Verdict.HOLDS),
        (claim(None, "state=IL", rank=1, ranked="state", kind=ClaimKind.RANK), Verdict.DOES_NOT_HOLD),
        (claim(2_350_236, measure="individuals", organisation="Mega Health", rank=1, ranked="name"), Verdict.HOLDS),
        (claim(1100, measure="individuals", organisation="Clinic TX 10", rank=1, ranked="name"), Verdict.DOES_NOT_HOLD),
        (claim(1100, measure="individuals", organisation="Clinic TX 10", rank=2, ranked="name"), Verdict.HOLDS),
    ],
)
def test_a_place(claimed: breachtrail.Ledger, told: Any, verdict: Verdict) -> None:
    assert one(claimed, told, FIRST).verdict is verdict


def test_a_month_among_the_months_of_its_year(claimed: breachtrail.Ledger) -> None:
    from dataclasses import replace
    from datetime import date

    told = claim(None, rank=1, ranked="month", kind=ClaimKind.RANK)
    january = replace(told, question=replace(told.question, submitted_to=date(2024, 1, 31)))
    december = replace(told, question=replace(told.question, submitted_from=date(2024, 12, 1)))
    assert one(claimed, january).verdict is Verdict.HOLDS
    assert one(claimed, december).verdict is Verdict.DOES_NOT_HOLD


def test_what_has_no_places_is_not_judged_by_one(claimed: breachtrail.Ledger) -> None:
    assert one(claimed, claim(12, "state=TX", rank=3, ranked="weather")).ranking is None
