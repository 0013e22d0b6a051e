"""A whole register as one file, and back: from SQLite to PostgreSQL too, for the file knows of neither.

A zip of one file a table, a JSON array a row, and ``manifest.json`` with the newest migration, the hash of each file and the
head of the audit trail. It holds whatever the store holds, contact persons and the hashes of passwords among it: keep it as
the store is kept. Sessions stay out, so that nobody is signed in where it is restored.
"""

import base64
import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, LargeBinary, MetaData, Table, func, insert, select

from breachtrail.errors import BackupError
from breachtrail.intake import inspection
from breachtrail.intake.store import Store, revision_of

MANIFEST = "manifest.json"
_NOT_KEPT = ("alembic_version", "visit")
_BATCH = 500
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup holds: rows by table, and the head of its audit trail."""

    rows: dict[str, int]
    head: str


def back_up(
    store: Store, file: Path, *, replace: bool = False, progress: Progress = lambda what, done, of: None
) -> Copied:
    """Write the register as it is at one moment to ``file``; others may write to it meanwhile.

    Raises BackupError where ``file`` exists and ``replace`` is not asked for.
    """
    if file.exists() and not replace:
        raise BackupError(f"{file} exists already. Name another file, or add --replace to write over it.")
    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)
    try:
        with store.reading() as connection, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            tables = _tables(connection)
            manifest: dict[str, Any] = {"revision": revision_of(connection), "tables": {}}
            for place, table in enumerate(tables):
                progress(table.name, place, len(tables))
                digest, rows = hashlib.sha256(), 0
                with archive.open(f"{table.name}.jsonl", "w") as lines:
                    found = connection.execution_options(yield_per=_BATCH).execute(
                        select(table).order_by(*table.primary_key)
                    )
                    for row in found:
                        line = json.dumps([_plain(cell) for cell in row]).encode() + b"\n"
                        digest.update(line)
                        lines.write(line)
                        rows += 1
                columns = [column.name for column in table.columns]
                manifest["tables"][table.name] = {"columns": columns, "rows": rows, "sha256": digest.hexdigest()}
            audit = _table(tables, "audit")
            last = connection.execute(
                select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
            ).first()
            manifest["head"] = f"{last.number}:{last.hash}" if last else ""
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return _copied(manifest)


def restore(url: str, file: Path, *, progress: Progress = lambda what, done, of: None) -> Copied:
    """Make the register of a backup in an empty database, bring it up to this BreachTrail, and verify it.

    Raises BackupError if ``file`` is no backup or was changed, or the database is not empty; IntakeBroken if what was backed
    up is not what its audit trail says.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            _hold_to(archive, manifest, file)
            with Store.create_at(url, manifest["revision"]) as store:
                _fill(store, archive, manifest, progress)
                store.upgrade("head")
                with store.begin() as session:
                    inspection.verify(session)
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise BackupError(f"{file} is no backup of a register of one's own, or it is torn ({error}).") from None
    return _copied(manifest)


def _hold_to(archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path) -> None:
    for name, said in manifest["tables"].items():
        digest = hashlib.sha256()
        with archive.open(f"{name}.jsonl") as lines:
            while chunk := lines.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != said["sha256"]:
            raise BackupError(f"{file} is not what was backed up: the table {name} was changed. Take another backup.")


def _fill(store: Store, archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress) -> None:
    """All rows in one transaction, so that a restore that is killed leaves an empty register."""
    with store.writing() as connection:
        tables = _tables(connection)
        if any(connection.scalar(select(func.count()).select_from(table)) for table in tables):
            raise BackupError("There is a register in this database already. Restore into an empty one.")
        for place, table in enumerate(tables):
            progress(table.name, place, len(tables))
            columns = manifest["tables"][table.name]["columns"]
            with archive.open(f"{table.name}.jsonl") as lines:
                for batch in _batches(lines):
                    connection.execute(insert(table), [_row(table, columns, line) for line in batch])


def _tables(connection: Any) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in _NOT_KEPT]


def _table(tables: list[Table], name: str) -> Table:
    return next(table for table in tables if table.name == name)


def _batches(lines: Any) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(cell: Any) -> Any:
    """A cell as JSON: moments in UTC, bytes in base 64."""
    if isinstance(cell, dt.datetime):
        return (cell.astimezone(dt.UTC) if cell.tzinfo else cell.replace(tzinfo=dt.UTC)).isoformat()
    return base64.b64encode(cell).decode() if isinstance(cell, bytes) else cell


def _row(table: Table, columns: list[str], line: bytes) -> dict[str, Any]:
    row = dict(zip(columns, json.loads(line), strict=True))
    for column in table.columns:
        cell = row.get(column.name)
        if isinstance(cell, str) and isinstance(column.type, DateTime):
            row[column.name] = dt.datetime.fromisoformat(cell)
        elif isinstance(cell, str) and isinstance(column.type, LargeBinary):
            row[column.name] = base64.b64decode(cell)
    return row


def _copied(manifest: dict[str, Any]) -> Copied:
    return Copied({name: said["rows"] for name, said in manifest["tables"].items()}, manifest["head"])
