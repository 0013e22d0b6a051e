"""Question → Sizes: how large the notices are, body and tail, as known on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger import asof
from breachtrail.ledger.store import Head
from breachtrail.questions import catalog, engine, statement
from breachtrail.questions.ask import settled
from breachtrail.questions.question import Question

if TYPE_CHECKING:
    from breachtrail.estimates.body import Body
    from breachtrail.estimates.share import Estimated
    from breachtrail.estimates.tail import ReturnLevel, Tail

#: Fewer notices with a count are not described.
FEWEST = 20
_DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True)
class Group:
    """The sizes of one group of notices, in individuals.

    value:      of the dimension; None where there is none
    notices:    that give a count; individuals: their sum
    median:     with its 90% interval; None of fewer than ``FEWEST`` notices, as all that follows
    body:       logarithms as listed, and the log-normal law cut off at 500
    tails:      the generalised Pareto tail above each threshold that was tried; tail: above the one that is chosen
    levels:     sizes exceeded once in so many years, if notices keep coming as they did
    share_of_largest: part of the individuals in the largest notice, in the ten largest, and in the largest hundredth
    """

    value: Any
    notices: int
    individuals: int
    median: "Estimated | None"
    body: "Body | None"
    tails: "tuple[Tail, ...]"
    tail: "Tail | None"
    levels: "tuple[ReturnLevel, ...]"
    share_of_largest: dict[str, float]


@dataclass(frozen=True)
class Sizes:
    """What came of it: a group for each value of the dimension (one without a dimension), the SQL of the counts, the head."""

    question: Question
    groups: tuple[Group, ...]
    years: float
    sql: str
    head: Head


def sizes(ledger: duckdb.DuckDBPyConnection, head: Head, question: Question) -> Sizes:
    """The sizes of the notices of ``question``, split by at most one dimension of one value a notice."""
    looks = asof.coverage(ledger, question.register)
    question = settled(replace(question, measures=("notices",)), looks)
    split = [catalog.dimension(name) for name in question.dimensions]
    if len(split) > 1 or any(one.each for one in split):
        raise QuestionError(
            "Sizes are split by one dimension of which a notice has one value: year, entity_type, state."
        )
    asked, parameters = _statement(question, split), statement.parameters(question)
    found = engine.columns(ledger, asked, parameters)
    assert question.as_of is not None
    known = [look.taken_on for look in looks if look.taken_on <= question.as_of]
    years = _years(question, found["submitted_on"], max(known))
    import numpy as np

    counts = np.asarray(found["individuals"], dtype=float)
    groups: Sequence[tuple[Any, Any]] = [(None, np.ones(len(counts), dtype=bool))]
    if split:
        values = np.ma.filled(found["value"], "") if split[0].type == "VARCHAR" else found["value"]
        groups = [(value, values == value) for value in sorted(set(values.tolist()))]
    each = 1.0 if split and split[0].name == "year" else years
    described = tuple(described_group(value, counts[chosen], min(each, years)) for value, chosen in groups)
    return Sizes(question, described, years, engine.with_literals(asked, parameters), head)


def described_group(value: Any, counts: Any, years: float) -> Group:
    """Body and tail of counts that came in so many years."""
    import numpy as np

    from breachtrail.estimates import body, share, tail

    whole = float(counts.sum())
    if len(counts) < FEWEST:
        return Group(value, len(counts), int(whole), None, None, (), None, (), {})
    largest = np.sort(counts)[::-1]
    fitted = tail.tails(counts)
    chosen = tail.chosen(fitted)
    hundredth = -(-len(counts) // 100)
    shares = {name: float(largest[:first].sum()) / whole for name, first in
              (("largest", 1), ("ten_largest", 10), ("largest_hundredth", hundredth))} if whole else {}  # fmt: skip
    levels = tuple(tail.return_levels(chosen, years)) if chosen and years > 0 else ()
    return Group(
        value, len(counts), int(whole), share.quantile(counts, 0.5), body.body(counts), fitted, chosen, levels, shares
    )


def _statement(question: Question, split: Sequence[catalog.Dimension]) -> str:
    value = f"{split[0].sql} AS value, " if split else ""
    hidden_too = any(one.column == "status" for one in question.conditions)
    shown = "" if hidden_too else f" AND {statement.SHOWN}"
    return (
        f"SELECT {value}individuals, submitted_on FROM version WHERE {statement.frame(question)}{shown} "
        "AND individuals IS NOT NULL"
    )


def _years(question: Question, days: Any, last_look: date) -> float:
    """Years of submission that the notices speak of: the period asked for, as far as it lies between the first and the last look."""
    if not len(days):
        return 0.0
    first = question.submitted_from or days.min().astype("datetime64[D]").item()
    last = min(question.submitted_to or last_look, last_look)
    return max(((last - first).days + 1) / _DAYS_OF_A_YEAR, 0.0)
