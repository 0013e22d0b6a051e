"""The commands that say what a period will come to: its notices, and its individuals."""

from pathlib import Path

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.settings import Settings


@app.command()
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@options.as_of
@options.register
@options.format
@options.output
@options.home
@options.lang
def forecast(
    periods: tuple[str, ...],
    as_of: str | None,
    register: str,
    format: str,
    output: Path | None,
    home: Path | None,
    lang: str | None,
) -> None:
    """Say how many notices a period will have in the end: those shown, those late, those still to be submitted.

    PERIOD: a year, quarter or month, as 2026, 2026-Q3 or 2026-07; else the last twelve months, the quarter and the year.

    Every estimate has the intervals that hold in one of two cases and in nine of ten, and the score of such forecasts
    that were made on earlier looks. With --as-of it is made only from what was known on that day.
    """
    from breachtrail.wording import outlook as telling
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    phrases = Phrases.of(lang or settings.language)
    with breachtrail.open(settings.home) as ledger, screen.progress("forecasting") as progress:
        progress(register, 0, 1)
        told = ledger.forecast(*periods, as_of=as_of, register=register)
    if format == "table" and output is None:
        screen.table(*telling.table(told, phrases))
        screen.lines(telling.notes(told, phrases))
        return
    columns, types = zip(*telling.COLUMNS, strict=True)
    screen.write(format, output, columns, types, telling.rows(told), lambda: telling.document(told, phrases))
    if format != "json":
        screen.lines(telling.notes(told, phrases), err=True)


@app.command()
@click.argument("period")
@options.as_of
@options.register
@options.format
@options.output
@options.home
@options.lang
def growth(
    period: str,
    as_of: str | None,
    register: str,
    format: str,
    output: Path | None,
    home: Path | None,
    lang: str | None,
) -> None:
    """Say by how much a period's individuals will grow within a year: by revisions, and by notices still to appear.

    PERIOD: a year, quarter or month, as 2026, 2026-Q3 or 2026-07.

    Counts of 500 and 501 are told apart: how likely one is to be revised, and what such counts became.
    """
    from breachtrail.wording import growth as telling
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    phrases = Phrases.of(lang or settings.language)
    with breachtrail.open(settings.home) as ledger, screen.progress("forecasting") as progress:
        progress(period, 0, 1)
        told = ledger.growth(period, as_of=as_of, register=register)
    if format == "table" and output is None:
        screen.table(*telling.table(told, phrases))
        screen.lines(telling.notes(told, phrases))
        return
    columns, types = zip(*telling.COLUMNS, strict=True)
    screen.write(format, output, columns, types, telling.rows(told), lambda: telling.document(told, phrases))
    if format != "json":
        screen.lines(telling.notes(told, phrases), err=True)
