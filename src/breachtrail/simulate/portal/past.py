"""The days before a state: one look at a register, made into a look on each of many days that end with it.

What was seen of the real portal is what happens here: notices are posted a week to a month after they were submitted, and
then stand in the middle of the list; counts are rewritten in place, many from 500 or 501; cases move to the archive,
and a few of them are in neither list for a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from breachtrail.simulate.portal.state import Row, State

_INDIVIDUALS, _SUBMITTED_ON = 3, 4
#: Days from submission to posting, as seen in May 2025 (13 notices).
_DELAYS = (7, 7, 7, 7, 8, 9, 9, 12, 13, 14, 16, 19, 29)


@dataclass
class _Course:
    """A row's way to its place in the last state: from when it is listed, since when archived, since when with its count."""

    row: Row
    submitted_on: date
    listed: date
    archived: date | None
    absent: date | None = None
    revised: date | None = None
    before: str = ""


def of(state: State, until: date, days: int, *, seed: int = 1, moved: float = 1.5, revised: float = 0.5, transit: float = 0.1
       ) -> Mapping[date, State]:  # fmt: skip
    """``days`` states of the HIPAA list, oldest first; the last, of the day ``until``, is ``state`` itself.

    moved, revised: moves to the archive and rewritten counts on a day, on the average
    transit: share of the moves that are in neither list for a day
    """
    chance = Random(seed)
    first = until - timedelta(days=days - 1)
    courses = list(_courses(state, until, first, chance))
    window = [first + timedelta(days=place) for place in range(1, days)]
    for course in _some([one for one in courses if one.archived], round(moved * len(window)), chance):
        late = [day for day in window if day > course.listed]
        if late:
            course.archived = chance.choice(late)
            course.absent = course.archived - timedelta(days=1) if chance.random() < transit else None
    for course in _some(courses, round(revised * len(window)), chance):
        later = [day for day in window if day > course.listed]
        count = course.row.cells[_INDIVIDUALS]
        if later and count.isdecimal() and count not in ("500", "501"):
            course.revised = chance.choice(later)
            course.before = chance.choice(("500", "501", str(1 + int(count) * 3 // 2)))
    return {day: _on(day, courses) for day in (first, *window)}


def _courses(state: State, until: date, first: date, chance: Random) -> Iterator[_Course]:
    for rows, archived in ((state.under_investigation, None), (state.archive, first)):
        for row in rows:
            submitted_on = _day(row.cells[_SUBMITTED_ON])
            posted = submitted_on + timedelta(days=chance.choice(_DELAYS))
            yield _Course(row, submitted_on, min(posted, until), archived)


def _some(courses: Sequence[_Course], count: int, chance: Random) -> Sequence[_Course]:
    return chance.sample(courses, min(count, len(courses)))


def _on(day: date, courses: Sequence[_Course]) -> State:
    listed: tuple[list[tuple[date, Row]], list[tuple[date, Row]]] = ([], [])
    for course in courses:
        if day >= course.listed and day != course.absent:
            cells = course.row.cells
            if course.revised and day < course.revised:
                cells = (*cells[:_INDIVIDUALS], course.before, *cells[_INDIVIDUALS + 1 :])
            is_archived = bool(course.archived and day >= course.archived)
            cells = cells if is_archived else (*cells[:-1], "")  # what is open has no description
            listed[is_archived].append((course.submitted_on, Row(course.row.record, cells)))
    return State(*([row for _, row in sorted(view, key=lambda one: one[0], reverse=True)] for view in listed))


def _day(cell: str) -> date:
    try:
        return datetime.strptime(cell, "%m/%d/%Y").date()
    except ValueError:  # listed since ever, and last in the list
        return date(1900, 1, 1)
