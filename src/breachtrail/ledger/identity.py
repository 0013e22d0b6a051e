"""Ids that were ever given stay valid: a log of them beside the ledger, and aliases where a notice got another one.

An id is made of what a notice looked like when it was first seen. If an older snapshot turns up late, the notice was
seen earlier than we thought and has another id from then on; the old one becomes its alias.
"""

import csv
import os
from pathlib import Path

import duckdb

_LOG = "ids.tsv"


def recall(engine: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Load the log as ``given(id, snapshot_id, row)``: every id given so far, with the row that it was given for."""
    engine.execute("CREATE OR REPLACE TEMP TABLE given (id VARCHAR, snapshot_id VARCHAR, row BIGINT)")
    if (home / _LOG).is_file():
        engine.execute(
            "INSERT INTO given SELECT * FROM read_csv($log, delim='\t', header=false, auto_detect=false, "
            "columns={id: 'VARCHAR', snapshot_id: 'VARCHAR', row: 'BIGINT'})",
            {"log": str(home / _LOG)},
        )


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
        csv.writer(log, delimiter="\t", lineterminator="\n").writerows(fresh)
        log.flush()
        os.fsync(log.fileno())
