"""A form that builds a question, and its answer as a table, a chart and the SQL behind it; the URL is the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.questions.ask import Answer
from breachtrail.questions.expected import Expected
from breachtrail.report.scope import growing
from breachtrail.web.page import Page
from breachtrail.web.refusal import Refusal
from breachtrail.web.selection import FILTERS, Selection
from breachtrail.web.visit import Visit
from breachtrail.wording import answered, question, terminal
from breachtrail.wording.chart import Table

#: Measures and dimensions of one question, and rows of its table on the page.
MOST_MEASURES, MOST_DIMENSIONS, MOST_ROWS = 6, 2, 1_000
#: Dimensions whose values are typed, not ticked.
_TYPED = ("year", "state")
#: Views that can be asked for alone.
VIEWS = ("under_investigation", "archive")
#: Questions to begin with, as their URLs ask them; their words stand in the phrases under the same names.
EXAMPLES: dict[str, dict[str, str]] = {
    "years": {"measures": "notices,individuals", "by": "year"},
    "types": {"measures": "notices,share,individuals_share", "by": "breach_type"},
    "hacking": {"measures": "notices,individuals", "by": "year", "breach_type": "Hacking/IT Incident"},
    "states": {"measures": "notices_per_million,notices", "by": "state"},
    "filers": {"measures": "notices,median,individuals_share", "by": "entity_type"},
    "kinds": {"measures": "share,notices", "by": "information_type"},
    "largest": {"measures": "individuals,notices", "by": "name", "at_least": "1000000"},
    "delay": {"measures": "posting_delay,notices", "by": "year"},
}


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
            told = _expected(visit, answer) if asked.get("expected") else {}
            values |= _answered(visit, answer, selection, told.pop("told", ())) | told
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


def _answered(visit: Visit, answer: Answer, selection: Selection, told: Sequence[Expected]) -> dict[str, Any]:
    said = question.said(answer.question, visit.phrases)
    return {
        "answer": answer,
        "said": said[:1].upper() + said[1:],
        "table": table(answer, visit),
        "caveats_told": visit.caveats(answer),
        "chart": answered.chart(answer, visit.phrases, growing(visit.ledger, answer), told),
        "pictures": answered.PICTURES,
        "cut": max(0, len(answer.rows) - MOST_ROWS),
        "query": {
            "measures": ",".join(answer.question.measures),
            "by": ",".join(answer.question.dimensions),
            **selection.query,
        },
    }


def _expected(visit: Visit, answer: Answer) -> dict[str, Any]:
    """What the figures will come to, a table for each measure, or why that cannot be said."""
    from breachtrail.wording import expected  # a question that does not ask for it waits for no estimate

    try:
        told = visit.ledger.expected(answer)
    except QuestionError as error:
        return {"unexpected": Refusal.of(error, visit.phrases)}
    language = visit.here.language
    tables = [Table.of(names, rows) for names, rows, _ in expected.tables(answer, told, language)]
    return {
        "told": told,
        "expected": list(zip(answer.question.measures, tables, strict=True)),
        "expected_notes": expected.notes(told, language),
    }


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


def pictured(answer: Answer, visit: Visit, kind: str, is_expected: bool) -> bytes:
    """The answer's chart as a picture that leaves its page. Raises QuestionError where there is none."""
    told = visit.ledger.expected(answer) if is_expected else ()
    return answered.pictured(answer, visit.here.language, kind, growing(visit.ledger, answer), told)
