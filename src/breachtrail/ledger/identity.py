"""Ids that were ever given stay valid: a log of them beside the ledger, and aliases where a notice got another one.

An id is made of what a notice looked like when it was first seen. If an older snapshot turns up late, the notice was
seen earlier than we thought and has another id from then on; the old one becomes its alias.
"""

import os
from datetime import date
from pathlib import Path

import duckdb

from breachtrail.errors import LedgerBroken
from breachtrail.ledger import rungs
from breachtrail.ledger.name import readable_id, shortened
from breachtrail.ledger.raw import sha256
from breachtrail.ledger.store import literally

#: The log is a page a seal, named by its number and hash; beyond so many pages they are made one.
_MOST_FILES = 64


def recall(engine: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Show the log as ``given(id, snapshot_id, row)``: every id given so far, with the row that it was given for.

    Raises LedgerBroken where it cannot be read.
    """
    files = [literally(_sound(file)) for file in _files(home)]
    if not files:
        engine.execute(
            "CREATE OR REPLACE TEMP VIEW given AS SELECT '' AS id, '' AS snapshot_id, 0::BIGINT AS row WHERE false"
        )
        return
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    engine.execute(
        f"CREATE OR REPLACE TEMP VIEW given AS SELECT {readable_id()} AS id, snapshot_id, row "
        f"FROM read_parquet([{listed}], hive_partitioning=false)"
    )


def _sound(page: Path) -> Path:
    """The page, if it is what its name says."""
    if not page.stem.endswith(sha256(page)[:16]):
        raise LedgerBroken(f"The log of ids {page} is not what was written; restore it from a copy.")
    return page


def note_aliases(engine: duckdb.DuckDBPyConnection, day: date) -> None:
    """For the day just matched: ids once given for one of its rows, where the row's notice has another id now.

    A row that two files of the day show stands in one of them; an id may have been given for the other.
    """
    if not engine.execute("SELECT 1 FROM given LIMIT 1").fetchall():
        return
    others = stays = ""
    if engine.execute("SELECT 1 FROM shown_twice LIMIT 1").fetchall():
        others = "OR snapshot IN (SELECT snapshot FROM listed JOIN shown_twice USING (key))"
        stays = (
            "UNION ALL SELECT once.id, kept.snapshot, kept.row FROM once JOIN listed USING (snapshot, row) "
            "JOIN shown_twice USING (key) JOIN listed AS kept ON kept.key = stays"
        )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE recalled AS
        WITH looks AS (
            SELECT snapshot, id AS snapshot_id FROM snapshot WHERE snapshot IN (SELECT DISTINCT snapshot FROM today) {others}),
        once AS MATERIALIZED (SELECT DISTINCT id, snapshot, row FROM given JOIN looks USING (snapshot_id)),
        told AS MATERIALIZED (FROM once {stays}),
        arrived AS (SELECT notice, snapshot, row, {readable_id()} AS id FROM version
            WHERE known_from = $day AND rung = '{rungs.NEW}' AND snapshot IN (SELECT snapshot FROM looks))
        SELECT told.id, arrived.notice, snapshot, row FROM told LEFT JOIN arrived USING (snapshot, row)
        WHERE told.id IS DISTINCT FROM arrived.id""",
        {"day": day},
    )
    if not engine.execute("SELECT 1 FROM recalled LIMIT 1").fetchall():
        return
    engine.execute(
        """INSERT INTO alias SELECT DISTINCT meant.id, notice.notice FROM (
            SELECT recalled.id, coalesce(partner.older, recalled.notice) AS notice
            FROM recalled JOIN today USING (snapshot, row) LEFT JOIN partner ON partner.newer = today.key) AS meant
        JOIN notice USING (notice)
        WHERE meant.id <> notice.id AND meant.id NOT IN (SELECT id FROM notice) AND meant.id NOT IN (SELECT id FROM alias)""",
    )


def remember(engine: duckdb.DuckDBPyConnection, home: Path, first: date) -> None:
    """Add the ids of notices first seen on ``first`` or later, as far as they are not in the log yet."""
    folder = home / "ids"
    folder.mkdir(parents=True, exist_ok=True)
    for beside in folder.glob("*.new"):
        beside.unlink()
    files = _files(home)
    fresh = f"""SELECT snapshot.id AS snapshot_id, version.row, prefix, submitted_on, name, {shortened()} AS row_hash, suffix
        FROM version JOIN snapshot USING (snapshot) WHERE rung = '{rungs.NEW}' AND known_from >= $first"""
    if files:
        fresh += """ AND notice IN (SELECT notice FROM notice WHERE first_seen >= $first AND id NOT IN (
            SELECT id FROM given WHERE snapshot_id IN (SELECT id FROM snapshot WHERE taken_on >= $first)))"""
    parameters: dict[str, object] = {"first": first}
    if len(files) >= _MOST_FILES:
        fresh = f"SELECT * FROM read_parquet($files, hive_partitioning=false) UNION ALL {fresh}"
        parameters["files"] = [literally(file) for file in files]
    beside = folder / "page.new"
    written = engine.execute(
        f"COPY ({fresh}) TO $target (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)",
        {**parameters, "target": str(beside)},
    ).fetchone()
    if written == (0,):
        beside.unlink()
        return
    with beside.open("rb") as page:
        os.fsync(page.fileno())
    number = int(files[-1].stem.split("-")[0]) + 1 if files else 1
    beside.replace(folder / f"{number:06d}-{sha256(beside)[:16]}.parquet")
    if "files" in parameters:
        for file in files:
            file.unlink()


def _files(home: Path) -> list[Path]:
    return sorted((home / "ids").glob("[0-9]*-*.parquet"))
