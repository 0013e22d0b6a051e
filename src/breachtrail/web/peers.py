"""An organisation like mine: a form, and what befell others of its kind; without an answer, the kinds side by side."""

from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions.peers import Means, Peers
from breachtrail.web.page import Page
from breachtrail.web.refusal import Refusal
from breachtrail.web.visit import Visit
from breachtrail.wording import people as wording
from breachtrail.wording.chart import Table

#: Complete years that are looked over, if nothing else is asked.
YEARS = 5
#: What the form asks for, as numbers.
_NUMBERS = ("size", "organisations", "years")


def page(visit: Visit) -> Page:
    """``/peers?entity_type=Health Plan&state=TX&size=20000``"""
    asked, phrases = visit.here.asked, visit.phrases
    kinds = [value for value in Vocabulary.load().values("entity_type") if value]
    values: dict[str, Any] = {
        "kinds": [(kind, phrases.heading(kind, "entity_type", many=True)) for kind in kinds],
        "asked": asked,
        "years": asked.get("years", str(YEARS)),
        "told": None,
        "why": None,
    }
    if asked.get("entity_type"):
        try:
            found = _found(visit, asked)
        except QuestionError as error:
            values |= {"why": Refusal.of(error, phrases), "each": []}
            return Page(phrases.say("likeness.title"), "peers.html", values, 422)
        values |= {
            "told": wording.peers_lines(found, visit.here.language),
            "tables": _tables(visit, found),
            "sql": _sql(found),
        }
    else:
        values["each"] = visit.kept("peers", lambda: [_kind(visit, kind) for kind in kinds])
    return Page(phrases.say("likeness.title"), "peers.html", values)


def _kind(visit: Visit, kind: str) -> list[str]:
    """One kind of organisation everywhere, what it rests on aside; a sentence where too few years are known."""
    try:
        return wording.peers_lines(visit.ledger.peers(kind, as_of=visit.day), visit.here.language)[:-1]
    except QuestionError:
        return [visit.phrases.heading(kind, "entity_type", many=True), visit.phrases.say("likeness.none")]


def _found(visit: Visit, asked: dict[str, str]) -> Peers:
    numbers = {name: _number(visit, name, asked[name]) for name in _NUMBERS if asked.get(name)}
    states = tuple(filter(None, (one.strip() for one in asked.get("state", "").split(","))))
    return visit.ledger.peers(asked["entity_type"], states=states, as_of=visit.day, **numbers)


def _number(visit: Visit, name: str, told: str) -> int:
    plain = told.replace(",", "").replace(" ", "")
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 10):
        field = visit.phrases.say(f"likeness.{name}")
        raise QuestionError(
            f"{name} is a whole number, as 20000; {told[:40]!r} is none.", "no_whole", field=field, seen=told[:40]
        )
    return int(plain)


def _tables(visit: Visit, found: Peers) -> list[tuple[str, Table]]:
    phrases = visit.phrases
    parts = (("breach_type", found.means), ("location", found.whereabouts))
    return [(phrases.heading(column, "dimension"), _shares(visit, column, means)) for column, means in parts if means]


def _shares(visit: Visit, column: str, means: tuple[Means, ...]) -> Table:
    phrases = visit.phrases
    numbers = phrases.numbers
    columns = [
        phrases.heading(column, "dimension"), phrases.heading("notices", "measure"), phrases.heading("share", "measure"),
        phrases.say("people.sizes.body.between"),
    ]  # fmt: skip
    rows = [
        [
            phrases.heading(one.value, column), numbers.count(one.notices), numbers.percent(one.share.value),
            phrases.say("people.interval", low=numbers.percent(one.share.between[0]), high=numbers.percent(one.share.between[1])),
        ]
        for one in means
    ]  # fmt: skip
    return Table.of(columns, rows)


def _sql(found: Peers) -> list[str]:
    return [*(answer.sql for answer in found.answers), found.sql]
