"""Every version of every notice as a file, made once for each state of the ledger, however many take it."""

import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from breachtrail.web.visit import Visit

#: Files that lie ready: of the newest state, and of the one before for those who are taking it still.
_MOST = 4


class Whole:
    """The files, in a folder of their own that goes with the site."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="breachtrail-")
        self._lock = threading.Lock()

    def file(self, visit: Visit, kind: str) -> Path:
        """The file for the state of the visit; ``kind`` is ``csv`` or ``parquet``."""
        head, folder = visit.ledger.head, Path(self._folder.name)
        wanted = folder / f"{head.generation}-{head.content[:16]}.{kind}"
        with self._lock:
            if not wanted.exists():
                unfinished = folder / f"unfinished.{kind}"
                _, codebook = visit.ledger.export(unfinished)
                codebook.unlink()
                unfinished.replace(wanted)
                ready = sorted(folder.glob("*-*.*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
                for old in ready[_MOST:]:
                    old.unlink()
        return wanted
