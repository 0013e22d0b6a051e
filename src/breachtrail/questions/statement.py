"""The SQL of a question: which versions are counted, how they are split, what is measured."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from breachtrail.ledger.asof import KNOWN_THEN, NOT_SHOWN
from breachtrail.questions import condition
from breachtrail.questions.catalog import Dimension, Measure
from breachtrail.questions.question import Question

SHOWN = f"status NOT IN {NOT_SHOWN}"
_LAST_YEAR_WITH_RESIDENTS = "(SELECT max(year) FROM population)"


class Joined(NamedTuple):
    """What gives each version the ``place`` of its period, and the columns that come by it."""

    sql: str
    columns: tuple[str, ...] = ("place",)


def frame(question: Question) -> str:
    """Condition: the versions that the question speaks of, whether the register shows them or not."""
    return " AND ".join([*grounds(question), *terms(question)])


def grounds(question: Question) -> list[str]:
    """Conditions on where and when a version stood: the question's register, day and view."""
    view = ["status = $view"] if question.view else []
    dated = [] if question.submitted_from or question.submitted_to else ["submitted_on IS NOT NULL"]
    return ["register = $register", KNOWN_THEN, *dated, *view]


def terms(question: Question) -> list[str]:
    """Conditions on what a version says: the question's period and its own conditions."""
    return [*of_period(question), *(condition.part(one, place) for place, one in enumerate(question.conditions))]


def of_period(question: Question) -> list[str]:
    """Conditions on the day of submission."""
    parts = []
    if question.submitted_from:
        parts.append("submitted_on >= $first")
    if question.submitted_to:
        parts.append("submitted_on <= $last")
    if question.same_days:
        parts.append("strftime(submitted_on, '%m-%d') <= $same_days")
    return parts


def parameters(question: Question) -> dict[str, Any]:
    """What the statement's parameters stand for; the question's day must be filled in."""
    as_of = question.as_of
    assert as_of is not None
    return {
        "register": question.register,
        "as_of": as_of,
        "first": question.submitted_from,
        "last": question.submitted_to,
        "view": question.view,
        "same_days": as_of.strftime("%m-%d"),
        "first_year": question.submitted_from.year if question.submitted_from else 0,
        "last_year": question.submitted_to.year if question.submitted_to else as_of.year,
        **condition.to_sql(question.conditions)[1],
    }


def statement(
    question: Question, measures: Sequence[Measure], dimensions: Sequence[Dimension], joined: Joined | None = None
) -> str:
    """One SELECT: dimensions, then measures, a row a group, sorted by the dimensions.

    joined: where many periods are asked of; the first dimension then is their ``place``, and a share is one of its place
    """
    needs = frozenset[str]().union(*(measure.needs for measure in measures))
    parts = [_counted(question, needs, joined)]
    whole = "FROM counted AS whole WHERE whole.place = by_place" if joined else "FROM counted"
    source = "counted"
    if dimensions or "residents" in needs:
        parts.append(_split(dimensions))
        source = "split"
    if "residents" in needs:
        parts.append(_resident(question, dimensions))
        source = f"split LEFT JOIN resident ON {_resident_join(dimensions)}"
    keys = [f"by_{dimension.name}" for dimension in dimensions]
    columns = [f"{dimension.shown} AS {dimension.name}" for dimension in dimensions]
    columns += [f"{measure.sql.replace('FROM counted', whole)} AS {measure.name}" for measure in measures]
    text = "WITH " + ",\n".join(parts) + f"\nSELECT {', '.join(columns)}\nFROM {source}"
    return text + (
        f"\nGROUP BY {', '.join(keys)}\nORDER BY {', '.join(dimension.name for dimension in dimensions)}"
        if keys
        else ""
    )


def _counted(question: Question, needs: frozenset[str], joined: Joined | None) -> str:
    """The versions that count, one a notice, with what the measures need to know of the notice's life."""
    columns, joins = ["version.*", *(joined.columns if joined else ())], [joined.sql] if joined else []
    if "first_seen" in needs:
        columns += ["first_seen", "previous_look"]
        joins.append(
            "LEFT JOIN (SELECT notice, known_from AS first_seen, previous_look FROM version JOIN (SELECT taken_on AS known_from, "
            "lag(taken_on) OVER (ORDER BY taken_on) AS previous_look FROM (SELECT DISTINCT taken_on FROM snapshot "
            "WHERE register = $register AND view <> 'archive')) AS look USING (known_from) "
            "WHERE rung = 'new' AND status = 'under_investigation') AS sight USING (notice)"
        )
    if "left_on" in needs:
        columns.append("left_on")
        joins.append(
            "LEFT JOIN (SELECT notice, min(known_from) AS left_on FROM version WHERE known_from <= $as_of "
            "AND status NOT IN ('under_investigation', 'all') GROUP BY notice) AS leaving USING (notice)"
        )
    if "residents" in needs:
        columns.append("rated_state")
        joins.append("LEFT JOIN (SELECT DISTINCT state AS rated_state FROM population) AS rated ON rated_state = state")
    chosen = frame(question).replace("known_from <=", "version.known_from <=", 1)
    hidden_too = any(one.column == "status" for one in question.conditions)
    where = chosen if hidden_too or question.view else f"{chosen} AND {SHOWN}"
    return f"counted AS (\n  SELECT {', '.join(columns)}\n  FROM {' '.join(['version', *joins])}\n  WHERE {where}\n)"


def _split(dimensions: Sequence[Dimension]) -> str:
    """One row for each value of a notice; an unnesting join would first look for equal lists among all rows."""
    source = "counted"
    for dimension in dimensions:
        if dimension.each:
            unnested = f"SELECT counted.*, unnest({dimension.each_value}) AS {dimension.name} FROM {source}"
            source = f"({unnested}) AS counted"
    columns = ["counted.*", *(f"{dimension.grouped} AS by_{dimension.name}" for dimension in dimensions)]
    return f"split AS (\n  SELECT {', '.join(columns)}\n  FROM {source}\n)"


def _resident(question: Question, dimensions: Sequence[Dimension]) -> str:
    """Residents of the states asked for: of a group's year where years are split, else the mean of the period's years."""
    chosen = [
        condition.among("state", one, place) for place, one in enumerate(question.conditions) if one.column == "state"
    ]
    keys = ["state"] if any(dimension.name == "state" for dimension in dimensions) else []
    if any(dimension.period for dimension in dimensions):
        keys.append("year")
        source = f"population{_where(chosen)}"
    else:
        chosen.append(f"year BETWEEN least($first_year, {_LAST_YEAR_WITH_RESIDENTS}) AND $last_year")
        source = (
            f"(\n    SELECT state, avg(residents) AS residents FROM population{_where(chosen)} GROUP BY state) AS mean"
        )
    columns = "".join(f"{key} AS of_{key}, " for key in keys)
    group = f" GROUP BY {', '.join(keys)}" if keys else ""
    return f"resident AS (\n  SELECT {columns}sum(residents) AS residents FROM {source}{group}\n)"


def _where(tests: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(tests)}" if tests else ""


def _resident_join(dimensions: Sequence[Dimension]) -> str:
    tests = []
    if any(dimension.name == "state" for dimension in dimensions):
        tests.append("of_state = by_state")
    if any(dimension.period for dimension in dimensions):
        tests.append(f"of_year = least(year(submitted_on), {_LAST_YEAR_WITH_RESIDENTS})")
    return " AND ".join(tests) or "true"
