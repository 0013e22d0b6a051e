"""What a restore has brought in whole, and has yet to put in its place.

A restore gathers everything in ``restoring`` below the home and renames that folder to ``restored``: from this one step
on the restore has happened, and whoever writes next finishes it if it was killed. Readers see the step at which the
pointer is replaced, as always.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: What lies in a home beside the folders ``ledger`` and ``raw`` and is needed to rebuild it: the log of ids, corrections.
BESIDE = ("ids/*.parquet", "corrections.yml")
MANIFEST = "MANIFEST.json"
POINTER = "ledger/current.json"


@contextmanager
def gathering(home: Path) -> Iterator[Path]:
    """The folder in which a restore gathers what it brings; gone afterwards, if it did not ``commit``."""
    try:
        yield _gathering(home)
    finally:
        shutil.rmtree(_gathering(home), ignore_errors=True)


def commit(home: Path) -> None:
    """What was gathered is whole, and is the ledger from now on."""
    _gathering(home).rename(_whole(home))
    finish(home)


def is_unfinished(home: Path) -> bool:
    """Whether a restore was killed after its last word."""
    return _whole(home).is_dir()


def finish(home: Path) -> None:
    """Put everything in its place, however far a killed restore had come; the caller is the only writer.

    What is named by its content or has a number of its own goes first, then the pointer, then what stands where
    something else stood.
    """
    if is_unfinished(home):
        whole = _whole(home)
        names = set(json.loads((whole / MANIFEST).read_text(encoding="utf-8"))["members"])
        for name in sorted(names, key=lambda name: (not name.endswith((".zst", ".duckdb")), name != POINTER, name)):
            if (whole / name).exists():
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                (whole / name).replace(home / name)
        for path in (path for pattern in ("raw/*", *BESIDE) for path in home.glob(pattern)):
            if path.relative_to(home).as_posix() not in names:
                path.unlink()
        whole.rename(_gathering(home))
    shutil.rmtree(_gathering(home), ignore_errors=True)


def _gathering(home: Path) -> Path:
    return home / "restoring"


def _whole(home: Path) -> Path:
    return home / "restored"
