"""A folder of plain files that is replaced as a whole: written beside the one that stands, then exchanged with it."""

import ctypes
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, NamedTuple, Self

from filelock import FileLock, Timeout

from breachtrail.errors import PublishError

#: The file by which a folder is known as a site of ours; it says of which state.
MARK = "breachtrail-site.json"

_AT_WORKING_FOLDER, _EXCHANGE = -100, 2


class Written(NamedTuple):
    """files: all of the site; changed: those whose bytes were not there before; removed: those there are no more."""

    files: int
    changed: int
    removed: int
    bytes: int


class Tree:
    """A site in ``folder``, being written anew. Visitors see the old one until ``seal``, and then the new one alone.

    A file whose bytes have not changed is linked and not written: it keeps its time, and whoever copies the site to a
    host by time and size sends what is new.
    """

    def __init__(self, folder: Path) -> None:
        """Raises PublishError where ``folder`` holds anything but a site, or where another run is writing to it."""
        self._folder = folder.resolve()
        self._beside = self._folder.with_name(f".{self._folder.name}.writing")
        self._before = self._folder.with_name(f".{self._folder.name}.before")
        self._lock = FileLock(self._folder.with_name(f".{self._folder.name}.lock"))
        self._paths: set[str] = set()
        self._changed = self._bytes = 0

    def __enter__(self) -> Self:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise PublishError(f"Another run is writing {self._folder}. Wait until it is done.") from None
        try:
            self._mend()
            self._refuse_what_is_no_site()
            self._beside.mkdir()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._beside, ignore_errors=True)
        self._lock.release()

    def write(self, path: str, content: bytes) -> None:
        """One file of the new site, its path with slashes, below the folder."""
        if path in self._paths:
            raise PublishError(f"Two pages would be the file {path}. This is a fault of BreachTrail: please report it.")
        old, new = self._folder / PurePosixPath(path), self._beside / PurePosixPath(path)
        self._paths.add(path)
        self._bytes += len(content)
        _make(new.parent)
        if _holds(old, content):
            try:
                os.link(old, new)
            except OSError:  # a file system without links
                shutil.copy2(old, new)
        else:
            new.write_bytes(content)
            self._changed += 1

    def standing(self, said: Mapping[str, Any]) -> Written | None:
        """The site that stands, if its mark says the same and nobody has touched a file of it since; else None."""
        try:
            mark, marked = json.loads((self._folder / MARK).read_bytes()), (self._folder / MARK).stat()
        except (OSError, ValueError):
            return None
        files = [path.stat() for path in self._folder.rglob("*") if path.is_file()]
        many, size = len(files), sum(file.st_size for file in files)
        is_whole = mark == {**said, "files": many, "bytes": size - marked.st_size}
        is_touched = any(file.st_mtime_ns > marked.st_mtime_ns for file in files)
        return Written(many, 0, 0, size) if is_whole and not is_touched else None

    def seal(self, said: Mapping[str, Any]) -> Written:
        """Put the new site in the place of the old one; ``said`` stands in its mark, and how much the site comes to."""
        told = {**said, "files": len(self._paths) + 1, "bytes": self._bytes}
        mark = (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()
        self._paths.add(MARK)
        self._bytes += len(mark)
        self._changed += not _holds(self._folder / MARK, mark)
        (self._beside / MARK).write_bytes(mark)  # never linked: its time is that of the whole
        before = {path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file()}
        if not self._folder.exists():
            self._beside.rename(self._folder)
        elif not _exchanged(self._beside, self._folder):
            self._folder.rename(self._before)
            self._beside.rename(self._folder)
            shutil.rmtree(self._before)
        return Written(len(self._paths), self._changed, len(before - self._paths), self._bytes)

    def _mend(self) -> None:
        """What a killed run left: the old site goes back to its place if nothing stands there, half a new one goes."""
        if self._before.exists():
            if self._folder.exists():
                shutil.rmtree(self._before)
            else:
                self._before.rename(self._folder)
        if self._beside.exists():
            shutil.rmtree(self._beside)

    def _refuse_what_is_no_site(self) -> None:
        if not self._folder.exists():
            return
        if not self._folder.is_dir() or (any(self._folder.iterdir()) and not (self._folder / MARK).is_file()):
            raise PublishError(
                f"{self._folder} holds something that BreachTrail did not publish (there is no {MARK} in it). "
                "Nothing was changed. Name a new or an empty folder."
            )


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can: nobody ever sees neither. Python has no call for it."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if call is None:
        return False
    return bool(call(_AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other), _EXCHANGE) == 0)
