"""A ledger as one file, and back: what it can be rebuilt from, and its current generation, so that it need not be.

The file is a tar whose first member, the manifest, names every other with its SHA-256. One state gives the same bytes
whenever it is backed up. A writer beside it does no harm: a generation is immutable, raw bytes of sealed snapshots stay,
and no page of the log of ids is ever changed.
"""

import errno
import glob
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from breachtrail.errors import BackupError, LedgerBroken, LedgerError
from breachtrail.ledger import restored
from breachtrail.ledger.laws import hold
from breachtrail.ledger.raw import Raw, Sidecar
from breachtrail.ledger.store import SCHEMA_NUMBER, Head, Store, believed

#: Raised when the archive's layout changes.
VERSION = 1

Progress = Callable[[str, int, int], None]

_BLOCK = 1 << 20
_LARGEST_MANIFEST = 1 << 28
_NAMES = re.compile(
    r"ledger/(current\.json|generation-\d{6,12}\.duckdb)|raw/([0-9a-f]{64}\.zst|[\w-]{1,200}\.json)"
    r"|ids/\d{6,12}-[0-9a-f]{16}\.parquet|corrections\.yml",
    re.ASCII,
)


@dataclass(frozen=True)
class Copied:
    """What was backed up or restored: the head, so many snapshots, so many bytes of archive.

    needs_rebuild: the generation is of another schema than this BreachTrail reads
    """

    head: Head
    snapshots: int
    bytes: int
    needs_rebuild: bool = False


def back_up(
    home: Path, target: Path, *, replace: bool = False, progress: Progress = lambda what, done, of: None
) -> Copied:
    """Write the ledger in ``home`` to the file ``target``, whole or not at all.

    Raises BackupError where the file is there already (unless ``replace``) or cannot be written, LedgerMissing,
    LedgerBroken.
    """
    if target.exists() and not replace:
        raise BackupError(f"{target} is there already and is left as it is; name another file, or say --replace.")
    store, raw = Store(home), Raw(home)
    store.settle()
    head, engine = store.read()
    with engine, ExitStack() as opened:
        generation = opened.enter_context(store.path(head.generation).open("rb"))
        with believed():
            known = {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
        sidecars = [sidecar for sidecar in raw.sidecars(known) if sidecar.id in known]
        if lost := sorted(known - {sidecar.id for sidecar in sidecars}):
            raise LedgerBroken(
                f"What was kept of {lost[0]} is not in {home / 'raw'}, so no backup would be whole; restore it from a copy."
            )
        pointer = {"generation": head.generation, "content": head.content, "schema": SCHEMA_NUMBER}
        try:
            parts = {
                restored.POINTER: _text(json.dumps(pointer)),
                f"ledger/{store.path(head.generation).name}": _held_open(generation),
            }
            for sidecar in sidecars:
                parts |= _kept(home, raw, sidecar)
            for path, file in _opened_beside(home, opened):
                parts[path.relative_to(home).as_posix()] = _held_open(file)
            size = _write(target, dict(sorted(parts.items())), head, progress)
        except OSError as error:
            raise BackupError(f"The backup {target} cannot be written ({error}). Nothing of it is left.") from None
    return Copied(head, len(sidecars), size)


def _opened_beside(home: Path, opened: ExitStack) -> list[tuple[Path, IO[bytes]]]:
    """The log of ids and the corrections, open; a log whose pages a writer makes one meanwhile is looked at again."""
    while True:
        paths = [path for pattern in restored.BESIDE for path in sorted(home.glob(pattern))]
        with suppress(FileNotFoundError):
            return [(path, opened.enter_context(path.open("rb"))) for path in paths]


@dataclass(frozen=True)
class Part:
    """One member to be: how to read it, and how many bytes of it."""

    open: Callable[[], IO[bytes]]
    bytes: int


def _text(told: str) -> Part:
    return Part(lambda: io.BytesIO(told.encode()), len(told.encode()))


def _held_open(file: IO[bytes]) -> Part:
    """An opened file, whose name may be gone by the time it is read."""

    def again() -> IO[bytes]:
        twin = os.fdopen(os.dup(file.fileno()), "rb")
        twin.seek(0)
        return twin

    return Part(again, os.fstat(file.fileno()).st_size)


def _kept(home: Path, raw: Raw, sidecar: Sidecar) -> dict[str, Part]:
    stem = sidecar.id.replace("/", "_")
    packed = home / "raw" / f"{sidecar.sha256}.zst"
    return {
        f"raw/{packed.name}": Part(lambda: packed.open("rb"), packed.stat().st_size),
        f"raw/{stem}.json": _text(raw.text_of(stem)),
    }


def _write(target: Path, parts: dict[str, Part], head: Head, progress: Progress) -> int:
    """The archive, under another name until it is whole; its size in bytes."""
    members: dict[str, dict[str, Any]] = {}
    for place, (name, part) in enumerate(parts.items()):
        progress(name, place, 2 * len(parts))
        with part.open() as source:
            members[name] = {"bytes": part.bytes, "sha256": _hashed(source, part.bytes)}
    manifest = json.dumps(
        {"breachtrail_backup": VERSION, "schema": SCHEMA_NUMBER, "content": head.content, "members": members}, indent=1
    ).encode()
    for left in target.parent.glob(f"{glob.escape(target.name)}.*.new"):
        left.unlink()
    beside = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as archive:
                archive.addfile(_member(restored.MANIFEST, len(manifest)), io.BytesIO(manifest))
                for place, (name, part) in enumerate(parts.items()):
                    progress(name, len(parts) + place, 2 * len(parts))
                    with part.open() as source:
                        archive.addfile(_member(name, part.bytes), source)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return size


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    return member


def _hashed(source: IO[bytes], size: int, target: IO[bytes] | None = None) -> str:
    """SHA-256 of the first ``size`` bytes, copied to ``target`` on the way."""
    digest = hashlib.sha256()
    while size and (block := source.read(min(size, _BLOCK))):
        digest.update(block)
        size -= len(block)
        if target is not None:
            target.write(block)
    return digest.hexdigest()


def restore(
    home: Path, source: Path, *, replace: bool = False, progress: Progress = lambda what, done, of: None
) -> Copied:
    """Make the ledger in ``home`` what the archive ``source`` holds: all of it, or nothing.

    Where ``replace`` lets it take the place of another ledger it gets a number above that one's. Raises BackupError where
    the archive is not whole or the place is taken, LedgerBusy, LedgerError.
    """
    store = Store(home)
    with _opened(source) as archive, store.alone(), restored.gathering(home) as folder:
        if not replace and (store.exists or any((home / "raw").glob("*.json"))):
            raise BackupError(
                f"There is a ledger in {home} already, and it is left as it is. Restore into another folder (--home), "
                "or say --replace to give it up."
            )
        manifest = _gather(archive, folder, source, progress)
        head = _checked(folder, manifest, source)
        if head.generation < store.next_number():
            head = _renumber(folder, manifest, Head(store.next_number(), head.content))
        for place in (home / "ledger", home / "raw"):
            place.mkdir(exist_ok=True)
            if not os.access(place, os.W_OK):  # found out now, while nothing has happened
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        restored.commit(home)
    return Copied(
        head,
        sum(bool(re.fullmatch(r"raw/.*\.json", name)) for name in manifest["members"]),
        source.stat().st_size,
        needs_rebuild=manifest["schema"] != SCHEMA_NUMBER,
    )


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    """The archive, for reading; what turns out to be wrong with it is said in a sentence."""
    try:
        with source.open("rb") as file:
            start = file.read(1)
            file.seek(0)
            if not start:
                raise _unfit(source, "it is empty")
            with tarfile.open(fileobj=file, mode="r:") as archive:
                yield archive
    except tarfile.TarError as error:
        raise _unfit(source, str(error)) from None
    except OSError as error:
        raise BackupError(f"{source} cannot be read ({error.strerror or error}). Nothing was restored.") from None


def _unfit(source: Path, why: str) -> BackupError:
    return BackupError(
        f"{source} is no whole backup of a ledger ({why}). Nothing was restored; take another copy of the file."
    )


def _gather(archive: tarfile.TarFile, folder: Path, source: Path, progress: Progress) -> dict[str, Any]:
    """Unpack into ``folder`` what the manifest names, each checked against its hash; the manifest."""
    manifest = _manifest(archive, source)
    members: dict[str, Any] = manifest["members"]
    left = dict(members)
    while (member := archive.next()) is not None:
        told = left.pop(member.name, None)
        if told is None or member.type != tarfile.REGTYPE or member.size != told["bytes"]:
            raise _unfit(source, f"the manifest names no such {member.name[:200]!r}, or not twice")
        progress(member.name, len(members) - len(left), len(members))
        path = folder / member.name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = archive.extractfile(member)
        with path.open("wb") as target:
            found = _hashed(content, member.size, target) if content is not None else ""
            target.flush()
            os.fsync(target.fileno())
        if found != told["sha256"]:
            raise _unfit(source, f"{member.name} is not what was backed up")
    if left:
        raise _unfit(source, f"{len(left)} of {len(members)} members are not there, {min(left)} among them")
    (folder / restored.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return manifest


def _manifest(archive: tarfile.TarFile, source: Path) -> dict[str, Any]:
    first = archive.next()
    if (
        first is None
        or first.name != restored.MANIFEST
        or first.type != tarfile.REGTYPE
        or first.size > _LARGEST_MANIFEST
    ):
        raise _unfit(source, "it does not begin with a manifest")
    content = archive.extractfile(first)
    try:
        manifest = json.loads(content.read() if content is not None else b"")
        version = manifest["breachtrail_backup"]
        if version != VERSION:
            raise BackupError(
                f"{source} is a backup of version {version!r}, and this BreachTrail reads version {VERSION}. Nothing was "
                "restored; use the BreachTrail that wrote it, or a newer one."
            )
        told = [
            (name, one["sha256"], int(one["bytes"]), manifest["schema"]) for name, one in manifest["members"].items()
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unfit(source, f"its manifest cannot be read: {type(error).__name__}") from None
    if strange := [name for name, *_ in told if not _NAMES.fullmatch(name)]:
        raise _unfit(source, f"a ledger has no {strange[0][:200]!r}")
    return dict(manifest)


def _checked(folder: Path, manifest: dict[str, Any], source: Path) -> Head:
    """The head of what was gathered, which has all that belongs to it and keeps its laws."""
    try:
        pointer = json.loads((folder / restored.POINTER).read_text(encoding="utf-8"))
        head = Head(int(pointer["generation"]), str(pointer["content"]))
        generations = [name for name in manifest["members"] if name.endswith(".duckdb")]
        if generations != [f"ledger/{Store(folder).path(head.generation).name}"] or head.generation < 1:
            raise _unfit(source, "its pointer names another generation")
        for sidecar in Raw(folder).sidecars():
            if f"raw/{sidecar.sha256}.zst" not in manifest["members"]:
                raise _unfit(source, f"the bytes of {sidecar.id} are not there")
        if pointer["schema"] == manifest["schema"] == SCHEMA_NUMBER:
            _, engine = Store(folder).read()
            with engine:
                if broken := [law.name for law in hold(engine, head) if not law.holds]:
                    raise _unfit(source, f"its generation breaks the laws {broken}")
        return head
    except (OSError, ValueError, KeyError, TypeError, OverflowError, LedgerError) as error:
        raise _unfit(source, str(error).splitlines()[0]) from None


def _renumber(folder: Path, manifest: dict[str, Any], head: Head) -> Head:
    """Give what was gathered a number that no generation in its place ever had."""
    (old,) = (name for name in manifest["members"] if name.endswith(".duckdb"))
    new = Store(folder).path(head.generation)
    (folder / old).rename(new)
    manifest["members"][f"ledger/{new.name}"] = manifest["members"].pop(old)
    pointer = json.loads((folder / restored.POINTER).read_text(encoding="utf-8"))
    for name, content in (
        (restored.POINTER, {**pointer, "generation": head.generation}),
        (restored.MANIFEST, manifest),
    ):
        with (folder / name).open("w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
    return head
