"""Answer → what its figures will come to: the forecast of each of its periods beside the figure known, with its score.

Notices are told as they will stand in the end, individuals as they will stand within a year. Which measures are foretold
stands in the catalogue; of parts of the register, split or chosen otherwise than by period, no estimate knows.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.estimates.interval import Interval
from breachtrail.estimates.score import Score
from breachtrail.questions import catalog
from breachtrail.questions.ask import Answer
from breachtrail.questions.growth import HORIZON, Growth, growth
from breachtrail.questions.outlook import Known, Outlook, Period, outlook
from breachtrail.questions.question import Question

#: Periods whose individuals are told at once: each is reckoned by itself, and takes its time.
MOST_GROWING = 24
#: The dimensions that are periods, those that hold others first.
_PERIODS = ("year", "quarter", "month")


@dataclass(frozen=True)
class Expected:
    """What one measure of an answer will come to.

    intervals: one for each row of the answer, in its order and in the measure's unit
    within:    days after ``as_of`` for which they hold; None: in the end
    source:    the estimate that they are of (of growth, that of the first row), with the score of such forecasts
    """

    measure: str
    intervals: tuple[Interval, ...]
    within: int | None
    source: Outlook | Growth

    @property
    def foretold(self) -> str:
        """By which estimate, as the catalogue names it."""
        return catalog.measure(self.measure).foretold

    @property
    def as_of(self) -> date:
        """The day of the last look that was known."""
        return self.source.as_of

    @property
    def score(self) -> Score | None:
        """Of forecasts made in the same way before; None where none can be judged yet. Of ``growth`` it is in revisions."""
        return self.source.score


def expected(ledger: duckdb.DuckDBPyConnection, known: Known, answer: Answer) -> tuple[Expected, ...]:
    """What the figures of ``answer`` will come to, a measure each.

    known: of the answer's day and register. Raises QuestionError for figures of which no estimate knows.
    """
    question = answer.question
    measures = [catalog.measure(name) for name in question.measures]
    for measure in measures:
        if not measure.foretold:
            raise QuestionError(
                f"What {measure.name} will come to is not estimated; {_told()} are.", "unforeseen", measure=measure.name
            )
    _whole_register(question)
    periods = _periods(answer)
    return tuple(
        _forecast(measure.name, known, periods, answer)
        if measure.foretold == "forecast"
        else _growth(measure.name, ledger, known, periods, answer)
        for measure in measures
    )


def _told() -> str:
    return " and ".join(name for name, measure in catalog.MEASURES.items() if measure.foretold)


def _whole_register(question: Question) -> None:
    """Raises QuestionError where the question is of a part of the register."""
    others = [str(one) for one in question.conditions if not (one.column in _PERIODS and one.operator == "=")]
    if others:
        raise QuestionError(
            f"What is to be expected is known of all notices of a period together, not of those with {', '.join(others)}.",
            "foreseen_whole",
        )
    if question.view is not None:
        raise QuestionError(
            f"What is to be expected is known of all views together, for notices move between them; not of {question.view}.",
            "foreseen_views",
        )
    if question.same_days:
        raise QuestionError(
            "What is to be expected is known of whole periods, not of the same days of each year.", "foreseen_periods"
        )


def _periods(answer: Answer) -> list[Period]:
    """The period of each row."""
    question = answer.question
    if not question.dimensions:
        return [_period(question)]
    [*others, split] = question.dimensions
    if others or split not in _PERIODS:
        raise QuestionError(
            f"What is to be expected is known by year, quarter or month, not by {' and '.join(question.dimensions)}.",
            "foreseen_by",
            by=question.dimensions,
        )
    if any(row[0] is None for row in answer.rows):
        raise QuestionError(
            "Some notices have no day of submission; what is to be expected of them is not known.", "no_submission"
        )
    if not answer.rows:
        raise QuestionError(
            f"No notice is known of any {split} asked for, so there is none to tell of. Name one.",
            "no_such_period",
            split=split,
        )
    periods = [Period.parse(str(row[0])) for row in answer.rows]
    first, last = question.submitted_from, question.submitted_to
    if (first and first > periods[0].first) or (last and last < periods[-1].last):
        raise QuestionError(
            f"What is to be expected is known of whole periods; {first or 'the beginning'} to {last or 'the end'} cuts a {split}.",
            "foreseen_periods",
        )
    for one in question.conditions:
        if _PERIODS.index(one.column) > _PERIODS.index(split):
            raise QuestionError(
                f"What is to be expected is known of whole periods; {one} cuts a {split}.", "foreseen_periods"
            )
    return periods


def _period(question: Question) -> Period:
    """The one period that a question without dimensions is of."""
    first, last = question.submitted_from, question.submitted_to
    names = [str(value) for one in question.conditions for value in one.values]
    if first is not None and last is not None and not names:
        names = [f"{first:%Y}", f"{first:%Y}-Q{(first.month + 2) // 3}", f"{first:%Y-%m}"]
        names = [name for name in names if (Period.parse(name).first, Period.parse(name).last) == (first, last)]
    elif first or last:
        names = []
    if len(names) != 1:
        raise QuestionError(
            "What is to be expected is known of a year, quarter or month: name one, or split by one of them.",
            "foreseen_one",
        )
    return Period.parse(names[0])


def _forecast(measure: str, known: Known, periods: list[Period], answer: Answer) -> Expected:
    told = outlook(known, periods, answer.head)
    return Expected(measure, tuple(one.final for one in told.forecasts), None, told)


def _growth(
    measure: str, ledger: duckdb.DuckDBPyConnection, known: Known, periods: list[Period], answer: Answer
) -> Expected:
    if len(periods) > MOST_GROWING:
        raise QuestionError(
            f"What {measure} will come to is told of {MOST_GROWING} periods at once, not of {len(periods)}. Ask for fewer.",
            "foreseen_few",
            measure=measure,
            most=MOST_GROWING,
            many=len(periods),
        )
    told = [growth(ledger, answer.question.register, known, period, answer.head) for period in periods]
    return Expected(measure, tuple(one.total for one in told), HORIZON, told[0])
