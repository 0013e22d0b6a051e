"""The whole day, readable in one look: keep the bytes, read, screen, match, append, seal.

Ingesting, bringing in a snapshot that turns up late, and rebuilding are one and the same walk over the days; they
differ only in the day from which it starts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from breachtrail.errors import BreachTrailError, FileRefused, LedgerBroken, LedgerError, LedgerMissing
from breachtrail.ledger import append, corrections, identity
from breachtrail.ledger.corrections import Correction
from breachtrail.ledger.laws import Law, hold, hold_to_log
from breachtrail.ledger.raw import Raw, Sidecar
from breachtrail.ledger.snapshots import Reading, next_number, record
from breachtrail.ledger.store import Head, Store, believed, unpacking_folder
from breachtrail.notices import plain
from breachtrail.notices.screen import Judged, screen, usual_reason
from breachtrail.registers import files, named, provenance, reading, register

#: Raised when the same bytes are read differently; a ledger of an older reader is rebuilt on the next ingest.
READER_VERSION = 2

Progress = Callable[[str, int, int], None]
#: The engine with what was read (``reading``, ``judged``), the snapshots that are new, and how each was judged.
Approve = Callable[[duckdb.DuckDBPyConnection, Sequence[Reading], Mapping[int, Judged]], None]


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
    approve: Approve | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Ingested:
    """Bring files into the ledger in ``home``, in any order; a file that is in already changes nothing.

    A file that cannot be read is refused, with the reason in its result; the others go on. Days are those of the
    files (``taken``), not of the call. What ``corrections.yml`` says is applied, from the first day on for which it
    says something else than before; ``approve`` is shown all that was read before anything is appended, and raises if it
    must not be. Raises LedgerBusy, LedgerError, CorrectionError; FileRefused, with nothing done, where a file changes or
    goes while it is read.
    """
    done = Ingested()
    store, raw = Store(home), Raw(home)
    with store.write() as writer:
        engine = writer.engine
        snapshots = engine.execute("SELECT id, taken_on, reader_version, sha256, view FROM snapshot").fetchall()
        known = {id for id, *_ in snapshots}
        shows = {digest: view for *_, digest, view in snapshots}
        raw.settle(known)
        arriving: dict[str, tuple[Path, Sidecar]] = {}
        seen: dict[Path, object] = {}
        of = register.load(register_name)
        for path in paths:
            try:
                seen[path] = _stamp(path)
                sidecar = provenance.of(path, of, taken=taken, view=view)
            except BreachTrailError as refusal:
                done.files.append(FileResult(path.name, refused=str(refusal)))
                continue
            except OSError as error:
                done.files.append(FileResult(path.name, refused=f"{path} cannot be opened ({error.strerror})."))
                continue
            is_empty = of.may_be_empty and files.has_no_rows(path)
            if not is_empty and shows.setdefault(sidecar.sha256, sidecar.view) != sidecar.view:
                done.files.append(FileResult(path.name, refused=_two_views(path, sidecar, shows[sidecar.sha256])))
            elif sidecar.id in known or sidecar.id in arriving:
                done.files.append(FileResult(path.name, view=sidecar.view, taken_on=sidecar.taken_on, known=True))
            else:
                arriving[sidecar.id] = (path, sidecar)
        entries = corrections.load(home)
        corrected = corrections.first_day(engine, entries)
        first = date.max
        if arriving or corrected:
            read_otherwise = [day for _, day, reader, *_ in snapshots if reader != READER_VERSION]
            days = [sidecar.taken_on for _, sidecar in arriving.values()]
            first = min(*days, *read_otherwise, corrected or date.max, date.max)
            again = {sidecar.id: (None, sidecar) for sidecar in raw.sidecars() if sidecar.taken_on >= first}
            if lost := sorted(id for id, day, *_ in snapshots if day >= first and id not in again):
                raise LedgerBroken(
                    f"The days from {first} on must be lived through again, and what was kept of {lost[0]} is not in "
                    f"{home / 'raw'}; restore it from a copy. The ledger is as it was before."
                )
            try:
                _walk(engine, raw, first, {**again, **arriving}, entries, done, progress, approve)
            finally:  # what was read then, and what went wrong with it, is of no account
                _refuse_changed([path for path, _ in arriving.values() if _stamp(path) != seen[path]])
        if corrected or any(not (result.refused or result.known) for result in done.files):
            identity.remember(engine, home, first)
            sealed = {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
            done.head = writer.seal()
            raw.settle(sealed)
        else:
            raw.settle(known)
            done.head = store.head() if store.exists else None
    return done


def _stamp(path: Path) -> object:
    """What changes when somebody writes to a file or puts another in its place; None where there is none."""
    try:
        told = path.stat()
    except (OSError, ValueError):
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns


def _refuse_changed(paths: Sequence[Path]) -> None:
    if paths:
        raise FileRefused(
            f"{paths[0].name} was changed or taken away while it was read. The ledger is as it was before; bring the file in "
            "again when nobody writes to it."
        ) from None


def _two_views(path: Path, sidecar: Sidecar, view: str) -> str:
    return (
        f"{path.name} holds the same bytes as a file that is in the ledger as view {view!r}, and no list shows what the "
        f"other shows; it is not {sidecar.view!r} too. If the first was a mistake, take its sidecar "
        f"(…_{view}_{sidecar.sha256[:16]}.json) out of the folder raw and run `breachtrail rebuild`."
    )


def rebuild(home: Path, *, progress: Progress = lambda what, done, of: None) -> Ingested:
    """Make the ledger anew from raw bytes, sidecars, corrections and the log of ids alone.

    Raises LedgerMissing where no raw bytes are kept, LedgerBroken where they are not what they were, CorrectionError.
    """
    done = Ingested()
    store, raw = Store(home), Raw(home)
    with store.write(afresh=True) as writer:
        raw.settle(_sealed_snapshots(store))
        kept = raw.sidecars()
        if not kept:
            raise LedgerMissing(f"There are no raw bytes in {home / 'raw'} to rebuild a ledger from.")
        everything = {sidecar.id: (None, sidecar) for sidecar in kept}
        _walk(writer.engine, raw, date.min, everything, corrections.load(home), done, progress)
        identity.remember(writer.engine, home, date.min)
        done.head = writer.seal()
    return done


def _sealed_snapshots(store: Store) -> set[str] | None:
    """The snapshots of the sealed ledger; None where it is not there or cannot be read."""
    try:
        _, engine = store.read()
    except LedgerError:
        return None
    try:
        with engine, believed():
            return {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
    except LedgerError:
        return None


def verify(home: Path, *, progress: Progress = lambda what, done, of: None) -> list[Law]:
    """Hold the ledger in ``home`` to its laws, its raw bytes to their hashes, and a rebuild of it to its seal.

    Raises LedgerMissing, LedgerBroken.
    """
    store, raw = Store(home), Raw(home)
    store.settle()
    while True:
        head, engine = store.read()
        with engine:
            laws = [*hold(engine, head), hold_to_log(engine, home)]
            known = {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
            entries = corrections.recorded(engine)
        kept = raw.sidecars(known)
        if store.head() == head:  # else somebody sealed meanwhile
            break
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
        everything = {sidecar.id: (None, sidecar) for sidecar in kept}
        with TemporaryDirectory(prefix="breachtrail-") as beside, Store(Path(beside)).write(afresh=True) as writer:
            _walk(writer.engine, raw, date.min, everything, entries, Ingested(), progress)
            content = writer.seal().content
        laws.append(Law("rebuild", content == head.content, 0, 1))
    return laws


def _walk(
    engine: duckdb.DuckDBPyConnection,
    raw: Raw,
    first: date,
    snapshots: Mapping[str, tuple[Path | None, Sidecar]],
    entries: Sequence[Correction],
    done: Ingested,
    progress: Progress,
    approve: Approve | None = None,
) -> None:
    """Forget what was known from ``first`` on, then live through the days again with all their snapshots."""
    ordered = sorted(snapshots.values(), key=lambda pair: _place(pair[1]))
    with ThreadPoolExecutor(max_workers=1) as keeper:
        # The bytes are kept beside the reading; whatever goes wrong with them is raised before anything is sealed.
        readings, kept = _read(engine, raw, ordered, next_number(engine, first), done, progress, keeper)
        judged = _screen(engine, readings) if readings else {}
        unread = [
            one
            for one in readings
            if one.rows and not judged[one.number].accepted and snapshots[one.sidecar.id][0] is not None
        ]
        if approve is not None and readings:
            approve(engine, [one for one in readings if snapshots[one.sidecar.id][0] is not None], judged)
        if readings and not unread:
            _live(engine, raw, first, readings, judged, snapshots, entries, done, progress)
        for keeping in kept:
            keeping.result()
    if unread:
        done.files += [FileResult(one.sidecar.file_name, refused=_nothing_read(engine, one)) for one in unread]
        rest = {one.sidecar.id: snapshots[one.sidecar.id] for one in readings if one not in unread}
        if any(path is not None for path, _ in rest.values()):
            _walk(engine, raw, first, rest, entries, done, progress, approve)


def _screen(engine: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> dict[int, Judged]:
    """How many rows of each snapshot are accepted, and how many held: plain rows are, the others are judged."""
    judged = screen(
        engine,
        {one.number: one.sidecar.taken_not_after for one in readings},
        {one.number: "submitted_on" in one.carried for one in readings},
        {
            word: view
            for one in readings
            for view, words in register.load(one.sidecar.register).status_values.items()
            for word in words
        },
    )
    return {one.number: Judged(judged[one.number].accepted + one.plain, judged[one.number].held) for one in readings}


def _nothing_read(engine: duckdb.DuckDBPyConnection, one: Reading) -> str:
    """Why a file is refused whose every row would be held: taken for a list, it would end every notice of its view."""
    row, field, rule, seen = usual_reason(engine, one.number)
    if rule == "after_taken":
        return (
            f"{one.sidecar.file_name} cannot have been taken on {one.sidecar.taken_on}: all its rows were submitted later, "
            f"row {row} on {seen}. Say with --taken on which day it was."
        )
    return (
        f"{one.sidecar.file_name} has no row that can be read (in row {row}, {field} is {seen[:40]!r}: {rule}). "
        "Export it again as the portal writes it."
    )


def _live(
    engine: duckdb.DuckDBPyConnection,
    raw: Raw,
    first: date,
    readings: Sequence[Reading],
    judged: Mapping[int, Judged],
    snapshots: Mapping[str, tuple[Path | None, Sidecar]],
    entries: Sequence[Correction],
    done: Ingested,
    progress: Progress,
) -> None:
    """Live through the days of what was read and judged."""
    accepted, held = ([getattr(judged[one.number], kind) for one in readings] for kind in ("accepted", "held"))
    engine.begin()
    append.forget_from(engine, first)
    identity.recall(engine, raw.home)
    record(engine, readings, accepted, held, READER_VERSION)
    corrections.record(engine, entries)
    append.list_rows(engine, readings)
    for place, ((day, name), looks) in enumerate(
        groupby(readings, key=lambda one: (one.sidecar.taken_on, one.sidecar.register))
    ):
        done.days.append(_live_through(engine, day, register.load(name), list(looks), entries))
        progress(str(day), place + 1, 0)
    engine.commit()
    results = {one.sidecar.id: (one, judged[one.number]) for one in readings}
    for id, (path, sidecar) in snapshots.items():
        if path is not None and id in results:
            one, counts = results[id]
            done.files.append(
                FileResult(
                    path.name,
                    one.rows,
                    counts.accepted,
                    counts.held,
                    sidecar.view,
                    sidecar.taken_on,
                    one.dress,
                    one.unread,
                )
            )


def _read(
    engine: duckdb.DuckDBPyConnection,
    raw: Raw,
    snapshots: Sequence[tuple[Path | None, Sidecar]],
    number: int,
    done: Ingested,
    progress: Progress,
    keeper: Executor,
) -> tuple[list[Reading], list[Future[None]]]:
    """Read every snapshot, oldest first; a file that is no export is refused and left out."""
    plain.start(engine)
    named.start(engine)
    readings: list[Reading] = []
    kept: list[Future[None]] = []
    for place, (path, sidecar) in enumerate(snapshots):
        progress(sidecar.file_name, place, len(snapshots))
        try:
            with _bytes(raw, path, sidecar, engine) as source:
                readings.append(reading.read(engine, source, sidecar, number))
                if path is not None:
                    kept.append(keeper.submit(raw.keep, path, sidecar))
        except FileRefused as refusal:
            done.files.append(FileResult(sidecar.file_name, refused=str(refusal)))
            continue
        number += 1
    return readings, kept


def _live_through(
    engine: duckdb.DuckDBPyConnection,
    day: date,
    of: register.Register,
    looks: Sequence[Reading],
    entries: Sequence[Correction],
) -> append.Appended:
    """One day of one register: all its snapshots together, as what was known from then on."""
    carried = sorted(frozenset.intersection(*(look.carried for look in looks)))
    observed = {
        view for look in looks for view in (of.views if look.sidecar.view in ("both", "all") else (look.sidecar.view,))
    }
    append.start_day(engine, [look.number for look in looks], carried)
    return append.append_day(
        engine,
        register=of.name,
        id_prefix=of.id_prefix,
        day=day,
        observed=sorted(observed),
        views=of.views,
        carried=carried,
        corrected=[one for one in entries if one.snapshot_id in {look.sidecar.id for look in looks}],
    )


def _place(sidecar: Sidecar) -> tuple[date, str, bool, str, str]:
    """The order of snapshots: by day; within it the register's own views before files that somebody made of both."""
    return (sidecar.taken_on, sidecar.register, sidecar.view in ("both", "all"), sidecar.view, sidecar.sha256)


@contextmanager
def _given(path: Path) -> Iterator[Path]:
    yield path


def _bytes(
    raw: Raw, path: Path | None, sidecar: Sidecar, engine: duckdb.DuckDBPyConnection
) -> AbstractContextManager[Path]:
    return raw.unpacked(sidecar, unpacking_folder(engine)) if path is None else _given(path)
