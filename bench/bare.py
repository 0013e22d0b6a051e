"""The least that can answer a question at a terminal: ``python bench/bare.py FILE SQL`` opens the file and runs the SQL."""

from pathlib import Path
from typing import Annotated

import duckdb
import typer


def main(file: Path, sql: Annotated[str, typer.Argument()]) -> None:
    """Print the rows."""
    with duckdb.connect(str(file), read_only=True) as engine:
        for row in engine.execute(sql).fetchall():
            print(*row)


if __name__ == "__main__":
    typer.run(main)
