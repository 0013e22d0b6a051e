"""The chain ladder between looks, on counts whose answer is plain."""

from datetime import date, timedelta

import numpy as np

from breachtrail.estimates.chain_ladder import between_looks, month_of
from breachtrail.estimates.sights import Looks, Sights


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


def register(seen_at_once: int, seen_later: int) -> tuple[Sights, Looks]:
    """Looked at on the 15th of each month of two years: of each month so many are seen at the next look, more at the second."""
    looks = [date(2023 + place // 12, place % 12 + 1, 15) for place in range(24)]
    rows = [
        (look.replace(day=1) - timedelta(days=10), day.toordinal(), notices)
        for place, look in enumerate(looks)
        for day, notices in zip(looks[place : place + 2], (seen_at_once, seen_later), strict=False)
    ]
    submitted, first_seen, notices = (np.array(one, dtype=np.int64) for one in zip(*[
        (day.toordinal(), seen, many) for day, seen, many in rows
    ], strict=True))  # fmt: skip
    days = np.array([look.toordinal() for look in looks], dtype=np.int64)
    sights = Sights(submitted, first_seen, np.zeros(len(submitted), dtype=bool), notices)
    return sights, Looks(days, np.ones(len(days), dtype=bool))


def test_what_always_doubled_is_expected_to_double_with_no_doubt() -> None:
    sights, looks = register(20, 20)
    told = between_looks(sights, looks, date(2024, 12, 15).toordinal())
    assert told[month(2024, 11)].tolist() == [40.0] * 5
    assert told[month(2024, 10)].tolist() == [40.0] * 5
    assert month(2024, 12) not in told


def test_it_is_made_only_from_what_was_known() -> None:
    sights, looks = register(20, 20)
    day = date(2024, 6, 15).toordinal()
    before = between_looks(sights.until(day), looks.until(day), day)
    assert {key: one.tolist() for key, one in before.items()} == {
        key: one.tolist() for key, one in between_looks(sights, looks.until(day), day).items()
    }


def test_factors_that_differ_leave_doubt_and_nothing_falls_below_what_is_seen() -> None:
    sights, looks = register(20, 20)
    changed = Sights(
        sights.submitted, sights.first_seen, sights.archived,
        np.where((sights.submitted % 3 == 0) & (np.arange(len(sights.notices)) % 2 == 1), 60, sights.notices),
    )  # fmt: skip
    low, *_, high = between_looks(changed, looks, date(2024, 12, 15).toordinal())[month(2024, 11)]
    assert 20 <= low < high


def test_months_are_counted_from_the_year_nought() -> None:
    days = np.array([date(2024, 1, 31).toordinal(), date(2024, 2, 1).toordinal()])
    assert month_of(days).tolist() == [2024 * 12, 2024 * 12 + 1]
