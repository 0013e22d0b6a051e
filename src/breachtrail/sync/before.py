"""What the last look said: whether today's brings anything new, or confirms something that waits for a second look."""

from datetime import date
from importlib import import_module
from pathlib import Path

from breachtrail.errors import LedgerMissing
from breachtrail.ledger.raw import Raw
from breachtrail.ledger.store import Store
from breachtrail.registers.listing import Listing


def is_the_same(home: Path, register: str, day: date, view: str, listing: Listing) -> bool:
    """Whether the newest snapshot of a view says to the letter what ``listing`` says; the digits in a header aside.

    A snapshot of ``day`` or later is none to compare with.
    """
    content = import_module(f"breachtrail.registers.{register}.portal").content
    taken = [
        sidecar
        for sidecar in Raw(home).sidecars()
        if (sidecar.register, sidecar.view) == (register, view) and sidecar.taken_on < day
    ]
    newest = max((sidecar.taken_on for sidecar in taken), default=None)
    for sidecar in taken:
        if sidecar.taken_on == newest:
            with Raw(home).unpacked(sidecar) as path:
                body = path.read_bytes()
            if Listing(body, 0).has_record_ids == listing.has_record_ids:
                return bool(content(body) == content(listing.body))
    return False


def waits(home: Path, register: str, day: date) -> bool:
    """Whether a notice was missing at an earlier look, so that one more look without it would say that it is gone."""
    try:
        _, engine = Store(home).read()
    except LedgerMissing:
        return False
    with engine:
        return bool(
            engine.execute(
                "SELECT 1 FROM version WHERE known_until IS NULL AND register = $register AND status IN ('missing', 'closed') "
                "AND known_from < $day LIMIT 1",
                {"register": register, "day": day},
            ).fetchall()
        )
