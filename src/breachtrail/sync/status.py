"""How it stands: the last good fetch of each view, its age, and when the next is due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from breachtrail.registers import register
from breachtrail.sync import runlog
from breachtrail.sync.runlog import Memory

#: A view that was not fetched for so long is overdue: a day, and half of one for a machine that was asleep.
LONGEST = timedelta(hours=36)


@dataclass(frozen=True)
class ViewStatus:
    """One view: when it was last fetched (None: never), how many notices it showed, the day on which it is due."""

    register: str
    view: str
    fetched_at: datetime | None
    rows: int
    hours: int
    due: date | None
    is_overdue: bool


@dataclass(frozen=True)
class Status:
    """Every view of every register that was ever asked for, and the last run of each."""

    views: list[ViewStatus]
    runs: list[Memory]

    @property
    def is_overdue(self) -> bool:
        """Whether some view was not fetched for too long, or none ever was."""
        return not self.views or any(one.is_overdue for one in self.views)


def status(home: Path, now: datetime) -> Status:
    """How it stands in ``home``."""
    views, runs = [], []
    for name in register.names():
        of = register.load(name)
        memory = runlog.recall(home, name)
        if memory.ran_at is None:
            continue
        zone = ZoneInfo(of.timezone)
        memory.ran_at = memory.ran_at.astimezone(zone)
        runs.append(memory)
        for view in of.views:
            look = memory.looks.get(view)
            if look is None:
                views.append(ViewStatus(name, view, None, 0, 0, None, True))
                continue
            age = now - look.fetched_at
            at = look.fetched_at.astimezone(zone)
            views.append(
                ViewStatus(
                    name,
                    view,
                    at,
                    look.rows,
                    int(age.total_seconds() // 3600),
                    at.date() + timedelta(days=1),
                    age > LONGEST,
                )
            )
    return Status(views, runs)
