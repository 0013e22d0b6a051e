"""Question → Answer: the only door for figures.

An answer is rows, the caveats a reader must know beside them, the SQL that gave them, and the ledger's head. The SQL is
shown with its literals in place; run on the ledger's file in a bare DuckDB it gives the same rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger import asof
from breachtrail.ledger.asof import Coverage
from breachtrail.ledger.store import Head
from breachtrail.questions import catalog, engine, period, statement
from breachtrail.questions.caveats import Caveat, Rows, caveats
from breachtrail.questions.question import Question
from breachtrail.questions.remembered import remembered
from breachtrail.registers import register as registers


@dataclass(frozen=True)
class Answer:
    """What came of a question, whose ``as_of`` is filled in.

    columns:  names, dimensions first; types: their DuckDB types
    rows:     values in that order, sorted by the dimensions
    observed: for each view the snapshot that was the last look at it by then, None where there is none
    sql:      the statement with its literals in place
    """

    question: Question
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    caveats: tuple[Caveat, ...]
    observed: dict[str, Coverage | None]
    sql: str
    head: Head

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def value(self, measure: str | None = None) -> Any:
        """The one figure of an answer without dimensions (the first measure, unless another is named)."""
        if self.question.dimensions:
            raise QuestionError("This answer has a row for each group; take its records.")
        return self.rows[0][self.columns.index(measure)] if measure else self.rows[0][0]

    def caveat(self, code: str) -> Caveat | None:
        """The caveat of that code, if it applies."""
        return next((caveat for caveat in self.caveats if caveat.code == code), None)


def ask(ledger: duckdb.DuckDBPyConnection, head: Head, question: Question) -> Answer:
    """Answer ``question`` from an opened generation. Raises QuestionError for what cannot be asked."""
    question = settled(question, looked(ledger, head, question.register))
    return answered(ledger, head, question, partial(engine.run, ledger))


def answered(
    ledger: duckdb.DuckDBPyConnection,
    head: Head,
    question: Question,
    find: Callable[[str, dict[str, Any]], Rows],
    statuses: Rows | None = None,
) -> Answer:
    """The answer to a settled question.

    find:     gives the rows of its statement
    statuses: what its caveats must know of its notices, where that was found already
    """
    looks = looked(ledger, head, question.register)
    seen = [look for look in looks if question.as_of is not None and look.taken_on <= question.as_of]
    observed = asof.last_looked(seen, registers.load(question.register).views)
    measures = [catalog.measure(name) for name in question.measures]
    dimensions = [catalog.dimension(name) for name in question.dimensions]
    parameters = statement.parameters(question)
    text = statement.statement(question, measures, dimensions)
    rows = find(text, parameters)
    shown: list[catalog.Dimension | catalog.Measure] = [*dimensions, *measures]
    return Answer(
        question,
        tuple(one.name for one in shown),
        tuple(one.type for one in shown),
        tuple(rows),
        caveats(ledger, head, question, measures, dimensions, parameters, looks, observed, statuses),
        observed,
        engine.with_literals(text, parameters),
        head,
    )


def looked(ledger: duckdb.DuckDBPyConnection, head: Head, register: str) -> Sequence[Coverage]:
    """Every snapshot of a register, oldest first."""
    return remembered(head, ("coverage", register), lambda: tuple(asof.coverage(ledger, register)))


def shown(question: Question) -> str:
    """The statement that answers a question whose day is filled in, with its literals in place."""
    measures = [catalog.measure(name) for name in question.measures]
    dimensions = [catalog.dimension(name) for name in question.dimensions]
    return engine.with_literals(statement.statement(question, measures, dimensions), statement.parameters(question))


def settled(question: Question, looks: Sequence[Coverage]) -> Question:
    """The question with its day filled in, and refused where it makes no sense."""
    if not looks:
        raise QuestionError(f"The ledger knows nothing of the register {question.register!r}.")
    if not question.measures:
        raise QuestionError(f"Ask for at least one measure: {', '.join(catalog.MEASURES)}.")
    as_of = period.read_on(question.as_of, looks)
    if question.submitted_from and question.submitted_to and question.submitted_from > question.submitted_to:
        raise QuestionError(
            f"The period ends ({question.submitted_to}) before it begins ({question.submitted_from}).",
            "backwards",
            first=question.submitted_from,
            last=question.submitted_to,
        )
    views = registers.load(question.register).views
    if question.view is not None and question.view not in views:
        raise QuestionError(
            f"The register has no view {question.view!r}. It has: {', '.join(views)}.",
            "no_view",
            seen=question.view[:40],
            views=views,
        )
    if question.view is not None:
        look = asof.last_looked([look for look in looks if look.taken_on <= as_of], views)[question.view]
        if look is not None and look.view == "all":
            raise QuestionError(
                f"On {as_of} the register was known as one undivided list; ask without a view.", "one_list", day=as_of
            )
    names = tuple(dict.fromkeys(catalog.measure(name).name for name in question.measures))
    split = tuple(dict.fromkeys(catalog.dimension(name).name for name in question.dimensions))
    return replace(question, measures=names, dimensions=split, as_of=as_of)
