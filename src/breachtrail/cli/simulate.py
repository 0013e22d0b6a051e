"""The command that makes up a register's life."""

from pathlib import Path
from typing import Any

import click

from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.settings import Settings


@app.command()
@click.argument("folder", type=click.Path(path_type=Path))
@options.life
@options.lang
def simulate(folder: Path, lang: str | None, **asked: Any) -> None:
    """Make up a register's life from a seed, as exports that can be ingested, with the truth beside them.

    FOLDER: a new one, for the exports, their MANIFEST.tsv, and truth/ (which row is which notice, and what happened).
    Rates are shares, from 0 to 1, of the notices listed, from one snapshot to the next.
    """
    from breachtrail.simulate import Life, write
    from breachtrail.wording import terminal

    with screen.progress("making up") as progress:
        made = write(folder, Life(**asked), progress=progress)
    screen.lines([terminal.made_line(made, folder, lang or Settings.from_environment().language)])
