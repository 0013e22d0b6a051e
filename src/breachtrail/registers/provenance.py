"""Which view a file shows and on which day it was taken: told, from a ``MANIFEST.tsv`` beside it, or from its name."""

import csv
import re
from datetime import date
from pathlib import Path

from breachtrail.errors import SnapshotUnknown
from breachtrail.ledger.raw import Sidecar, sha256
from breachtrail.registers.register import Register

MANIFEST = "MANIFEST.tsv"
_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_VIEW_IN_NAME = (
    ("under_investigation", re.compile(r"under[-_ ]?investigation", re.IGNORECASE)),
    ("archive", re.compile(r"archive", re.IGNORECASE)),
    ("both", re.compile(r"both|(?<![a-z])all(?![a-z])", re.IGNORECASE)),
)


def of(path: Path, register: Register, *, taken: date | None = None, view: str | None = None) -> Sidecar:
    """What the file is: the words of the caller first, then the manifest's, then the file name's.

    Raises SnapshotUnknown if its view or day cannot be found, or the manifest speaks of other bytes.
    """
    digest = sha256(path)
    listed = _in_manifest(path)
    if listed.get("sha256") and listed["sha256"] != digest:
        raise SnapshotUnknown(
            f"{path.name} is not the file that {MANIFEST} beside it lists: its SHA-256 begins {digest[:12]}, the list "
            f"says {listed['sha256'][:12]}. Mend the list, or take the file out of its folder."
        )
    view = view or listed.get("view") or _view_in(path.name)
    if view not in (*register.views, "both", "all"):
        raise SnapshotUnknown(
            f"Which list does {path.name} show? Neither its name nor a {MANIFEST} says it"
            f"{f' (read: {view!r})' if view else ''}. Add --view with one of {', '.join(register.views)} or both."
        )
    day = taken or _day(listed.get("taken_on")) or _day_in(path.name)
    if day is None:
        raise SnapshotUnknown(
            f"On which day was {path.name} taken from the register? Neither its name nor a {MANIFEST} says it. "
            "Add --taken YYYY-MM-DD (the day of the download, US Eastern)."
        )
    first = day if taken else _day(listed.get("not_before")) or day
    last = day if taken else _day(listed.get("not_after")) or day
    if last < register.views_since:
        view = "all"
    source = "/".join(filter(None, (listed.get("origin_repository"), listed.get("origin_path"))))
    return Sidecar(register.name, view, day, first, last, source or path.name, path.name, digest)


def _in_manifest(path: Path) -> dict[str, str]:
    manifest = path.parent / MANIFEST
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        lines = {line.get("file", ""): line for line in csv.DictReader(file, delimiter="\t")}
    return lines.get(path.name, {})


def _view_in(name: str) -> str | None:
    return next((view for view, pattern in _VIEW_IN_NAME if pattern.search(name)), None)


def _day_in(name: str) -> date | None:
    found = _DAY_IN_NAME.search(name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
