"""The only module that opens a register of one's own: SQLite for one machine, PostgreSQL for an office."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, TimeoutError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from breachtrail.errors import IntakeBroken, IntakeConflict, IntakeError
from breachtrail.intake.turns import Turns

#: Seconds that a writer waits for another one in SQLite, or for a free connection to PostgreSQL.
_PATIENCE = 60
#: Connections to PostgreSQL that one server has; SQLite lets one write at a time, and every session may write.
_CONNECTIONS = 20
#: The option of a connection to SQLite that will not write.
_READS = "breachtrail_reads"
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


class Store:
    """One register, open. ``begin`` gives a session whose work is done whole, or not at all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._turns = Turns(1 if self.is_sqlite else _CONNECTIONS, _PATIENCE)

    @classmethod
    def open(cls, url: str) -> Self:
        """The register at ``url`` (``sqlite:///file``, ``postgresql://user@host/name``).

        Raises IntakeError if none is there or it cannot be reached, IntakeBroken if another BreachTrail wrote it.
        """
        store = cls(_engine(url))
        try:
            store._hold_to_head()
        except IntakeError:
            store.close()
            raise
        return store

    @classmethod
    def create(cls, url: str) -> Self:
        """The same, made first where there is none, and brought to what this BreachTrail knows where it is older."""
        return cls.create_at(url, "head")

    @classmethod
    def create_at(cls, url: str, revision: str) -> Self:
        """The same, brought to an earlier migration: that of a backup that is to be restored."""
        store = cls(_engine(url, may_be_new=True))
        try:
            store.upgrade(revision)
        except IntakeError:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, undone at an error. Raises IntakeError without a database."""
        with self._turns.taken(), _told(), self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the whole register, whatever others write meanwhile."""
        how = {_READS: True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with _told(), self._engine.connect() as connection:
            connection = connection.execution_options(**how)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, for a restore."""
        with _told(), self._engine.begin() as connection:
            yield connection

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file on this machine."""
        return self._engine.dialect.name == "sqlite"

    def upgrade(self, revision: str) -> None:
        """Run the migrations up to ``revision``, in one transaction. Raises IntakeBroken for one that is not known here."""
        if revision != "head" and revision not in {one.revision for one in _script().walk_revisions()}:
            raise IntakeBroken(
                f"The tables are at {revision!r}, which this BreachTrail does not know: a newer one wrote them. Use that one."
            )
        with self.writing() as connection:
            config = _migrations()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _hold_to_head(self) -> None:
        with self.reading() as connection:
            revision = revision_of(connection)
        if revision is None:
            raise IntakeError(
                "There is no register of one's own in this database yet. Make one: breachtrail intake init."
            )
        if revision != head():
            raise IntakeBroken(
                f"The register was written by another BreachTrail (its tables are at {revision!r}, this one knows {head()!r}). "
                "If this one is newer, bring the register up to it: breachtrail intake init. Else use the newer one."
            )


def revision_of(connection: Connection) -> str | None:
    """The newest migration that was run on a database; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest migration that this BreachTrail knows."""
    return str(_script().get_current_head())


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_migrations())


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", "breachtrail:intake/migrations")
    return config


def _engine(url: str, *, may_be_new: bool = False) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise IntakeError(
            "The address of the register's database cannot be read. Write sqlite:///file or postgresql://user@host/name."
        ) from None
    kind = parsed.get_backend_name()
    if kind not in _DRIVERS:
        raise IntakeError(f"A register of one's own lives in SQLite or in PostgreSQL, not in {kind}.")
    parsed = parsed.set(drivername=_DRIVERS[kind])
    if kind == "postgresql":
        return create_engine(parsed, pool_pre_ping=True, pool_size=_CONNECTIONS, max_overflow=4, pool_timeout=_PATIENCE)
    file = Path(parsed.database or "")
    if not parsed.database or (not may_be_new and not file.is_file()):
        raise IntakeError(f"There is no register of one's own at {file}. Make one: breachtrail intake init.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    engine = create_engine(parsed, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begins)
    return engine


def _sqlite_connected(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # so that BEGIN is ours, below
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _sqlite_begins(connection: Connection) -> None:
    """Whoever may write takes the lock at once: a reader that becomes a writer could be refused in the middle."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READS) else "BEGIN IMMEDIATE")


@contextmanager
def _told() -> Iterator[None]:
    """What the database says no to, in sentences of ours."""
    try:
        yield
    except IntegrityError as error:
        if "only grows" in str(error.orig):  # SQLite counts a refusal of ours among these
            raise _unreachable(error) from error
        raise IntakeConflict("Somebody else was faster. Nothing was changed: look again, and try once more.") from error
    except (DatabaseError, TimeoutError) as error:
        raise _unreachable(error) from error


def _unreachable(error: Exception) -> IntakeError:
    said = str(getattr(error, "orig", error)).strip().splitlines()
    return IntakeError(
        f"The register's database does not answer as it should ({said[0] if said else type(error).__name__}). "
        "Nothing was changed. See whether it runs, and whether its address is right."
    )
