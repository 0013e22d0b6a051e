"""What the commands print, and how: tables, lines, a progress bar, rows for machines."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from breachtrail.errors import QuestionError

#: Signs that move the cursor, ring, colour or turn the writing round: nothing a name or a file's name may do here.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """Text of others as it may go to a terminal: signs that steer it are replaced."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def say_what_can_be_said() -> None:
    """Where a terminal knows no letter for it, a question mark stands instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def fall_silent() -> None:
    """What is still to be written to a screen that takes nothing goes nowhere, and is not tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress(verb: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error where that is a terminal, gone when it is done."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None)
        yield lambda what, done, of: bar.update(
            task, description=shown(f"{verb} {what}"), completed=done, total=of or None
        )


def ingested(done: Any, language: str) -> None:
    """A line a file, then what the days brought; exit code 1 if a file was refused, 2 if all were."""
    from breachtrail.wording import terminal

    for result in done.files:
        click.secho(
            shown(terminal.file_line(result, language)), fg="red" if result.refused else None, err=bool(result.refused)
        )
    lines(terminal.ingested_lines(done, language))
    refused = sum(bool(result.refused) for result in done.files)
    if refused:
        raise SystemExit(2 if refused == len(done.files) else 1)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, to_the_right in zip(columns, right, strict=True):
        drawn.add_column(name, justify="right" if to_the_right else "left", overflow="fold", no_wrap=to_the_right)
    for row in rows:
        drawn.add_row(*map(shown, row))
    Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160).print(drawn)


def lines(told: Sequence[str], err: bool = False) -> None:
    for line in told:
        click.echo(shown(line), err=err)


def write(
    format: str,
    output: Path | None,
    columns: Sequence[str],
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
    document: Callable[[], Any],
) -> None:
    """Rows to a file or to the screen, in a format for machines (a table, to a file, is CSV)."""
    from breachtrail.wording import rows as text

    if format == "parquet":
        from breachtrail.questions import engine

        if output is None:
            raise QuestionError("Parquet cannot go to the screen; name a file with -o.")
        engine.write_table(output, list(zip(columns, types, strict=True)), rows)
        click.echo(output, err=True)
    else:
        told = text.as_json(document()) + "\n" if format == "json" else text.as_csv(columns, rows)
        file(told.encode(), output)


def file(content: bytes, output: Path | None) -> None:
    """A ready file to where it belongs; text alone can go to the screen."""
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise QuestionError(f"{output} cannot be written ({error.strerror}).") from None
    click.echo(output, err=True)
