"""A form that builds a question, and its answer as a table, a chart and the SQL behind it; the URL is the question."""

from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.questions import catalog
from breachtrail.questions.ask import Answer
from breachtrail.web.page import Page
from breachtrail.web.selection import Selection
from breachtrail.web.visit import Visit
from breachtrail.wording import charts, question, terminal
from breachtrail.wording.chart import Chart, Table

#: Measures and dimensions of one question, and rows of its table on the page.
MOST_MEASURES, MOST_DIMENSIONS, MOST_ROWS = 6, 2, 1_000
#: Bars of one chart.
MOST_BARS = 25


def page(visit: Visit) -> Page:
    """``/ask?measures=notices,individuals&by=state&year=2024``"""
    asked = visit.here.asked
    measures, by = listed(asked, "measures"), listed(asked, "by")
    selection = Selection.of(asked)
    values: dict[str, Any] = {
        "measures": measures or ("notices", "individuals"),
        "by": by,
        "selection": selection,
        "every_measure": list(catalog.MEASURES),
        "every_dimension": list(catalog.dimensions()),
        "meanings": {
            one.name: one.meaning for listed in (catalog.MEASURES, catalog.dimensions()) for one in listed.values()
        },
        "answer": None,
    }
    if measures:
        answer = visit.ask(*measures, by=by, **selection.asked)
        values |= {
            "answer": answer,
            "said": question.said(answer.question, visit.phrases),
            "table": table(answer, visit),
            "caveats_told": visit.caveats(answer),
            "chart": chart(answer, visit),
            "cut": max(0, len(answer.rows) - MOST_ROWS),
            "query": {
                "measures": ",".join(answer.question.measures),
                "by": ",".join(answer.question.dimensions),
                **selection.query,
            },
        }
    return Page(visit.say("ask.title"), "ask.html", values)


def listed(asked: dict[str, str], name: str) -> tuple[str, ...]:
    """Names parted by commas. Raises QuestionError for more than one answer can well hold."""
    names = tuple(dict.fromkeys(one.strip() for one in asked.get(name, "").split(",") if one.strip()))
    most = MOST_MEASURES if name == "measures" else MOST_DIMENSIONS
    if len(names) > most:
        raise QuestionError(f"{len(names)} {name} are asked for; {most} at most. Ask twice.")
    return names


def table(answer: Answer, visit: Visit) -> Table:
    """The answer as texts."""
    names, rows, _ = terminal.answer_table(answer, visit.here.language)
    return Table.of(names, rows[:MOST_ROWS])


def chart(answer: Answer, visit: Visit) -> Chart | None:
    """A picture of an answer with one dimension: the years as a series, anything else as bars of its first measure."""
    if len(answer.question.dimensions) != 1 or not answer.rows:
        return None
    [by], measure = answer.question.dimensions, answer.question.measures[0]
    named: dict[str, Any] = {
        "phrases": visit.phrases, "name": "chart-answer", "title": question.said(answer.question, visit.phrases),
        "caption": visit.say("as_known", as_of=visit.day),
    }  # fmt: skip
    rows = answer.records()
    if by == "year" and set(answer.question.measures) >= {"notices", "individuals"}:
        return charts.years(rows, **named)
    told = rows if catalog.dimension(by).period else sorted(rows, key=lambda row: -(row[measure] or 0))
    how: charts.Print = (
        "percent" if measure.endswith("share") else "decimal" if catalog.MEASURES[measure].type == "DOUBLE" else "rough"
    )
    shown = [{**row, by: str(row[by])} for row in told[:MOST_BARS]]
    return charts.bars(shown, by=by, measure=measure, how=how, **named)
