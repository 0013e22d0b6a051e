"""One row of a snapshot just as the register published it, from the raw bytes."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from breachtrail.errors import LedgerBroken
from breachtrail.ledger.raw import Raw, Sidecar
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
    with raw.unpacked(sidecar) as path:
        if path.stat().st_size > MOST_BYTES:
            return {}
        header, found = files.picked(path, rows, sidecar.register)
    return {row: PublishedRow(sidecar.file_name, row, header, tuple(cells)) for row, cells in found.items()}
