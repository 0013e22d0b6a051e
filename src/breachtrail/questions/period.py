"""Periods, as people name them, as two days."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta, timezone

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


def today() -> date:
    """The latest day that has begun anywhere on earth: what a reader calls today is never later."""
    return datetime.now(timezone(timedelta(hours=14))).date()


def read_on(asked: date | None, looks: Sequence[Coverage]) -> date:
    """The day at whose end the register is read: the one asked for, else that of the last look. At least one look is needed.

    Raises QuestionError for a day before the first look, of which nothing is known, and for one that lies ahead: what is
    known by then nobody knows. A ledger that was itself looked at ahead of the clock, as a made-up one can be, is read
    up to its last look.
    """
    first, last = (pick(look.taken_on for look in looks) for pick in (min, max))
    day = asked or last
    if day < first:
        raise QuestionError(
            f"Nothing is known as of {day}: the first snapshot was taken on {first}. Ask as of that day or later.",
            "unknown_then",
            day=day,
            first=first,
        )
    if day > max(last, today()):
        raise QuestionError(
            f"{day} lies ahead; what will be known by then nobody knows. Ask as of today or an earlier day; the last snapshot "
            f"was taken on {last}.",
            "lies_ahead",
            day=day,
            last=last,
        )
    return day


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
