"""Conditions on notices, as people write them (``state=TX,CA``, ``individuals>=1000000``, ``name~kaiser``), as SQL.

The columns are the catalogue's dimensions and ``individuals``; the values are found through the vocabulary, in English
or Chinese, so ``breach_type=hacking`` and ``state=德州`` work as well.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.ledger.name import name_key
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog

_WRITTEN = re.compile(r"^\s*([A-Za-z_]+)\s*(>=|<=|!=|=|>|<|~)\s*(.*?)\s*$", re.DOTALL)

#: What a name is compared by, as ``ledger.name`` takes it.
_LETTER = re.compile(r"[A-Za-z0-9]")
#: What one condition can compare with: a larger number fits no column.
_LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Condition:
    """One condition: ``operator`` is one of ``= != >= <= > < ~`` (``~``: the name holds these words)."""

    column: str
    operator: str
    values: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.column}{self.operator}{','.join(str(value) for value in self.values)}"


def parse(written: str) -> Condition:
    """The condition that ``written`` means. Raises QuestionError, with what could have been meant."""
    found = _WRITTEN.match(written)
    if not found:
        raise QuestionError(f"{written!r} is no condition; write COLUMN=VALUE, as in state=TX or individuals>=1000000.")
    column, operator, text = found.groups()
    several = operator in ("=", "!=") and column != "name"  # a name may hold a comma
    return of(column, operator, [part.strip() for part in text.split(",")] if several else [text])


def of(column: str, operator: str, values: Sequence[Any]) -> Condition:
    """A condition from its parts, with values as the ledger stores them. Raises QuestionError."""
    if column == "individuals":
        if operator == "~":
            raise QuestionError("individuals~ cannot be asked; individuals takes = != >= <= > and <.")
        return Condition(column, operator, tuple(_number(value) for value in values))
    if column == "name" and operator == "~":
        words = [Vocabulary.load().find("organisation", str(value)) or str(value) for value in values]
        for word in words:
            if not _LETTER.search(unicodedata.normalize("NFD", word)):
                raise QuestionError(
                    f"name~{word} cannot be asked: names are compared by their letters (a to z) and digits.",
                    "no_letters",
                    seen=word[:40],
                )
        return Condition(column, operator, tuple(words))
    dimension = catalog.dimension(column)
    if operator not in ("=", "!="):
        raise QuestionError(
            f"{column}{operator} cannot be asked; {column} takes = and != (name takes ~, individuals > and <)."
        )
    if dimension.words is None:
        return Condition(dimension.name, operator, tuple(_plain(dimension, value) for value in values))
    return Condition(dimension.name, operator, tuple(_worded(dimension, str(value)) for value in values))


def from_mapping(where: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Conditions from ``{"state": "TX", "location": ["Email", "Laptop"]}``."""
    return tuple(
        of(column, "=", list(value) if isinstance(value, list | tuple | set) else [value])
        for column, value in where.items()
    )


def to_sql(conditions: Sequence[Condition]) -> tuple[str, dict[str, Any]]:
    """All conditions as one SQL expression over the columns of a version, and its parameters."""
    parameters: dict[str, Any] = {}
    for place, condition in enumerate(conditions):
        parameters.update(zip(_names(condition, place), condition.values, strict=True))
    return " AND ".join(part(one, place) for place, one in enumerate(conditions)) or "true", parameters


def among(column: str, condition: Condition, place: int) -> str:
    """SQL: ``column`` is (for ``!=``: is not) one of the values of the condition at this place of the question."""
    values = ", ".join(f"${name}" for name in _names(condition, place))
    return f"{column} {'IN' if condition.operator == '=' else 'NOT IN'} ({values})"


def _names(condition: Condition, place: int) -> list[str]:
    return [f"where_{place}_{nth}" for nth in range(len(condition.values))]


def is_quick(condition: Condition) -> bool:
    """Whether it compares what columns hold as it is, and searches no text."""
    dimension = catalog.find(condition.column)
    return condition.operator != "~" and not (dimension and dimension.is_worked_out)


def part(condition: Condition, place: int) -> str:
    """SQL: what the condition at this place of the question says."""
    names = _names(condition, place)
    if condition.operator == "~":
        return " AND ".join(f"strpos({name_key('name')}, {name_key('$' + name)}) > 0" for name in names)
    if condition.operator not in ("=", "!="):
        return " AND ".join(f"{condition.column} {condition.operator} ${name}" for name in names)
    dimension = catalog.find(condition.column)
    if dimension is None or not dimension.each:
        return among(dimension.sql if dimension else condition.column, condition, place)
    test = " OR ".join(f"list_contains({dimension.each_value}, ${name})" for name in names)
    return f"({test})" if condition.operator == "=" else f"NOT ({test})"


def _number(value: Any) -> int:
    try:
        number = int(str(value).replace(",", "").replace("_", ""))
    except ValueError:
        raise QuestionError(
            f"individuals is compared with a whole number; {value!r} is none.", "no_number", seen=value
        ) from None
    if abs(number) > _LARGEST_NUMBER:
        raise QuestionError(
            f"No notice can have {number} individuals; ask for a smaller number.", "too_large", seen=str(number)[:40]
        )
    return number


def _plain(dimension: catalog.Dimension, value: Any) -> Any:
    if dimension.type != "BIGINT":
        return str(value)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise QuestionError(
            f"{dimension.name} is a number; {value!r} is none.", "no_year", seen=str(value)[:40]
        ) from None


def _worded(dimension: catalog.Dimension, text: str) -> str:
    vocabulary = Vocabulary.load()
    assert dimension.words is not None
    found = vocabulary.find(dimension.words, text) if text else ""
    if found is None:
        known = ", ".join(repr(value) for value in vocabulary.values(dimension.words) if value)
        raise QuestionError(
            f"{dimension.name} is never {text!r}. Its values: {known}.",
            "no_state" if dimension.name == "state" else "never",
            dimension=dimension.name,
            seen=text[:40],
        )
    return found
