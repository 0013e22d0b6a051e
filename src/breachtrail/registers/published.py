"""One row of a snapshot just as the register published it, from the raw bytes."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from breachtrail.errors import LedgerBroken
from breachtrail.ledger.raw import Raw, Sidecar
from breachtrail.ledger.store import scratch
from breachtrail.registers import files

#: Larger files are not unpacked for the sake of one row; a page says where it stands instead.
MOST_BYTES = 64 * 1024**2


class PublishedRow(NamedTuple):
    """``cells`` stand under the file's own names of its columns."""

    file_name: str
    row: int
    header: tuple[str, ...]
    cells: tuple[str, ...]


@lru_cache(maxsize=4_096)
def published_row(home: Path, snapshot: str, row: int) -> PublishedRow | None:
    """Row ``row`` of the file of a snapshot; None where the file is too large for that, or not what it was."""
    return published_rows(home, snapshot, (row,)).get(row)


def published_rows(home: Path, snapshot: str, rows: Collection[int]) -> dict[int, PublishedRow]:
    """These rows of the file of a snapshot, by number; none where the file is too large for that, or not what it was."""
    raw = Raw(home)
    sidecar = next((one for one in raw.sidecars([snapshot]) if one.id == snapshot), None)
    if sidecar is None or raw.packed_size(sidecar) > MOST_BYTES // 8:
        return {}
    try:
        return _rows(raw, sidecar, rows)
    except LedgerBroken:
        return {}


def _rows(raw: Raw, sidecar: Sidecar, rows: Collection[int]) -> dict[int, PublishedRow]:
    with TemporaryDirectory(prefix="breachtrail-") as spill, scratch(Path(spill)) as engine:
        with raw.unpacked(sidecar) as path:
            if path.stat().st_size > MOST_BYTES:
                return {}
            read = files.read_text_table(engine, path, "text_table", sidecar.register)
        statement = "SELECT row, cells FROM text_table WHERE row IN (SELECT unnest($rows))"
        found = engine.execute(statement, {"rows": list(rows)}).fetchall()
    return {row: PublishedRow(sidecar.file_name, row, read.header, tuple(cells)) for row, cells in found}
