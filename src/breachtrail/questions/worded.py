"""A question in the words of the Python door: periods by their names, conditions as people write them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from breachtrail.questions import condition, period
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

Day = date | str | None
Where = Mapping[str, Any] | Sequence[str] | Sequence[Condition]


def asked(
    where: Where,
    year: int | None,
    month: str | None,
    submitted_from: Day,
    submitted_to: Day,
    as_of: Day,
    view: str | None,
    register: str,
    split: tuple[str, ...] = (),
) -> Question:
    """The notices of a period, under conditions. Raises QuestionError for what cannot be asked."""
    first, last = period.of(year, month, submitted_from, submitted_to)
    return Question(("notices",), split, conditions(where), first, last, period.day(as_of), view, register)


def conditions(where: Where) -> tuple[Condition, ...]:
    """Conditions as a mapping, as they are written, or ready. Raises QuestionError for what is none."""
    if isinstance(where, Mapping):
        return condition.from_mapping(where)
    written = [where] if isinstance(where, str) else where
    return tuple(one if isinstance(one, Condition) else condition.parse(one) for one in written)
