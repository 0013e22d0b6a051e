"""The rules: named rows of text in, judged rows out, each accepted or held; nothing is dropped.

A row is held when a cell cannot be read honestly: the reason says which cell, which rule and what was seen. A blank
count, type, state or entity type is no reason; it is accepted as unknown. Unknown words are a signal, never an "other".
The rules, by name: ``width``, ``no_name``, ``unreadable_count``, ``impossible_count``, ``no_submission``,
``unreadable_day``, ``too_early``, ``after_taken``, ``unknown_word``; the phrases ``rule.<name>`` say them in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from breachtrail.notices import formula
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
#: Days without slashes, as spreadsheets and people write them.
_UNSLASHED = ["%Y-%m-%d", "%b %d, %Y", "%B %d, %Y", "%Y%m%d", "%d-%b-%y", "%d-%b-%Y", "%d %B %Y"]
#: Without one of these no text was spoilt by being read in another encoding.
MOJIBAKE = "ÃÂâ"
BLANKS = " \t\r\n\u00a0\u200b\ufeff"
#: Cells that say nothing: a database null that leaked into the portal's files, and what spreadsheets write for one.
NOTHINGS = ("", "\\N", "NULL", "null", "NaN", "nan")
NOTHING = str(NOTHINGS).replace("\\\\", "\\")


@dataclass(frozen=True)
class Judged:
    """How many rows of a snapshot were accepted, and how many held."""

    accepted: int
    held: int


def screen(
    engine: duckdb.DuckDBPyConnection,
    taken_not_after: Mapping[int, date],
    has_day: Mapping[int, bool],
    view_words: Mapping[str, str],
) -> dict[int, Judged]:
    """Judge every row of the temporary table ``named``; the result is the temporary table ``judged``.

    ``judged`` has ``key``, ``snapshot``, ``row``, the columns of a notice in their types, ``said_view``, and ``reason``: a struct of
    ``field``, ``rule`` and ``seen`` for a held row, NULL for an accepted one.

    taken_not_after: snapshot → last day on which it can have been taken: nothing in it was submitted later
    has_day:         snapshot → whether its file has submission dates at all
    view_words:      what a file of both views may say of a row → the view
    """
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE taking AS SELECT unnest($snapshots) AS snapshot, unnest($last) AS last, "
        "unnest($has_day) AS has_day",
        {
            "snapshots": list(taken_not_after),
            "last": list(taken_not_after.values()),
            "has_day": [has_day[snapshot] for snapshot in taken_not_after],
        },
    )
    for column in ("name", "description"):
        _mend(engine, column)
    _orders(engine)
    tables = _words(engine)
    joins = " ".join(
        f"LEFT JOIN {table} AS {column} ON named.{column} = {column}.cell" for column, table in tables.items()
    )
    values = {column: f"{column}.value" for column in tables} | {
        "individuals": "count_read",
        "submitted_on": "day_read",
    }
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE judged AS
        SELECT key, snapshot, row, {", ".join(f"{values.get(name, f'named.{name}')} AS {name}" for name in NAMES)}, said_view,
            {_reason(tables)} AS reason
        FROM (SELECT *, {_count("individuals")} AS count_read, {_day("submitted_on")} AS day_read
              FROM ({_cleaned(view_words)}) JOIN taking USING (snapshot) JOIN day_order USING (snapshot)) AS named {joins}""",
    )
    counted = engine.execute(
        "SELECT snapshot, count(key) FILTER (WHERE reason IS NULL), count(reason) "
        "FROM taking LEFT JOIN judged USING (snapshot) GROUP BY snapshot"
    ).fetchall()
    return {snapshot: Judged(accepted, held) for snapshot, accepted, held in counted}


def usual_reason(engine: duckdb.DuckDBPyConnection, snapshot: int) -> tuple[int, str, str, str]:
    """Row, field, rule and what was seen, of the first row of a snapshot that was held by the rule that held most."""
    row = engine.execute(
        "SELECT min(row), arg_min(reason.field, row), reason.rule, arg_min(reason.seen, row) FROM judged "
        "WHERE snapshot = $snapshot AND reason IS NOT NULL GROUP BY reason.rule ORDER BY count(*) DESC, min(row) LIMIT 1",
        {"snapshot": snapshot},
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2], row[3] or ""


def _cleaned(view_words: Mapping[str, str]) -> str:
    """``named`` with the blanks of free text put aside and NULL for what says nothing; worded cells are left to their tables."""
    trimmed = {name: f"trim({name}, '{BLANKS}')" for name in ("name", "individuals", "submitted_on")}
    # Trimming walks through the whole of a text: in long ones blanks are looked for at the ends first.
    at_an_end = " OR ".join(
        f"starts_with(description, '{blank}') OR ends_with(description, '{blank}')" for blank in BLANKS
    )
    trimmed["description"] = f"CASE WHEN {at_an_end} THEN trim(description, '{BLANKS}') ELSE description END"
    for name in ("name", "description"):
        meant = f"trim({formula.as_meant_sql(name)}, '{BLANKS}')"
        trimmed[name] = f"CASE WHEN starts_with({name}, '''') THEN {meant} ELSE {trimmed[name]} END"
    views = " ".join(f"WHEN '{word.lower()}' THEN '{view}'" for word, view in view_words.items())
    said = f"CASE lower(trim(said_view)) {views} END" if views else "NULL::VARCHAR"
    inner = ", ".join(f"{text} AS {name}" for name, text in trimmed.items())
    outer = ", ".join(f"CASE WHEN {name} NOT IN {NOTHING} THEN {name} END AS {name}" for name in trimmed)
    return f"SELECT * REPLACE ({outer}) FROM (SELECT * REPLACE ({inner}, {said} AS said_view) FROM named)"


def _mend(engine: duckdb.DuckDBPyConnection, column: str) -> None:
    """Repair broken encodings: ftfy on the distinct suspicious texts alone."""
    broken = engine.execute(
        f"SELECT DISTINCT {column} FROM named WHERE "
        + " OR ".join(f"contains({column}, '{sign}')" for sign in MOJIBAKE)
    ).fetchall()
    if not broken:
        return
    import ftfy

    right = [ftfy.fix_text(text, uncurl_quotes=False) for (text,) in broken]
    engine.execute(
        f"UPDATE named SET {column} = mended.after FROM (SELECT unnest($before) AS before, unnest($after) AS after) AS mended "
        f"WHERE {column} = mended.before AND mended.before <> mended.after",
        {"before": [text for (text,) in broken], "after": right},
    )


def _orders(engine: duckdb.DuckDBPyConnection) -> None:
    """For each file the order of day and month: ``day_order(snapshot, day_first, doubtful)``.

    The portal writes month/day/year. A file re-saved elsewhere may write day/month/year: then some first number is
    above twelve and no second one is. In a file with both orders, rows that can be read either way are doubtful.
    """
    engine.execute(
        """CREATE OR REPLACE TEMP TABLE day_order AS
        SELECT snapshot, day_first AND NOT month_first AS day_first, day_first AND month_first AS doubtful FROM (
            SELECT snapshot, coalesce(bool_or(first BETWEEN 13 AND 31), false) AS day_first,
                coalesce(bool_or(second > 12), false) AS month_first
            FROM (SELECT snapshot, try_cast(split_part(submitted_on, '/', 1) AS INTEGER) AS first,
                         try_cast(split_part(submitted_on, '/', 2) AS INTEGER) AS second FROM named)
            GROUP BY snapshot)"""
    )


def _count(text: str) -> str:
    """SQL for the whole number that a text names, with its thousands apart or a spreadsheet's ``.0`` behind it.

    ``1.000`` is one, or a thousand as it is written elsewhere, and ``1,5`` one and a half: neither is read.
    """
    whole = f"regexp_extract({text}, '^(\\d+|\\d{{1,3}}(,\\d{{3}})+)(\\.0{{0,2}})?$', 1)"
    return f"try_cast(replace({whole}, ',', '') AS BIGINT)"


def _day(text: str) -> str:
    """SQL for the day that a text names, in the order of its file; a time of day behind it is put aside."""
    bare = f"regexp_replace({text}, '[ T]\\d{{1,2}}:\\d{{2}}(:\\d{{2}}(\\.\\d+)?)?( ?[AaPp][Mm])?$', '')"
    text = f"(CASE WHEN contains({text}, ':') THEN {bare} ELSE {text} END)"
    short = f"length(split_part({text}, '/', 3)) = 2"
    return (
        f"CASE WHEN contains({text}, '/') THEN CASE WHEN length(split_part({text}, '/', 1)) = 4 THEN try_strptime({text}, '%Y/%m/%d') "
        f"WHEN day_first AND {short} THEN try_strptime({text}, '%d/%m/%y') WHEN day_first THEN try_strptime({text}, '%d/%m/%Y') "
        f"WHEN {short} THEN try_strptime({text}, '%m/%d/%y') ELSE try_strptime({text}, '%m/%d/%Y') END "
        f"ELSE try_strptime({text}, {_UNSLASHED}) END::DATE"
    )


def _words(engine: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """For each worded column a small table ``cell → value``, with the first word of the cell that is ``unknown``."""
    vocabulary = Vocabulary.load()
    spelt = [
        (column, spelling, value)
        for column, words in WORDS.items()
        for spelling, value in vocabulary.spellings(words).items()
        if spelling  # a blank says nothing, whatever label it has
    ]
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE word AS SELECT unnest($columns) AS kind, unnest($spellings) AS spelling, unnest($values) AS value",
        {
            "columns": [column for column, _, _ in spelt],
            "spellings": [spelling for _, spelling, _ in spelt],
            "values": [value for _, _, value in spelt],
        },
    )
    tables = {column: f"word_in_{column}" for column in WORDS}
    for column, table in tables.items():
        several = column in SEVERAL
        engine.execute(
            f"""CREATE OR REPLACE TEMP TABLE {table} AS
            SELECT cell,
                {"list(DISTINCT value ORDER BY value)" if several else "any_value(value)"} FILTER (WHERE value IS NOT NULL) AS value,
                min(atom) FILTER (WHERE value IS NULL AND atom <> '') AS unknown
            FROM (SELECT cell, trim(unnest({"string_split(told, ',')" if several else "[told]"}), '{BLANKS}') AS atom FROM (
                    SELECT cell, CASE WHEN trim(cell, '{BLANKS}') IN {NOTHING} THEN '' ELSE cell END AS told
                    FROM (SELECT DISTINCT {column} AS cell FROM named WHERE {column} IS NOT NULL)))
            LEFT JOIN (SELECT spelling, value FROM word WHERE kind = '{column}') ON lower(atom) = spelling
            GROUP BY cell"""
        )
    return tables


def _reason(tables: Mapping[str, str]) -> str:
    """One CASE: the first rule that a row breaks, as a struct of field, rule and what was seen."""

    def broken(field: str, rule: str, seen: str) -> str:
        return f"{{field: '{field}', rule: '{rule}', seen: {seen}}}"

    count, day, seen = "count_read", "day_read", "named.submitted_on"
    two_ways = f"try_cast(split_part({seen}, '/', 1) AS INTEGER) <= 12 AND try_cast(split_part({seen}, '/', 2) AS INTEGER) <= 12"
    cases = [
        ("torn", broken("row", "width", "named.cells::VARCHAR")),
        ("named.name IS NULL", broken("name", "no_name", "''")),
        (
            f"named.individuals IS NOT NULL AND {count} IS NULL",
            broken("individuals", "unreadable_count", "named.individuals"),
        ),
        (f"{count} > {LARGEST_POSSIBLE_COUNT}", broken("individuals", "impossible_count", "named.individuals")),
        (f"has_day AND {seen} IS NULL", broken("submitted_on", "no_submission", "''")),
        (f"has_day AND ({day} IS NULL OR (doubtful AND {two_ways}))", broken("submitted_on", "unreadable_day", seen)),
        (f"{day} < DATE '{FIRST_POSSIBLE_SUBMISSION}'", broken("submitted_on", "too_early", seen)),
        (f"{day} > last", broken("submitted_on", "after_taken", seen)),
    ]
    cases += [
        (f"{column}.unknown IS NOT NULL", broken(column, "unknown_word", f"{column}.unknown")) for column in tables
    ]
    return "CASE " + " ".join(f"WHEN {when} THEN {then}" for when, then in cases) + " END"
