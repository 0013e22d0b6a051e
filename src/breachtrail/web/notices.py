"""The list of notices: searched by name, narrowed by every dimension with the counts that each choice would leave, paged."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.refusal import Refusal
from breachtrail.web.selection import FILTERS, Selection
from breachtrail.web.visit import Visit

ROWS = 50
ORDERS = ("individuals", "submitted_on", "first_seen", "name")
#: Words this much alike (0 to 100) are what a misspelt one may have meant; so many of them, and of names, are taken.
ALIKE, MOST_ALIKE, MOST_MEANT = 75.0, 30, 200
#: A ledger of more names is searched by its words alone.
MOST_NAMES = 200_000
#: Values of one dimension that are listed at once.
_SHOWN = 12


@dataclass(frozen=True)
class Choice:
    """One value of a dimension: how many notices it would leave, and the page that chooses it, or lets it go."""

    label: str
    notices: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One dimension with its values; ``rest`` are those behind the most frequent."""

    name: str
    heading: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def page(visit: Visit) -> Page:
    """``/notices?q=&state=&…&order=&page=``"""
    asked, state = _by_state(visit.here.asked)
    try:
        return _listed(visit, asked, state)
    except QuestionError as error:
        values = {"selection": Selection.typed(asked), "why": Refusal.of(error, visit.phrases)}
        return Page(visit.say("notices.title"), "notices.html", values, 422)


def _listed(visit: Visit, asked: dict[str, str], state: str | None) -> Page:
    selection, meant = found(visit, Selection.of(asked))
    order = asked.get("order", "submitted_on")
    if order not in ORDERS:
        raise QuestionError(
            f"Notices cannot be sorted by {order!r}. They can by: {', '.join(ORDERS)}.", "no_order", seen=order[:40]
        )
    number = page_number(asked.get("page", "1"))
    asking = selection.asked
    answer = visit.ask("notices", "individuals", **asking)
    pages = page_count(answer.value("notices"), ROWS, number)
    rows = visit.ledger.notices(**asking, as_of=visit.day, order=order, limit=ROWS, offset=(number - 1) * ROWS)
    return Page(
        visit.say("notices.title"),
        "notices.html",
        {
            "why": None,
            "selection": selection,
            "meant": meant,
            "state": state,
            "answer": answer,
            "caveats_told": visit.caveats(answer),
            "rows_found": listing.lines(visit, rows),
            "filters": filters(visit, selection),
            "order": order,
            "orders": ORDERS,
            "number": number,
            "pages": pages,
            "first": (number - 1) * ROWS + 1,
            "last": (number - 1) * ROWS + len(rows),
        },
    )


def _by_state(asked: dict[str, str]) -> tuple[dict[str, str], str | None]:
    """What is asked, and the state that is named in the field for names; without Latin letters it cannot be a name."""
    searched = asked.get("q", "")
    state = Vocabulary.load().find("state", searched) if searched else None
    if state and not re.search("[A-Za-z0-9]", searched):
        return {**asked, "q": "", "state": state}, state
    return asked, state


def found(visit: Visit, selection: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The selection, and if nothing bears the name that was searched: with the names that are most like it."""
    if not selection.q or visit.ask("notices", **selection.asked).value("notices"):
        return selection, ()
    index = visit.kept("words", lambda: _index(visit))
    found: list[set[str]] = []
    for word in _words(selection.q):
        alike = process.extract(word, index.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_ALIKE)
        found.append({name for other, _, _ in alike for name in index[other]})
    meant = tuple(sorted(set.intersection(*found)))[:MOST_MEANT] if found else ()
    return (replace(selection, names=meant), meant) if meant else (selection, ())


def _index(visit: Visit) -> dict[str, list[str]]:
    """Every word of a name with the names that hold it; nothing where there are too many of them."""
    index: dict[str, list[str]] = defaultdict(list)
    names = visit.ledger.organisations(visit.day, most=MOST_NAMES)
    for one in names if len(names) < MOST_NAMES else ():
        for word in _words(one.name):
            index[word].append(one.name)
    return index


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def filters(visit: Visit, selection: Selection) -> list[Filter]:
    """Every dimension with what each of its values would leave, the others being as they are."""
    return [_filter(visit, selection, name) for name in FILTERS]


def _filter(visit: Visit, selection: Selection, name: str) -> Filter:
    phrases = visit.phrases
    counted = visit.ask("notices", by=name, **selection.without(name).asked).records()
    chosen = selection.chosen(name)
    rows = sorted(counted, key=lambda row: -row[name]) if name == "year" else counted
    if catalog.dimension(name).words not in ("size_band",) and name != "year":
        rows = sorted(rows, key=lambda row: (str(row[name]) not in chosen, -row["notices"]))
    choices = []
    for row in rows:
        value = str(row[name])
        kept = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
        choices.append(
            Choice(
                phrases.heading(value, name) if name != "year" else value,
                phrases.numbers.count(row["notices"]),
                visit.here.turned(**{name: ",".join(kept) or None, "page": None}) if value else "",
                value in chosen,
            )
        )
    shown = max(_SHOWN, len(chosen))
    return Filter(name, phrases.heading(name, "dimension"), tuple(choices[:shown]), tuple(choices[shown:]))


def page_number(told: str) -> int:
    """Which page of a list is asked for. Raises QuestionError for what is none."""
    if not told.isdecimal() or not 1 <= int(told[:9]) <= 10_000_000:
        raise QuestionError(f"{told[:40]!r} is no page; pages are numbered from 1.", "no_page", seen=told[:40])
    return int(told)


def page_count(found: int, rows: int, number: int) -> int:
    """How many pages a list has. Raises QuestionError where the page asked for is not among them."""
    pages = max(1, -(-found // rows))
    if number > pages:
        raise QuestionError(f"There is no page {number}; the last is {pages}.", "no_such_page", seen=number, last=pages)
    return pages
