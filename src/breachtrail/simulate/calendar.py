"""Which days notices are submitted on, and on which days the register is looked at."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from breachtrail.errors import QuestionError
from breachtrail.simulate.life import Life
from breachtrail.simulate.marginals import figures

#: Posted is what was submitted so many days ago, or longer: half of it, to be exact.
_HALF_POSTED = 12


def submissions(life: Life, last: date) -> list[tuple[date, int]]:
    """Each day with the notices submitted on it, oldest first; together they are as many as asked for.

    Up to as many notices as the register really has, the days are as full as they really were, and the first is as
    late as it must be; for more notices every day is fuller.
    """
    told = figures()
    first: date = told["first_submission"]
    if last <= first:
        raise QuestionError(f"Nothing was submitted before {first}; the last snapshot must be later than {last}.")
    days = [first + timedelta(days=place) for place in range((last - first).days)]
    weights = [_pace(day) for day in days]
    whole = math.fsum(weights)
    scale = max(1.0, life.notices / whole)
    upto = [scale * done for done in accumulate(weights)]
    before = upto[-1] - life.notices
    numbers = [max(0, round(done - before)) for done in upto]
    counts = [now - then for then, now in zip([0, *numbers], numbers, strict=False)]
    return [(day, count) for day, count in zip(days, counts, strict=True) if count]


def looks(life: Life) -> list[date]:
    """The days of the snapshots, oldest first: so far apart that between two of them the register grows as asked for."""
    if not isinstance(life.snapshots, int):
        return list(life.snapshots)
    found = [life.until]
    submitted = submissions(life, life.until)
    numbers = list(accumulate(count for _, count in submitted))
    posted = next((number for (day, _), number in zip(reversed(submitted), reversed(numbers), strict=True)
                   if day <= life.until - timedelta(days=_HALF_POSTED)), numbers[0])  # fmt: skip
    for step in range(1, life.snapshots):
        wanted = posted / (1 + life.new) ** step
        day = next((day for (day, _), number in zip(submitted, numbers, strict=True) if number >= wanted), found[-1])
        found.append(min(day + timedelta(days=_HALF_POSTED), found[-1] - timedelta(days=1)))
    return found[::-1]


def _pace(day: date) -> float:
    """Notices submitted on a day, on the average."""
    told = figures()
    a_year: dict[int, int] = told["submitted_a_year"]
    weekdays: Sequence[int] = told["submitted_on_weekdays"]
    first: date = told["first_submission"]
    year = a_year.get(day.year, a_year[max(a_year)])
    days = 365 if day.year != first.year else (date(first.year, 12, 31) - first).days + 1
    return year / days * 7 * weekdays[day.isoweekday() % 7] / sum(weekdays)
