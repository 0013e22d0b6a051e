"""Of the whole real ledger, what all months and years are asked at once is what each is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import breachtrail
from breachtrail.web.many import Many

#: Every seventh month, and the years around them.
MONTHS = [f"{2009 + place // 12}-{place % 12 + 1:02}" for place in range(9, 210, 7)]
ASKED: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("notices", "individuals", "median", "mean", "largest", "placeholders"), {}),
    (("notices", "share", "individuals", "individuals_share"), {"by": ["breach_type"]}),
    (("notices", "share"), {"by": ["information_type"]}),
    (("notices", "individuals"), {"by": ["state"], "as_of": "2024-12-08"}),
    (("notices",), {"where": ["location=Network Server"], "view": "under_investigation"}),
]


@pytest.fixture(scope="module")
def ledger(real_ledger: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(real_ledger) as opened:
        yield opened


def test_months_and_years_are_answered_as_each_by_itself(ledger: breachtrail.Ledger) -> None:
    many = Many(ledger, [row["submitted_on"] for row in ledger.notices()])
    for measures, asked in ASKED:
        for month in MONTHS:
            assert many.ask(*measures, month=month, **asked) == ledger.ask(*measures, month=month, **asked)
        for year in range(2009, 2027, 4):
            assert many.ask(*measures, year=year, **asked) == ledger.ask(*measures, year=year, **asked)


def test_lists_and_changes_of_months_are_the_ledger_s(ledger: breachtrail.Ledger) -> None:
    many = Many(ledger, [row["submitted_on"] for row in ledger.notices()])
    for month in MONTHS:
        for where in (["individuals>=1"], ["individuals>=20000"]):
            told = ledger.notices(month=month, where=where, limit=10)
            assert many.notices(month=month, where=where, limit=10) == told
        for since in ("2024-12-08", "2026-01-01"):
            told = ledger.changes(since, where={"month": [month]})
            assert many.changes(since, where={"month": [month]}) == told
