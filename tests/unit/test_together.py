"""Sketches laid together, and those that must not be."""

from dataclasses import replace

import pytest

from breachtrail.errors import SketchError
from breachtrail.people import sketch
from breachtrail.people.key import Key
from breachtrail.people.together import together

KEY, OTHER = Key.of(b"k" * 32), Key.of(b"o" * 32)


def made(name: str, numbers: range, key: Key = KEY) -> sketch.Sketch:
    return sketch.made(name, "name_birth", len(numbers), {}, key, sketch.WHOLE, [n << 40 for n in numbers if n])


def test_short_lists_are_counted_exactly() -> None:
    found = together([made("a", range(1, 101)), made("b", range(51, 201)), made("c", range(0))])
    assert [number.people for _, number in found.each] == [100, 150, 0]
    assert (found.union.people, found.union.is_exact) == (200, True)
    assert {(one.one, one.other): one.both.people for one in found.overlaps} == {
        ("a", "b"): 50,
        ("a", "c"): 0,
        ("b", "c"): 0,
    }


def test_sketches_of_two_keys_are_refused() -> None:
    with pytest.raises(SketchError, match="different keys"):
        together([made("a", range(9)), made("b", range(9), OTHER)])
    with pytest.raises(SketchError, match="not sketched with this key"):
        together([made("a", range(9))], OTHER)
    assert together([made("a", range(9))], KEY).union.people == 8


def test_sketches_of_two_rules_are_refused() -> None:
    with pytest.raises(SketchError, match="matches people by name_birth"):
        together([made("a", range(9)), replace(made("b", range(9)), rule="id")])


def test_one_name_for_two_lists_and_no_list_are_refused() -> None:
    with pytest.raises(SketchError, match="Two sketches are named a"):
        together([made("a", range(9)), made("a", range(9))])
    with pytest.raises(SketchError, match="at least one"):
        together([])
