"""The SQL that an answer shows: test-run in a bare DuckDB, and translated for Spark and Trino.

What a translation by sqlglot leaves to a person (docs/decisions.md, "What a statement keeps to"): the median on Trino,
which has none; ``name~`` (``strip_accents``); the global flag of ``regexp_replace`` on Trino, which needs none.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

import breachtrail
from breachtrail.questions import catalog

CONDITIONS = [
    "state=TX,CA", "state!=TX", "state=", "location=Email,Laptop", "breach_type!=Theft", "individuals>=10000",
    "individuals=500,501", "individuals!=500", "name~kaiser", "name=Alvaria, Inc.", "entity_type=Health Plan",
    "business_associate=Yes", "size_band!=unknown", "placeholder=no", "status=archive", "status=unlisted,missing",
    "year=2023,2024", "quarter=2024-Q1", "month!=2024-04",
]  # fmt: skip
MEDIANS = {name for name, measure in catalog.MEASURES.items() if "median" in measure.sql}
INFORMATION = "information_type"


@pytest.fixture(scope="module")
def ledger(real_ledger: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(real_ledger) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare(real_ledger: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = sorted((real_ledger / "ledger").glob("generation-*.duckdb"))[-1]
    with duckdb.connect(str(path), read_only=True) as opened:
        yield opened


def translated(statement: str, engine: str) -> str:
    """The statement for another engine; raises where sqlglot knows that it cannot be said there."""
    (text,) = sqlglot.transpile(statement, read="duckdb", write=engine, unsupported_level=ErrorLevel.RAISE)
    sqlglot.parse_one(text, read=engine)
    return text


def called(statement: str, engine: str) -> set[str]:
    """Functions in a statement that sqlglot hands on by their name, not knowing what they mean."""
    return {call.name.upper() for call in sqlglot.parse_one(statement, read=engine).find_all(exp.Anonymous)}


def holds(answer: breachtrail.Answer, bare: duckdb.DuckDBPyConnection) -> None:
    assert tuple(bare.execute(answer.sql).fetchall()) == answer.rows


@pytest.mark.parametrize("dimension", [None, *(name for name in catalog.dimensions() if name != INFORMATION)])
def test_every_measure_by_every_dimension(
    ledger: breachtrail.Ledger, bare: duckdb.DuckDBPyConnection, dimension: str | None
) -> None:
    together = ledger.ask(*catalog.MEASURES, by=dimension or (), year=2024, as_of="2025-04-12")
    assert together.rows
    holds(together, bare)
    for place, measure in enumerate(catalog.MEASURES):
        answer = ledger.ask(measure, by=dimension or (), year=2024, as_of="2025-04-12")
        split = bool(dimension)
        assert [row[-1] for row in answer.rows] == pytest.approx([row[place + split] for row in together.rows])
        holds(answer, bare)
        for engine in ("spark", "trino"):
            assert called(translated(answer.sql, engine), engine) == set()


def test_kinds_of_information(ledger: breachtrail.Ledger, bare: duckdb.DuckDBPyConnection) -> None:
    answer = ledger.ask("notices", "individuals", "share", by=INFORMATION, year=2010)
    holds(answer, bare)
    holds(ledger.ask("notices", where=f"{INFORMATION}=ssn", year=2010), bare)
    for engine in ("spark", "trino"):
        assert called(translated(answer.sql, engine), engine) == set()


@pytest.mark.parametrize("written", CONDITIONS)
def test_every_kind_of_condition(ledger: breachtrail.Ledger, bare: duckdb.DuckDBPyConnection, written: str) -> None:
    answer = ledger.ask("notices", "individuals", "notices_per_million", by=["year", "state"], where=written)
    assert answer.rows
    holds(answer, bare)
    for engine in ("spark", "trino"):
        strange = called(translated(answer.sql, engine), engine)
        assert strange == ({"STRIP_ACCENTS"} if "name~" in written else set())


def test_all_conditions_and_options_at_once(ledger: breachtrail.Ledger, bare: duckdb.DuckDBPyConnection) -> None:
    answer = ledger.ask(
        *catalog.MEASURES, by=["quarter", "breach_type", "location"],
        where=["state!=TX", "location=Email,Laptop", "individuals>1000", "business_associate=Yes"],
        submitted_from="2021-01-01", submitted_to="2024-12-31", as_of="2024-10-16", view="archive", same_days=True,
    )  # fmt: skip
    assert answer.rows
    holds(answer, bare)
    for engine in ("spark", "trino"):
        translated(answer.sql, engine)


def test_what_trino_has_no_word_for_is_the_median_alone(ledger: breachtrail.Ledger) -> None:
    for measure in catalog.MEASURES:
        text = translated(ledger.ask(measure, by="location", year=2024).sql, "trino")
        assert ("PERCENTILE_CONT" in text) == (measure in MEDIANS)
        assert "IGNORE NULLS" not in text


def test_no_group_is_named_by_an_alias(ledger: breachtrail.Ledger) -> None:
    """Trino groups by columns that a row has, not by names that the same SELECT gives."""
    for by in (["state"], ["year"], ["state", "month"]):
        statement = ledger.ask("notices_per_million", by=by, year=2024).sql
        for select in sqlglot.parse_one(statement, read="duckdb").find_all(exp.Select):
            given = {one.alias for one in select.expressions if isinstance(one, exp.Alias)}
            taken = {key.name for key in (select.args["group"].expressions if select.args.get("group") else ())}
            assert taken & given == set()
