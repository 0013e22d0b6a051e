"""The raw bytes of every snapshot, compressed and named by their hash, each with a sidecar that says what they are.

The ledger can be rebuilt from this folder alone. A sidecar counts once its snapshot is sealed: until then it is
``pending``, and a writer that starts after a crash drops pending ones that no sealed ledger knows.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard

from breachtrail.errors import LedgerBroken

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Sidecar:
    """What a snapshot's bytes are: register, view, the day as a window, where from.

    taken_on:         the day that counts (US Eastern, end of day)
    taken_not_before, taken_not_after: the window in which it was taken; a point if we fetched it ourselves
    """

    register: str
    view: str
    taken_on: date
    taken_not_before: date
    taken_not_after: date
    fetched_from: str
    file_name: str
    sha256: str

    @property
    def id(self) -> str:
        """A snapshot's identity: register, view, day, bytes."""
        return f"{self.register}/{self.taken_on}/{self.view}/{self.sha256[:16]}"


class Raw:
    """The folder of raw bytes below ``home``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._folder = home / "raw"

    def keep(self, path: Path, sidecar: Sidecar) -> None:
        """Store the bytes of ``path`` once, and a pending sidecar beside them."""
        self._folder.mkdir(parents=True, exist_ok=True)
        packed = self._folder / f"{sidecar.sha256}.zst"
        if not packed.exists():
            beside = packed.with_suffix(".new")
            with path.open("rb") as source, beside.open("wb") as target:
                zstandard.ZstdCompressor(level=1, threads=-1).copy_stream(source, target)
                target.flush()
                os.fsync(target.fileno())
            beside.replace(packed)
        text = json.dumps(asdict(sidecar), default=str, ensure_ascii=False, indent=1)
        pending = self._sidecar(sidecar.id).with_suffix(".pending")
        beside = pending.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as target:
            target.write(text + "\n")
            target.flush()
            os.fsync(target.fileno())
        beside.replace(pending)

    def settle(self, known: set[str] | None) -> None:
        """Pending sidecars of ``known`` snapshots count from now on, the others go, and with them bytes that no sidecar
        names; all count where None is known."""
        for pending in self._folder.glob("*.pending"):
            if known is None or pending.stem in {_stem(snapshot_id) for snapshot_id in known}:
                pending.replace(pending.with_suffix(".json"))
            else:
                pending.unlink()
        if known is None:
            return
        named = {one.rsplit("/", 1)[1] for one in known} | {path.stem[-16:] for path in self._folder.glob("*.json")}
        for path in self._folder.glob("*"):
            if path.suffix == ".new" or (path.suffix == ".zst" and path.stem[:16] not in named):
                path.unlink()

    def sidecars(self, sealed: Iterable[str] = ()) -> list[Sidecar]:
        """Every snapshot kept; of those still pending only the ``sealed`` ones (a crash came before they were settled)."""
        stems = {_stem(snapshot_id) for snapshot_id in sealed}
        # Pending ones first: one that a writer settles meanwhile is then found under its other name.
        pending = [path.with_suffix(".json") for path in self._folder.glob("*.pending") if path.stem in stems]
        return [self._read(path) for path in sorted({*pending, *self._folder.glob("*.json")})]

    def packed_size(self, sidecar: Sidecar) -> int:
        """Bytes that a snapshot takes in the folder; 0 where they are not there."""
        try:
            return (self._folder / f"{sidecar.sha256}.zst").stat().st_size
        except OSError:
            return 0

    @contextmanager
    def unpacked(self, sidecar: Sidecar, beside: Path | None = None) -> Iterator[Path]:
        """The bytes as a file again, checked against their hash, for as long as the context lasts.

        beside: the folder to unpack them in; else the system's for temporary files
        """
        packed = self._folder / f"{sidecar.sha256}.zst"
        with TemporaryDirectory(dir=beside) as folder:
            path = Path(folder) / Path(sidecar.file_name).name  # a sidecar leads nowhere else
            try:
                with packed.open("rb") as source, path.open("wb") as target:
                    zstandard.ZstdDecompressor().copy_stream(source, target)
            except (OSError, zstandard.ZstdError) as error:
                raise LedgerBroken(
                    f"The raw bytes {packed} cannot be read ({error}); restore them from a copy."
                ) from None
            if sha256(path) != sidecar.sha256:
                raise LedgerBroken(f"The raw bytes {packed} are not those that were kept; restore them from a copy.")
            yield path

    def text_of(self, stem: str) -> str:
        """What a sidecar says, settled or still pending."""
        for ending in (".pending", ".json"):
            with suppress(FileNotFoundError):
                return (self._folder / f"{stem}{ending}").read_text(encoding="utf-8")
        raise FileNotFoundError(f"there is no {stem}.json")

    def _sidecar(self, snapshot_id: str) -> Path:
        return self._folder / f"{_stem(snapshot_id)}.json"

    def _read(self, path: Path) -> Sidecar:
        try:
            told = json.loads(self.text_of(path.stem))
            days = {name: date.fromisoformat(told[name]) for name in told if name.startswith("taken_")}
            if not _SHA256.fullmatch(told["sha256"]):
                raise ValueError(f"{told['sha256']!r} is no SHA-256")
            return Sidecar(**{**told, **days})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise LedgerBroken(f"The sidecar {path} cannot be read ({error}); restore it from a copy.") from None


def _stem(snapshot_id: str) -> str:
    """The name of a snapshot's sidecar, without its ending."""
    return snapshot_id.replace("/", "_")


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
