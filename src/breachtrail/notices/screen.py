"""The rules: a text table in, accepted rows and held rows out, nothing dropped.

A row is held when a cell cannot be read honestly: the reason says which cell, which rule and what was seen. A blank
count, type, state or entity type is no reason; it is accepted as unknown. Unknown words are a signal, never an "other".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import ftfy

from breachtrail.notices.shape import FIRST_POSSIBLE_SUBMISSION, LARGEST_POSSIBLE_COUNT, NAMES, SEVERAL
from breachtrail.notices.vocabulary import Vocabulary

#: Columns whose words the vocabulary must know: column of a notice → list in the vocabulary.
WORDS = {
    "state": "state",
    "entity_type": "entity_type",
    "breach_types": "breach_type",
    "locations": "location",
    "business_associate": "business_associate",
}
#: Cells that mean nothing: a database null that leaked into the portal's files, and what spreadsheets write for one.
_NOTHING = "('\\N', 'NULL', 'null', 'NaN', 'nan')"
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"
_MOJIBAKE = "[ÃÂâ]"

@dataclass(frozen=True)
class Screened:
    """What came of one file: names of the two tables, and how many rows each has.

    accepted: ``row``, the columns of a notice (NULL where the file does not carry one or says nothing), ``said_view``
    held:     ``row``, ``field``, ``rule``, ``seen``, ``raw`` (the row's cells as a JSON array)
    carried:  the columns of a notice that the file has
    """

    accepted: str
    held: str
    accepted_rows: int
    held_rows: int
    carried: tuple[str, ...]


def screen(
    engine: duckdb.DuckDBPyConnection,
    *,
    table: str,
    places: Mapping[str, int],
    width: int,
    associate_name: int | None,
    view_place: int | None,
    view_words: Mapping[str, str],
    taken_not_after: date,
    name: str,
) -> Screened:
    """Screen the text table ``table``; the results are the temporary tables ``{name}_accepted`` and ``{name}_held``."""
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {name}_named AS SELECT row, cells, "
        + ", ".join(f"{_cell(places.get(column))} AS {column}" for column in NAMES if column != "business_associate")
        + f", {_associate(places.get('business_associate'), associate_name)} AS business_associate"
        + f", {_cell(view_place)} AS said_view, len(cells) <> $width AS torn FROM {table}",
        {"width": width},
    )
    mended = {column: _mend(engine, f"{name}_named", column) for column in ("name", "description") if column in places}
    day, day_is_safe = _day(engine, f"{name}_named")
    words = _words(engine, f"{name}_named")
    value = {column: f"{column}.value" for column in WORDS}
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE {name}_judged AS
        SELECT named.row, cells, torn,
            {mended.get("name", "named.name")} AS name, named.name AS name_seen, {mended.get("description", "named.description")} AS description,
            individuals AS count_seen, try_cast(regexp_extract(replace(individuals, ',', ''), '^(\\d+)(\\.0*)?$', 1) AS BIGINT) AS individuals,
            submitted_on AS day_seen, {day} AS submitted_on,
            {", ".join(f"{value[column]} AS {column}, {column}.unknown AS {column}_unknown" for column in WORDS)},
            view.value AS said_view
        FROM {name}_named AS named
        {" ".join(f"LEFT JOIN {words[column]} AS {column} ON named.{column} = {column}.cell" for column in WORDS)}
        LEFT JOIN (SELECT unnest($said) AS said, unnest($views) AS value) AS view ON lower(named.said_view) = view.said""",
        {"said": [word.lower() for word in view_words], "views": list(view_words.values())},
    )
    reasons = _reasons("submitted_on" in places, day_is_safe)
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE {name}_held AS
        SELECT row, reason.field AS field, reason.rule AS rule, reason.seen AS seen, to_json(cells)::VARCHAR AS raw
        FROM (SELECT *, {reasons} AS reason FROM {name}_judged) WHERE reason IS NOT NULL""",
        {"taken": taken_not_after} if "submitted_on" in places else {},
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE {name}_accepted AS
        SELECT row, {", ".join(NAMES)}, said_view FROM {name}_judged
        WHERE row NOT IN (SELECT row FROM {name}_held)"""
    )
    carried = [*places, *(["business_associate"] if associate_name is not None else [])]
    counts = [_count(engine, f"{name}_{kind}") for kind in ("accepted", "held")]
    return Screened(f"{name}_accepted", f"{name}_held", counts[0], counts[1], tuple(c for c in NAMES if c in carried))


def _cell(place: int | None) -> str:
    """The cell at ``place`` as text, NULL where it says nothing; blanks of every kind folded at its ends."""
    if place is None:
        return "NULL::VARCHAR"
    cell = f"trim(cells[{place + 1}], '{_BLANKS}')"
    return f"CASE WHEN {cell} IN {_NOTHING} THEN NULL ELSE nullif({cell}, '') END"


def _associate(place: int | None, name_place: int | None) -> str:
    if place is None and name_place is not None:
        return f"CASE WHEN {_cell(name_place)} IS NULL THEN 'No' ELSE 'Yes' END"
    return _cell(place)


def _mend(engine: duckdb.DuckDBPyConnection, table: str, column: str) -> str:
    """An expression for ``column`` with broken encodings repaired (ftfy, on the distinct suspicious cells only)."""
    broken = engine.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE regexp_matches({column}, $mojibake)", {"mojibake": _MOJIBAKE}
    ).fetchall()
    if not broken:
        return f"named.{column}"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_{column}_mended AS SELECT unnest($seen) AS seen, unnest($right) AS mended",
        {"seen": [text for (text,) in broken], "right": [ftfy.fix_text(text, uncurl_quotes=False) for (text,) in broken]},
    )
    return f"coalesce((SELECT any_value(mended) FROM {table}_{column}_mended WHERE seen = named.{column}), named.{column})"


def _day(engine: duckdb.DuckDBPyConnection, table: str) -> tuple[str, bool]:
    """An expression for the submission day, and whether the file's order of day and month is beyond doubt.

    The portal writes month/day/year. A file re-saved elsewhere may write day/month/year: then some first number is
    above twelve and no second one is. A file with both orders holds the rows that could be read either way.
    """
    found = engine.execute(
        f"""SELECT count(*) FILTER (WHERE first > 12), count(*) FILTER (WHERE second > 12) FROM (
            SELECT try_cast(regexp_extract(submitted_on, '^(\\d{{1,2}})/\\d{{1,2}}/\\d', 1) AS INTEGER) AS first,
                   try_cast(regexp_extract(submitted_on, '^\\d{{1,2}}/(\\d{{1,2}})/\\d', 1) AS INTEGER) AS second
            FROM {table})"""
    ).fetchone()
    day_first, month_first = found if found else (0, 0)
    slashed = ("%d/%m/%Y", "%d/%m/%y") if day_first and not month_first else ("%m/%d/%Y", "%m/%d/%y")
    text = "regexp_replace(submitted_on, '[ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?( ?[AaPp][Mm])?$', '')"
    short = f"regexp_matches({text}, '/\\d{{2}}$')"
    return (
        f"CASE WHEN {text} LIKE '%/%' THEN CASE WHEN {short} THEN try_strptime({text}, '{slashed[1]}') "
        f"ELSE try_strptime({text}, '{slashed[0]}') END "
        f"ELSE try_strptime({text}, ['%Y-%m-%d', '%b %d, %Y', '%B %d, %Y', '%Y%m%d']) END::DATE",
        not (day_first and month_first),
    )


def _words(engine: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """For each worded column a small table: cell as seen → value of the vocabulary, and the first unknown word."""
    vocabulary = Vocabulary.load()
    tables = {}
    for column, words in WORDS.items():
        spellings = vocabulary.spellings(words)
        tables[column] = f"{table}_{column}"
        several = column in SEVERAL
        atoms = "string_split(cell, ',')" if several else "[cell]"
        value = "list(value ORDER BY value) FILTER (WHERE value IS NOT NULL)" if several else "any_value(value)"
        engine.execute(
            f"""CREATE OR REPLACE TEMP TABLE {tables[column]} AS
            WITH word AS (SELECT unnest($spellings) AS spelling, unnest($meant) AS meant),
            atom AS (SELECT cell, trim(unnest({atoms})) AS atom FROM (SELECT DISTINCT {column} AS cell FROM {table})
                     WHERE cell IS NOT NULL),
            known AS (SELECT DISTINCT cell, atom, meant AS value FROM atom LEFT JOIN word ON lower(atom) = spelling)
            SELECT cell, {value} AS value, min(atom) FILTER (WHERE value IS NULL AND atom <> '') AS unknown
            FROM known GROUP BY cell""",
            {"spellings": list(spellings), "meant": list(spellings.values())},
        )
    return tables


def _reasons(has_day: bool, day_is_safe: bool) -> str:
    """One CASE: the first rule that a row breaks, as a struct of field, rule and what was seen."""

    def reason(field: str, rule: str, seen: str) -> str:
        return f"{{field: '{field}', rule: '{rule}', seen: {seen}}}"

    cases = [
        ("torn", reason("row", "width", "len(cells)::VARCHAR")),
        ("name_seen IS NULL", reason("name", "no_name", "''")),
        ("count_seen IS NOT NULL AND individuals IS NULL", reason("individuals", "unreadable_count", "count_seen")),
        (f"individuals > {LARGEST_POSSIBLE_COUNT}", reason("individuals", "impossible_count", "count_seen")),
    ]
    if has_day:
        two_ways = "regexp_matches(day_seen, '^(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/')"
        doubtful = "" if day_is_safe else f" OR {two_ways}"
        cases += [
            ("day_seen IS NULL", reason("submitted_on", "no_submission", "''")),
            (f"submitted_on IS NULL{doubtful}", reason("submitted_on", "unreadable_day", "day_seen")),
            (f"submitted_on < DATE '{FIRST_POSSIBLE_SUBMISSION}'", reason("submitted_on", "too_early", "day_seen")),
            ("submitted_on > $taken", reason("submitted_on", "after_taken", "day_seen")),
        ]
    cases += [(f"{column}_unknown IS NOT NULL", reason(column, "unknown_word", f"{column}_unknown")) for column in WORDS]
    return "CASE " + " ".join(f"WHEN {when} THEN {then}" for when, then in cases) + " END"


def _count(engine: duckdb.DuckDBPyConnection, table: str) -> int:
    counted: Any = engine.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(counted[0])
