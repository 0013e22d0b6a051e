"""Notices as rows of a page: where each leads, and what it says in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from breachtrail.ledger.asof import Row
from breachtrail.report.organisation import printed_name
from breachtrail.web.visit import Visit

WORDS = {"breach_types": "breach_type", "locations": "location"}


@dataclass(frozen=True)
class Line:
    """One notice in a list.

    facts: state, entity type, kinds and places, as texts; empty where the register says nothing
    """

    id: str
    url: str
    name: str
    state: str
    state_url: str
    individuals: str
    is_placeholder: bool
    submitted_on: str
    first_seen: str
    entity_type: str
    kinds: str
    status: str


def lines(visit: Visit, rows: Sequence[Row]) -> list[Line]:
    """Notices of the ledger as lines."""
    return [_line(visit, row) for row in rows]


def _line(visit: Visit, row: Row) -> Line:
    phrases, here = visit.phrases, visit.here
    said = ([phrases.heading(one, WORDS[column]) for one in row[column] or ()] for column in WORDS)
    kinds = " · ".join(phrases.numbers.listed(values) for values in said if values)
    return Line(
        id=row["id"],
        url=here.to(f"notices/{row['id']}"),
        name=printed_name(row["name"], phrases) or visit.say("no_name"),
        state=phrases.heading(row["state"], "state") if row["state"] else "–",
        state_url=here.to(f"states/{row['state']}") if row["state"] else "",
        individuals=count(visit, row["individuals"]),
        is_placeholder=row["individuals"] in (500, 501),
        submitted_on=day(visit, row["submitted_on"]),
        first_seen=day(visit, row["first_seen"]),
        entity_type=phrases.heading(row["entity_type"] or "", "entity_type"),
        kinds=kinds or "–",
        status=phrases.heading(row["status"], "status"),
    )


def count(visit: Visit, value: int | None) -> str:
    """A number of individuals to the digit; a dash where none is given."""
    return "–" if value is None else visit.phrases.numbers.count(value)


def day(visit: Visit, value: object) -> str:
    """A day as it stands in tables; a dash where there is none."""
    return str(value) if value else "–"
