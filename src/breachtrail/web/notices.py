"""The list of notices: searched by name, narrowed by every dimension with the counts that each choice would leave, paged."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.web import chosen, listing
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


@dataclass(frozen=True)
class Suggested:
    """Filters that a search may have meant, in words, and the list that they give."""

    labels: tuple[str, ...]
    url: str


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
    total = answer.value("notices")
    pages = page_count(total, ROWS)
    rows = visit.ledger.notices(**asking, as_of=visit.day, order=order, limit=ROWS, offset=(number - 1) * ROWS)
    words = chosen.said(selection, visit.phrases)
    title = visit.phrases.say("pages.notices.title", chosen=words, notices=total) if words else ""
    return Page(
        title or visit.say("notices.title"),
        "notices.html",
        {
            "why": None,
            "suggested": _suggested(visit, selection) if meant or not total else None,
            "last_year": visit.here.turned(
                **{"from": str(_year_before(visit.day)), "to": None, "month": None, "page": None}
            ),
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
        404 if number > pages else 200,
    )


def _year_before(day: date) -> date:
    """The first of the twelve months that end with a day."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day) + timedelta(days=1)


def _suggested(visit: Visit, selection: Selection) -> Suggested | None:
    """What the words of the search name besides names: they are filters, and the list by them."""
    named = chosen.meant(selection.q)
    if not named:
        return None
    labels = [visit.phrases.heading(value, name) for name, value in named.items()]
    return Suggested(tuple(labels), visit.here.turned(q=None, page=None, **named))


def _by_state(asked: dict[str, str]) -> tuple[dict[str, str], str | None]:
    """What is asked, and the state that is named in the field for names; what has no Latin letter cannot be a name."""
    searched = asked.get("q", "")
    state = Vocabulary.load().find("state", searched) if searched else None
    if searched and not re.search("[A-Za-z0-9]", searched):
        named = {"state": state} if state else chosen.meant(searched)
        if named:
            return {**asked, "q": "", **named}, state
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
    ticked = selection.chosen(name)
    rows = sorted(counted, key=lambda row: -row[name]) if name == "year" else counted
    if catalog.dimension(name).words == "size_band":
        sizes = Vocabulary.load().values("size_band")
        rows = sorted(rows, key=lambda row: sizes.index(row[name]))
    elif name != "year":
        rows = sorted(rows, key=lambda row: (str(row[name]) not in ticked, -row["notices"]))
    choices = []
    for row in rows:
        value = str(row[name])
        kept = tuple(one for one in ticked if one != value) if value in ticked else (*ticked, value)
        choices.append(
            Choice(
                phrases.heading(value, name) if name != "year" else value,
                phrases.numbers.count(row["notices"]),
                visit.here.turned(**{name: ",".join(kept) or None, "page": None}) if value else "",
                value in ticked,
            )
        )
    shown = max(_SHOWN, len(ticked))
    return Filter(name, phrases.heading(name, "dimension"), tuple(choices[:shown]), tuple(choices[shown:]))


def page_number(told: str) -> int:
    """Which page of a list is asked for. Raises QuestionError for what is none."""
    if not told.isdecimal() or not 1 <= int(told[:9]) <= 10_000_000:
        raise QuestionError(f"{told[:40]!r} is no page; pages are numbered from 1.", "no_page", seen=told[:40])
    return int(told)


def page_count(found: int, rows: int) -> int:
    """How many pages a list has; one that is empty has one."""
    return max(1, -(-found // rows))
