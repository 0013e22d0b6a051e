"""People behind records: bounds without assumptions, and estimates that follow from the assumption that each names."""

import numpy as np
import pytest

from breachtrail.estimates.distinct import distinct


def test_figures_of_a_case_that_can_be_counted_by_hand() -> None:
    """Two notices of half the residents each: independent draws leave a quarter out, half returning three eighths."""
    found = distinct(np.array([500.0, 500.0]), 1000)
    assert (found.least, found.most, found.records) == (500, 1000, 1000)
    people = {one.assumption: one.people for one in found.overlaps}
    assert people == {"independent": pytest.approx(750), "half": pytest.approx(625), "same": 500}


def test_nobody_is_counted_where_no_notice_gives_a_count() -> None:
    found = distinct(np.array([]), 1000)
    assert (found.notices, found.least, found.most) == (0, 0, 0)
    assert [one.people for one in found.overlaps] == [0, 0, 0]


def test_a_notice_of_more_than_everybody_is_everybody() -> None:
    found = distinct(np.array([5000.0, 10.0]), 1000)
    assert (found.largest, found.least, found.most) == (5000, 1000, 1000)
    assert {one.people for one in found.overlaps} == {1000}


def test_one_notice_leaves_nothing_open() -> None:
    found = distinct(np.array([700.0]), 1000)
    assert {one.between for one in found.overlaps} == {(700.0, 700.0)}


def test_sizes_that_are_no_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        distinct(np.array([-1.0]), 1000)
