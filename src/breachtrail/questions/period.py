"""Periods, as people name them, as two days."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from breachtrail.errors import QuestionError
from breachtrail.ledger.asof import Coverage


def day(told: date | str | None) -> date | None:
    """A day from a date or ``YYYY-MM-DD``. Raises QuestionError for anything else."""
    if isinstance(told, datetime):
        return told.date()
    if told is None or isinstance(told, date):
        return told
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise QuestionError(f"{told!r} is no day; write it YYYY-MM-DD, as 2024-12-08.", "no_day", seen=told) from None


def latest_complete_year(looks: Sequence[Coverage], as_of: date | None = None) -> int:
    """The latest year of which every notice can have been posted by the last look (by ``as_of``).

    Notices appear up to a month after their submission, so a year is complete once looked at 60 days after its end.
    Raises QuestionError if nothing is known by then.
    """
    seen = [look.taken_on for look in looks if as_of is None or look.taken_on <= as_of]
    if not seen:
        raise QuestionError("Nothing is known by that day, so no year can be told.", "nothing_by_then")
    return (max(seen) - timedelta(days=60)).year - 1


def of(
    year: int | None = None,
    month: str | None = None,
    submitted_from: date | str | None = None,
    submitted_to: date | str | None = None,
) -> tuple[date | None, date | None]:
    """First and last day of a period told as a year, a month (``2024-04``), or by its ends.

    Raises QuestionError if it is told twice.
    """
    if sum((year is not None, month is not None, submitted_from is not None or submitted_to is not None)) > 1:
        raise QuestionError("Name the period once: a year, or a month, or its first and last day.", "period_twice")
    if year is not None:
        if not MINYEAR <= year <= MAXYEAR:
            raise QuestionError(f"{year} is no year; write it YYYY, as 2024.", "no_year", seen=year)
        return date(year, 1, 1), date(year, 12, 31)
    if month is not None:
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            raise QuestionError(
                f"{month!r} is no month; write it YYYY-MM, as 2024-04.", "no_month", seen=month
            ) from None
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return day(submitted_from), day(submitted_to)
