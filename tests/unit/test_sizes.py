"""Sizes from a ledger: which notices are in them, how they are split, what is refused."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from asked import small_register

import breachtrail
from breachtrail.errors import QuestionError
from breachtrail.questions.sizes import FEWEST, described_group
from breachtrail.wording import people as wording


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[breachtrail.Ledger]:
    small_register(tmp_path)
    with breachtrail.open(tmp_path) as opened:
        yield opened


def test_the_sizes_are_those_that_ask_sums_up(ledger: breachtrail.Ledger) -> None:
    for asked in ({}, {"year": 2024}, {"as_of": "2024-06-01"}, {"where": ["state=TX"]}, {"view": "archive"}):
        [group] = ledger.sizes(**asked).groups
        assert group.individuals == ledger.ask("individuals", **asked).value()


def test_a_split_is_by_one_value_a_notice(ledger: breachtrail.Ledger) -> None:
    found = ledger.sizes("state", as_of="2024-06-01")
    assert {group.value: group.notices for group in found.groups} == {"": 1, "CA": 1, "PR": 1, "TX": 2}
    assert sum(group.individuals for group in found.groups) == ledger.ask("individuals", as_of="2024-06-01").value()
    with pytest.raises(QuestionError, match="one value"):
        ledger.sizes("breach_type")


def test_few_notices_are_not_described(ledger: breachtrail.Ledger) -> None:
    found = ledger.sizes()
    assert [(group.median, group.tails, group.levels) for group in found.groups] == [(None, (), ())]
    assert not wording.sizes_tables(found, "en")
    assert wording.sizes_notes(found, "zh")[0].startswith("全部通报：给出人数的通报仅")


def test_a_group_says_what_the_largest_hold() -> None:
    group = described_group(None, np.array([600.0] * (FEWEST - 1) + [88_600.0]), 2.0)
    assert group.share_of_largest == {"largest": 0.886, "ten_largest": 0.94, "largest_hundredth": 0.886}
    assert (group.individuals, group.tail, group.levels) == (100_000, None, ())


def test_nothing_asked_for_gives_nothing(ledger: breachtrail.Ledger) -> None:
    [group] = ledger.sizes(year=2019).groups
    assert (group.notices, group.individuals) == (0, 0)
    assert ledger.sizes("year", year=2019).groups == ()
