"""A form that builds a question, and its answer as a table, a chart and the SQL behind it; the URL is the question."""

from dataclasses import dataclass
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.questions.ask import Answer
from breachtrail.web.page import Page
from breachtrail.web.refusal import Refusal
from breachtrail.web.selection import FILTERS, Selection
from breachtrail.web.visit import Visit
from breachtrail.web.year import is_fresh
from breachtrail.wording import charts, question, terminal
from breachtrail.wording.chart import Chart, Table

#: Measures and dimensions of one question, and rows of its table on the page.
MOST_MEASURES, MOST_DIMENSIONS, MOST_ROWS = 6, 2, 1_000
#: Bars of one chart.
MOST_BARS = 25
#: Dimensions whose values are typed, not ticked.
_TYPED = ("year", "state")
#: Views that can be asked for alone.
VIEWS = ("under_investigation", "archive")
#: Questions to begin with, as their URLs ask them; their words stand in the phrases under the same names.
EXAMPLES: dict[str, dict[str, str]] = {
    "years": {"measures": "notices,individuals", "by": "year"},
    "hacking": {"measures": "notices,share", "by": "year", "breach_type": "Hacking/IT Incident"},
    "states": {"measures": "notices_per_million,notices", "by": "state"},
    "filers": {"measures": "notices,median,individuals_share", "by": "entity_type"},
    "kinds": {"measures": "share,notices", "by": "information_type"},
    "largest": {"measures": "individuals,notices", "by": "name", "at_least": "1000000"},
    "delay": {"measures": "posting_delay,notices", "by": "year"},
}

#: By value of a dimension the figures between which the notices will lie in the end.
Bands = dict[Any, tuple[int, int]]


@dataclass(frozen=True)
class Choice:
    """A dimension of which some values may be ticked: the value, its label, whether it is chosen."""

    name: str
    values: tuple[tuple[str, str, bool], ...]

    @property
    def is_made(self) -> bool:
        """Whether any value is chosen."""
        return any(chosen for _, _, chosen in self.values)


def page(visit: Visit) -> Page:
    """``/ask?measures=notices,individuals&by=state&year=2024``"""
    asked = visit.here.asked
    title = visit.say("ask.title")
    try:
        measures, by = listed(asked, "measures"), listed(asked, "by")
        selection = Selection.of(asked)
        values = _form(visit, selection, measures, by)
        if measures:
            answer = visit.ask(*measures, by=by, **selection.asked)
            told, bands = _expected(visit, answer) if asked.get("expected") else ({}, {})
            values |= _answered(visit, answer, selection, bands) | told
    except QuestionError as error:
        typed = _form(visit, Selection.typed(asked), _names(asked, "measures"), _names(asked, "by"))
        return Page(title, "ask.html", typed | {"why": Refusal.of(error, visit.phrases)}, 422)
    return Page(title, "ask.html", values)


def _form(visit: Visit, selection: Selection, measures: tuple[str, ...], by: tuple[str, ...]) -> dict[str, Any]:
    """What the page needs without any answer."""
    return {
        "measures": measures or ("notices", "individuals"),
        "by": by,
        "selection": selection,
        "every_measure": list(catalog.MEASURES),
        "every_dimension": list(catalog.dimensions()),
        "choices": choices(visit, selection),
        "views": VIEWS,
        "examples": EXAMPLES,
        "why": None,
        "answer": None,
        "unexpected": None,
        "expected": (),
        "expected_notes": (),
    }


def _answered(visit: Visit, answer: Answer, selection: Selection, bands: Bands) -> dict[str, Any]:
    said = question.said(answer.question, visit.phrases)
    return {
        "answer": answer,
        "said": said[:1].upper() + said[1:],
        "table": table(answer, visit),
        "caveats_told": visit.caveats(answer),
        "chart": chart(answer, visit, bands),
        "cut": max(0, len(answer.rows) - MOST_ROWS),
        "query": {
            "measures": ",".join(answer.question.measures),
            "by": ",".join(answer.question.dimensions),
            **selection.query,
        },
    }


def _expected(visit: Visit, answer: Answer) -> tuple[dict[str, Any], Bands]:
    """What the figures will come to, a table for each measure, or why that cannot be said; and the bands of notices."""
    from breachtrail.wording import expected  # a question that does not ask for it waits for no estimate

    try:
        told = visit.ledger.expected(answer)
    except QuestionError as error:
        return {"unexpected": Refusal.of(error, visit.phrases)}, {}
    language = visit.here.language
    tables = [Table.of(names, rows) for names, rows, _ in expected.tables(answer, told, language)]
    bands = {
        row[0]: (interval.low, interval.high)
        for one in told if one.measure == "notices"
        for row, interval in zip(answer.rows, one.intervals, strict=True) if interval.low < interval.high
    }  # fmt: skip
    values = {
        "expected": list(zip(answer.question.measures, tables, strict=True)),
        "expected_notes": expected.notes(told, language),
    }
    return values, bands


def listed(asked: dict[str, str], name: str) -> tuple[str, ...]:
    """Names parted by commas. Raises QuestionError for more than one answer can well hold."""
    names = _names(asked, name)
    most = MOST_MEASURES if name == "measures" else MOST_DIMENSIONS
    if len(names) > most:
        raise QuestionError(
            f"{len(names)} {name} are asked for; {most} at most. Ask twice.",
            "too_many",
            many=len(names),
            what=name,
            most=most,
        )
    return names


def _names(asked: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in asked.get(name, "").split(",") if one.strip()))


def choices(visit: Visit, selection: Selection) -> list[Choice]:
    """What may be ticked, with what is; a blank value means that the register says nothing."""
    vocabulary = Vocabulary.load()
    return [
        Choice(
            name,
            tuple(
                (value, visit.phrases.heading(value, name), value in selection.chosen(name))
                for value in vocabulary.values(name)
                if value
            ),
        )
        for name in FILTERS
        if name not in _TYPED
    ]


def table(answer: Answer, visit: Visit) -> Table:
    """The answer as texts."""
    names, rows, _ = terminal.answer_table(answer, visit.here.language)
    return Table.of(names, rows[:MOST_ROWS])


def chart(answer: Answer, visit: Visit, bands: Bands) -> Chart | None:
    """A picture of an answer with one dimension: the years as a series, anything else as bars of its first measure.

    Of many periods the latest are drawn, of many other values those with the largest figures; the caption says so.
    """
    if len(answer.question.dimensions) != 1 or len(answer.rows) < 2:
        return None
    [by], measure = answer.question.dimensions, answer.question.measures[0]
    phrases, known = visit.phrases, visit.say("as_known", as_of=visit.day)
    title = phrases.say("pages.ask.drawn", measure=measure, by=by)
    rows = answer.records()
    if by == "year" and set(answer.question.measures) >= {"notices", "individuals"}:
        told = [{**row, "fresh": is_fresh(visit, int(row["year"])), "band": bands.get(row["year"])} for row in rows]
        title = phrases.say("pages.ask.drawn_years")
        return charts.years(told, phrases=phrases, name="chart-answer", title=title, caption=known)
    is_period = catalog.dimension(by).period
    told = rows[-MOST_BARS:] if is_period else sorted(rows, key=lambda row: -(row[measure] or 0))[:MOST_BARS]
    if len(rows) > MOST_BARS:
        which = "latest" if is_period else "largest"
        known = phrases.say(f"pages.ask.{which}", drawn=MOST_BARS, many=len(rows)) + known
    how: charts.Print = (
        "percent" if measure.endswith("share") else "decimal" if catalog.MEASURES[measure].type == "DOUBLE" else "rough"
    )
    shown = [{**row, by: str(row[by])} for row in told]
    return charts.bars(
        shown, by=by, measure=measure, how=how, phrases=phrases, name="chart-answer", title=title, caption=known
    )
