"""Whether what a portal shows now can well be, beside what it showed before; asked before anything is appended.

A list that is whole and well-formed may still be wrong: half of it filtered away, another register's, a word that nobody
knows. Each of these stops the append, by name.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from breachtrail.errors import LookDoubtful, PortalChanged
from breachtrail.ledger.name import name_key
from breachtrail.ledger.snapshots import Reading
from breachtrail.notices.screen import Judged
from breachtrail.registers.register import Register

#: A list may lose this share of its rows from one look to the next, beyond what the other list gained.
MOST_FALL = 0.05
#: Of the notices known, this share must be shown again, name and day of submission alike.
LEAST_KNOWN = 0.5
#: Too few notices to speak of shares.
_FEW = 20


def judge(
    engine: duckdb.DuckDBPyConnection,
    readings: Sequence[Reading],
    judged: Mapping[int, Judged],
    register: Register,
    most_fall: float,
) -> None:
    """Hold what was read to what is known. Raises PortalChanged (an unknown word), LookDoubtful (a fall; another list)."""
    numbers = [one.number for one in readings]
    _words(engine, numbers, register)
    _falls(engine, readings, judged, register, most_fall)
    _likeness(engine, readings, register)


def _words(engine: duckdb.DuckDBPyConnection, numbers: list[int], register: Register) -> None:
    found = engine.execute(
        "SELECT reason.field, reason.seen, count(*) FROM judged WHERE reason.rule = 'unknown_word' AND snapshot IN "
        "(SELECT unnest($numbers)) GROUP BY ALL ORDER BY ALL",
        {"numbers": numbers},
    ).fetchall()
    if found:
        listed = "; ".join(f"{field} reads {seen[:60]!r} in {_count(rows, 'row')}" for field, seen, rows in found[:5])
        raise PortalChanged(
            "new_category",
            f"{register.name}: the portal uses {_count(len(found), 'word')} that the vocabulary does not know: {listed}. Nothing was "
            "appended, for such notices would be missing. Add the words to notices/vocabulary.yml, as new values or under same_as, "
            "and run `breachtrail sync` again: what was fetched today is kept.",
        )


def _falls(
    engine: duckdb.DuckDBPyConnection,
    readings: Sequence[Reading],
    judged: Mapping[int, Judged],
    register: Register,
    most_fall: float,
) -> None:
    gained: dict[str, tuple[int, int, Any]] = {}
    for one in readings:
        last = engine.execute(
            "SELECT accepted, taken_on FROM snapshot WHERE register = $register AND view = $view AND taken_on < $day "
            "ORDER BY taken_on DESC, accepted DESC LIMIT 1",
            {"register": register.name, "view": one.sidecar.view, "day": one.sidecar.taken_on},
        ).fetchone()
        if last is not None:
            gained[one.sidecar.view] = (judged[one.number].accepted, last[0], last[1])
    for view, (now, before, day) in gained.items():
        elsewhere = sum(max(0, other[0] - other[1]) for name, other in gained.items() if name != view)
        fall = before - now - elsewhere
        if before >= _FEW and fall > most_fall * before:
            raise LookDoubtful(
                "fall",
                f"{register.name}: the list {view} had {before:,} notices on {day} and has {now:,} now, and the other list did not gain "
                f"them: a fall of {fall / before:.0%}, where {most_fall:.0%} is the most that is believed. Nothing was appended. Look at "
                "the portal with a browser: if it shows the same, run `breachtrail sync --most-fall "
                f"{min(1.0, fall / before + 0.01):.2f}`.",
            )


def _likeness(engine: duckdb.DuckDBPyConnection, readings: Sequence[Reading], register: Register) -> None:
    known, found = engine.execute(
        f"""WITH shown AS (
            SELECT DISTINCT {name_key()} AS name_key, submitted_on FROM (
                SELECT name, submitted_on FROM reading WHERE cells IS NULL AND snapshot IN (SELECT unnest($numbers))
                UNION ALL SELECT name, submitted_on FROM judged WHERE reason IS NULL AND snapshot IN (SELECT unnest($numbers)))),
        known AS (
            SELECT DISTINCT {name_key()} AS name_key, submitted_on FROM version WHERE known_until IS NULL
            AND register = $register AND submitted_on IS NOT NULL
            AND status IN (SELECT unnest($views)))
        SELECT count(*), count(shown.name_key) FROM known LEFT JOIN shown USING (name_key, submitted_on)""",
        {
            "numbers": [one.number for one in readings],
            "register": register.name,
            "views": [one.sidecar.view for one in readings],
        },
    ).fetchone() or (0, 0)
    if known >= _FEW and found < LEAST_KNOWN * known:
        raise LookDoubtful(
            "unlike",
            f"{register.name}: of {known:,} notices that were known, the portal shows {found:,} (name and day of submission alike). "
            "Nothing was appended. Either the portal shows another list, or this ledger holds notices that are not this "
            "register's (made up, perhaps): look at both, and keep them in homes of their own (--home).",
        )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
