"""The ledger on disk: schema, sealed generations, the pointer to the current one. The only door to its files.

A generation is a numbered DuckDB file that is never written again once it is sealed. A writer copies the current one,
changes the copy, closes it and only then moves the pointer: a crash at any moment leaves the old state or the new one.
"""

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from breachtrail.errors import LedgerBroken, LedgerBusy, LedgerError, LedgerMissing
from breachtrail.ledger import digest, restored, rungs
from breachtrail.ledger.name import readable_id
from breachtrail.notices import population

#: Raised when the tables change; a ledger of another number is rebuilt from its raw bytes.
SCHEMA_NUMBER = 4

_UNSEALED = "unsealed-"

#: Bytes that the engine of a writer may hold; what it cannot hold goes to disk, beside the unsealed file.
WRITER_MEMORY = "2500MB"

_SCHEMA = f"""
CREATE TABLE snapshot (
    snapshot INTEGER PRIMARY KEY, id VARCHAR UNIQUE, register VARCHAR, view VARCHAR, taken_on DATE,
    taken_not_before DATE, taken_not_after DATE, fetched_from VARCHAR, sha256 VARCHAR, "rows" BIGINT, accepted BIGINT,
    held BIGINT, columns VARCHAR[], unread VARCHAR[], derived BOOLEAN, dress VARCHAR, reader_version INTEGER);
CREATE TABLE version (
    register VARCHAR, notice BIGINT, known_from DATE, known_until DATE, status VARCHAR, name VARCHAR USING COMPRESSION zstd,
    state VARCHAR, entity_type VARCHAR, individuals BIGINT, submitted_on DATE, breach_types VARCHAR[], locations VARCHAR[],
    business_associate VARCHAR, description VARCHAR USING COMPRESSION zstd, snapshot INTEGER, "row" BIGINT, rung VARCHAR,
    row_hash BIGINT, prefix VARCHAR, suffix VARCHAR);
CREATE VIEW notice AS SELECT notice, {readable_id()} AS id, register, known_from AS first_seen FROM version WHERE rung = '{rungs.NEW}';
CREATE TABLE held (snapshot INTEGER, "row" BIGINT, field VARCHAR, rule VARCHAR, seen VARCHAR, raw VARCHAR);
CREATE TABLE record (register VARCHAR, notice BIGINT, record_id VARCHAR, known_from DATE);
CREATE TABLE alias (id VARCHAR, notice BIGINT);
CREATE TABLE correction ("row" VARCHAR, means VARCHAR, expect VARCHAR, why VARCHAR, source VARCHAR, added DATE);
CREATE TABLE population (state VARCHAR, year INTEGER, residents BIGINT, source VARCHAR);
{digest.SCHEMA}
"""
_SCRATCH_MEMORY = "2GiB"


@dataclass(frozen=True)
class Head:
    """Which state of the ledger an answer comes from: the generation's number and the hash of its content."""

    generation: int
    content: str

    def __str__(self) -> str:
        return f"generation {self.generation}, {self.content[:12]}"


class Store:
    """The folder of generations below ``home``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._folder = home / "ledger"
        self._pointer = self._folder / "current.json"
        self._read: tuple[tuple[int, ...], Head] | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever sealed here."""
        return self._pointer.is_file()

    def head(self) -> Head:
        """The current generation; the pointer is read again only where it is another file. Raises LedgerMissing, LedgerBroken."""
        try:
            now = self._pointer.stat()
        except OSError:
            return self._pointed()  # which says what is wrong
        seen = (now.st_ino, now.st_mtime_ns, now.st_ctime_ns, now.st_size)
        read = self._read
        if read is None or read[0] != seen:
            self._read = read = seen, self._pointed()
        return read[1]

    def _pointed(self) -> Head:
        try:
            pointer = json.loads(self._pointer.read_text(encoding="utf-8"))
            schema, head = pointer["schema"], Head(int(pointer["generation"]), str(pointer["content"]))
        except FileNotFoundError:
            raise LedgerMissing(
                f"There is no ledger in {self.home}. Make one with `breachtrail ingest FILE…`, or say where it is with "
                "--home or BREACHTRAIL_HOME."
            ) from None
        except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
            raise LedgerBroken(
                f"The pointer {self._pointer} cannot be read ({error}). Run `breachtrail rebuild`."
            ) from None
        if schema != SCHEMA_NUMBER:
            raise LedgerBroken(
                f"The ledger in {self.home} has schema {schema}, this BreachTrail writes {SCHEMA_NUMBER}. "
                "Run `breachtrail rebuild`; the raw bytes are kept."
            )
        return head

    def path(self, generation: int) -> Path:
        """The file of a generation."""
        return self._folder / f"generation-{generation:06d}.duckdb"

    def read(self) -> tuple[Head, duckdb.DuckDBPyConnection]:
        """The current generation, opened for reading; it stays what it was whatever is sealed meanwhile."""
        head = self.head()
        while True:
            try:
                return head, _opened(self.path(head.generation), read_only=True)
            except duckdb.Error as error:
                if (now := self.head()) != head:  # others were sealed meanwhile, and this one is gone
                    head = now
                    continue
                raise LedgerBroken(
                    f"Generation {head.generation} of the ledger in {self.home} cannot be opened ({_first_line(error)}). "
                    "Run `breachtrail rebuild`; the raw bytes are kept."
                ) from None

    @contextmanager
    def write(self, *, afresh: bool = False) -> Iterator["Writer"]:
        """A copy of the current generation to change (an empty one if ``afresh``); ``Writer.seal`` makes it current.

        Raises LedgerBusy if somebody else writes, LedgerError if the folder cannot be written.
        """
        with self.alone():
            before = self.head() if self.exists and not afresh else None
            number = self.next_number()
            path = self._folder / f"{_UNSEALED}{number:06d}.duckdb"
            self._sweep(before)
            try:
                if before is not None:
                    shutil.copyfile(self.path(before.generation), path)
                with closing(Writer(self, number, path, is_new=before is None)) as writer:
                    yield writer
            finally:
                self._sweep()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other writer for as long as the context lasts.

        Raises LedgerBusy if somebody else writes, LedgerError if the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # readers, the most of all commands, need not wait for it

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.home / "writer.lock", timeout=0):
                restored.finish(self.home)
                yield
        except Timeout:
            raise LedgerBusy(
                f"Another BreachTrail is writing to {self.home}; one writer at a time. Try again when it has finished."
            ) from None
        except OSError as error:
            raise LedgerError(
                f"The ledger in {self.home} cannot be written ({error}). It is as it was before."
            ) from None
        except duckdb.Error as error:
            if not _lies_with_the_disk(error):
                raise
            raise LedgerError(
                f"The ledger in {self.home} cannot be written ({_first_line(error)}). It is as it was before; if it is "
                "damaged, run `breachtrail rebuild`."
            ) from None

    def settle(self) -> None:
        """Finish what a killed restore had brought whole; else nothing. Raises as ``alone`` does."""
        if restored.is_unfinished(self.home):
            with self.alone():
                pass

    def next_number(self) -> int:
        """The number of the next generation, above all that lie here."""
        return max((number for number, _ in self._generations()), default=0) + 1

    def _generations(self) -> list[tuple[int, Path]]:
        numbered = ((path.stem.rsplit("-", 1)[1], path) for path in self._folder.glob("generation-*.duckdb"))
        return [(int(number), path) for number, path in numbered if number.isdecimal()]

    def _sweep(self, current: Head | None = None) -> None:
        """Remove what killed writers left: unsealed files, and (where the current one is known) what it never came to."""
        for path in self._folder.glob(f"{_UNSEALED}*"):
            if path.is_dir():  # what the engine could not hold in memory
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        for number, path in self._generations():
            if current is not None and number > current.generation:
                path.unlink(missing_ok=True)

    def _point_to(self, generation: int, content: str) -> None:
        """Replace the pointer in one step, then let generations go that no new reader can want."""
        beside = self._pointer.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump({"generation": generation, "content": content, "schema": SCHEMA_NUMBER}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._pointer)
        for number, path in self._generations():
            if number < generation - 1:
                with suppress(OSError):  # it is sealed all the same, and the next one tries again
                    path.unlink(missing_ok=True)


class Writer:
    """One unsealed generation, open for writing."""

    def __init__(self, store: Store, number: int, path: Path, *, is_new: bool) -> None:
        self._store, self._number, self._path = store, number, path
        self.engine = _opened(path, read_only=False)
        self.engine.execute(f"SET memory_limit = '{WRITER_MEMORY}'")
        self._open = True
        if is_new:
            self.engine.execute(_SCHEMA)
            self.engine.execute(
                "INSERT INTO population SELECT state, year, residents, source FROM read_csv($facts) WHERE state <> 'PR'",
                {"facts": population.residents_csv()},
            )

    def seal(self) -> Head:
        """Make what was written the current generation; nothing is visible before, everything after."""
        digest.seal_days(self.engine)
        content = digest.content_hash(self.engine)
        self.engine.execute("CHECKPOINT")  # closing would do it too, but keep silent where the disk is full
        self.close()
        if (left := self._path.with_name(f"{self._path.name}.wal")).exists():
            raise OSError(errno.EIO, "not all that was written reached the file", str(left))
        sealed = self._store.path(self._number)
        _flush(self._path)
        self._path.replace(sealed)
        self._store._point_to(self._number, content)
        return Head(self._number, content)

    def close(self) -> None:
        """Close the file; without a seal before, nothing of it stays."""
        if self._open:
            self._open = False
            self.engine.close()


@contextmanager
def scratch(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with no file of its own, for what is made and not kept; what is more than a few GiB goes to ``spill``."""
    with duckdb.connect(config={"memory_limit": _SCRATCH_MEMORY, "temp_directory": str(spill)}) as engine:
        engine.execute("SET enable_progress_bar = false")
        yield engine


def _opened(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect(str(path), read_only=read_only)
    engine.execute("SET enable_progress_bar = false")
    return engine


def unpacking_folder(engine: duckdb.DuckDBPyConnection) -> Path | None:
    """Where a writer's files for a moment belong: what a kill leaves there goes with the next writer.

    None, which is the system's folder for such files, where the engine writes to no ledger.
    """
    (told,) = engine.execute("SELECT current_setting('temp_directory')").fetchone() or ("",)
    folder = Path(told)
    if not folder.name.startswith(_UNSEALED):
        return None
    folder.mkdir(exist_ok=True)
    return folder


def literally(path: Path) -> str:
    """The path as the engine's readers take it for this one file, whatever signs of a pattern stand in it."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


@contextmanager
def believed() -> Iterator[None]:
    """Raises LedgerBroken where what is read of a generation meanwhile turns out to be damaged."""
    try:
        yield
    except duckdb.Error as error:
        if not _lies_with_the_disk(error):
            raise
        raise LedgerBroken(
            f"The ledger's file is damaged ({_first_line(error)}). Run `breachtrail rebuild`; the raw bytes are kept."
        ) from None


def _lies_with_the_disk(error: duckdb.Error) -> bool:
    """Whether a file is damaged or a disk full; a statement that is wrong raises other errors."""
    return type(error) in (
        duckdb.Error,
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.InternalException,
        duckdb.OutOfMemoryException,
        duckdb.SerializationException,
        duckdb.TransactionException,
    )


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
