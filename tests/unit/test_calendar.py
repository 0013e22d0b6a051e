from datetime import date

import pytest

from breachtrail.simulate.calendar import looks, submissions
from breachtrail.simulate.life import Life


@pytest.mark.parametrize("notices", [1, 100, 5_000, 50_000])
def test_as_many_are_submitted_as_asked_for(notices: int) -> None:
    days = submissions(Life(notices=notices), date(2026, 7, 1))
    assert sum(count for _, count in days) == notices
    assert days == sorted(days)
    assert days[-1][0] < date(2026, 7, 1)


def test_few_notices_come_at_the_pace_of_the_portal() -> None:
    days = submissions(Life(notices=700), date(2024, 1, 1))
    assert days[0][0].year == 2023
    assert max(count for _, count in days) < 8


def test_fridays_are_full_and_sundays_empty() -> None:
    on = dict.fromkeys(range(7), 0)
    for day, count in submissions(Life(notices=5_000), date(2026, 7, 1)):
        on[day.weekday()] += count
    assert on[4] > 1.7 * on[0] > 10 * on[6]


def test_days_that_are_named_are_looked_at() -> None:
    days = [date(2024, 1, 5), date(2024, 3, 1)]
    assert looks(Life(snapshots=days)) == days


def test_a_register_that_grows_faster_is_looked_at_more_seldom() -> None:
    slow, fast = (looks(Life(notices=5_000, snapshots=3, new=new)) for new in (0.005, 0.05))
    assert slow[-1] == fast[-1] == Life().until
    assert fast[0] < slow[0] < slow[1] < slow[2]


def test_snapshots_lie_at_least_a_day_apart() -> None:
    days = looks(Life(notices=10, snapshots=20, new=0))
    assert len(set(days)) == 20
    assert days == sorted(days)
