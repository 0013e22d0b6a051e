"""The commands that keep a ledger up to date from a portal, and say how it stands.

sync ends with 0 where something new was appended, 4 where there was nothing new, 2 where the portal's answer (or the ledger)
was refused, 3 where the portal did not answer. status ends with 1 where a look is overdue.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.settings import Settings

#: How a run ended → how the command ends.
EXIT_CODES = {"new": 0, "refused": 2, "unreachable": 3, "nothing_new": 4}


@app.command()
@click.option("--register", default="us_hhs_ocr", show_default=True, help="Which register is fetched.")
@click.option(
    "--portal", help="Address below which the portal's pages lie; else BREACHTRAIL_PORTAL, else the register's own."
)
@click.option(
    "--road",
    type=click.Choice(["auto", "csv", "list", "both"]),
    default="auto",
    show_default=True,
    help="By the export, and by the page's table where that keeps failing; by one of them; by both, which brings the "
    "register's record ids and takes some eighty requests.",
)
@click.option(
    "--most-fall",
    type=click.FloatRange(0, 1),
    default=0.05,
    show_default=True,
    help="The share of its rows that a list may lose, beyond what the other gained, before nothing is appended.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be fetched, and send nothing.")
@options.home
@options.lang
def sync(
    register: str,
    portal: str | None,
    road: str,
    most_fall: float,
    dry_run: bool,
    home: Path | None,
    lang: str | None,
) -> None:
    """Bring the ledger up to date from the register's portal: one look a day, at every list of it.

    Silent but for a terminal, and for what went wrong. Ends with 0 for something new, 4 for nothing new, 2 where the
    portal's answer was refused, 3 where it did not answer.
    """
    from breachtrail.sync import planned
    from breachtrail.sync import sync as run_once
    from breachtrail.wording import runs

    settings = Settings.from_environment(home)
    language = lang or settings.language
    wishes = options.wishes(
        settings, register=register, portal=portal, road=road, most_fall=most_fall, language=language
    )
    if dry_run:
        plan = planned(settings.home, wishes, datetime.now(UTC))
        screen.lines(runs.planned_lines(register, plan, wishes.address, language))
        return
    with screen.progress("fetching") as progress:
        run = run_once(settings.home, wishes, progress=progress)
    failed = run.outcome in ("refused", "unreachable")
    if failed or sys.stdout.isatty():
        screen.lines([runs.run_line(run, language), *runs.details(run, language)], err=failed)
    raise SystemExit(EXIT_CODES[run.outcome])


@app.command()
@options.home
@options.lang
def status(home: Path | None, lang: str | None) -> None:
    """The last good fetch of each list, its age, when the next is due, and how the last run ended.

    Ends with 1 where a list was not fetched for more than 36 hours.
    """
    from breachtrail.sync import status as standing
    from breachtrail.wording import runs

    settings = Settings.from_environment(home)
    told = standing(settings.home, datetime.now(UTC))
    if told.views:
        screen.table(*runs.status_table(told, lang or settings.language))
    screen.lines(runs.status_lines(told, lang or settings.language))
    if told.is_overdue:
        raise SystemExit(1)
