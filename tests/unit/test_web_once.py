"""What several ask for at the same moment is made once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from breachtrail.web.once import Once


def test_who_asks_meanwhile_gets_what_the_first_makes() -> None:
    once, asked, made = Once(), threading.Barrier(4), []
    begun, go_on = threading.Event(), threading.Event()

    def make() -> object:
        begun.set()
        go_on.wait(10)
        made.append(object())
        return made[-1]

    def ask(_: int) -> object:
        asked.wait(10)
        return once.made("a", make)

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(ask, number) for number in range(4)]
        begun.wait(10)
        threading.Timer(0.2, go_on.set).start()
        assert [one.result(10) for one in found] == [made[0]] * 4
    assert once.made("a", lambda: "anew") == "anew"  # nothing is kept here


def test_one_question_does_not_wait_for_another() -> None:
    once = Once()
    assert once.made("a", lambda: once.made("b", lambda: 1) + 1) == 2


def test_where_the_first_fails_the_others_try_by_themselves() -> None:
    once, begun, go_on = Once(), threading.Event(), threading.Event()

    def fail() -> str:
        begun.set()
        go_on.wait(10)
        raise ValueError("No.")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(once.made, "a", fail)
        begun.wait(10)
        second = pool.submit(once.made, "a", lambda: "made")
        threading.Timer(0.2, go_on.set).start()
        assert second.result(10) == "made"
        with pytest.raises(ValueError, match="No"):
            first.result(10)
