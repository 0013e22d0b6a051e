"""The place that a claim gives to what it counts: first, second, third among all states, types, names or months."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from breachtrail.claims.checked import Checking, Ranking
from breachtrail.claims.ledger import Answers
from breachtrail.claims.standing import Sight, on
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions.bracket import Asked, Bracketed
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question


def ranked(answers: Answers, checkings: Sequence[Checking], sight: Sight) -> tuple[Checking, ...]:
    """The claims, those with a rank judged by it too; all that they are compared with is asked in one go.

    Where a reading explains a claim's figure, its place is that of the list which the reading counts; of other
    readings nothing is said of places.
    """
    compared = {
        place: tuple(others)
        for place, one in enumerate(checkings)
        if one.claim.rank is not None and one.standing is not None and (others := _others(one))
    }
    asks = [(checkings[place].asked[0], *others) for place, others in compared.items()]
    days = [on(sight, checkings[place].claim).day for place in compared]
    found = dict(zip(compared, answers.of_days(list(zip(days, asks, strict=True))), strict=True))
    return tuple(
        replace(one, ranking=_ranking(one, found[place][0], found[place][1:], on(sight, one.claim)))
        if place in found
        else one
        for place, one in enumerate(checkings)
    )


def _others(one: Checking) -> list[Asked]:
    """The same question of everything else that could have the place; of names, how many notices are larger."""
    question, column = one.asked[0].question, one.claim.ranked
    standing = one.standing
    assert standing is not None
    if column == "name":
        rest = tuple(condition for condition in question.conditions if condition.column != "name")
        if question.measures != ("largest",) or not _is_within_a_year(question):
            return []  # the largest of how many years is seldom said where it is meant
        sizes = (standing.bracket.low, standing.bracket.high, standing.now or 0)
        larger = [(*rest, Condition("individuals", ">", (int(size),))) for size in sizes]
        return [Asked(replace(question, measures=("notices",), conditions=conditions)) for conditions in larger]
    if column == "month":
        return [Asked(month) for month in _other_months(question)]
    if column not in Vocabulary.load().columns:
        return []
    mine = {value for condition in question.conditions if condition.column == column for value in condition.values}
    rest = tuple(condition for condition in question.conditions if condition.column != column)
    return [
        Asked(replace(question, conditions=(*rest, Condition(column, "=", (value,)))))
        for value in Vocabulary.load().values(column)
        if value and value not in mine
    ]


def _is_within_a_year(question: Question) -> bool:
    first, last = question.submitted_from, question.submitted_to
    return first is not None and last is not None and first.year == last.year


def _other_months(question: Question) -> list[Question]:
    first = question.submitted_from
    if first is None:
        return []
    begins = [first.replace(month=month, day=1) for month in range(1, 13) if month != first.month]
    return [replace(question, submitted_from=day, submitted_to=_end_of_month(day)) for day in begins]


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _ranking(one: Checking, mine: Bracketed, others: Sequence[Bracketed], sight: Sight) -> Ranking | None:
    claimed, question = one.claim.rank, one.asked[0].question
    assert claimed is not None
    reading = one.reading
    if reading is not None and (reading.view is None or reading.look):
        return None
    measure, view = question.measures[0], reading.view if reading is not None else question.view
    is_observed = sight.is_observed(view)
    if one.claim.ranked == "name":
        low, high, now = others
        best, worst = 1 + high.bounds[view]["notices"][0], 1 + low.bounds[view]["notices"][1]
        return Ranking(claimed, best, worst, 1 + int(now.now["notices"]), is_observed)
    if measure not in mine.bounds[view]:
        return None
    least, most = mine.bounds[view][measure]
    best = 1 + sum(other.bounds[view][measure][0] > most for other in others)
    worst = 1 + sum(other.bounds[view][measure][1] >= least > 0 for other in others)
    now_larger = sum((other.now[measure] or 0) > (mine.now[measure] or 0) for other in others)
    return Ranking(claimed, best, worst, 1 + now_larger, is_observed)
