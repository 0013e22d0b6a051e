"""Which row of today is which notice of yesterday: two tables in, pairs with their rung out.

A ladder, one to one: each rung sees only what the last left over, and joins only where the partner is the only one on
both sides. The submission date is never set free, and a count of 500 or 501 is never evidence. How each rung was
measured is written in ``docs/method.md``.

Both tables have: ``key``, the columns of a notice, ``status`` and ``place`` (order in the list, NULL where the list is
in no order of days). Work on tables, not rows; RapidFuzz compares only the names that the exact rungs left over.
"""

from collections import defaultdict
from collections.abc import Iterable

import duckdb
from rapidfuzz import fuzz

from breachtrail.ledger import rungs
from breachtrail.ledger.name import name_key
from breachtrail.notices.shape import PLACEHOLDERS

#: Names alike from here up (0 to 100) are one organisation's, where date and count, or date and state, agree too.
ALIKE = 75.0

_IS_EVIDENCE = f"{{count}} IS NOT NULL AND {{count}} NOT IN {PLACEHOLDERS}"
_DAY = "name_key, submitted_on, state"
_STATES_AGREE = "(older.state = newer.state OR older.state IS NULL OR newer.state IS NULL)"


def match(
    engine: duckdb.DuckDBPyConnection, older: str, newer: str, *, carried: Iterable[str], both_whole: bool
) -> None:
    """Pair the rows of two tables; the result is the temporary table ``pair(older, newer, rung)``.

    carried:    the columns that the newer rows come with; content is compared on these alone
    both_whole: both sides show every view, so a row without partner is one that came or went
    """
    content = ", ".join(
        name_key() if column == "name" else column for column in carried if column not in ("description",)
    )
    for side in (older, newer):
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE free_{'older' if side == older else 'newer'} AS "
            f"SELECT *, {name_key()} AS name_key, hash({content}) AS content FROM {side}"
        )
    engine.execute("CREATE OR REPLACE TEMP TABLE pair (older BIGINT, newer BIGINT, rung VARCHAR)")
    for also in ("description", "status", None):
        _same_content(engine, also)
        if _done(engine):
            return
    _keep_days_in_common(engine)
    for rung, keys, condition in (
        (rungs.SAME_NAME_AND_COUNT, ("name_key", "submitted_on", "individuals", "state"), ""),
        (rungs.SAME_NAME_AND_COUNT, ("name_key", "submitted_on", "individuals"), _STATES_AGREE),
        (rungs.SAME_NAME, ("name_key", "submitted_on", "state"), ""),
        (rungs.SAME_NAME, ("name_key", "submitted_on"), _STATES_AGREE),
    ):
        _only_partner(engine, rung, keys, condition)
        if _done(engine):
            return
    _alike(engine, rungs.RENAMED, "individuals")
    _only_partner(engine, rungs.SAME_COUNT, ("submitted_on", "individuals", "state"), "", evidence=True)
    _only_partner(engine, rungs.SAME_COUNT_OTHER_STATE, ("submitted_on", "individuals"), "", evidence=True)
    _alike(engine, rungs.RENAMED_AND_REVISED, None)
    _twins(engine)
    if both_whole:
        _only_partner(engine, rungs.LAST_OF_DAY_AND_STATE, ("submitted_on", "state"), "")


def _same_content(engine: duckdb.DuckDBPyConnection, also: str | None) -> None:
    """Equal in all that both say, as a multiset: the first with the first, the second with the second."""
    group = "content" if also is None else f"content, {also}"
    counted = f"SELECT key, {group}, row_number() OVER (PARTITION BY {group} ORDER BY place, key) AS nth FROM"
    engine.execute(
        f"INSERT INTO pair SELECT older.key, newer.key, '{rungs.SAME_CONTENT}' "
        f"FROM ({counted} free_older) AS older JOIN ({counted} free_newer) AS newer USING ({group}, nth)"
    )
    _take_paired(engine)


def _only_partner(
    engine: duckdb.DuckDBPyConnection, rung: str, keys: tuple[str, ...], condition: str, *, evidence: bool = False
) -> None:
    """Join on ``keys`` where neither side has a second row with them."""
    names = ", ".join(keys)
    alone = (
        f"SELECT * FROM {{side}} {'WHERE ' + _IS_EVIDENCE.format(count='individuals') if evidence else ''} "
        f"QUALIFY count(*) OVER (PARTITION BY {names}) = 1"
    )
    engine.execute(
        f"INSERT INTO pair SELECT older.key, newer.key, $rung FROM ({alone.format(side='free_older')}) AS older "
        f"JOIN ({alone.format(side='free_newer')}) AS newer USING ({names}) {f'WHERE {condition}' if condition else ''}",
        {"rung": rung},
    )
    _take_paired(engine)


def _alike(engine: duckdb.DuckDBPyConnection, rung: str, evidence: str | None) -> None:
    """Join names that are alike, of one day, and of one count (``evidence``) or one state; nobody else as alike."""
    same = f"older.{evidence} = newer.{evidence} AND {_IS_EVIDENCE.format(count=f'older.{evidence}')}"
    agree = same if evidence else _STATES_AGREE
    candidates = engine.execute(
        f"SELECT older.key, newer.key, older.name, newer.name FROM free_older AS older JOIN free_newer AS newer "
        f"USING (submitted_on) WHERE {agree}"
    ).fetchall()
    scores = {(old, new): likeness(one, other) for old, new, one, other in candidates}
    chosen = _only_ones({pair: score for pair, score in scores.items() if score >= ALIKE})
    if chosen:
        engine.execute(
            "INSERT INTO pair SELECT unnest($older), unnest($newer), $rung",
            {"older": [old for old, _ in chosen], "newer": [new for _, new in chosen], "rung": rung},
        )
        _take_paired(engine)


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100, whatever their legal form, trade name or order of words."""
    return float(fuzz.token_set_ratio(_words(one), _words(other)))


def _words(name: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())


def _only_ones(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs that are each other's best, with no equal beside them."""
    best_of_older: dict[int, list[float]] = defaultdict(list)
    best_of_newer: dict[int, list[float]] = defaultdict(list)
    for (old, new), score in scores.items():
        best_of_older[old].append(score)
        best_of_newer[new].append(score)

    def is_best(score: float, rivals: list[float]) -> bool:
        return score == max(rivals) and rivals.count(score) == 1

    return [
        (old, new)
        for (old, new), score in scores.items()
        if is_best(score, best_of_older[old]) and is_best(score, best_of_newer[new])
    ]


def _twins(engine: duckdb.DuckDBPyConnection) -> None:
    """What one filer filed several times in a day, by its place in the day, for the list keeps its order.

    Where a list is in no order of days, the smaller count is the smaller count.
    """
    unordered = engine.execute("SELECT count(*) FROM free_newer WHERE place IS NULL").fetchone()
    order = "individuals" if unordered and unordered[0] else "place"
    counted = (
        f"SELECT key, name_key, submitted_on, state, row_number() OVER (PARTITION BY {_DAY} ORDER BY {order}, key) AS nth, "
        f"count(*) OVER (PARTITION BY {_DAY}) AS of FROM "
    )
    engine.execute(
        f"INSERT INTO pair SELECT older.key, newer.key, '{rungs.TWIN}' FROM ({counted} free_older) AS older "
        f"JOIN ({counted} free_newer) AS newer USING ({_DAY}, nth, of)"
    )
    _take_paired(engine)


def _keep_days_in_common(engine: duckdb.DuckDBPyConnection) -> None:
    """No rung below joins across submission dates, so rows of a day that one side lacks can go."""
    for side, other in (("free_older", "free_newer"), ("free_newer", "free_older")):
        engine.execute(f"DELETE FROM {side} WHERE submitted_on NOT IN (SELECT DISTINCT submitted_on FROM {other})")


def _take_paired(engine: duckdb.DuckDBPyConnection) -> None:
    engine.execute("DELETE FROM free_older WHERE key IN (SELECT older FROM pair)")
    engine.execute("DELETE FROM free_newer WHERE key IN (SELECT newer FROM pair)")


def _done(engine: duckdb.DuckDBPyConnection) -> bool:
    left = engine.execute("SELECT (SELECT count(*) FROM free_older) * (SELECT count(*) FROM free_newer)").fetchone()
    return left is None or left[0] == 0
