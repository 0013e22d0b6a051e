"""What the register says differently at the end of one day than at the end of another, and what that did to its totals."""

from dataclasses import dataclass
from datetime import date

from breachtrail.errors import QuestionError
from breachtrail.ledger.asof import Row
from breachtrail.ledger.movement import Moves
from breachtrail.questions import condition, period
from breachtrail.questions.ask import Answer
from breachtrail.questions.condition import Condition
from breachtrail.report.organisation import printed_name
from breachtrail.web import listing
from breachtrail.web.notices import page_count, page_number
from breachtrail.web.page import Page
from breachtrail.web.refusal import Refusal
from breachtrail.web.selection import Selection
from breachtrail.web.visit import Visit
from breachtrail.wording import changes

#: Changes on one page, the weightiest first.
ROWS = 100
KINDS = ("appeared", "returned", "gone", "changed", "moved")


@dataclass(frozen=True)
class Change:
    """One notice that is shown otherwise, as texts of a row; ``gained``: what it adds to the individuals."""

    url: str
    name: str
    state: str
    submitted_on: str
    kind: str
    what: str
    gained: str


@dataclass(frozen=True)
class Kind:
    """A kind of change that may be looked at alone: how many there are, and the page that shows them."""

    label: str
    many: int
    url: str
    is_chosen: bool


def page(visit: Visit) -> Page:
    """``/changes?since=2024-11-06&until=2024-12-08&kind=gone``, and what narrows a list of notices"""
    asked = visit.here.asked
    days = [day for day in visit.sight.days if day <= visit.day]
    try:
        until = period.day(asked.get("until") or None) or visit.day
        since = period.day(asked.get("since") or None) or next((day for day in days if day < until), days[-1])
        return _compared(visit, since, until, days)
    except QuestionError as error:
        values = {
            "why_refused": Refusal.of(error, visit.phrases),
            "since": asked.get("since", ""),
            "until": asked.get("until", ""),
            "selection": Selection.typed(asked),
            "kind": "",
        }
        return Page(visit.say("changes.title"), "changes.html", values, 422)


def _compared(visit: Visit, since: date, until: date, days: list[date]) -> Page:
    asked = visit.here.asked
    if until > visit.day:
        raise QuestionError(
            f"The page is put back to {visit.day}; {until} lies after it.", "after_the_day", day=visit.day, seen=until
        )
    if since > until:
        raise QuestionError(
            f"{since} lies after {until}; turn the two days round.", "turned_round", since=since, until=until
        )
    selection, kind, number = Selection.of(asked), asked.get("kind"), page_number(asked.get("page", "1"))
    if kind and kind not in KINDS:
        raise QuestionError(
            f"{kind[:40]!r} is no kind of change. There are: {', '.join(KINDS)}.", "no_change", seen=kind[:40]
        )
    where = _where(selection)
    before, after = (visit.ledger.ask("notices", "individuals", where=where, as_of=day) for day in (since, until))
    moves = visit.ledger.moves(since, until, where=where)
    found = visit.ledger.changes(since, until, where=where, kind=kind, limit=ROWS, offset=(number - 1) * ROWS)
    many = sum(row["many"] for row in moves if kind in (None, row["kind"]))
    pages = page_count(many, ROWS)
    if number > pages:
        raise QuestionError(f"There is no page {number}; the last is {pages}.", "no_such_page", seen=number, last=pages)
    return Page(
        visit.say("changes.title"),
        "changes.html",
        {
            "why_refused": None,
            "since": since,
            "until": until,
            "days": days,
            "sides": [(day, answer, _looks(visit, answer)) for day, answer in ((since, before), (until, after))],
            "is_same_look": before.observed == after.observed,
            "why": changes.why(Moves.of(moves), visit.here.language) if moves else "",
            "kinds": _kinds(visit, moves, kind),
            "kind": kind or "",
            "rows_found": [_change(visit, one) for one in found],
            "many": many,
            "number": number,
            "pages": pages,
            "first": (number - 1) * ROWS + 1,
            "selection": selection,
        },
    )


def _where(selection: Selection) -> list[Condition]:
    """The conditions of a selection with its period, which two days can be compared by."""
    told = dict(selection.period)
    if selection.view:
        raise QuestionError(
            "Changes are told of all lists together: a notice that leaves one may stand in the other.",
            "changes_of_views",
        )
    if "from" in told or "to" in told:
        raise QuestionError(
            "Changes are told of a year or a month of submission, not from one day of submission to another.",
            "changes_of_days",
        )
    period.of(month=told.get("month"))
    return [*selection.where(), *([condition.of("month", "=", [told["month"]])] if "month" in told else [])]


def _looks(visit: Visit, answer: Answer) -> str:
    """From which looks a day was known."""
    say = visit.phrases.say
    looks = [
        say("pages.changes.look", view=view, day=look.taken_on) if look else say("pages.changes.never", view=view)
        for view, look in answer.observed.items()
    ]
    day: date | None = answer.question.as_of
    return say("pages.changes.looked", day=day, looks=looks)


def _kinds(visit: Visit, moves: list[Row], chosen: str | None) -> list[Kind]:
    say, many = visit.phrases.say, {row["kind"]: row["many"] for row in moves}
    every = Kind(
        say("pages.changes.every"), sum(many.values()), visit.here.turned(kind=None, page=None), chosen is None
    )
    return [every] + [
        Kind(say(f"pages.changes.kind.{kind}"), many[kind], visit.here.turned(kind=kind, page=None), kind == chosen)
        for kind in KINDS
        if kind in many
    ]


def _change(visit: Visit, one: Row) -> Change:
    phrases, now = visit.phrases, one["after"] or one["before"]
    return Change(
        url=visit.here.to(f"notices/{one['id']}"),
        name=printed_name(now["name"], phrases) or visit.say("no_name"),
        state=phrases.heading(now["state"], "state") if now["state"] else "–",
        submitted_on=listing.day(visit, now["submitted_on"]),
        kind=phrases.say(f"terminal.kind.{one['kind']}"),
        what=_what(visit, one),
        gained=phrases.numbers.signed(one["gained"]) if one["gained"] else "",
    )


def _what(visit: Visit, one: Row) -> str:
    """What the two days say differently, the number of individuals first."""
    if one["kind"] == "appeared":
        return listing.count(visit, one["after"]["individuals"])
    if one["kind"] == "gone":
        return f"{listing.count(visit, one['before']['individuals'])} → –"
    differs = sorted(one["differs"], key=lambda name: name != "individuals")
    return visit.phrases.say("pages.changes.apart").join(
        changes.differences(one["before"], one["after"], differs, visit.here.language)
    )
