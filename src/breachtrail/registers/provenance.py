"""Which view a file shows and on which day it was taken: told, from a ``MANIFEST.tsv`` beside it, or from its name."""

import csv
import os
import re
from collections.abc import Mapping
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

    Raises SnapshotUnknown if its view or day cannot be found, or the manifest speaks of other bytes; OSError if there is
    no such file.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise SnapshotUnknown(f"{path} is a pipe or a device, which can be read but once; save it as a file first.")
    if "\0" in str(path):
        raise SnapshotUnknown(f"{str(path)!r} is no name of a file: there is a NUL in it.")
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
    day = taken or _day_listed(listed, "taken_on") or _day_in(path.name)
    if day is None:
        raise SnapshotUnknown(
            f"On which day was {path.name} taken from the register? Neither its name nor a {MANIFEST} says it. "
            "Add --taken YYYY-MM-DD (the day of the download, US Eastern)."
        )
    first = day if taken else _day_listed(listed, "not_before") or day
    last = day if taken else _day_listed(listed, "not_after") or day
    if not first <= day <= last:
        raise SnapshotUnknown(
            f"{MANIFEST} says that {path.name} was taken on {day}, but not before {first} and not after {last}. "
            "Mend the list, or add --taken YYYY-MM-DD."
        )
    if last < register.views_since:
        view = "all"
    source = "/".join(filter(None, (listed.get("origin_repository"), listed.get("origin_path"))))
    name = os.fsencode(path.name).decode("utf-8", "replace")  # it may hold bytes that are no letters
    return Sidecar(register.name, view, day, first, last, source or name, name, digest)


def _in_manifest(path: Path) -> dict[str, str]:
    manifest = path.parent / MANIFEST
    if not manifest.is_file():
        return {}
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.DictReader(file, delimiter="\t") if line.get("file") == path.name]
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise SnapshotUnknown(
            f"{manifest} cannot be read ({error}). Mend it, or take the file out of its folder."
        ) from None
    if len(lines) > 1:
        raise SnapshotUnknown(f"{manifest} lists {path.name} {len(lines)} times; leave the line that is right.")
    return lines[0] if lines else {}


def _view_in(name: str) -> str | None:
    return next((view for view, pattern in _VIEW_IN_NAME if pattern.search(name)), None)


def _day_in(name: str) -> date | None:
    found = _DAY_IN_NAME.search(name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _day_listed(listed: Mapping[str, str], column: str) -> date | None:
    text = listed.get(column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SnapshotUnknown(
            f"{MANIFEST} gives {text!r} as {column} of {listed['file']}; write days as YYYY-MM-DD."
        ) from None
