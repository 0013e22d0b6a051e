"""Runs a statement with bound parameters, and shows the same statement with its literals in place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from breachtrail.errors import FileRefused, QuestionError
from breachtrail.ledger.store import believed

Engine = duckdb.DuckDBPyConnection

_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")


def run(engine: duckdb.DuckDBPyConnection, statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement; only the parameters that it names are bound."""
    named = set(_PARAMETER.findall(statement))
    bound = {name: value for name, value in parameters.items() if name in named}
    with believed():
        return engine.execute(statement, bound).fetchall()


def columns(engine: Engine, statement: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a statement as numpy arrays, by name; masked where some values are NULL."""
    named = set(_PARAMETER.findall(statement))
    with believed():
        return engine.execute(statement, {name: parameters[name] for name in named}).fetchnumpy()


@contextmanager
def apart() -> Iterator[Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]]:
    """Runs statements on an engine beside every ledger, over files that have nothing to do with one.

    Raises FileRefused, with the engine's reason, for a file that it cannot read.
    """
    with duckdb.connect() as engine:

        def rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
            named = set(_PARAMETER.findall(statement))
            try:
                return engine.execute(statement, {name: parameters[name] for name in named}).fetchall()
            except duckdb.Error as error:
                raise FileRefused(" ".join(str(error).partition("\n")[0].split())) from None

        yield rows


def with_literals(statement: str, parameters: Mapping[str, Any]) -> str:
    """The statement as a reader can run it in a bare DuckDB on the ledger's file."""
    return _PARAMETER.sub(lambda found: literal(parameters[found[1]]), statement)


def literal(value: Any) -> str:
    """A value as SQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value).upper() if isinstance(value, bool) else str(value)
    if isinstance(value, date):
        return f"DATE '{value}'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    return "'" + str(value).replace("'", "''") + "'"


def write_table(
    path: Path, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]], kind: str = "parquet"
) -> None:
    """Write rows to a file; ``columns`` are pairs of name and DuckDB type, ``kind`` is parquet or csv."""
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE answer (" + ", ".join(f'"{name}" {type}' for name, type in columns) + ")")
        if rows:
            values = ", ".join(f"unnest(${place}::{type}[])" for place, (_, type) in enumerate(columns, start=1))
            engine.execute(f"INSERT INTO answer SELECT {values}", [list(column) for column in zip(*rows, strict=True)])
        copy_to(engine, "FROM answer", path, kind)


def copy_to(engine: duckdb.DuckDBPyConnection, statement: str, path: Path, kind: str) -> None:
    """Write the rows of a statement (without parameters) to a file, ``kind`` being csv or parquet."""
    how = "FORMAT csv, HEADER" if kind == "csv" else "FORMAT parquet"
    with believed():
        try:
            engine.execute(f"COPY ({statement}) TO {literal(str(path))} ({how})")
        except duckdb.IOException as error:
            raise QuestionError(f"{path} cannot be written ({str(error).splitlines()[0]}).") from None
