"""BreachTrail keeps every version of every notice of a healthcare data breach, and answers as known on any day.

import breachtrail

with breachtrail.open() as ledger:
    answer = ledger.ask("notices", "individuals", year=2024, as_of="2024-12-08", view="under_investigation")
    answer.records(), answer.caveats, answer.sql
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from breachtrail.errors import BreachTrailError, QuestionError
from breachtrail.ledger import asof
from breachtrail.ledger.store import Head, Store
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import bracket, condition, period, statement
from breachtrail.questions.ask import Answer, ask, settled
from breachtrail.questions.bracket import Asked, Bracketed
from breachtrail.questions.export import export
from breachtrail.questions.question import DEFAULT_REGISTER, Question
from breachtrail.settings import Settings

if TYPE_CHECKING:
    from breachtrail.questions.growth import Growth
    from breachtrail.questions.outlook import Known, Outlook

__all__ = ["Answer", "BreachTrailError", "Head", "Ledger", "Question", "QuestionError", "open"]
__version__ = "0.1.0"

Day = date | str | None


def open(home: str | Path | None = None) -> "Ledger":
    """Open the ledger in ``home`` (else where BREACHTRAIL_HOME says, else the platform's data folder) for reading.

    Raises LedgerMissing if there is none, LedgerBroken if it is not what was sealed.
    """
    return Ledger(Settings.from_environment(Path(home) if home else None).home)


class Ledger:
    """One sealed generation, open for reading; it stays as it was opened, whatever is ingested meanwhile."""

    def __init__(self, home: Path) -> None:
        self.head, self._engine = Store(home).read()
        self._forecast_from: tuple[tuple[date | None, str], Known] | None = None

    def ask(
        self,
        *measures: str,
        by: Sequence[str] | str = (),
        where: Mapping[str, Any] | Sequence[str] = (),
        year: int | None = None,
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
        register: str = DEFAULT_REGISTER,
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
            register,
            same_days,
        )
        return ask(self._engine, self.head, question)

    def answer(self, question: Question) -> Answer:
        """The answer to a question made elsewhere."""
        return ask(self._engine, self.head, question)

    def notices(
        self,
        *,
        where: Mapping[str, Any] | Sequence[str] = (),
        year: int | None = None,
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
        register: str = DEFAULT_REGISTER,
        order: str = "individuals",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[asof.Row]:
        """Notices as known on ``as_of``, as dictionaries; the largest first (``order="submitted_on"``: the newest)."""
        first, last = period.of(year, month, submitted_from, submitted_to)
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

    def show(self, wanted: str, register: str = DEFAULT_REGISTER) -> list[asof.Row]:
        """Notices with this id, or whose name ever held these words, each with its ``trail``: every version of it.

        A well-known organisation is found under its Chinese name too.
        """
        words = Vocabulary.load().find("organisation", wanted) or wanted
        found = asof.find(self._engine, register, words)
        return [{**notice, "trail": asof.trail(self._engine, notice["id"])} for notice in found]

    def changes(
        self,
        since: Day,
        until: Day = None,
        *,
        where: Mapping[str, Any] | Sequence[str] = (),
        register: str = DEFAULT_REGISTER,
    ) -> list[asof.Row]:
        """What the register says differently at the end of ``until`` (the newest day known) than at the end of ``since``.

        A row a notice: ``kind`` (appeared, returned, gone, moved, changed), ``differs``, ``gained``, ``before``, ``after``.
        """
        first, last = period.day(since), period.day(until)
        if first is None:
            raise QuestionError("Changes need a day since when, as 2024-11-06.")
        asked = settled(
            Question(("notices",), (), _conditions(where), as_of=last, register=register), self.coverage(register)
        )
        assert asked.as_of is not None
        condition_sql, parameters = condition.to_sql(asked.conditions)
        return asof.changes(
            self._engine, register=register, since=first, until=asked.as_of, where=condition_sql, parameters=parameters
        )

    def bracketed(
        self, asked: Sequence[Asked], *, as_of: date, now: date | None = None, register: str = DEFAULT_REGISTER
    ) -> list[Bracketed]:
        """Many questions at once: the bounds of each on ``as_of`` (``docs/method.md``); with ``now`` its answers on both days."""
        return bracket.bracketed(self._engine, asked, register, as_of, now)

    def forecast(self, *periods: str, as_of: Day = None, register: str = DEFAULT_REGISTER) -> "Outlook":
        """How many notices each period will have in the end, with intervals, and what such forecasts were worth.

        periods: ``2026``, ``2026-Q3``, ``2026-07``; without any, the last twelve months, the quarter and the year of the last look
        as_of:   made only from what was known at the end of that day (the newest, if not given)

        Raises QuestionError for what is no period, and where too little is known.
        """
        from breachtrail.questions import outlook  # numpy and scipy: a question that needs neither does not wait

        known = self._known(as_of, register)
        asked = [outlook.Period.parse(one) for one in periods] or outlook.recent(known.as_of)
        return outlook.outlook(known, asked, self.head)

    def growth(self, asked: str, *, as_of: Day = None, register: str = DEFAULT_REGISTER) -> "Growth":
        """What a period's individuals will grow by within a year: by revisions, and by notices still to appear, apart.

        asked, as_of: as in ``forecast``. Raises QuestionError likewise.
        """
        from breachtrail.questions import growth, outlook

        known = self._known(as_of, register)
        return growth.growth(self._engine, register, known, outlook.Period.parse(asked), self.head)

    def _known(self, as_of: Day, register: str) -> "Known":
        """What the forecasts of a day are made from; the last one is kept, since a page asks for several."""
        from breachtrail.questions.outlook import Known

        asked = (period.day(as_of), register)
        if self._forecast_from is None or self._forecast_from[0] != asked:
            self._forecast_from = asked, Known.of(self._engine, register, asked[0])
        return self._forecast_from[1]

    def named(self, words: Sequence[str] | None = None, register: str = DEFAULT_REGISTER) -> list[asof.Row]:
        """Names under which notices were ever filed that hold one of these words (all names, without any)."""
        return asof.named(self._engine, register, None if words is None else list(words))

    def coverage(self, register: str = DEFAULT_REGISTER) -> list[asof.Coverage]:
        """Every snapshot, oldest first."""
        return asof.coverage(self._engine, register)

    def held(self) -> list[asof.Row]:
        """Every row that could not be read honestly, whole, with the reason."""
        return asof.held(self._engine)

    def doubtful(self, register: str = DEFAULT_REGISTER) -> list[asof.Row]:
        """Matches on thin evidence, the latest first: what a person should look at."""
        return asof.doubtful(self._engine, register)

    def export(self, path: str | Path, register: str = DEFAULT_REGISTER) -> list[Path]:
        """Write every version of every notice to ``path`` (``.csv`` or ``.parquet``), and a codebook beside it.

        Returns the two files. Raises QuestionError for another ending.
        """
        return export(self._engine, Path(path), register)

    def close(self) -> None:
        """Close the file."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _conditions(where: Mapping[str, Any] | Sequence[str]) -> tuple[condition.Condition, ...]:
    if isinstance(where, Mapping):
        return condition.from_mapping(where)
    return tuple(condition.parse(one) for one in ([where] if isinstance(where, str) else where))
