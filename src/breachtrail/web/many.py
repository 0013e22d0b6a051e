"""What many pages ask of one period each, read for all of them at once: each page is given its part."""

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from breachtrail.ledger.asof import Row
from breachtrail.questions import period, worded
from breachtrail.questions.ask import Answer
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question
from breachtrail.questions.together import Together
from breachtrail.report.ledger import Day, Where
from breachtrail.web.ledger import Ledger

#: What a condition on a number compares by.
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
#: Between two days the changes of so many years are read apart; of more, all are.
_YEARS_APART = 2
#: What of a question may be asked of many periods at once.
_TOGETHER = {"by", "where", "as_of", "view"}


class Many:
    """Answers as the ledger does; a question of a second year, or of a second month, is asked of every one."""

    def __init__(self, ledger: Ledger, submitted: Iterable[date | None]) -> None:
        """submitted: days of submission, of which come the periods that can be asked of"""
        self._ledger = ledger
        days = {day.replace(day=1) for day in submitted if day}
        self._names = {
            "year": sorted({f"{day:%Y}" for day in days}),
            "month": sorted({f"{day:%Y-%m}" for day in days}),
        }
        self._asked: set[str] = set()
        self._together: dict[str, Together] = {}
        self._listed: dict[str, Mapping[str, list[Row]]] = {}

    def ask(self, *measures: str, year: int | None = None, month: str | None = None, **asked: Any) -> Answer:
        """Figures."""
        kind, name = ("year", f"{year:04}") if year is not None else ("month", month)
        key = repr((kind, measures, sorted(asked.items())))
        is_of_one = name in self._names[kind] and (year is None or month is None)
        may_be = is_of_one and not set(asked) - _TOGETHER and Together.may_be_asked(measures)
        if not may_be or self._is_first(key):
            return self._ledger.ask(*measures, year=year, month=month, **asked)
        if key not in self._together:
            question = _question(measures, self._ledger.register, **asked)
            self._together[key] = self._ledger.together(question, [_days(kind, one) for one in self._names[kind]])
        return self._together[key].answer(_days(kind, str(name)))

    def notices(
        self,
        *,
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        as_of: Day = None,
        order: str = "individuals",
        limit: int | None = None,
        **asked: Any,
    ) -> list[Row]:
        """Notices: of a period, of a state, above and below a number of individuals."""
        conditions = worded.conditions(where)
        if asked or (year is not None and month) or not all(_is_tested(one) for one in conditions):
            return self._ledger.notices(
                where=where, year=year, month=month, as_of=as_of, order=order, limit=limit, **asked
            )
        key = repr(("notices", as_of, order))
        if key not in self._listed:
            self._listed[key] = _by_period(self._ledger.notices(as_of=as_of, order=order))
        rows = self._listed[key].get(month or ("" if year is None else f"{year:04}"), [])
        found = [row for row in rows if all(_holds(one, row) for one in conditions)] if conditions else rows
        return found[:limit]

    def changes(self, since: Day, until: Day = None, *, where: Where = (), **asked: Any) -> list[Row]:
        """Changes between two days: those of a month are read with those of its year, and of a third year with all."""
        conditions = worded.conditions(where)
        are_of_one = [one.column in self._names and one.operator == "=" and len(one.values) == 1 for one in conditions]
        if asked or are_of_one != [True]:
            return self._ledger.changes(since, until, where=where, **asked)
        name = str(conditions[0].values[0]).zfill(4)
        year, days = name[:4], repr((since, until))
        of_year, of_all = f"{year} {days}", f"changes {days}"
        if of_year not in self._listed and of_all not in self._listed:
            is_all = sum(key.endswith(f" {days}") for key in self._listed) == _YEARS_APART
            found = self._ledger.changes(since, until, where=() if is_all else {"year": int(year)})
            self._listed[of_all if is_all else of_year] = _by_period(found, ("before", "after"))
        return (self._listed.get(of_all) or self._listed[of_year]).get(name, [])

    def _is_first(self, key: str) -> bool:
        """Whether this was asked of no other period before: perhaps it is asked of one alone."""
        is_first = key not in self._asked
        self._asked.add(key)
        return is_first


def _by_period(rows: list[Row], versions: Sequence[str] = ()) -> Mapping[str, list[Row]]:
    """Rows by the years and the months of submission, of each of their ``versions`` if told; and all under no name."""
    of: dict[str, list[Row]] = defaultdict(list, {"": rows})
    for row in rows:
        told = [row[version] for version in versions] if versions else [row]
        days = {version["submitted_on"] for version in told if version}
        for name in {f"{day:{form}}" for day in days if day for form in ("%Y", "%Y-%m")}:
            of[name].append(row)
    return of


def _question(
    measures: tuple[str, ...],
    register: str,
    *,
    by: Sequence[str] | str = (),
    where: Where = (),
    as_of: Day = None,
    view: str | None = None,
) -> Question:
    split = (by,) if isinstance(by, str) else tuple(by)
    conditions = worded.conditions(where)
    return Question(measures, split, conditions, as_of=period.day(as_of), view=view, register=register)


def _days(kind: str, name: str) -> tuple[date, date]:
    first, last = period.of(int(name), None) if kind == "year" else period.of(None, name)
    assert first is not None
    assert last is not None
    return first, last


def _is_tested(condition: Condition) -> bool:
    return (condition.column == "individuals" and condition.operator in _COMPARED) or (
        condition.column == "state" and condition.operator == "="
    )


def _holds(condition: Condition, row: Row) -> bool:
    """Whether a condition on individuals or states holds, as the engine takes it: no number is none of any size."""
    if condition.column == "state":
        return (row["state"] or "") in condition.values
    count, compared = row["individuals"], _COMPARED[condition.operator]
    return count is not None and all(compared(count, value) for value in condition.values)
