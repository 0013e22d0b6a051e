"""Question → People: how many different people can stand behind the records, in bounds and under assumptions of overlap."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger.store import Head
from breachtrail.questions import engine, statement
from breachtrail.questions.ask import looked, settled
from breachtrail.questions.question import Question
from breachtrail.questions.remembered import remembered

if TYPE_CHECKING:
    from breachtrail.estimates.distinct import Distinct

#: All residents of the states in the last year of the period that has an estimate; the individuals of a notice need not live
#: in the state of its filer, so conditions on states change nothing.
_RESIDENTS = (
    "SELECT year, sum(residents)::BIGINT FROM population WHERE year <= greatest($last_year, (SELECT min(year) FROM population)) "
    "GROUP BY year HAVING count(*) >= 51 ORDER BY year DESC LIMIT 1"
)


@dataclass(frozen=True)
class People:
    """The different people behind the notices of a question.

    distinct:       bounds and estimates, with the number of residents that they rest on
    residents_year: the year of which the residents are
    without_count:  notices that give no count, and are not in it
    sql:            of the sizes of the notices
    """

    question: Question
    distinct: "Distinct"
    residents_year: int
    without_count: int
    sql: str
    head: Head


def people(ledger: duckdb.DuckDBPyConnection, head: Head, question: Question) -> People:
    """Bounds and estimates for the notices of ``question``, as known on its day."""
    question = settled(replace(question, measures=("notices",)), looked(ledger, head, question.register))
    hidden_too = any(one.column == "status" for one in question.conditions)
    shown = "" if hidden_too else f" AND {statement.SHOWN}"
    asked = f"SELECT individuals FROM version WHERE {statement.frame(question)}{shown}"
    parameters = statement.parameters(question)
    told = remembered(head, ("residents", parameters["last_year"]), lambda: engine.run(ledger, _RESIDENTS, parameters))
    if not told:
        raise QuestionError(
            "No number of residents is known, so there is no bound for the people behind records.", "no_residents"
        )
    [(year, residents)] = told
    found = engine.columns(ledger, asked, parameters)["individuals"]
    import numpy as np

    from breachtrail.estimates.distinct import distinct

    counts = np.asarray(np.ma.compressed(found), dtype=float)
    return People(
        question,
        distinct(counts, residents),
        year,
        len(found) - len(counts),
        engine.with_literals(asked, parameters),
        head,
    )
