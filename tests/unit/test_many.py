"""What many pages ask of one period each is given to each as the ledger would give it, and asked a few times in all."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked import small_register

import breachtrail
from breachtrail.web.many import Many

PERIODS: list[dict[str, Any]] = [
    *({"month": month} for month in ("2023-05", "2023-12", "2024-01", "2024-02", "2024-03", "2024-08", "2024-05")),
    *({"year": year} for year in (2023, 2024, 2010)),
]


class Counted:
    """A ledger, and how often each kind of question was asked of it."""

    def __init__(self, ledger: breachtrail.Ledger) -> None:
        self._ledger, self.asked = ledger, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        self.asked[name] += 1
        return getattr(self._ledger, name)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[breachtrail.Ledger]:
    home: Path = small_register(tmp_path_factory.mktemp("many")).home
    with breachtrail.open(home) as opened:
        yield opened


def of(ledger: Any) -> Many:
    return Many(ledger, [row["submitted_on"] for row in ledger.notices()])


def test_answers_are_the_ledger_s(ledger: breachtrail.Ledger) -> None:
    many = of(ledger)
    for asked in (
        {"by": ["breach_type"]},
        {"where": {"entity_type": ["Health Plan"]}, "as_of": "2024-06-01"},
        {"where": ["individuals>=1000"], "view": "under_investigation"},
        {"by": "state", "same_days": True},
    ):
        for period in PERIODS:
            told = ledger.ask("notices", "individuals", **period, **asked)
            assert many.ask("notices", "individuals", **period, **asked) == told
    for period in (*PERIODS, {}):
        rate = ledger.ask("notices_per_million", by="state", **period)
        assert many.ask("notices_per_million", by="state", **period) == rate


def test_lists_are_the_ledger_s(ledger: breachtrail.Ledger) -> None:
    many = of(ledger)
    for where in ((), ["individuals>=1000"], ["individuals>500", "individuals<=1500"], ["state=TX,NY"], ["state="],
                  {"state": "TX"}, ["individuals!=500"], ["state!=TX"], ["name~care"], ["status=missing"]):  # fmt: skip
        for asked in ({}, {"limit": 2}, {"order": "submitted_on"}, {"as_of": "2024-06-01"}, {"limit": 1, "offset": 1}):
            for period in (*PERIODS, {}):
                told = ledger.notices(where=where, **period, **asked)
                assert many.notices(where=where, **period, **asked) == told


def test_changes_are_the_ledger_s(ledger: breachtrail.Ledger) -> None:
    many = of(ledger)
    for since, until in (("2024-06-01", "2024-09-01"), ("2024-06-01", "2025-01-02"), ("2024-09-01", None)):
        for where in (*PERIODS, {}, {"state": "CA"}, {"year": [2023, 2024]}, {"month": "2024-01", "state": "TX"}):
            assert many.changes(since, until, where=where) == ledger.changes(since, until, where=where)
    assert many.changes("2024-06-01", where={"year": 2024}, kind="gone") == ledger.changes(
        "2024-06-01", where={"year": 2024}, kind="gone"
    )


def test_every_period_together_takes_a_few_questions(ledger: breachtrail.Ledger) -> None:
    counted = Counted(ledger)
    many = of(counted)
    counted.asked.clear()
    for period in PERIODS:
        many.ask("notices", by="state", **period)
        many.notices(**period, limit=3)
        many.changes("2024-06-01", where=period)
    assert (counted.asked["together"], counted.asked["notices"], counted.asked["changes"]) == (2, 1, 3)
    assert counted.asked["ask"] == 5  # of the first month, of the first year, and of three periods without a notice
