"""What the site needs of an opened ledger: the Python door, as ``breachtrail.open`` gives it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from breachtrail.claims.ledger import Ledger as Checking
from breachtrail.ledger.asof import Row
from breachtrail.ledger.organisation import Organisation
from breachtrail.ledger.store import Head
from breachtrail.ledger.trails import Trails
from breachtrail.questions.ask import Answer
from breachtrail.questions.people import People
from breachtrail.questions.question import Question
from breachtrail.questions.together import Period, Together
from breachtrail.registers.published import PublishedRow
from breachtrail.report.ledger import Day, Where
from breachtrail.report.ledger import Ledger as Reporting

if TYPE_CHECKING:
    from breachtrail.questions.expected import Expected
    from breachtrail.questions.peers import Peers
    from breachtrail.questions.prospect import Prospect
    from breachtrail.questions.sizes import Sizes
    from breachtrail.questions.worth import Record


class Ledger(Reporting, Checking, Protocol):
    """One sealed generation, open for reading."""

    head: Head
    home: Path

    def also(self) -> Self:
        """The same state, to be read in another thread."""

    def interrupt(self) -> None:
        """End what is being asked, from another thread."""

    def close(self) -> None:
        """Close it."""

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
    ) -> list[Row]:
        """Notices as known on ``as_of``."""

    def changes(
        self,
        since: Day,
        until: Day = None,
        *,
        where: Where = (),
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        """What the register says differently on the later of two days, a row a notice."""

    def together(self, question: Question, periods: Sequence[Period]) -> Together:
        """The answers to one question of each of many periods."""

    def moves(self, since: Day, until: Day = None, *, where: Where = ()) -> list[Row]:
        """What that comes to, a row a kind of change."""

    def organisations(self, as_of: Day = None, *, most: int, register: str | None = None) -> list[Organisation]:
        """Who filed, by equal name without its dress."""

    def filed_by(self, name: str, as_of: Day = None, register: str | None = None) -> list[Row]:
        """Notices that were ever filed under a name."""

    def organisation_key(self, name: str) -> str:
        """The letters and digits of a name."""

    def trails(self, register: str | None = None) -> Trails:
        """The trail of every notice at once."""

    def expected(self, answer: Answer) -> "tuple[Expected, ...]":
        """What the figures of an answer will come to."""

    def record(self, *, as_of: Day = None) -> "Record":
        """What every forecast was worth that can be judged by ``as_of``."""

    def prospect(self, id: str, *, as_of: Day = None) -> "Prospect":
        """What may become of one notice's count."""

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
    ) -> People:
        """Between which bounds the different people behind the records lie."""

    def sizes(
        self,
        by: str | None = None,
        *,
        where: Where = (),
        month: str | None = None,
        submitted_from: Day = None,
        submitted_to: Day = None,
        as_of: Day = None,
        view: str | None = None,
    ) -> "Sizes":
        """How large the notices are."""

    def peers(
        self,
        entity_type: str,
        *,
        states: Sequence[str] = (),
        size: int | None = None,
        organisations: int | None = None,
        years: int = 5,
        as_of: Day = None,
    ) -> "Peers":
        """What notices of organisations of a kind look like."""

    def published(self, snapshot: str, row: int) -> PublishedRow | None:
        """A row as the register published it."""

    def export(self, path: str | Path, register: str | None = None) -> list[Path]:
        """Every version of every notice, into a file."""

    def held(self, *, limit: int | None = None, register: str | None = None, as_of: Day = None) -> list[Row]:
        """Held rows."""


Open = Callable[[], Ledger]
