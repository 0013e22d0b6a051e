"""Runs a statement with bound parameters, and shows the same statement with its literals in place."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")


def run(engine: duckdb.DuckDBPyConnection, statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement; only the parameters that it names are bound."""
    named = set(_PARAMETER.findall(statement))
    return engine.execute(statement, {name: value for name, value in parameters.items() if name in named}).fetchall()


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


def write_parquet(path: Path, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows as Parquet; ``columns`` are pairs of name and DuckDB type."""
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE answer (" + ", ".join(f'"{name}" {kind}' for name, kind in columns) + ")")
        if rows:
            engine.executemany(f"INSERT INTO answer VALUES ({', '.join('?' for _ in columns)})", [list(row) for row in rows])
        engine.execute(f"COPY answer TO {literal(str(path))} (FORMAT parquet)")


def copy_to(engine: duckdb.DuckDBPyConnection, statement: str, path: Path, kind: str) -> None:
    """Write the rows of a statement (without parameters) to a file, ``kind`` being ``csv`` or ``parquet``."""
    how = "FORMAT csv, HEADER" if kind == "csv" else "FORMAT parquet"
    engine.execute(f"COPY ({statement}) TO {literal(str(path))} ({how})")
