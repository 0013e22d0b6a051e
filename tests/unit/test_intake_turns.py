"""Turns at a store: in the order in which people came, and no place is lost."""

import threading
import time

import pytest

from breachtrail.errors import IntakeError
from breachtrail.intake.turns import Turns


def waiting(turns: Turns, many: int) -> None:
    """Wait until so many stand in line."""
    while len(turns._waiting) < many:
        time.sleep(0.001)


def test_a_place_that_becomes_free_is_the_next_ones_and_not_that_of_who_just_had_it() -> None:
    turns, order = Turns(1, 10), []

    def come(name: str) -> None:
        with turns.taken():
            order.append(name)

    others = [threading.Thread(target=come, args=(name,)) for name in "abc"]
    with turns.taken():
        for place, other in enumerate(others, start=1):
            other.start()
            waiting(turns, place)
    come("again")
    for other in others:
        other.join()
    assert order == ["a", "b", "c", "again"]


def test_as_many_as_there_are_places_have_a_turn_at_once() -> None:
    turns = Turns(2, 0.01)
    late = pytest.raises(IntakeError, match=r"no turn came within 0\.01 seconds")
    with turns.taken(), turns.taken(), late, turns.taken():
        raise AssertionError("a third was let in")
    with turns.taken(), turns.taken():
        pass  # whoever gave up took no place along, and left none behind


def test_a_turn_that_ends_in_an_error_is_passed_on() -> None:
    turns = Turns(1, 1)
    with pytest.raises(ValueError, match="mine"), turns.taken():
        raise ValueError("mine")
    with turns.taken():
        pass
