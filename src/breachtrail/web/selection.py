"""Which notices a page, a feed, a download or an answer of the API speaks of, as a URL says it: ``?q=clinic&state=TX,CA&year=2024``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.questions import condition
from breachtrail.questions.condition import Condition

#: The dimensions by which a list is narrowed, in the order of the page.
FILTERS = (
    "year",
    "state",
    "entity_type",
    "breach_type",
    "location",
    "business_associate",
    "size_band",
    "placeholder",
    "status",
)
#: What else a selection is made of; the names of a URL's query.
PERIOD = ("month", "from", "to")
LIMITS = ("q", "at_least", "at_most", "view")
NAMES = (*LIMITS, *PERIOD, *FILTERS)
#: Letters of a search.
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Selection:
    """Notices by conditions that must all hold.

    q:       words of a name; names: if given, the names that are meant instead (``q`` was misspelt)
    values:  dimension → the values of which one must hold
    period:  ``month``, or ``from`` and ``to``, as days of submission
    """

    q: str = ""
    names: tuple[str, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_least: str = ""
    at_most: str = ""
    view: str = ""
    period: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Selection":
        """What a query asks for. Raises QuestionError for values that no column has."""
        typed = cls.typed(query)
        told = [condition.of(name, "=", values) for name, values in typed.values]
        known = tuple((one.column, tuple(dict.fromkeys(map(str, one.values)))) for one in told)
        selection = replace(typed, values=known)
        selection.where()
        return selection

    @classmethod
    def typed(cls, query: Mapping[str, str]) -> "Selection":
        """The same as it was typed, whether it can be asked or not."""
        return cls(
            q=query.get("q", "").strip()[:LONGEST_SEARCH],
            values=tuple((name, tuple(query[name].split(","))) for name in FILTERS if query.get(name)),
            at_least=query.get("at_least", ""),
            at_most=query.get("at_most", ""),
            view=query.get("view", ""),
            period=tuple((name, query[name]) for name in PERIOD if query.get(name)),
        )

    @property
    def query(self) -> dict[str, str]:
        """The query that asks for it."""
        told = {name: ",".join(values) for name, values in self.values} | dict(self.period)
        told |= {name: getattr(self, name) for name in LIMITS if getattr(self, name)}
        return {name: told[name] for name in NAMES if name in told}

    @property
    def asked(self) -> dict[str, Any]:
        """The same as the Python door takes it."""
        period = dict(self.period)
        if "month" in period and len(period) > 1:
            raise QuestionError("Name the period once: a month, or its first and last day.", "period_twice")
        return {
            "where": self.where(),
            "month": period.get("month"),
            "submitted_from": period.get("from"),
            "submitted_to": period.get("to"),
            "view": self.view or None,
        }

    def where(self) -> list[Condition]:
        """Its conditions. Raises QuestionError for values that no column has."""
        told = [condition.of(name, "=", values) for name, values in self.values]
        if self.names:
            told.append(condition.of("name", "=", self.names))
        elif self.q:
            told.append(condition.of("name", "~", [self.q]))
        if self.at_least:
            told.append(condition.of("individuals", ">=", [self.at_least]))
        if self.at_most:
            told.append(condition.of("individuals", "<=", [self.at_most]))
        if self.at_least and self.at_most and told[-2].values > told[-1].values:
            raise QuestionError(
                f"No number is at least {self.at_least} and at most {self.at_most}. Exchange the two.",
                "no_size",
                low=told[-2].values[0],
                high=told[-1].values[0],
            )
        return told

    def without(self, name: str) -> "Selection":
        """The same without the conditions on one dimension."""
        return replace(self, values=tuple(pair for pair in self.values if pair[0] != name))

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values of a dimension of which one must hold; none, where any may."""
        return dict(self.values).get(name, ())
