"""The command that writes the site as plain files."""

import gc
from functools import partial
from pathlib import Path

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.settings import Settings


@app.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--url", default="", help="Where the site will stand, as https://example.org/breaches/; for its sitemap.")
@options.as_of
@options.register
@options.home
@options.lang
def publish(folder: Path, url: str, as_of: str | None, register: str, home: Path | None, lang: str | None) -> None:
    """Write the whole site as plain files, in English and Chinese, for any static host; search works in the browser.

    FOLDER: a new or empty one, or one that was published before. Its site is replaced as a whole, when the new one is
    complete; what has not changed is not written again. Pages that take a server say so.
    """
    from breachtrail.questions import period
    from breachtrail.web.published import publish as published
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    open_ = partial(breachtrail.open, settings.home, register)
    with open_() as ledger:
        ledger.ask("notices")  # says in a sentence what is wrong
    with screen.progress("publishing") as progress:
        done = published(open_, folder, as_of=period.day(as_of), url=url, progress=progress)
    gc.collect()  # DuckDB complains of what is left at the very end
    phrases = Phrases.of(lang or settings.language)
    told = [phrases.say("publish.done", folder=folder, notices=done.notices, day=done.day, **done.written._asdict())]
    screen.lines(told if url else [*told, phrases.say("publish.no_url")])
