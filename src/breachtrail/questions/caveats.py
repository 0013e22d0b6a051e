"""What a reader must know beside a figure: codes with values; the words for them are in the phrase files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import duckdb

from breachtrail.ledger.asof import KNOWN_THEN, NOT_SHOWN, Coverage
from breachtrail.ledger.store import Head
from breachtrail.notices.shape import PLACEHOLDERS, SEVERAL
from breachtrail.questions import condition, engine, tally
from breachtrail.questions.catalog import Dimension, Measure
from breachtrail.questions.question import Question
from breachtrail.questions.remembered import remembered
from breachtrail.questions.statement import SHOWN, Joined, frame

#: Notices appear 7 to 29 days after submission; a period that ended less than this long ago will grow for sure.
FRESH = timedelta(days=60)

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Caveat:
    """One thing to know: ``code`` names the phrase ``caveat.<code>``, ``values`` fill it in."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def caveats(
    ledger: duckdb.DuckDBPyConnection,
    head: Head,
    question: Question,
    measures: Sequence[Measure],
    dimensions: Sequence[Dimension],
    parameters: dict[str, Any],
    looks: Sequence[Coverage],
    observed: dict[str, Coverage | None],
    statuses: Rows | None = None,
) -> tuple[Caveat, ...]:
    """Every caveat of an answer, the weightiest first.

    looks:    all snapshots, those after its day too
    statuses: what ``by_status`` finds of the question, where it was found already
    """
    seen = [look for look in looks if question.as_of is not None and look.taken_on <= question.as_of]
    told = [
        *_of_views(question, seen, observed),
        *_of_days(question, looks, seen),
        *_of_notices(ledger, head, question, measures, dimensions, parameters, statuses),
    ]
    codes = dict.fromkeys(code for measure in measures for code in measure.caveats)
    told += [Caveat(code, _values(ledger, code)) for code in codes]
    return tuple(told)


def _of_views(question: Question, seen: Sequence[Coverage], observed: dict[str, Coverage | None]) -> Iterable[Caveat]:
    views = [question.view] if question.view else list(observed)
    if question.view:
        others = [view for view in observed if view != question.view]
        yield Caveat("one_view", {"view": question.view, "others": others})
    for view in views:
        look = observed[view]
        if look is None:
            yield Caveat("view_unobserved", {"view": view})
        elif look.taken_on < max(one.taken_on for one in seen):
            yield Caveat("view_older", {"view": view, "taken_on": look.taken_on})
    looks = {look.snapshot: look for view in views if (look := observed[view]) is not None}
    for look in looks.values():
        if look.derived:
            yield Caveat("derived_file", {"taken_on": look.taken_on, "view": look.view})


def _of_days(question: Question, looks: Sequence[Coverage], seen: Sequence[Coverage]) -> Iterable[Caveat]:
    assert question.as_of is not None
    for look in looks:
        if (
            look.taken_not_before < look.taken_not_after
            and look.taken_not_before <= question.as_of <= look.taken_not_after
        ):
            yield Caveat(
                "inside_window",
                {"not_before": look.taken_not_before, "not_after": look.taken_not_after, "view": look.view},
            )
            break
    last = max(look.taken_on for look in seen)
    end = min(question.submitted_to or last, last)
    if last - end < FRESH:
        yield Caveat("fresh", {"until": end, "known_on": last, "days": (last - end).days})


def _of_notices(
    ledger: duckdb.DuckDBPyConnection,
    head: Head,
    question: Question,
    measures: Sequence[Measure],
    dimensions: Sequence[Dimension],
    parameters: dict[str, Any],
    statuses: Rows | None,
) -> Iterable[Caveat]:
    split = [dimension for dimension in dimensions if dimension.each]
    lists = _lists(dimensions)
    if statuses is None:
        told = (f"individuals IN {PLACEHOLDERS}", "individuals IS NULL", *(f"len({each}) > 1" for each in lists))
        traits = [SHOWN, f"NOT {SHOWN}", "status = 'closed'", *(f"{SHOWN} AND {one}" for one in told)]
        is_quick = not any(dimension.is_worked_out for dimension in split)
        counts = _counts(ledger, head, question, parameters, traits, is_quick=is_quick)
    else:
        counts = _of_statuses(statuses, len(lists))
    shown, not_shown, closed, placeholders, without_count, *with_several = counts
    undated = _undated(ledger, head, parameters)
    of_list = dict(zip(lists, with_several, strict=True))
    for dimension in split:
        if notices := of_list[str(dimension.each)]:
            yield Caveat("several_values", {"dimension": dimension.name, "notices": notices, "of": shown})
    if placeholders:
        yield Caveat("placeholders", {"notices": placeholders})
    if without_count and any(measure.name not in ("notices", "share") for measure in measures):
        yield Caveat("without_count", {"notices": without_count})
    if closed:
        yield Caveat("closed", {"notices": closed})
    if not_shown and not any(one.column == "status" for one in question.conditions):
        yield Caveat("not_shown", {"notices": not_shown})
    if question.view and (undivided := _undivided(ledger, head, parameters)):
        yield Caveat("view_undivided", {"view": question.view, "notices": undivided})
    if undated:
        yield Caveat("undated", {"notices": undated})


def by_status(question: Question, dimensions: Sequence[Dimension], joined: Joined | None = None) -> str:
    """SQL: by status the notices of a question, those with a count, with a placeholder, and for each list those with
    several values in it; where they are ``joined`` to many periods, by the place of theirs before."""
    several = "".join(f", count_if(len({each}) > 1)" for each in _lists(dimensions))
    place = "place, " if joined else ""
    return f"""SELECT {place}status, count(*), count(individuals), count_if(individuals IN {PLACEHOLDERS}){several}
        FROM version{f" {joined.sql}" if joined else ""} WHERE {frame(question)} GROUP BY {place}status"""


def _lists(dimensions: Sequence[Dimension]) -> list[str]:
    """SQL for the lists that can hold several values: those of every notice, and those that are split by."""
    return list(dict.fromkeys([*SEVERAL, *(dimension.each for dimension in dimensions if dimension.each)]))


def _of_statuses(found: Rows, lists: int) -> Sequence[int]:
    """The counts of ``_counts``, from the rows of ``by_status``."""
    shows = [row for row in found if row[0] not in NOT_SHOWN]
    shown, with_count, placeholders, *with_several = (
        sum(row[place] or 0 for row in shows) for place in range(1, 4 + lists)
    )
    closed = sum(row[1] for row in found if row[0] == "closed")
    return [shown, sum(row[1] for row in found) - shown, closed, placeholders, shown - with_count, *with_several]


def _counts(
    ledger: duckdb.DuckDBPyConnection,
    head: Head,
    question: Question,
    parameters: dict[str, Any],
    traits: Sequence[str],
    *,
    is_quick: bool,
) -> Sequence[int]:
    """How many of the versions that a question speaks of have each trait, SQL over the columns of a version.

    is_quick: the traits are, of every version of the ledger, not only of those that the question speaks of
    """
    kept = tally.of(head)
    if is_quick and all(condition.is_quick(one) for one in question.conditions) and kept.fits(ledger):
        return kept.counts(ledger, question, parameters, traits)
    columns = ", ".join(f"count_if({trait})" for trait in traits)
    [row] = _found(ledger, head, f"SELECT {columns} FROM version WHERE {frame(question)}", parameters)
    return row


def _undated(ledger: duckdb.DuckDBPyConnection, head: Head, parameters: dict[str, Any]) -> int:
    """Notices that the register shows without a day of submission: a figure of a period cannot hold them."""
    [(notices,)] = _found(
        ledger,
        head,
        f"SELECT count(*) FROM version WHERE register = $register AND {KNOWN_THEN} AND {SHOWN} AND submitted_on IS NULL",
        parameters,
    )
    return int(notices)


def _undivided(ledger: duckdb.DuckDBPyConnection, head: Head, parameters: dict[str, Any]) -> int:
    """Notices of which no file said by then in which list they stand."""
    [(notices,)] = _found(
        ledger,
        head,
        f"SELECT count(*) FROM version WHERE register = $register AND {KNOWN_THEN} AND status = 'all'",
        parameters,
    )
    return int(notices)


def _found(ledger: duckdb.DuckDBPyConnection, head: Head, statement: str, parameters: dict[str, Any]) -> Rows:
    asked = engine.with_literals(statement, parameters)
    return remembered(head, asked, lambda: engine.run(ledger, statement, parameters))


def _values(ledger: duckdb.DuckDBPyConnection, code: str) -> dict[str, Any]:
    if code == "residents":
        [(year,)] = engine.run(ledger, "SELECT max(year) FROM population", {})
        return {"year": year}
    return {}
