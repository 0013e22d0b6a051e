"""What forecasts are made from is found out once for each state and look."""

from pathlib import Path

import pytest

import breachtrail
from breachtrail.questions import foreknown


def test_another_reader_of_the_same_state_does_not_wait_again(foretold_home: Path) -> None:
    with breachtrail.open(foretold_home) as one, breachtrail.open(foretold_home) as other:
        newest = one._known(None, "us_hhs_ocr")
        assert other._known(None, "us_hhs_ocr") is newest
        assert other._known("2026-01-01", "us_hhs_ocr") is newest
        then = one._known("2024-03-01", "us_hhs_ocr")
        assert other._known("2024-02-25", "us_hhs_ocr") is then
        assert then.as_of < newest.as_of


def test_so_many_are_kept_and_no_more(foretold_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreknown, "_MOST", 2)
    with breachtrail.open(foretold_home) as ledger:
        days = sorted({look.taken_on for look in ledger.coverage()})[-4:]
        known = [ledger._known(day, "us_hhs_ocr") for day in days]
        assert len(foreknown._KEPT) == 2
        assert ledger._known(days[-1], "us_hhs_ocr") is known[-1]
        assert ledger._known(days[0], "us_hhs_ocr") is not known[0]
