"""What the last look said: whether today's brings anything new, or confirms something that waits for a second look."""

import hashlib
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path

from breachtrail.errors import LedgerMissing
from breachtrail.ledger.raw import Raw
from breachtrail.ledger.store import Head, Store
from breachtrail.registers.listing import Listing
from breachtrail.sync.runlog import Memory


class Before:
    """The newest snapshots of a register before ``day``.

    While nothing was sealed since the last run, that run's memory tells what they say; else they are looked at.
    """

    def __init__(self, home: Path, register: str, day: date, memory: Memory) -> None:
        self._home, self._register, self._day, self._memory = home, register, day, memory
        self._content = import_module(f"breachtrail.registers.{register}.portal").content

    def rows(self, view: str, body: bytes) -> int | None:
        """How many rows a list has that says to the letter what the last one said, digits in a header aside; else None."""
        if self._is_remembered:
            look = self._memory.looks.get(view)
            return look.rows if look is not None and look.digest == self.digest(body) else None
        for rows, kept in self._newest(view):
            if Listing(kept, 0).has_record_ids == Listing(body, 0).has_record_ids:
                return rows if self._content(kept) == self._content(body) else None
        return None

    def digest(self, body: bytes) -> str:
        """What a list says, as a SHA-256."""
        return hashlib.sha256(self._content(body)).hexdigest()

    @cached_property
    def waits(self) -> bool:
        """Whether a notice was missing at an earlier look, so that one more look without it would say that it is gone."""
        if self._is_remembered:
            return self._memory.waits
        try:
            _, engine = Store(self._home).read()
        except LedgerMissing:
            return False
        with engine:
            return bool(
                engine.execute(
                    "SELECT 1 FROM version WHERE known_until IS NULL AND register = $register AND status IN ('missing', 'closed') "
                    "AND known_from < $day LIMIT 1",
                    {"register": self._register, "day": self._day},
                ).fetchall()
            )

    @cached_property
    def _is_remembered(self) -> bool:
        """Whether the ledger is still what the last run left."""
        return bool(self._memory.head) and self._memory.head == head_of(self._home)

    def _newest(self, view: str) -> list[tuple[int, bytes]]:
        """The newest snapshots of a view: how many lines, and their bytes. One of ``day`` or later is none to compare with."""
        taken = [
            sidecar
            for sidecar in Raw(self._home).sidecars()
            if (sidecar.register, sidecar.view) == (self._register, view) and sidecar.taken_on < self._day
        ]
        newest = max((sidecar.taken_on for sidecar in taken), default=None)
        found = []
        for sidecar in taken:
            if sidecar.taken_on == newest:
                with Raw(self._home).unpacked(sidecar) as path:
                    found.append((_rows(self._home, sidecar.id), path.read_bytes()))
        return found


def head_of(home: Path) -> str:
    """The content hash of the ledger's head; empty where there is none."""
    store = Store(home)
    head: Head | None = store.head() if store.exists else None
    return head.content if head else ""


def _rows(home: Path, snapshot: str) -> int:
    _, engine = Store(home).read()
    with engine:
        found = engine.execute('SELECT "rows" FROM snapshot WHERE id = $id', {"id": snapshot}).fetchone()
    return int(found[0]) if found else 0
