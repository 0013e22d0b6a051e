"""What the runs did, for a person to read, and what the next run and ``status`` have to know.

``runs.log`` in the ledger's home has a line for each run and one, indented, for each try that failed; its newest part
stays. ``sync/<register>.json`` holds when each view was last fetched, and how the last run ended.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

FILE = "runs.log"
#: Beyond so many bytes the older half goes.
LARGEST = 512 * 1024


@dataclass(frozen=True)
class Look:
    """The last good fetch of a view: when, how many notices it showed, and what it said, as a hash."""

    fetched_at: datetime
    rows: int
    digest: str = ""


@dataclass
class Memory:
    """What is known of a register's runs.

    looks:   view → its last good fetch, whether or not it brought anything new
    ran_at, outcome, said: when the last run began, how it ended, and its line
    head:  the content hash of the ledger as the last good run left it; waits: whether a notice of it waits for a second look
    """

    looks: dict[str, Look] = field(default_factory=dict)
    ran_at: datetime | None = None
    outcome: str = ""
    said: str = ""
    head: str = ""
    waits: bool = False

    def has_looked(self, day: date, views: Sequence[str]) -> bool:
        """Whether every view was fetched on this day (in the register's own time zone)."""
        return all(view in self.looks and self.looks[view].fetched_at.date() == day for view in views)


def recall(home: Path, register: str) -> Memory:
    """What is known; nothing, where nothing can be read."""
    try:
        told = json.loads(_file(home, register).read_text(encoding="utf-8"))
        looks = {
            view: Look(datetime.fromisoformat(one["fetched_at"]), int(one["rows"]), str(one["digest"]))
            for view, one in told["looks"].items()
        }
        ran_at = datetime.fromisoformat(told["ran_at"])
        return Memory(looks, ran_at, told["outcome"], told["said"], str(told["head"]), bool(told["waits"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory()


def remember(home: Path, register: str, memory: Memory) -> None:
    """Write it down, whole or not at all."""
    told: dict[str, Any] = {
        "looks": {
            view: {"fetched_at": look.fetched_at.isoformat(), "rows": look.rows, "digest": look.digest}
            for view, look in memory.looks.items()
        },
        "ran_at": memory.ran_at.isoformat() if memory.ran_at else "",
        "outcome": memory.outcome,
        "said": memory.said,
        "head": memory.head,
        "waits": memory.waits,
    }
    _replace(_file(home, register), json.dumps(told, ensure_ascii=False, indent=1))


def write(home: Path, moment: datetime, lines: Sequence[str]) -> None:
    """Add a run to the log: its line, and what belongs to it indented below."""
    path = home / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    told = f"{moment:%Y-%m-%d %H:%M %Z}  " + "\n    ".join(" ".join(line.split()) for line in lines) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(told)
    if path.stat().st_size > LARGEST:
        newest = path.read_bytes()[-LARGEST // 2 :].decode("utf-8", "replace")
        _replace(path, newest[newest.find("\n20") + 1 :])


def _file(home: Path, register: str) -> Path:
    return home / "sync" / f"{register}.json"


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
