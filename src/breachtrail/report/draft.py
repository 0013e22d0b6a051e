"""A section in the making: it asks figures and keeps the answers, and says phrases of its own part of the files."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from breachtrail.errors import QuestionError
from breachtrail.questions.ask import Answer
from breachtrail.registers import register as registers
from breachtrail.report.ledger import Ledger, Where
from breachtrail.report.scope import Scope
from breachtrail.report.section import Block, Counted, Figure, Listing, Note, Paragraph, Points, Section
from breachtrail.wording import question
from breachtrail.wording.chart import Chart
from breachtrail.wording.phrases import Phrases

if TYPE_CHECKING:
    from breachtrail.questions.outlook import Outlook


class Draft:
    """The section ``key`` of a report on ``scope``; its phrases are ``report.<key>.…``."""

    def __init__(self, key: str, scope: Scope, ledger: Ledger, phrases: Phrases) -> None:
        self.key = key
        self.scope = scope
        self.ledger = ledger
        self.phrases = phrases
        self.numbers = phrases.numbers
        self.period = scope.name(phrases.numbers)
        self._blocks: list[Block] = []
        self._answers: dict[str, Answer] = {}

    @property
    def is_nationwide(self) -> bool:
        """Whether the register is one of a whole country, so that its residents say something of its notices."""
        return registers.load(self.ledger.register).nationwide

    def ask(
        self,
        *measures: str,
        by: Sequence[str] = (),
        where: Where = (),
        scope: Scope | None = None,
        every_period: bool = False,
        as_of: date | None = None,
        view: str | None = None,
    ) -> Answer:
        """The answer for the report's period (``scope``: another one; ``every_period``: none), kept with its SQL."""
        scope = scope or self.scope
        asked = {} if every_period else scope.asked
        answer = self.ledger.ask(*measures, by=by, where=where, as_of=as_of or scope.as_of, view=view, **asked)
        self._answers.setdefault(answer.sql, answer)
        return answer

    def forecast(self, *periods: str, scope: Scope | None = None) -> "Outlook | None":
        """What these periods will come to; None where too little is known, or no such forecast could be judged yet."""
        try:
            told = self.ledger.forecast(*periods, as_of=(scope or self.scope).as_of)
        except QuestionError:
            return None
        return told if told.score else None

    def text(self, name: str, /, **values: object) -> str:
        """The phrase ``report.<key>.<name>``; ``period`` is at hand."""
        return self.phrases.say(f"report.{self.key}.{name}", **{"period": self.period, **values})

    def say(self, *sentences: str | None) -> None:
        """A paragraph of these sentences; without those that are None."""
        if told := tuple(sentence for sentence in sentences if sentence):
            self._blocks.append(Paragraph(told))

    def points(self, sentences: Sequence[str]) -> None:
        """A list of sentences."""
        self._blocks.append(Points(tuple(sentences)))

    def caveats(self, answer: Answer, *codes: str) -> None:
        """A note with those caveats of an answer that have one of these codes."""
        if told := tuple(self.caveat(one.code, **one.values) for one in answer.caveats if one.code in codes):
            self._blocks.append(Note(told))

    def caveat(self, code: str, /, **values: object) -> str:
        """A caveat in words."""
        return self.phrases.say(f"caveat.{code}", **values)

    def listing(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        texts: Sequence[int] = (0,),
        names: Sequence[Mapping[int, str]] = (),
    ) -> None:
        """A table; ``texts`` are the places of the columns that hold words, ``names`` what the cells of each row name."""
        told = tuple(map(tuple, rows))
        self._blocks.append(Listing(caption, tuple(columns), told, frozenset(texts), tuple(names)))

    def add(self, block: Block) -> None:
        """Any block."""
        self._blocks.append(block)

    def draw(self, chart: Chart, is_listed: bool = False) -> None:
        """A chart; ``is_listed`` where a table of the section gives all its figures."""
        self._blocks.append(Figure(chart, is_listed))

    def caption(self, as_of: date | None = None) -> str:
        """What stands below a chart of the report's period."""
        return self.phrases.say("report.chart.caption", period=self.period, as_of=as_of or self.scope.as_of)

    def section(self) -> Section:
        """The section as it stands, with the SQL of every answer that it asked."""
        return Section(self.key, self.text("heading"), tuple(self._blocks), self.counted, self.answers)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer that was asked so far, each once."""
        return tuple(self._answers.values())

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The same for readers: each question in words, with its SQL."""
        return tuple(
            Counted(question.said(answer.question, self.phrases), answer.sql) for answer in self._answers.values()
        )
