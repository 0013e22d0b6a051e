"""Figures of the real register that others have found, or that were worked out apart: sizes, people, peers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import breachtrail
from breachtrail.wording import people as wording

LIST_OF = "2026-07-09"


@pytest.fixture(scope="module")
def ledger(real_ledger: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(real_ledger) as opened:
        yield opened


def test_the_tail_falls_with_the_threshold_and_holds_from_some_hundred_thousand(ledger: breachtrail.Ledger) -> None:
    [group] = ledger.sizes(as_of=LIST_OF).groups
    shapes = {tail.threshold: round(tail.shape, 2) for tail in group.tails}
    assert [shapes[u] for u in (10_000, 50_000, 100_000, 1_000_000)] == [1.37, 1.13, 0.97, 0.66]
    assert group.tail is not None
    assert group.tail.threshold == 100_000
    assert group.tail.has_mean is None


def test_logarithms_as_listed_are_quite_another_thing_than_the_law_that_was_cut(ledger: breachtrail.Ledger) -> None:
    [group] = ledger.sizes(as_of=LIST_OF).groups
    body = group.body
    assert body is not None
    assert (round(body.mean_log, 3), round(body.sd_log, 3)) == (8.717, 1.978)
    assert (body.cut_mean, body.cut_sd) == (pytest.approx(5.07, abs=0.01), pytest.approx(3.61, abs=0.01))


def test_one_notice_is_nearly_a_fifth_of_all_individuals_ever(ledger: breachtrail.Ledger) -> None:
    [group] = ledger.sizes(as_of=LIST_OF).groups
    assert round(group.share_of_largest["largest"], 3) == 0.186


def test_the_median_is_that_of_mccoy_and_perlis(ledger: breachtrail.Ledger) -> None:
    """JAMA 2018;320(12):1282, of the notices of 2010 to 2017."""
    [group] = ledger.sizes(submitted_from="2010-01-01", submitted_to="2017-12-31", as_of="2019-04-13").groups
    assert group.median is not None
    assert group.median.value == 2300


def test_sizes_of_every_year_and_filer_add_up(ledger: breachtrail.Ledger) -> None:
    whole = ledger.ask("individuals", as_of=LIST_OF).value()
    for by in ("year", "entity_type"):
        found = ledger.sizes(by, as_of=LIST_OF)
        assert sum(group.individuals for group in found.groups) == whole
        assert wording.sizes_tables(found, "zh")


def test_people_of_a_year_and_since_the_beginning(ledger: breachtrail.Ledger) -> None:
    year, ever = ledger.people(year=2024, as_of=LIST_OF).distinct, ledger.people(as_of=LIST_OF).distinct
    assert (year.least, year.most) == (192_700_000, 289_846_372)
    assert (ever.least, ever.most) == (192_700_000, ever.residents)
    for found in (year, ever):
        people = [one.people for one in found.overlaps]
        assert people == sorted(people, reverse=True)
        assert found.least <= people[-1] <= people[0] <= found.most


def test_peers_of_every_kind_are_told(ledger: breachtrail.Ledger) -> None:
    for kind in ("Healthcare Provider", "Health Plan", "Business Associate", "Healthcare Clearing House"):
        found = ledger.peers(kind, as_of=LIST_OF, size=100_000)
        assert found.last_year == 2025
        assert all(share.between[0] <= share.value <= share.between[1] for share in found.sizes.values())
        assert len(wording.peers_lines(found, "en")) == len(wording.peers_lines(found, "zh"))
