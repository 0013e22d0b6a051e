"""First sights and the looks that gave them; and those of a made-up register."""

from datetime import date, timedelta

import duckdb
import numpy as np

from breachtrail.estimates.sights import Looks, Sights, between
from breachtrail.simulate.life import Life
from breachtrail.simulate.sights import lived


def whole(*flags: bool) -> np.ndarray:
    return np.array(flags, dtype=bool)


LOOKS = Looks(np.array([100, 130, 160]), whole(True, False, True))


def sights(*rows: tuple[int, int, bool, int]) -> Sights:
    submitted, seen, archived, notices = (np.array(column) for column in zip(*rows, strict=True))
    return Sights(submitted, seen, archived.astype(bool), notices)


def test_an_open_case_was_not_posted_at_the_look_before_and_an_archived_one_not_at_the_last_whole_look() -> None:
    above, at_most = between(
        sights((90, 160, False, 1), (90, 160, True, 1), (90, 100, False, 1), (150, 160, False, 1)), LOOKS
    )
    assert above.tolist() == [40, 10, 0, 0]
    assert at_most.tolist() == [70, 70, 10, 10]


def test_what_was_known_then_holds_nothing_seen_later() -> None:
    known = sights((90, 130, False, 2), (90, 160, False, 3)).until(130)
    assert known.notices.tolist() == [2]
    assert known.by_day(89, 91).tolist() == [0, 2, 0]
    assert LOOKS.until(130).days.tolist() == [100, 130]
    assert LOOKS.until(159).last_whole() == 100


def test_a_made_up_register_is_seen_as_its_looks_allow() -> None:
    days = [date(2025, 1, 1) + timedelta(days=60 * place) for place in range(6)]
    flags = [True, False, False, True, False, True]
    with duckdb.connect() as engine:
        told = lived(engine, Life(notices=2000, seed=3, snapshots=days), days, flags)
    assert len(told.submitted) == 2000
    assert told.sights.notices.sum() <= 2000
    assert (told.sights.first_seen >= told.sights.submitted).all()
    partial = np.isin(told.sights.first_seen, told.looks.days[~told.looks.whole])
    assert not told.sights.archived[partial].any()
    assert set(told.cases.looked) == set(told.looks.days[told.looks.whole])
    assert (told.cases.open <= told.cases.notices).all()
