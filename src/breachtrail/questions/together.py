"""One question of many periods at once: a statement finds the figures of all, and another what their caveats need.

Whoever tells of every month asks the same of each, and a statement takes its time to be planned, however few notices it
counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import duckdb

from breachtrail.ledger.asof import KNOWN_THEN
from breachtrail.ledger.store import Head
from breachtrail.questions import catalog, caveats, engine, statement
from breachtrail.questions.ask import Answer, answered, looked, settled
from breachtrail.questions.catalog import Dimension
from breachtrail.questions.question import Question
from breachtrail.questions.statement import Joined

#: First and last day of submission.
Period = tuple[date, date]

_JOINED = Joined(
    "JOIN (SELECT unnest(range(len($firsts))) AS place, unnest($firsts::DATE[]) AS from_day, "
    "unnest($lasts::DATE[]) AS to_day) AS asked ON submitted_on BETWEEN from_day AND to_day"
)
#: The lists of a dimension that is worked out, each version's once.
_WORKED_OUT = """CREATE TEMP TABLE IF NOT EXISTS {table} AS SELECT notice, known_from, {lists} AS {column} FROM version
WHERE register = $register AND {known}"""
_PLACE = Dimension("place", "place", "BIGINT", "Place of the period among those asked of.")


class Together:
    """The answers to one question of each of ``periods``, each as ``ask`` gives it."""

    def __init__(
        self, ledger: duckdb.DuckDBPyConnection, head: Head, question: Question, periods: Sequence[Period]
    ) -> None:
        """question: without a period. Raises QuestionError for what cannot be asked."""
        self._ledger, self._head = ledger, head
        self._question = settled(question, looked(ledger, head, question.register))
        self._places = {period: place for place, period in enumerate(periods)}
        self._measures = [catalog.measure(name) for name in self._question.measures]
        self._dimensions = [catalog.dimension(name) for name in self._question.dimensions]
        self._nothing: list[tuple[Any, ...]] | None = None

    @staticmethod
    def may_be_asked(measures: Iterable[str]) -> bool:
        """Whether no measure looks beyond the notices of the period; rates count residents of its years."""
        return not any("residents" in catalog.measure(name).needs for name in measures)

    def answer(self, period: Period) -> Answer:
        """The answer for one of the periods."""
        place = self._places[period]
        question = replace(self._question, submitted_from=period[0], submitted_to=period[1])
        rows = self._rows.get(place) or ([] if self._dimensions else None)
        find = self._of_nothing if rows is None else lambda *_: rows
        return answered(self._ledger, self._head, question, find, self._by_status.get(place, []))

    def _of_nothing(self, text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """What measures are of no notices; of every period without any they are the same."""
        if self._nothing is None:
            self._nothing = engine.run(self._ledger, text, parameters)
        return self._nothing

    @cached_property
    def _split(self) -> tuple[list[Dimension], Joined]:
        """The dimensions, and what joins each version to its periods and to what was worked out for it."""
        split, joined = [], _JOINED
        for dimension in self._dimensions:
            if dimension.each and not dimension.each.isidentifier():
                table, lists = (
                    f"{dimension.name}_{self._question.register}_{self._question.as_of:%Y%m%d}",
                    f"{dimension.name}s",
                )
                made = _WORKED_OUT.format(table=table, column=lists, lists=dimension.each_value, known=KNOWN_THEN)
                engine.run(self._ledger, made, self._parameters)
                joined = Joined(f"{joined.sql} JOIN {table} USING (notice, known_from)", (*joined.columns, lists))
                split.append(replace(dimension, each=lists))
            else:
                split.append(dimension)
        return split, joined

    @property
    def _parameters(self) -> dict[str, Any]:
        firsts, lasts = zip(*self._places, strict=True)
        return {**statement.parameters(self._question), "firsts": firsts, "lasts": lasts}

    @cached_property
    def _rows(self) -> dict[int, list[tuple[Any, ...]]]:
        split, joined = self._split
        text = statement.statement(self._question, self._measures, [_PLACE, *split], joined)
        return _by_place(engine.run(self._ledger, text, self._parameters))

    @cached_property
    def _by_status(self) -> dict[int, list[tuple[Any, ...]]]:
        text = caveats.by_status(self._question, *self._split)
        return _by_place(engine.run(self._ledger, text, self._parameters))


def _by_place(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    of_place: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for place, *row in rows:
        of_place[place].append(tuple(row))
    return dict(of_place)
