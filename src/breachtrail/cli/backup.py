"""The commands that make one file of a ledger, and a ledger of the file."""

from pathlib import Path

import click

from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.settings import Settings


@app.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over a file that is there already.")
@options.home
@options.lang
def backup(file: Path, replace: bool, home: Path | None, lang: str | None) -> None:
    """Write the ledger to one file, with all it can be rebuilt from; others may write to it meanwhile."""
    from breachtrail.ledger import backup as archive
    from breachtrail.wording import terminal

    settings = Settings.from_environment(home)
    with screen.progress("backing up") as progress:
        copied = archive.back_up(settings.home, file, replace=replace, progress=progress)
    screen.lines(terminal.copied_lines("backed_up", copied, file, lang or settings.language))


@app.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Give up the ledger that is there already.")
@options.home
@options.lang
def restore(file: Path, replace: bool, home: Path | None, lang: str | None) -> None:
    """Make the ledger what it was when backup wrote FILE: all of it, or nothing."""
    from breachtrail.ledger import backup as archive
    from breachtrail.wording import terminal

    settings = Settings.from_environment(home)
    with screen.progress("restoring") as progress:
        copied = archive.restore(settings.home, file, replace=replace, progress=progress)
    screen.lines(terminal.copied_lines("restored", copied, file, lang or settings.language))
