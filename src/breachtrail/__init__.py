"""BreachTrail keeps every version of every notice of a healthcare data breach, and answers as known on any day.

import breachtrail

with breachtrail.open() as ledger:
    answer = ledger.ask("notices", "individuals", year=2024, as_of="2024-12-08", view="under_investigation")
    answer.records(), answer.caveats, answer.sql
"""

import copy
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from breachtrail.errors import BreachTrailError, QuestionError
from breachtrail.ledger import asof, organisation
from breachtrail.ledger.organisation import Organisation
from breachtrail.ledger.store import Head, Store
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import condition, period, statement
from breachtrail.questions.ask import Answer, ask, looked, settled
from breachtrail.questions.question import DEFAULT_REGISTER, Question
from breachtrail.questions.together import Period, Together
from breachtrail.questions.worded import Day, Where
from breachtrail.questions.worded import asked as _asked
from breachtrail.questions.worded import conditions as _conditions
from breachtrail.settings import Settings

if TYPE_CHECKING:
    from breachtrail.ledger.trails import Trails
    from breachtrail.questions.bracket import Asked, Bracketed
    from breachtrail.questions.expected import Expected
    from breachtrail.questions.growth import Growth
    from breachtrail.questions.outlook import Known, Outlook
    from breachtrail.questions.peers import Peers
    from breachtrail.questions.people import People
    from breachtrail.questions.prospect import Prospect
    from breachtrail.questions.sizes import Sizes
    from breachtrail.questions.worth import Record
    from breachtrail.registers.published import PublishedRow

__all__ = ["Answer", "BreachTrailError", "Head", "Ledger", "Question", "QuestionError", "open"]
__version__ = "0.1.0"


def open(home: str | Path | None = None, register: str = DEFAULT_REGISTER) -> "Ledger":
    """Open the ledger in ``home`` (else where BREACHTRAIL_HOME says, else the platform's data folder) for reading.

    register: the one that is meant wherever a question names none

    Raises LedgerMissing if there is none, LedgerBroken if it is not what was sealed.
    """
    return Ledger(Settings.from_environment(Path(home) if home else None).home, register)


class Ledger:
    """One sealed generation, open for reading; it stays as it was opened, whatever is ingested meanwhile."""

    def __init__(self, home: Path, register: str = DEFAULT_REGISTER) -> None:
        self.home, self.register = home, register
        self.head, self._engine = Store(home).read()

    def also(self) -> "Ledger":
        """The same state once more, to be read in another thread at the same time; to be closed by itself."""
        other = copy.copy(self)
        other._engine = self._engine.cursor()
        return other

    def interrupt(self) -> None:
        """End what is being asked, from another thread; it then raises duckdb.InterruptException."""
        self._engine.interrupt()

    def ask(
        self,
        *measures: str,
        by: Sequence[str] | str = (),
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
        register: str | None = None,
        same_days: bool = False,
    ) -> Answer:
        """Figures as known at the end of ``as_of`` (the newest day known, if not given).

        measures: ``notices`` (notices), ``individuals`` (records of individuals) and the others of the catalogue
        by:       dimensions to split by: ``"state"`` or ``["year", "entity_type"]``
        where:    ``{"state": "TX"}`` or conditions as written on the command line: ``["individuals>=1000000"]``
        year, month (``2024-04``), submitted_from, submitted_to: the period, by day of submission (45 CFR 164.408)
        view:     ``under_investigation`` or ``archive`` alone; a total needs both
        same_days: of every year only the days up to the month and day of ``as_of``

        Raises QuestionError for what cannot be asked.
        """
        first, last = period.of(year, month, submitted_from, submitted_to)
        question = Question(
            measures,
            (by,) if isinstance(by, str) else tuple(by),
            _conditions(where),
            first,
            last,
            period.day(as_of),
            view,
            register or self.register,
            same_days,
        )
        return ask(self._engine, self.head, question)

    def answer(self, question: Question) -> Answer:
        """The answer to a question made elsewhere."""
        return ask(self._engine, self.head, question)

    def together(self, question: Question, periods: Sequence[Period]) -> Together:
        """The answers to one question of each of many periods; it names none itself."""
        return Together(self._engine, self.head, question, periods)

    def sizes(
        self,
        by: str | None = None,
        *,
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
        register: str | None = None,
    ) -> "Sizes":
        """How large the notices are: body, tail, return levels and the share of the largest, each with its interval.

        by: one dimension of which a notice has one value, as ``"year"`` or ``"entity_type"``
        """
        from breachtrail.questions.sizes import sizes

        split = (by,) if by else ()
        asked = _asked(where, year, month, submitted_from, submitted_to, as_of, view, register or self.register, split)
        return sizes(self._engine, self.head, asked)

    def people(
        self,
        *,
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
        register: str | None = None,
    ) -> "People":
        """How many different people stand behind the records: bounds, and estimates under declared assumptions of overlap."""
        from breachtrail.questions.people import people

        asked = _asked(where, year, month, submitted_from, submitted_to, as_of, view, register or self.register)
        return people(self._engine, self.head, asked)

    def peers(
        self,
        entity_type: str,
        *,
        states: Sequence[str] = (),
        size: int | None = None,
        organisations: int | None = None,
        years: int = 5,
        as_of: Day = None,
        register: str | None = None,
    ) -> "Peers":
        """What notices of organisations like this one look like: how often, how large, by what means, through whom.

        states:        of the filer; all without any
        size:          people whose information the organisation holds
        organisations: how many there are of its kind, for rates; the register does not say it
        years:         so many complete years
        """
        from breachtrail.questions.peers import Kind, peers

        kind = Kind(entity_type, tuple(states), size, organisations, years)
        return peers(self._engine, self.head, kind, period.day(as_of), register or self.register)

    def notices(
        self,
        *,
        where: Where = (),
        year: int | None = None,
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
        register: str | None = None,
        order: str = "individuals",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[asof.Row]:
        """Notices as known on ``as_of``, as dictionaries; the largest first (``order="submitted_on"``: the newest)."""
        first, last = period.of(year, month, submitted_from, submitted_to)
        register = register or self.register
        asked = Question(("notices",), (), _conditions(where), first, last, period.day(as_of), view, register)
        question = settled(asked, self.coverage(register))
        return asof.notices(
            self._engine,
            where=statement.frame(question),
            parameters=statement.parameters(question),
            order=order,
            limit=limit,
            offset=offset,
            hidden_too=any(one.column == "status" for one in question.conditions),
        )

    def show(self, wanted: str, register: str | None = None) -> list[asof.Row]:
        """Notices with this id, or whose name ever held these words, each with its ``trail``: every version of it.

        A well-known organisation is found under its Chinese name too.
        """
        words = Vocabulary.load().find("organisation", wanted) or wanted
        found = asof.find(self._engine, register or self.register, words)
        return [{**notice, "trail": asof.trail(self._engine, notice["id"])} for notice in found]

    def notice(self, id: str) -> asof.Row | None:
        """The notice with this id, or with this former one, with its ``trail``; None if there is none."""
        found = asof.by_id(self._engine, id)
        return found and {**found, "trail": asof.trail(self._engine, found["id"])}

    def changes(
        self,
        since: Day,
        until: Day = None,
        *,
        where: Where = (),
        register: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[asof.Row]:
        """What the register says differently at the end of ``until`` (the newest day known) than at the end of ``since``.

        A row a notice: ``kind`` (appeared, returned, gone, moved, changed), ``differs``, ``gained``, ``before``, ``after``.
        """
        compared = self._compared(since, until, where, register)
        return asof.changes(self._engine, **compared, kind=kind, limit=limit, offset=offset)

    def moves(self, since: Day, until: Day = None, *, where: Where = (), register: str | None = None) -> list[asof.Row]:
        """What the changes between two days come to, a row for each ``kind``: ``many``, ``gained``, ``revised`` …"""
        return asof.moves(self._engine, **self._compared(since, until, where, register))

    def _compared(self, since: Day, until: Day, where: Where, register: str | None) -> dict[str, Any]:
        first, last, register = period.day(since), period.day(until), register or self.register
        if first is None:
            raise QuestionError("Changes need a day since when, as 2024-11-06.")
        asked = settled(
            Question(("notices",), (), _conditions(where), as_of=last, register=register), self.coverage(register)
        )
        condition_sql, parameters = condition.to_sql(asked.conditions)
        return {
            "register": register,
            "since": first,
            "until": asked.as_of,
            "where": condition_sql,
            "parameters": parameters,
        }

    def bracketed(
        self, asked: "Sequence[Asked]", *, as_of: date, now: date | None = None, register: str | None = None
    ) -> "list[Bracketed]":
        """Many questions at once: the bounds of each on ``as_of`` (``docs/method.md``); with ``now`` its answers on both days."""
        from breachtrail.questions import bracket

        return bracket.bracketed(self._engine, asked, register or self.register, as_of, now)

    def organisations(self, as_of: Day = None, *, most: int, register: str | None = None) -> list[Organisation]:
        """Who filed, by equal name without its dress, the one with the most notices first; at most so many."""
        register = register or self.register
        return organisation.organisations(self._engine, register, self._day(as_of, register), most)

    def filed_by(self, name: str, as_of: Day = None, register: str | None = None) -> list[asof.Row]:
        """Notices that were ever filed under this name (dress aside), as known on ``as_of``, the newest first."""
        key, register = organisation.key_of(self._engine, name), register or self.register
        return organisation.filed_by(self._engine, register, key, self._day(as_of, register)) if key else []

    def organisation_key(self, name: str) -> str:
        """The letters and digits of a name: what names are compared by."""
        return organisation.key_of(self._engine, name)

    def trails(self, register: str | None = None) -> "Trails":
        """The trail of every notice at once."""
        from breachtrail.ledger.trails import trails

        return trails(self._engine, register or self.register)

    def published(self, snapshot: str, row: int) -> "PublishedRow | None":
        """A row of a snapshot's file just as the register published it; None where the file cannot be read for that."""
        from breachtrail.registers.published import published_row

        return published_row(self.home, snapshot, row)

    def _day(self, as_of: Day, register: str) -> date:
        day = settled(Question(("notices",), as_of=period.day(as_of), register=register), self.coverage(register)).as_of
        assert day is not None
        return day

    def forecast(self, *periods: str, as_of: Day = None, register: str | None = None) -> "Outlook":
        """How many notices each period will have in the end, with intervals, and what such forecasts were worth.

        periods: ``2026``, ``2026-Q3``, ``2026-07``; without any, the last twelve months, the quarter and the year of the last look
        as_of:   made only from what was known at the end of that day (the newest, if not given)

        Raises QuestionError for what is no period, and where too little is known.
        """
        from breachtrail.questions import outlook  # numpy and scipy: a question that needs neither does not wait

        known = self._known(as_of, register or self.register)
        asked = [outlook.Period.parse(one) for one in periods] or outlook.recent(known.as_of)
        return outlook.outlook(known, asked, self.head)

    def growth(self, asked: str, *, as_of: Day = None, register: str | None = None) -> "Growth":
        """What a period's individuals will grow by within a year: by revisions, and by notices still to appear, apart.

        asked, as_of: as in ``forecast``. Raises QuestionError likewise.
        """
        from breachtrail.questions import growth, outlook

        register = register or self.register
        known = self._known(as_of, register)
        return growth.growth(self._engine, register, known, outlook.Period.parse(asked), self.head)

    def prospect(self, id: str, *, as_of: Day = None, register: str | None = None) -> "Prospect":
        """What may become of one notice's count within a year. Raises QuestionError for an id that is not known."""
        from breachtrail.questions import prospect

        register = register or self.register
        return prospect.prospect(self._engine, register, self._known(as_of, register), id, self.head)

    def expected(self, answer: Answer) -> "tuple[Expected, ...]":
        """What the figures of an answer will come to. Raises QuestionError for figures of which no estimate knows."""
        from breachtrail.questions import expected

        known = self._known(answer.question.as_of, answer.question.register)
        return expected.expected(self._engine, known, answer)

    def record(self, *, as_of: Day = None, register: str | None = None) -> "Record":
        """What every forecast was worth that can be judged by ``as_of``, beside the chain ladder and the figure as it stood."""
        from breachtrail.questions import worth

        return worth.record(self._known(as_of, register or self.register))

    def _known(self, as_of: Day, register: str) -> "Known":
        from breachtrail.questions import foreknown

        return foreknown.known(self._engine, self.head, register, period.day(as_of))

    def named(self, words: Sequence[str] | None = None, register: str | None = None) -> list[asof.Row]:
        """Names under which notices were ever filed that hold one of these words (all names, without any)."""
        return asof.named(self._engine, register or self.register, None if words is None else list(words))

    def coverage(self, register: str | None = None) -> list[asof.Coverage]:
        """Every snapshot, oldest first."""
        return list(looked(self._engine, self.head, register or self.register))

    def held(self, *, limit: int | None = None, register: str | None = None, as_of: Day = None) -> list[asof.Row]:
        """Every row that could not be read honestly, whole, with the reason; if told, of one register and by a day."""
        return asof.held(self._engine, limit, register, period.day(as_of))

    def doubtful(self, register: str | None = None) -> list[asof.Row]:
        """Matches on thin evidence, the latest first: what a person should look at."""
        return asof.doubtful(self._engine, register or self.register)

    def export(self, path: str | Path, register: str | None = None) -> list[Path]:
        """Write every version of every notice to ``path`` (``.csv`` or ``.parquet``), and a codebook beside it.

        Returns the two files. Raises QuestionError for another ending.
        """
        from breachtrail.questions.export import export

        return export(self._engine, Path(path), register or self.register)

    def close(self) -> None:
        """Close the file."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
