"""An answer with its bounds: what the register can have said on a day that lies between two looks at it.

For each notice the last look before the day and the first sight after it say what it may have said in between: in which
list it stood, and with which words and which count. From these come the fewest and the most notices, and the fewest and
the most individuals, that a count on that day can have found. The rule stands in docs/method.md.

Many questions are answered by one statement, for an article asks many at once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from breachtrail.questions import catalog, engine, statement
from breachtrail.questions.possible import possible
from breachtrail.questions.question import Question

#: What has bounds; other measures have an answer alone.
BOUNDED = ("notices", "individuals", "largest")
#: The lists that are counted: all, and each view alone. Columns of the statement begin with these words.
LISTS: dict[str | None, str] = {None: "counted", "under_investigation": "open", "archive": "archived"}
#: What a question may ask for in the same statement, as known on the day and now.
ANSWERED = ("notices", "individuals", "largest", "mean", "median", "placeholders")

#: Dimensions of which a cell can hold several values.
SEVERAL = frozenset({"breach_type", "location"})

#: Days after its submission by which a notice was first seen, if it counts by its first sight.
_LONGEST_UNSEEN = 400

_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Asked:
    """One question, and how its words are taken.

    question: without ``as_of``; its ``view`` is not looked at, for each list is counted
    posted:   the period is that in which a notice was first seen, not that of its submission
    single:   a notice counts under a breach type or a location only where it names no other
    besides:  what the question speaks of and this one does not, is counted
    """

    question: Question
    posted: bool = False
    single: bool = False
    besides: Question | None = None


@dataclass(frozen=True)
class Bracketed:
    """What came of one question.

    then, now: measure → figure as known on the day, and now; of the question's own view
    bounds:    list (None for all) → measure → fewest and most that the day can have had
    """

    then: dict[str, Any]
    now: dict[str, Any]
    bounds: dict[str | None, dict[str, Bounds]]


def bracketed(
    ledger: duckdb.DuckDBPyConnection, asked: Sequence[Asked], register: str, as_of: date, now: date | None
) -> list[Bracketed]:
    """The answers to all of ``asked`` as known at the end of ``as_of`` and of ``now``, with their bounds on ``as_of``.

    Without ``now`` the bounds alone; the answers then are empty.
    """
    if not asked:
        return []
    parameters = _parameters(asked, register, as_of, now or as_of)
    answers = {}
    if now is not None:
        answers = {(row[0], row[1]): row[2:] for row in engine.run(ledger, _answers(asked), parameters)}
    bounds = {row[0]: row[1:] for row in engine.run(ledger, _bounds(asked), parameters)}
    nothing = dict.fromkeys(ANSWERED, None) | dict.fromkeys(("notices", "individuals", "placeholders"), 0)

    def answer(place: int, role: str) -> dict[str, Any]:
        if now is None:
            return {}
        row = answers.get((place, role))
        return nothing if row is None else dict(zip(ANSWERED, row, strict=True))

    return [
        Bracketed(answer(place, "then"), answer(place, "now"), _taken_apart(bounds.get(place)))
        for place in range(len(asked))
    ]


def shown(asked: Asked, register: str, as_of: date) -> str:
    """The statement that gives the bounds of one question, with its literals in place."""
    return engine.with_literals(_bounds([asked]), _parameters([asked], register, as_of, as_of))


def _taken_apart(row: Sequence[Any] | None) -> dict[str | None, dict[str, Bounds]]:
    if row is None:
        return {view: dict.fromkeys(BOUNDED, (0, 0)) for view in LISTS}
    pairs = iter(row)
    return {view: {name: (int(next(pairs)), int(next(pairs))) for name in BOUNDED} for view in LISTS}


def _parameters(asked: Sequence[Asked], register: str, as_of: date, now: date) -> dict[str, Any]:
    whole: dict[str, Any] = {"register": register, "as_of": as_of, "now": now}
    for place, one in enumerate(asked):
        for question, apart in ((one.question, f"_of_{place}"), (one.besides, f"_besides_{place}")):
            if question is not None:
                bound = statement.parameters(replace(question, as_of=as_of))
                whole.update((f"{name}{apart}", value) for name, value in bound.items())
    return whole


def _answers(asked: Sequence[Asked]) -> str:
    """One row a question and day (``then``, ``now``): the measures of the catalogue over the versions that count."""
    measures = ", ".join(f"{catalog.measure(name).sql} AS {name}" for name in ANSWERED)
    views = [f"WHEN {place} THEN status = $view_of_{place}" for place, one in enumerate(asked) if one.question.view]
    in_view = f" AND (CASE place {' '.join(views)} ELSE true END)" if views else ""
    return (
        f"{possible(_spanned(asked))},\n{_hit(asked)}\nSELECT place, role, {measures}\nFROM hit\n"
        f"WHERE is_hit AND role <> 'again'{in_view}\nGROUP BY place, role"
    )


def _bounds(asked: Sequence[Asked]) -> str:
    """One row a question: for each list and measure the least and the most."""
    columns = ",\n  ".join(f"{least}, {most}" for name in LISTS.values() for least, most in _ends_of(name))
    flags = ", ".join(f"any_value({name}_{how}) AS {name}_{how}" for name in LISTS.values() for how in ("sure", "may"))
    return (
        f"{possible(_spanned(asked))},\n{_hit(asked)},\n"
        f"noticed AS (\n  SELECT place, notice, bool_and(is_surely_hit) AS is_always,\n    {flags},\n"
        "    min(coalesce(individuals, 0)) FILTER (WHERE is_hit) AS fewest,\n"
        "    max(coalesce(individuals, 0)) FILTER (WHERE is_hit) AS most\n"
        "  FROM hit WHERE role <> 'now' GROUP BY place, notice HAVING bool_or(is_hit)\n)\n"
        f"SELECT place,\n  {columns}\nFROM noticed GROUP BY place"
    )


def _ends_of(name: str) -> list[tuple[str, str]]:
    """SQL for the least and the most of each measure of ``BOUNDED`` in a list."""
    sure, may = f"FILTER (WHERE is_always AND {name}_sure)", f"FILTER (WHERE {name}_may)"
    return [
        (f"count(*) {sure}", f"count(*) {may}"),
        (f"coalesce(sum(fewest) {sure}, 0)", f"coalesce(sum(most) {may}, 0)"),
        (f"coalesce(max(fewest) {sure}, 0)", f"coalesce(max(most) {may}, 0)"),
    ]


#: When a notice was first seen, and the look before.
_FIRST_SIGHT = """LEFT JOIN (
    SELECT notice, known_from AS first_seen, previous_look FROM version
    JOIN (SELECT taken_on AS known_from, lag(taken_on) OVER (ORDER BY taken_on) AS previous_look
      FROM (SELECT DISTINCT taken_on FROM look)) USING (known_from)
    WHERE rung = 'new' AND register = $register) USING (notice)"""


def _hit(asked: Sequence[Asked]) -> str:
    """Which version each question speaks of."""
    source = f"possible {_FIRST_SIGHT}" if any(one.posted for one in asked) else "possible"
    cases = [f"WHEN {place} THEN {_term(one, place)}" for place, one in enumerate(asked)]
    surely = [f"WHEN {place} THEN {_term(one, place, surely=True)}" for place, one in enumerate(asked) if one.posted]
    is_surely = f"CASE place {' '.join(surely)} ELSE is_hit END" if surely else "is_hit"
    return (
        "hit AS (\n  SELECT place, possible.*,\n"
        f"    submitted_on IS NOT NULL AND coalesce(CASE place {' '.join(cases)} END, false) AS is_hit,\n"
        f"    {is_surely} AS is_surely_hit\n  FROM {source} CROSS JOIN range({len(asked)}) AS places(place)\n)"
    )


def _term(one: Asked, place: int, *, surely: bool = False) -> str:
    parts = [_named(term, f"_of_{place}") for term in _terms(one, one.question, surely=surely)]
    if one.besides is not None:
        apart = [_named(term, f"_besides_{place}") for term in _terms(one, one.besides, surely=surely)]
        parts.append(f"NOT coalesce({' AND '.join(apart) or 'true'}, false)")
    return f"({' AND '.join(parts) or 'true'})"


def _terms(one: Asked, question: Question, *, surely: bool) -> list[str]:
    parts = statement.terms(question)
    if one.posted:
        if surely:
            first, last = "coalesce(previous_look >= $first, false)", "first_seen <= $last"
        else:
            first, last = "first_seen >= $first", "coalesce(previous_look <= $last, false)"
        parts = [part.replace("submitted_on >= $first", first).replace("submitted_on <= $last", last) for part in parts]
    if one.single:
        columns = {condition.column for condition in question.conditions}
        parts += [
            f"len({dimension.each}) = 1"
            for name, dimension in catalog.dimensions().items()
            if name in columns & SEVERAL
        ]
    return parts


def _named(text: str, apart: str) -> str:
    return _PARAMETER.sub(lambda found: f"${found[1]}{apart}", text)


def _spanned(asked: Sequence[Asked]) -> str:
    """That a version is of a time that some question asks of, where all name one."""
    if any(not (one.question.submitted_from and one.question.submitted_to) for one in asked):
        return ""
    first, last = _ends(one.question for one in asked)
    earlier = f" - {_LONGEST_UNSEEN}" if any(one.posted for one in asked) else ""
    return f" AND submitted_on BETWEEN $first_of_{first}{earlier} AND $last_of_{last}"


def _ends(questions: Iterable[Question]) -> tuple[int, int]:
    """The places of the questions whose period begins first, and ends last."""
    listed = list(questions)
    places = range(len(listed))
    return (
        min(places, key=lambda place: listed[place].submitted_from or date.min),
        max(places, key=lambda place: listed[place].submitted_to or date.max),
    )
