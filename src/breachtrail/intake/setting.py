"""What an office sets for its register: from how many individuals on it publishes, and in which zone its days end."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeRefused
from breachtrail.intake import audit
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import require
from breachtrail.intake.tables import Choice

#: 45 CFR 164.408(b), and the zone of the HHS OCR portal.
DEFAULTS = {"threshold": "500", "timezone": "America/New_York"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """threshold: individuals from which on a notice is public; timezone: where the register's days begin and end."""

    threshold: int
    timezone: str


def read(session: Session) -> Chosen:
    """What is set, with the defaults for what is not."""
    values = DEFAULTS | {one.name: one.value for one in session.scalars(select(Choice))}
    return Chosen(int(values["threshold"]), values["timezone"])


def today(session: Session, now: dt.datetime) -> dt.date:
    """The day that it is for the register at the moment ``now``."""
    return now.astimezone(ZoneInfo(read(session).timezone)).date()


def write(session: Session, actor: Actor | None, name: str, value: str) -> None:
    """Set one; without an actor it is the command line. Raises IntakeForbidden, IntakeRefused for what cannot be meant."""
    if actor is not None:
        require(actor.role, "setting.write")
    if name not in DEFAULTS:
        raise IntakeRefused(f"There is no setting {name!r}. There are: {', '.join(DEFAULTS)}.", {"name": "option"})
    if name == "threshold" and not (value.isascii() and value.isdecimal() and 0 < int(value) < 10**9):
        raise IntakeRefused("The threshold is a number of individuals, 1 or more.", {name: "count"})
    if name == "timezone" and not _is_zone(value):
        raise IntakeRefused(f"{value!r} is no time zone. Write one as America/New_York.", {name: "option"})
    before = session.get(Choice, name)
    was = before.value if before else DEFAULTS[name]
    session.merge(Choice(name=name, value=value))
    audit.record(session, actor, "setting.written", name, {"was": was, "is": value})


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True
