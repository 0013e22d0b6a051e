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
@click.argument("period", required=False)
@click.option("--notice", metavar="ID", help="How the count of this one notice may move, instead of a period.")
@options.as_of
@options.register
@options.format
@options.output
@options.home
@options.lang
def growth(
    period: str | None,
    notice: str | None,
    as_of: str | None,
    register: str,
    format: str,
    output: Path | None,
    home: Path | None,
    lang: str | None,
) -> None:
    """Say by how much a period's individuals will grow within a year: by revisions, and by notices still to appear.

    PERIOD: a year, quarter or month, as 2026, 2026-Q3 or 2026-07.

    Counts of 500 and 501 are told apart: how likely one is to be revised, and what such counts became. With --notice the
    same is said of one notice: the chance that its count is revised within a year, to what, and what such chances were worth.
    """
    from breachtrail.wording import growth as of_period
    from breachtrail.wording import prospect as of_notice
    from breachtrail.wording.phrases import Phrases

    if (period is None) == (notice is None):
        raise click.UsageError("Name a PERIOD, as 2026 or 2026-07, or one notice with --notice ID; one of the two.")
    settings = Settings.from_environment(home)
    phrases = Phrases.of(lang or settings.language)
    with breachtrail.open(settings.home) as ledger, screen.progress("forecasting") as progress:
        progress(str(period or notice), 0, 1)
        if notice is not None:
            one = ledger.prospect(notice, as_of=as_of, register=register)
            notes, rows, columns = of_notice.notes(one, phrases), of_notice.rows(one), of_notice.COLUMNS
            document = of_notice.document(one, phrases)
        else:
            told = ledger.growth(str(period), as_of=as_of, register=register)
            notes, rows, columns = of_period.notes(told, phrases), of_period.rows(told), of_period.COLUMNS
            document = of_period.document(told, phrases)
    if format == "table" and output is None:
        if notice is None:
            screen.table(*of_period.table(told, phrases))
        screen.lines(notes)
        return
    names, types = zip(*columns, strict=True)
    screen.write(format, output, names, types, rows, lambda: document)
    if format != "json":
        screen.lines(notes, err=True)
