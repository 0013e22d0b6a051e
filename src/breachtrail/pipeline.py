"""The whole day, readable in one look: keep the bytes, read, screen, match, append, seal.

Ingesting, bringing in a snapshot that turns up late, and rebuilding are one and the same walk over the days; they
differ only in the day from which it starts.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from breachtrail.errors import BreachTrailError, FileRefused, LedgerBroken, LedgerMissing
from breachtrail.ledger import append, identity
from breachtrail.ledger.laws import Law, hold
from breachtrail.ledger.raw import Raw, Sidecar
from breachtrail.ledger.store import Head, Store
from breachtrail.notices.screen import Screened, screen
from breachtrail.registers import files, provenance, register

#: Raised when the same bytes are read differently; a ledger of an older reader is rebuilt on the next ingest.
READER_VERSION = 1

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class FileResult:
    """What became of one file: ``refused`` holds the sentence that says why; ``known`` says it was in already."""

    name: str
    rows: int = 0
    accepted: int = 0
    held: int = 0
    view: str = ""
    taken_on: date | None = None
    dress: str = ""
    unread: tuple[str, ...] = ()
    known: bool = False
    refused: str = ""


@dataclass
class Ingested:
    """What one run did: a result for each file, the days that were walked, and the ledger's head after it."""

    files: list[FileResult] = field(default_factory=list)
    days: list[append.Appended] = field(default_factory=list)
    head: Head | None = None


def ingest(
    home: Path,
    paths: Iterable[Path],
    *,
    taken: date | None = None,
    view: str | None = None,
    register_name: str = "us_hhs_ocr",
    progress: Progress = lambda what, done, of: None,
) -> Ingested:
    """Bring files into the ledger in ``home``, in any order; a file that is in already changes nothing.

    A file that cannot be read is refused, with the reason in its result; the others go on. Days are those of the
    files (``taken``), not of the call. Raises LedgerBusy, LedgerError.
    """
    done = Ingested()
    store, raw = Store(home), Raw(home)
    with store.write() as writer:
        engine = writer.engine
        known = {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
        raw.settle(known)
        arriving: dict[str, tuple[Path, Sidecar]] = {}
        for path in paths:
            try:
                sidecar = provenance.of(path, register.load(register_name), taken=taken, view=view)
            except BreachTrailError as refusal:
                done.files.append(FileResult(path.name, refused=str(refusal)))
                continue
            except OSError as error:
                done.files.append(FileResult(path.name, refused=f"{path} cannot be opened ({error.strerror})."))
                continue
            if sidecar.id in known or sidecar.id in arriving:
                done.files.append(FileResult(path.name, view=sidecar.view, taken_on=sidecar.taken_on, known=True))
            else:
                arriving[sidecar.id] = (path, sidecar)
        if arriving:
            first = min(sidecar.taken_on for _, sidecar in arriving.values())
            again = {sidecar.id: (None, sidecar) for sidecar in raw.sidecars() if sidecar.taken_on >= first}
            _walk(engine, raw, first, {**again, **arriving}, done, progress)
        if any(not (result.refused or result.known) for result in done.files):
            identity.remember(engine, home)
            done.head = writer.seal()
            raw.settle(set(arriving))
        elif store.exists:
            done.head = store.head()
    return done


def rebuild(home: Path, *, into: Path | None = None, progress: Progress = lambda what, done, of: None) -> Ingested:
    """Make the ledger anew (``into`` another folder, if given) from raw bytes, sidecars and the log of ids alone.

    Raises LedgerMissing where no raw bytes are kept, LedgerBroken where they are not what they were.
    """
    done = Ingested()
    store, raw = Store(into or home), Raw(home)
    kept = raw.sidecars()
    if not kept:
        raise LedgerMissing(f"There are no raw bytes in {home / 'raw'} to rebuild a ledger from.")
    with store.write(afresh=True) as writer:
        _walk(writer.engine, raw, date.min, {sidecar.id: (None, sidecar) for sidecar in kept}, done, progress)
        if into is None:
            identity.remember(writer.engine, home)
        done.head = writer.seal()
    return done


def verify(home: Path, *, progress: Progress = lambda what, done, of: None) -> list[Law]:
    """Hold the ledger in ``home`` to its laws, its raw bytes to their hashes, and a rebuild of it to its seal.

    Raises LedgerMissing, LedgerBroken.
    """
    store, raw = Store(home), Raw(home)
    head, engine = store.read()
    with engine:
        laws = hold(engine, head)
        known = {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
    kept = raw.sidecars()
    spoilt = len(known - {sidecar.id for sidecar in kept})
    for place, sidecar in enumerate(kept):
        progress(sidecar.file_name, place, len(kept))
        try:
            with raw.unpacked(sidecar):
                pass
        except LedgerBroken:
            spoilt += 1
    laws.append(Law("raw", spoilt == 0, spoilt, len(known)))
    if spoilt == 0:
        with TemporaryDirectory(prefix="breachtrail-") as beside:
            again = rebuild(home, into=Path(beside), progress=progress)
        laws.append(Law("rebuild", again.head is not None and again.head.content == head.content, 0, 1))
    return laws


def _walk(
    engine: duckdb.DuckDBPyConnection,
    raw: Raw,
    first: date,
    snapshots: dict[str, tuple[Path | None, Sidecar]],
    done: Ingested,
    progress: Progress,
) -> None:
    """Forget what was known from ``first`` on, then live through the days again with all their snapshots."""
    append.forget_from(engine, first)
    identity.recall(engine, raw.home)
    ordered = sorted(snapshots.values(), key=lambda pair: _place(pair[1]))
    read = 0
    for (day, name), pairs in groupby(ordered, key=lambda pair: (pair[1].taken_on, pair[1].register)):
        of = register.load(name)
        append.start_day(engine)
        observed: set[str] = set()
        carried: set[str] = set()
        for path, sidecar in pairs:
            progress(sidecar.file_name, read, len(ordered))
            read += 1
            with _bytes(raw, path, sidecar) as source:
                try:
                    screened = _read(engine, source, sidecar, done, arriving=path is not None)
                except FileRefused as refusal:
                    done.files.append(FileResult(sidecar.file_name, refused=str(refusal)))
                    continue
                if path is not None:
                    raw.keep(path, sidecar)
            carried = (carried & set(screened.carried)) if observed else set(screened.carried)
            observed |= set(of.views) if sidecar.view in ("both", "all") else {sidecar.view}
        if observed:
            done.days.append(
                append.append_day(
                    engine,
                    register=name,
                    id_prefix=of.id_prefix,
                    day=day,
                    observed=sorted(observed),
                    views=of.views,
                    carried=sorted(carried),
                )
            )
    progress("", len(ordered), len(ordered))


def _read(
    engine: duckdb.DuckDBPyConnection, source: Path, sidecar: Sidecar, done: Ingested, *, arriving: bool
) -> Screened:
    """One file: text table, screen, then its snapshot, held rows and accepted rows into the day."""
    text = files.read_text_table(engine, source, "text_table")
    of, layout = register.recognise(text.header, source.name, sidecar.register)
    screened = screen(
        engine,
        table=text.table,
        places=layout.places,
        width=layout.width,
        associate_name=layout.associate_name,
        view_place=layout.status,
        view_words={word: view for view, words in of.status_values.items() for word in words},
        taken_not_after=sidecar.taken_not_after,
        name="screened",
    )
    number = append.add_snapshot(
        engine,
        sidecar,
        screened,
        columns=text.header,
        unread=layout.unread,
        derived=layout.derived,
        dress=text.dress,
        reader_version=READER_VERSION,
    )
    append.add_rows(engine, screened.accepted, number, sidecar.view, screened.carried)
    if arriving:
        done.files.append(
            FileResult(
                source.name,
                text.rows,
                screened.accepted_rows,
                screened.held_rows,
                sidecar.view,
                sidecar.taken_on,
                text.dress,
                layout.unread,
            )
        )
    return screened


def _place(sidecar: Sidecar) -> tuple[date, str, bool, str, str]:
    """The order of snapshots: by day; within it the register's own views before files that somebody made of both."""
    return (sidecar.taken_on, sidecar.register, sidecar.view in ("both", "all"), sidecar.view, sidecar.sha256)


@contextmanager
def _given(path: Path) -> Iterator[Path]:
    yield path


def _bytes(raw: Raw, path: Path | None, sidecar: Sidecar) -> AbstractContextManager[Path]:
    return raw.unpacked(sidecar) if path is None else _given(path)
