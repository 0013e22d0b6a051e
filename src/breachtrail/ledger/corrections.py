"""Where a person knows better than the ladder: dated entries of ``corrections.yml``, in the folder of the ledger.

An entry says what one row of one snapshot is (the id of a notice, or ``new``), what the ladder makes of it by itself, why
it is wrong, where that is known from, and since when the entry stands. It is applied before the ladder; the ladder is
asked all the same, and an entry that it does not contradict any more, or whose row it takes for something else than
expected, stops the run: no correction outlives its reason in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import duckdb
import yaml

from breachtrail.errors import CorrectionError
from breachtrail.ledger import rungs

FILE = "corrections.yml"
#: What a row is that no notice before it is.
NEW = "new"
_FORM = "row, is, expect, why, source, added"


@dataclass(frozen=True)
class Correction:
    """One entry.

    row:    the snapshot's id and the row's number, as ``us_hhs_ocr/2024-10-16/archive/0123456789abcdef#123``
    means:  what it is (``is`` in the file): the id of a notice, or ``new``
    expect: what the ladder takes it for, likewise
    """

    row: str
    means: str
    expect: str
    why: str
    source: str
    added: date

    @property
    def snapshot_id(self) -> str:
        """The snapshot in which the row stands."""
        return self.row.rpartition("#")[0]

    @property
    def number(self) -> int:
        """The row's number, from 1."""
        return int(self.row.rpartition("#")[2])


def load(home: Path) -> tuple[Correction, ...]:
    """The entries of the ledger's corrections, in their order; none where there is no file. Raises CorrectionError."""
    path = home / FILE
    if not path.is_file():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorrectionError(f"{path} cannot be read ({' '.join(str(error).split())}). Nothing was changed.") from None
    if not isinstance(entries, list):
        raise CorrectionError(f"{path} should be a list of entries, each with {_FORM}. Nothing was changed.")
    found = tuple(_entry(path, place, entry) for place, entry in enumerate(entries, start=1))
    if twice := {one.row for one in found if [other.row for other in found].count(one.row) > 1}:
        raise CorrectionError(f"{path} speaks of the row {min(twice)} more than once; leave the entry that is right.")
    return found


def _entry(path: Path, place: int, entry: object) -> Correction:
    wanted = set(_FORM.split(", "))
    if not isinstance(entry, dict) or set(entry) != wanted:
        seen = ", ".join(map(str, entry)) if isinstance(entry, dict) else repr(entry)
        raise CorrectionError(f"{path}, entry {place}: an entry has {_FORM}; this one has {seen}. Nothing was changed.")
    texts = {name: entry[name] for name in wanted - {"added"}}
    if unfit := sorted(name for name, text in texts.items() if not (isinstance(text, str) and text.strip())):
        raise CorrectionError(f"{path}, entry {place}: {unfit[0]} should be text. Nothing was changed.")
    if type(entry["added"]) is not date:
        raise CorrectionError(f"{path}, entry {place}: added should be a day, as 2026-11-24. Nothing was changed.")
    if texts["row"].count("/") != 3 or not texts["row"].rpartition("#")[2].isdecimal():
        raise CorrectionError(
            f"{path}, entry {place}: row should be a snapshot's id, # and the row's number, as `breachtrail doubtful "
            f"--format csv` shows them; {texts['row']!r} is not. Nothing was changed."
        )
    return Correction(texts["row"], texts["is"], texts["expect"], texts["why"], texts["source"], entry["added"])


def recorded(engine: duckdb.DuckDBPyConnection) -> tuple[Correction, ...]:
    """The entries by which the ledger was made."""
    names = ", ".join(field.name for field in fields(Correction))
    return tuple(Correction(*row) for row in engine.execute(f"SELECT {names} FROM correction ORDER BY row").fetchall())


def record(engine: duckdb.DuckDBPyConnection, entries: Sequence[Correction]) -> None:
    """Write down by which entries the ledger is made. Raises CorrectionError for a row of no snapshot."""
    known = {id for (id,) in engine.execute("SELECT id FROM snapshot").fetchall()}
    for one in entries:
        if one.snapshot_id not in known:
            raise CorrectionError(f"{FILE} corrects the row {one.row}, but no snapshot has that id. {_MEND}")
    engine.execute("DELETE FROM correction")
    for one in entries:
        engine.execute(
            "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?)",
            [one.row, one.means, one.expect, one.why, one.source, one.added],
        )


def first_day(engine: duckdb.DuckDBPyConnection, entries: Sequence[Correction]) -> date | None:
    """The earliest day that entries speak of which were not in force, or are no more; None if there is none."""
    changed = set(entries) ^ set(recorded(engine))
    days = engine.execute(
        "SELECT min(taken_on) FROM snapshot WHERE id IN (SELECT unnest($ids))",
        {"ids": sorted({one.snapshot_id for one in changed})},
    ).fetchone()
    return days[0] if days else None


def settle(engine: duckdb.DuckDBPyConnection, entries: Sequence[Correction]) -> None:
    """``settled(newer, older, means, expect, row_id)``: the rows of ``today`` that entries speak of; ``older`` is NULL for
    ``new``. Raises CorrectionError for an entry whose row or notice is not there."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE settled (newer BIGINT, older BIGINT, means VARCHAR, expect VARCHAR, row_id VARCHAR)"
    )
    if not entries:
        return
    engine.execute(
        """INSERT INTO settled SELECT today.key, coalesce(own.notice, alias.notice), means, expect, row_id
        FROM (SELECT unnest($rows) AS row_id, unnest($snapshots) AS id, unnest($numbers) AS number, unnest($means) AS means,
              unnest($expect) AS expect) AS entry
        JOIN snapshot USING (id)
        LEFT JOIN today ON today.snapshot = snapshot.snapshot AND today.row = number
        LEFT JOIN notice AS own ON own.id = means LEFT JOIN alias ON alias.id = means""",
        {
            "rows": [one.row for one in entries],
            "snapshots": [one.snapshot_id for one in entries],
            "numbers": [one.number for one in entries],
            "means": [one.means for one in entries],
            "expect": [one.expect for one in entries],
        },
    )
    for row, newer, older, means in engine.execute("SELECT row_id, newer, older, means FROM settled").fetchall():
        if newer is None:
            raise CorrectionError(f"{FILE} corrects the row {row}, which was not accepted or is not there. {_MEND}")
        if older is None and means != NEW:
            raise CorrectionError(
                f"{FILE} says that the row {row} is the notice {means}, which is not known by then. {_MEND}"
            )


def hold(engine: duckdb.DuckDBPyConnection) -> None:
    """Ask what the ladder made of the settled rows (``partner``). Raises CorrectionError where that is not as expected."""
    found = engine.execute(
        f"""SELECT row_id, means, expect, coalesce(notice.id, '{NEW}') AS found, settled.older IS NOT DISTINCT FROM partner.older,
            notice.notice IS NOT DISTINCT FROM coalesce(own.notice, alias.notice)
        FROM settled LEFT JOIN partner USING (newer) LEFT JOIN notice ON notice.notice = partner.older
        LEFT JOIN notice AS own ON own.id = expect LEFT JOIN alias ON alias.id = expect ORDER BY row_id"""
    ).fetchall()
    for row, means, expect, taken_for, is_right, is_expected in found:
        if is_right:
            raise CorrectionError(
                f"{FILE} says that the row {row} is {means}, and so says the ladder by itself: the entry is no longer "
                "needed. Take it out. Nothing was changed."
            )
        if not is_expected:
            raise CorrectionError(
                f"{FILE} expects the row {row} to be taken for {expect}, but it is taken for {taken_for}. {_MEND}"
            )


def join(engine: duckdb.DuckDBPyConnection) -> None:
    """Add what is settled to what was matched without it."""
    engine.execute(f"INSERT INTO pair SELECT older, newer, '{rungs.CORRECTED}' FROM settled WHERE older IS NOT NULL")
    engine.execute("INSERT INTO alone_newer (key) SELECT newer FROM settled WHERE older IS NULL")


_MEND = "Look at it with `breachtrail doubtful` and `breachtrail show`, and mend the entry. Nothing was changed."
