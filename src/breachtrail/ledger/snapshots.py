"""The record of every snapshot: what was taken, when, how it read, and the rows that were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from breachtrail.ledger.raw import Sidecar


@dataclass(frozen=True)
class Reading:
    """How the bytes of a snapshot were read.

    number:   its number in the ledger; first: ``rowid`` of its first row in ``reading``; rows, plain: how many, and how
              many of them plain
    columns:  the header as it stood; unread: columns that nobody knows; carried: columns of a notice that it has
    derived:  whether somebody made the file from the register's exports; dress: what it wore
    """

    number: int
    sidecar: Sidecar
    first: int
    rows: int
    plain: int
    columns: tuple[str, ...]
    unread: tuple[str, ...]
    carried: frozenset[str]
    derived: bool
    dress: str


def next_number(engine: duckdb.DuckDBPyConnection, day: date) -> int:
    """The number of the first snapshot taken on ``day`` or later."""
    row = engine.execute(
        "SELECT coalesce(max(snapshot), 0) + 1 FROM snapshot WHERE taken_on < $day", {"day": day}
    ).fetchone()
    return int(row[0]) if row else 1


def record(
    engine: duckdb.DuckDBPyConnection,
    readings: Sequence[Reading],
    accepted: Sequence[int],
    held: Sequence[int],
    reader_version: int,
) -> None:
    """Write the snapshots down, and keep their held rows whole (from ``judged`` and ``reading``)."""
    rows = [
        (
            one.number, one.sidecar.id, one.sidecar.register, one.sidecar.view, one.sidecar.taken_on,
            one.sidecar.taken_not_before, one.sidecar.taken_not_after, one.sidecar.fetched_from, one.sidecar.sha256,
            one.rows, taken_in, held_back, list(one.columns), list(one.unread), one.derived, one.dress, reader_version,
        )
        for one, taken_in, held_back in zip(readings, accepted, held, strict=True)
    ]  # fmt: skip
    engine.executemany(f"INSERT INTO snapshot VALUES ({', '.join('?' for _ in rows[0])})", rows)
    for one, held_back in zip(readings, held, strict=True):
        if held_back:
            engine.execute(
                "INSERT INTO held SELECT snapshot, row, reason.field, reason.rule, reason.seen, to_json(cells)::VARCHAR "
                "FROM judged JOIN (SELECT rowid AS key, cells FROM reading) USING (key) "
                "WHERE snapshot = $number AND reason IS NOT NULL ORDER BY row",
                {"number": one.number},
            )
