"""Periods as articles write them."""

from datetime import date

import pytest

from breachtrail.claims.numeral import plain
from breachtrail.claims.period import Role, in_context, periods

DAY = date(2025, 1, 23)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def days(text: str) -> list[tuple[str, str]]:
    found = [in_context(one, YEAR, DAY) for one in periods(plain(text), DAY)]
    return [(str(one.first), str(one.last)) for one in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("In 2024, breaches", "2024-01-01", "2024-12-31"),
        ("in January 2024", "2024-01-01", "2024-01-31"),
        ("between January and June 2024", "2024-01-01", "2024-06-30"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("so far this year", "2025-01-01", "2025-01-23"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("the third quarter of 2024", "2024-07-01", "2024-09-30"),
        ("H1 2024", "2024-01-01", "2024-06-30"),
        ("the first nine months of 2024", "2024-01-01", "2024-09-30"),
        ("from 2019 to 2023", "2019-01-01", "2023-12-31"),
        ("since 2009", "2009-01-01", "None"),
        ("in April", "2024-04-01", "2024-04-30"),
        ("March had the most", "2024-03-01", "2024-03-31"),
        ("last month", "2024-12-01", "2024-12-31"),
        ("a year earlier", "2023-01-01", "2023-12-31"),
        ("the same period of 2022", "2022-01-01", "2022-12-31"),
        ("2024年全年", "2024-01-01", "2024-12-31"),
        ("上半年", "2024-01-01", "2024-06-30"),
        ("前三季度", "2024-01-01", "2024-09-30"),
        ("第一季度", "2024-01-01", "2024-03-31"),
        ("去年", "2024-01-01", "2024-12-31"),
        ("今年以来", "2025-01-01", "2025-01-23"),
        ("1月至6月", "2024-01-01", "2024-06-30"),
        ("2024年4月", "2024-04-01", "2024-04-30"),
        ("十二月", "2024-12-01", "2024-12-31"),
        ("上个月", "2024-12-01", "2024-12-31"),
        ("去年同期", "2023-01-01", "2023-12-31"),
        ("同比", "2023-01-01", "2023-12-31"),
        ("自2009年以来", "2009-01-01", "None"),
    ],
)
def test_a_period(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize("text", ["as of December 8, 2024", "截至2024年12月8日", "截至12月8日"])
def test_the_day_by_which_something_is_known(text: str) -> None:
    (one,) = periods(plain(text), DAY)
    assert (one.role, one.last) == (Role.KNOWN_BY, date(2024, 12, 8))


@pytest.mark.parametrize("text", ["over the past 12 months", "近两年"])
def test_a_rolling_period_is_not_known(text: str) -> None:
    assert [one.known for one in periods(plain(text), DAY)] == [False]


@pytest.mark.parametrize("text", ["2,024 records", "may be", "march on", "On January 5, 2025,", "1月23日"])
def test_what_is_no_period(text: str) -> None:
    assert periods(plain(text), DAY) == []


def test_without_a_day_of_publication_last_year_is_unknown() -> None:
    assert [one.known for one in periods("last year", None)] == [False]


def test_a_month_alone_is_the_latest_before_publication() -> None:
    (one,) = periods("in April", date(2026, 7, 20))
    assert in_context(one, (None, None), date(2026, 7, 20)).first == date(2026, 4, 1)
