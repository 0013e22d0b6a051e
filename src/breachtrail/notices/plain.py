"""Rows that stand exactly as the portal writes them, typed while they are read: nothing of them needs a second look.

A row is plain where each cell is empty or written in the one way in which a register writes it: a name in ASCII, padded or
not, the vocabulary's own words, digits, ``MM/DD/YYYY``. Plain rows are those that ``screen`` would accept as
they are (a test holds the two to each other); every other row is kept as cells, and screened. At ten million rows this
is what an ingest spends its time on, so it is one pass, in the order of the file, with no join.
"""

import itertools
from collections.abc import Mapping
from datetime import date

import duckdb

from breachtrail.notices.screen import BLANKS, MOJIBAKE, NOTHINGS, WORDS
from breachtrail.notices.shape import COLUMNS, FIRST_POSSIBLE_SUBMISSION, LARGEST_POSSIBLE_COUNT, NAMES, SEVERAL
from breachtrail.notices.vocabulary import Vocabulary

#: A cell with several values is looked up among all the sets that its words can form; more words than these form too many.
_MOST_WORDS_IN_A_SET = 12


def start(engine: duckdb.DuckDBPyConnection) -> None:
    """An empty ``reading``: a row for each row of each file, in the file's order, so that ``rowid`` is its place.

    ``snapshot``; the columns of a notice, worded ones as enumerations of all that can stand in a cell; ``cells``: the
    row as text where it is not plain (its other columns mean nothing then), NULL where it is. For each column with
    several values ``values_of_<column>`` has ``cell``, ``value`` (the list) and ``content`` (the list's hash).
    """
    types = {column.name: column.type for column in COLUMNS}
    for column in WORDS:
        types[column] = f"said_{column}"
        said = ", ".join(_quoted(cell) for cell in _cells(column))
        engine.execute(f"CREATE OR REPLACE TEMP TYPE {types[column]} AS ENUM ({said})")
    columns = ", ".join(f"{name} {types[name]}" for name in NAMES)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE reading (snapshot INTEGER, {columns}, cells VARCHAR[])")
    for column in SEVERAL:
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE values_of_{column} AS SELECT cell, value, hash(value) AS content FROM (SELECT cell, "
            f"string_split(cell::VARCHAR, ', ') AS value FROM (SELECT unnest(enum_range(NULL::{types[column]}))::{types[column]} AS cell))"
        )


def read(
    engine: duckdb.DuckDBPyConnection,
    relation: str,
    parameters: Mapping[str, object],
    places: Mapping[str, int],
    width: int,
    snapshot: int,
    taken_not_after: date,
) -> None:
    """Add the rows of ``relation`` (text columns ``c0``, ``c1``, …, NULL for an empty cell) to ``reading``.

    places: column of a notice → place of its cell; all nine must be there
    """
    cell = {name: f"c{place}" for name, place in places.items()}
    typed = {name: cell[name] for name in NAMES}
    # Trimming costs more than looking: most names are not padded. Blanks stand before all other signs.
    ends = " OR ".join(f"ends_with({cell['name']}, '{blank}')" for blank in BLANKS if blank.isascii())
    typed["name"] = (
        f"CASE WHEN {cell['name']} < '!' OR {ends} THEN trim({cell['name']}, '{BLANKS}') ELSE {cell['name']} END"
    )
    typed |= {column: f"try_cast({cell[column]} AS said_{column})" for column in WORDS}
    typed["individuals"] = f"try_cast({cell['individuals']} AS BIGINT)"
    day = cell["submitted_on"]
    typed["submitted_on"] = f"CASE WHEN strlen({day}) = 10 THEN try_strptime({day}, '%m/%d/%Y')::DATE END"
    whole = ", ".join(f"coalesce(c{place}, '')" for place in range(width))
    engine.execute(
        f"""INSERT INTO reading SELECT $snapshot, {", ".join(NAMES)},
            CASE WHEN NOT is_plain THEN [{whole}] END
        FROM (SELECT *, coalesce({_is_plain(cell)}, false) AS is_plain FROM (
            SELECT *, {", ".join(f"{text} AS {name}" for name, text in typed.items())} FROM {relation}))""",
        {**parameters, "snapshot": snapshot, "last": taken_not_after},
    )


def is_unsure_of_days(engine: duckdb.DuckDBPyConnection, snapshot: int, place: int) -> bool:
    """Whether a row of the file seems to write the day before the month; then no row of it is what it seems."""
    row = engine.execute(
        "SELECT count(*) FROM reading WHERE snapshot = $snapshot AND cells IS NOT NULL "
        "AND try_cast(split_part(cells[$cell], '/', 1) AS INTEGER) BETWEEN 13 AND 31",
        {"snapshot": snapshot, "cell": place + 1},
    ).fetchone()
    return row is not None and row[0] > 0


def _is_plain(cell: Mapping[str, str]) -> str:
    text = cell["description"]
    at_an_end = " OR ".join(f"starts_with({text}, '{blank}') OR ends_with({text}, '{blank}')" for blank in BLANKS)
    at_an_end += f" OR starts_with({text}, '''')"  # it may be there to keep a formula from running: see formula.py
    spoilt = " OR ".join(f"contains({text}, '{sign}')" for sign in MOJIBAKE)
    rules = [
        f"strlen({cell['name']}) = length({cell['name']}) AND name >= '(' AND NOT {_is_nothing('name')}",
        *(f"({cell[column]} IS NULL OR {column} IS NOT NULL)" for column in WORDS),
        f"({cell['individuals']} IS NULL OR (individuals::VARCHAR = {cell['individuals']} "
        f"AND individuals BETWEEN 0 AND {LARGEST_POSSIBLE_COUNT}))",
        f"submitted_on BETWEEN DATE '{FIRST_POSSIBLE_SUBMISSION}' AND $last",
        f"({text} IS NULL OR NOT ({at_an_end} OR {spoilt} OR {_is_nothing(text)}))",
    ]
    return " AND ".join(rules)


def _is_nothing(text: str) -> str:
    """Each word by itself: the engine makes a join of a long IN, and rows behind a join come in any order."""
    return "(" + " OR ".join(f"{text} = {_quoted(word)}" for word in NOTHINGS) + ")"


def _cells(column: str) -> list[str]:
    """All that can stand in a cell of a worded column, in the register's own words and their alphabetical order."""
    words = sorted(filter(None, Vocabulary.load().values(WORDS[column])))
    if column not in SEVERAL:
        return words
    assert len(words) <= _MOST_WORDS_IN_A_SET, f"{column} has {len(words)} words, too many to list their sets"
    return [", ".join(some) for many in range(1, len(words) + 1) for some in itertools.combinations(words, many)]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
