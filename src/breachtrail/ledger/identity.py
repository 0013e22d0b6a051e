"""Ids that were ever given stay valid: a log of them beside the ledger, and aliases where a notice got another one.

An id is made of what a notice looked like when it was first seen. If an older snapshot turns up late, the notice was
seen earlier than we thought and has another id from then on; the old one becomes its alias.
"""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from breachtrail.errors import LedgerBroken
from breachtrail.ledger.store import literally, scratch

_LOG = "ids.tsv"
#: Bytes that are read at once; every line is far shorter.
_BLOCK = 1 << 20


def recall(engine: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Load the log as ``given(id, snapshot_id, row)``: every id given so far, with the row that it was given for.

    A last line without an end was cut off by a crash, before its id was ever seen. Raises LedgerBroken for any other
    line that cannot be read.
    """
    engine.execute("CREATE OR REPLACE TEMP TABLE given (id VARCHAR, snapshot_id VARCHAR, row BIGINT)")
    log = home / _LOG
    if not log.is_file():
        return
    with _whole_lines(log, scratch(engine)) as whole:
        try:
            engine.execute(
                "INSERT INTO given SELECT * FROM read_csv($log, delim='\t', quote='', header=false, auto_detect=false, "
                "hive_partitioning=false, columns={id: 'VARCHAR', snapshot_id: 'VARCHAR', row: 'BIGINT'})",
                {"log": literally(whole)},
            )
        except duckdb.Error as error:
            raise LedgerBroken(
                f"The log of ids {log} cannot be read ({str(error).splitlines()[0]}); restore it from a copy."
            ) from None


@contextmanager
def _whole_lines(log: Path, beside: Path | None) -> Iterator[Path]:
    """The log without a last line that has no end; as it is, where all have one."""
    end = end_of_lines(log)
    if end == log.stat().st_size:
        yield log
        return
    with TemporaryDirectory(dir=beside) as folder, log.open("rb") as source:
        whole = Path(folder) / _LOG
        with whole.open("wb") as target:
            for start in range(0, end, _BLOCK):
                target.write(source.read(min(_BLOCK, end - start)))
        yield whole


def end_of_lines(log: Path) -> int:
    """Where the last line that has an end ends, in bytes."""
    with log.open("rb") as file:
        start = max(0, file.seek(0, os.SEEK_END) - _BLOCK)
        file.seek(start)
        return start + file.read().rfind(b"\n") + 1


def note_aliases(engine: duckdb.DuckDBPyConnection, register: str) -> None:
    """For the day just matched: ids once given for one of its rows, where the row's notice has another id now."""
    if not engine.execute("SELECT 1 FROM given LIMIT 1").fetchall():
        return
    engine.execute(
        """INSERT INTO alias
        SELECT given.id, coalesce(pair.older, arrived.notice) AS notice FROM given
        JOIN snapshot ON snapshot.id = given.snapshot_id AND snapshot.register = $register
        JOIN today ON today.snapshot = snapshot.snapshot AND today.row = given.row
        LEFT JOIN pair ON pair.newer = today.key LEFT JOIN arrived ON arrived.key = today.key
        LEFT JOIN notice ON notice.notice = pair.older
        WHERE given.id <> coalesce(notice.id, arrived.id) AND given.id NOT IN (SELECT id FROM notice)
            AND given.id NOT IN (SELECT id FROM arrived) AND given.id NOT IN (SELECT id FROM alias)""",
        {"register": register},
    )


def remember(engine: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the ids that are not in the log yet."""
    fresh = engine.execute(
        """SELECT notice.id, snapshot.id, version.row FROM notice JOIN version USING (notice)
        JOIN snapshot USING (snapshot)
        WHERE version.rung = 'new' AND notice.id NOT IN (SELECT id FROM given) ORDER BY notice.notice"""
    ).fetchall()
    with (home / _LOG).open("a", encoding="utf-8", newline="") as log:
        log.truncate(end_of_lines(home / _LOG))
        csv.writer(log, delimiter="\t", lineterminator="\n").writerows(fresh)
        log.flush()
        os.fsync(log.fileno())
