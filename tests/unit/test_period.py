from datetime import date, datetime
from types import SimpleNamespace

import pytest

from breachtrail.errors import QuestionError
from breachtrail.questions import period


def test_a_day_is_a_date_a_moment_or_a_text() -> None:
    assert period.day("2024-12-08") == period.day(date(2024, 12, 8)) == date(2024, 12, 8)
    moment = period.day(datetime(2024, 12, 8, 23, 59))
    assert moment == date(2024, 12, 8)
    assert type(moment) is date
    assert period.day(None) is None


@pytest.mark.parametrize("told", ["yesterday", "2024-13-01", "2024-02-30", "12/08/2024", ""])
def test_what_is_no_day_is_refused_in_a_sentence(told: str) -> None:
    with pytest.raises(QuestionError, match="is no day; write it YYYY-MM-DD"):
        period.day(told)


def test_a_year_and_a_month_have_their_first_and_last_day() -> None:
    assert period.of(year=2024) == (date(2024, 1, 1), date(2024, 12, 31))
    assert period.of(month="2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period.of(month="2023-12") == (date(2023, 12, 1), date(2023, 12, 31))


def test_ends_may_be_open() -> None:
    assert period.of(submitted_from="2024-01-02") == (date(2024, 1, 2), None)
    assert period.of(submitted_to="2024-01-02") == (None, date(2024, 1, 2))
    assert period.of() == (None, None)


@pytest.mark.parametrize("month", ["2024-4", "2024-13", "2024", "", "2024-04-01"])
def test_what_is_no_month_is_refused_in_a_sentence(month: str) -> None:
    with pytest.raises(QuestionError, match="is no month; write it YYYY-MM"):
        period.of(month=month)


@pytest.mark.parametrize("year", [0, -1, 10_000])
def test_what_is_no_year_is_refused_in_a_sentence(year: int) -> None:
    with pytest.raises(QuestionError, match="is no year"):
        period.of(year=year)


@pytest.mark.parametrize(
    "told",
    [
        {"year": 2024, "month": "2024-04"},
        {"year": 2024, "submitted_to": "2024-04-01"},
        {"month": "2024-04", "submitted_from": "2024-04-01"},
    ],
)
def test_a_period_told_twice_is_refused(told: dict) -> None:
    with pytest.raises(QuestionError, match="Name the period once"):
        period.of(**told)


def test_the_register_is_read_on_no_day_before_the_first_look_and_none_ahead() -> None:
    """What is today in Samoa or China is no day ahead, though in Washington it is tomorrow."""
    looks = [SimpleNamespace(taken_on=day) for day in (date(2024, 6, 1), date(2026, 7, 9))]
    assert period.read_on(None, looks) == date(2026, 7, 9)  # type: ignore[arg-type]
    for day in (date(2024, 6, 1), date(2026, 8, 3), period.today()):
        assert period.read_on(day, looks) == day  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="Nothing is known as of 2024-05-31"):
        period.read_on(date(2024, 5, 31), looks)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="2026-08-05 lies ahead"):
        period.read_on(date(2026, 8, 5), looks)  # type: ignore[arg-type]


def test_a_ledger_looked_at_ahead_of_the_clock_is_read_up_to_its_last_look() -> None:
    looks = [SimpleNamespace(taken_on=date(2030, 1, 5))]
    assert period.read_on(None, looks) == period.read_on(date(2030, 1, 5), looks) == date(2030, 1, 5)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="lies ahead"):
        period.read_on(date(2030, 1, 6), looks)  # type: ignore[arg-type]
