"""The command that reminds people of the law's days by mail."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from breachtrail.cli import options, screen
from breachtrail.cli.office import database, intake
from breachtrail.settings import Settings


@intake.command()
@click.option(
    "--days", type=click.IntRange(0, 366), default=14, show_default=True, help="So many days before they end."
)
@click.option("--dry-run", is_flag=True, help="Show the mails, and send none.")
@database
@options.home
@options.lang
def remind(days: int, dry_run: bool, database: str | None, home: Path | None, lang: str | None) -> None:
    """Send every filer one mail with the organisation's deadlines that are near or late; once a day, however often it is run.

    Wants BREACHTRAIL_INTAKE_ADDRESS, BREACHTRAIL_INTAKE_SMTP (smtp://host:587 or smtps://host:465),
    BREACHTRAIL_INTAKE_MAIL_FROM and, where the server asks for them, BREACHTRAIL_INTAKE_SMTP_USER and _PASSWORD.

    Exit code 1: the mail server did not take some person's mail.
    """
    from breachtrail.intake import reminder
    from breachtrail.intake.post import Post
    from breachtrail.intake.secret import address_of
    from breachtrail.intake.store import Store
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    phrases = Phrases.of(lang or settings.language)
    address, now = address_of(os.environ), datetime.now(UTC)
    with Store.open(database or settings.intake) as store:
        with store.begin() as session:
            mails = list(reminder.mails(session, now, days, language=settings.language, address=address))
        if not mails:
            screen.lines([phrases.say("reminder.none", days=days)])
        elif dry_run:
            for one in mails:
                told = [phrases.say("reminder.mail", to=one.to), phrases.say("reminder.about", subject=one.subject)]
                screen.lines([*told, "", *one.text.splitlines(), ""])
        else:
            with Post.from_environment(os.environ).open() as send, screen.progress("sending") as progress:
                done = reminder.remind(store, mails, send, progress)
            screen.lines([phrases.say("reminder.sent", sent=len(done.sent), before=done.before)])
            screen.lines([phrases.say("reminder.refused", to=to) for to in done.refused], err=True)
            if done.refused:
                raise SystemExit(1)
