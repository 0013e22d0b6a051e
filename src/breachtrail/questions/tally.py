"""Versions counted without asking the engine: for each condition a bit a version, kept as long as the ledger is open.

Most of what a statement costs is its planning, and questions differ less than they seem: a day, a year, a state come
again in other company. So the engine is asked once for which versions each condition holds, and what several of them
hold for together is worked out from there (a bitmap index). Bounds on individuals are new every time; they are compared
digit by digit, with a bit a version for each binary digit (O'Neil and Quass, Improved Query Performance with Variant
Indexes, 1997).
"""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from types import MappingProxyType
from typing import Any

import duckdb

from breachtrail.ledger.store import Head
from breachtrail.questions import condition, engine, statement
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

#: Versions of the largest ledger whose bits are kept, and how many conditions of one opening: 17 MB at most.
MOST_VERSIONS, MOST_CONDITIONS = 2**18, 500
#: Openings of a ledger that are remembered: those that are read now, and a few before.
_MOST_OPENINGS = 4


@dataclass(frozen=True)
class _Shape:
    """What the bits of one ledger stand for: ``last`` is the last version's place, ``largest`` the largest count."""

    last: int
    largest: int


class Tally:
    """The bits of one opened ledger: of a version's place in its file, so never of another opening of the same state."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self._turns = itertools.count()
        self._lock = threading.Lock()
        self._shape: _Shape | None = None
        self._counted: tuple[int, list[int]] | None = None
        self._kept: OrderedDict[str, int] = OrderedDict()

    def fits(self, ledger: duckdb.DuckDBPyConnection) -> bool:
        """Whether counting so is worth it: whoever asks once is told by one statement, and a large ledger by its engine."""
        if not next(self._turns):
            return False
        if self._shape is None:
            asked = "SELECT max(rowid), min(individuals), max(individuals) FROM version"
            [(last, least, largest)] = engine.run(ledger, asked, {})
            self._shape = _Shape(MOST_VERSIONS if last is None or (least or 0) < 0 else last, largest or 0)
        return self._shape.last < MOST_VERSIONS

    def counts(
        self,
        ledger: duckdb.DuckDBPyConnection,
        question: Question,
        parameters: Mapping[str, Any],
        traits: Sequence[str],
    ) -> list[int]:
        """How many of the versions that the question speaks of have each trait, SQL over the columns of a version."""
        bounds = [one for one in question.conditions if one.column == "individuals"]
        terms = [*statement.grounds(question), *statement.of_period(question)]
        terms += [condition.part(one, place) for place, one in enumerate(question.conditions) if one not in bounds]
        of_terms = self.bits(ledger, [*terms, *traits], parameters)
        within = reduce(and_, [*of_terms[: len(terms)], *(self.within(ledger, bound) for bound in bounds)])
        return [(within & bits).bit_count() for bits in of_terms[len(terms) :]]

    def bits(
        self,
        ledger: duckdb.DuckDBPyConnection,
        terms: Sequence[str],
        parameters: Mapping[str, Any] = MappingProxyType({}),
    ) -> list[int]:
        """For each term, SQL over the columns of a version, the versions for which it holds, a bit each."""
        assert self._shape is not None
        asked = [engine.with_literals(term, parameters) for term in terms]
        with self._lock:  # of many who ask the same at once, one finds it out
            missing = {one: term for one, term in zip(asked, terms, strict=True) if one not in self._kept}
            if missing:
                places = f"rowid, 0, {self._shape.last}"
                columns = (f"bitstring_agg({places}) FILTER (WHERE {term})" for term in missing.values())
                [row] = engine.run(ledger, f"SELECT {', '.join(columns)} FROM version", parameters)
                self._kept.update(zip(missing, (int(digits or "0", 2) for digits in row), strict=True))
            found = [self._kept[one] for one in asked]
            for one in asked:
                self._kept.move_to_end(one)
            while len(self._kept) > MOST_CONDITIONS:
                self._kept.popitem(last=False)
        return found

    def within(self, ledger: duckdb.DuckDBPyConnection, bound: Condition) -> int:
        """The versions whose individuals fit a condition that compares them; those without a count fit none."""
        counted, ones = self._digits(ledger)
        length, every, some = len(ones), counted, 0
        for value in bound.values:
            above, equal = (counted, 0) if value < 0 else (0, 0 if value >> length else counted)
            for place in reversed(range(length)):
                if value >> place & 1:
                    equal &= ones[place]
                else:
                    above |= equal & ones[place]
                    equal &= ~ones[place]
            below = ~above & ~equal
            one = {">=": above | equal, ">": above, "<=": below | equal, "<": below, "=": equal, "!=": above | below}
            every, some = every & one[bound.operator], some | one[bound.operator]
        return some if bound.operator == "=" else every

    def _digits(self, ledger: duckdb.DuckDBPyConnection) -> tuple[int, list[int]]:
        """The versions that give a count, and for each binary digit, the lowest first, those whose count has it."""
        if self._counted is None:
            assert self._shape is not None
            places = range(self._shape.largest.bit_length())
            has_it = [f"(individuals >> {place}) & 1 = 1" for place in places]
            counted, *ones = self.bits(ledger, ["individuals IS NOT NULL", *has_it])
            self._counted = counted, ones
        return self._counted


_TALLIES: OrderedDict[int, Tally] = OrderedDict()
_LOCK = threading.Lock()


def of(head: Head) -> Tally:
    """The bits of the opened ledger to which just this head belongs, not one that is equal."""
    with _LOCK:
        tally = _TALLIES.setdefault(id(head), Tally(head))  # which holds the head, so nobody else has its id
        _TALLIES.move_to_end(id(head))
        while len(_TALLIES) > _MOST_OPENINGS:
            _TALLIES.popitem(last=False)
        return tally
