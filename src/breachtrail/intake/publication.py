"""What is public goes out as snapshots of both views, as any register's portal would give them, with a list of the files."""

import csv
import datetime as dt
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from breachtrail.errors import IntakeConflict
from breachtrail.intake import audit, listing, setting

#: The list beside the snapshots, which says of each what it is; the same that any folder of exports may have.
MANIFEST = "MANIFEST.tsv"
_COLUMNS = ("file", "view", "taken_on", "rows", "note", "sha256")


@dataclass(frozen=True, slots=True)
class Published:
    """What was written. rows: file → notices in it; is_new: False where the files of the day said the same already."""

    day: dt.date
    rows: dict[Path, int]
    is_new: bool


def publish(session: Session, folder: Path, now: dt.datetime, *, replace: bool = False) -> Published:
    """Write both views of the register as they stand now into ``folder``.

    replace: write over what was published earlier on the same day

    Raises IntakeConflict where something else was published that day; the files are as they were.
    """
    day = setting.today(session, now)
    folder.mkdir(parents=True, exist_ok=True)
    listed = {view: listing.rows(session, view) for view in listing.VIEWS}
    bodies = {view: listing.body(rows) for view, rows in listed.items()}
    paths = {view: folder / f"{day}_{view}.csv" for view in listing.VIEWS}
    known = _manifest(folder)
    is_new = any(not paths[view].is_file() or paths[view].read_bytes() != bodies[view] for view in paths)
    if is_new and not replace and any(path.exists() for path in paths.values()):
        raise IntakeConflict(
            f"{folder} holds the register of {day} already, and it says something else. A register is published once a day: "
            "wait until tomorrow, or add --replace if nobody has taken the files yet."
        )
    for view, path in paths.items():
        _write(path, bodies[view])
        said = (
            path.name,
            view,
            str(day),
            str(len(listed[view])),
            "published by breachtrail intake",
            _sha256(bodies[view]),
        )
        known[path.name] = dict(zip(_COLUMNS, said, strict=True))
    _write(folder / MANIFEST, _lines(known))
    if is_new:
        told = {path.name: {"rows": len(listed[view]), "sha256": _sha256(bodies[view])} for view, path in paths.items()}
        audit.record(session, None, "register.published", str(day), told)
    return Published(day, {path: len(listed[view]) for view, path in paths.items()}, is_new)


def _manifest(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    if lines and set(lines[0]) != set(_COLUMNS):
        raise IntakeConflict(f"{path} lists files that BreachTrail did not publish. Name another folder.")
    return {line["file"]: line for line in lines}


def _lines(known: dict[str, dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(known[name] for name in sorted(known))
    return text.getvalue().encode()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: whoever reads the folder meanwhile sees the old file or the new one."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
