"""The audit trail: who did what, when, to what; it only grows, and each entry seals the one before.

The hash of an entry is the SHA-256 of its own content and of the hash before it, so no entry can be changed, left out or
put in without every later one giving it away. What the last entries were must be noted elsewhere (``head``): a trail that
was cut at its end is whole in itself.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeBroken, IntakeError
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import require
from breachtrail.intake.tables import AuditEntry

#: What stands before the first entry.
ORIGIN = "0" * 64
#: The advisory lock of PostgreSQL under which the trail grows; the number means nothing.
_LOCK = 1_644_140_014


@dataclass(frozen=True, slots=True)
class Entry:
    """One link, as it is shown."""

    number: int
    at: dt.datetime
    name: str
    role: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a trail: to be noted where nobody who can write to the store can write."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parsed(cls, text: str) -> Self:
        """A head as it was noted. Raises IntakeError for what is none."""
        number, _, hashed = text.strip().partition(":")
        if not (number.isascii() and number.isdecimal() and re.fullmatch("[0-9a-f]{64}", hashed)):
            raise IntakeError(
                f"{text[:80]!r} is no head of an audit trail. It is written NUMBER:HASH, as verify shows it."
            )
        return cls(int(number), hashed)


def record(session: Session, actor: Actor | None, action: str, subject: str, detail: Mapping[str, Any]) -> None:
    """Add an entry, in the transaction of what it tells of; without an actor it was the command line.

    Take row locks before it, not after: from here to the end of the transaction every other writer waits.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    session.flush()
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    number, before = (last.number + 1, last.hash) if last else (1, ORIGIN)
    entry = AuditEntry(
        number=number, at=dt.datetime.now(dt.UTC), action=action[:60], subject=subject[:200],
        account=actor.account if actor else "", name=(actor.name if actor else "")[:200],
        role=str(actor.role) if actor else "", detail=json.dumps(detail, sort_keys=True, default=str),
    )  # fmt: skip
    entry.hash = _sealed(entry, before)
    session.add(entry)
    session.flush()


def entries(session: Session, actor: Actor, before: int | None = None, limit: int = 100) -> list[Entry]:
    """The newest entries, newest first; those with a number below ``before``. Raises IntakeForbidden."""
    require(actor.role, "audit.read")
    chosen = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(AuditEntry.number < before)
    return [
        Entry(one.number, one.at, one.name, one.role, one.action, one.subject, json.loads(one.detail), one.hash)
        for one in session.scalars(chosen)
    ]


def head(session: Session) -> Head:
    """The last entry; number 0 in a trail without any."""
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    return Head(last.number, last.hash) if last else Head(0, ORIGIN)


def verify(session: Session, noted: Head | None = None) -> int:
    """Go through the whole trail; the number of entries. ``noted``: a head written down earlier, which must be in it.

    Raises IntakeBroken at the first entry that is missing, out of place, or not what was sealed.
    """
    before, expected = ORIGIN, 0
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)):
        expected += 1
        if entry.number != expected:
            raise _broken(f"entry {expected} is missing")
        if entry.hash != _sealed(entry, before):
            raise _broken(f"entry {expected} is not what was sealed")
        if noted and noted.number == expected and noted.hash != entry.hash:
            raise _broken(f"entry {expected} is another than the one that was noted")
        before = entry.hash
        session.expunge(entry)
    if noted and noted.number > expected:
        raise _broken(f"it ends at entry {expected}, and entry {noted.number} was noted")
    return expected


def _sealed(entry: AuditEntry, before: str) -> str:
    at = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    content = [
        *(entry.number, at, entry.account, entry.name, entry.role, entry.action, entry.subject, entry.detail, before)
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


def _broken(what: str) -> IntakeBroken:
    return IntakeBroken(
        f"The audit trail is broken: {what}. Somebody changed the database past BreachTrail. Keep it as it is, and compare it "
        "with a backup."
    )
