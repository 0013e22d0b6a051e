"""The commands of a register of one's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.errors import IntakeError
from breachtrail.settings import Settings

database = click.option(
    "--database", help="Where the register is: sqlite:///file or postgresql://user@host/name; else BREACHTRAIL_INTAKE."
)
replace = click.option("--replace", is_flag=True, help="Write over what is there already.")


@app.group()
def intake() -> None:
    """Keep a register of one's own: reports come in, an office reviews them, notices go out.

    It is kept in a database of its own: one file of SQLite, unless --database or BREACHTRAIL_INTAKE name another.
    """
    try:
        import alembic  # noqa: F401
        import sqlalchemy  # noqa: F401
    except ImportError:
        raise IntakeError(
            "A register of one's own needs packages that are not installed. Install them with BreachTrail: "
            "pip install 'breachtrail[intake]'."
        ) from None


@intake.command()
@click.option("--threshold", help="Individuals from which on a notice is public; 500 unless it is set.")
@click.option("--timezone", help="Where the register's days begin and end; America/New_York unless it is set.")
@database
@options.home
@options.lang
def init(database: str | None, home: Path | None, lang: str | None, **chosen: str | None) -> None:
    """Make the register, or bring it up to this BreachTrail; what it holds stays."""
    from breachtrail.intake import setting
    from breachtrail.intake.store import Store

    settings = Settings.from_environment(home)
    with Store.create(database or settings.intake) as store, store.begin() as session:
        for name, value in chosen.items():
            if value is not None:
                setting.write(session, None, name, value)
        now = setting.read(session)
    _tell(lang or settings.language, "made", threshold=now.threshold, timezone=now.timezone)


@intake.command()
@click.option("--head", help="A head of the trail that was noted earlier, NUMBER:HASH: it must still be in it.")
@database
@options.home
@options.lang
def verify(head: str | None, database: str | None, home: Path | None, lang: str | None) -> None:
    """Hold the register to its audit trail: nothing was changed, lost or put in past it."""
    from breachtrail.intake import audit, inspection

    noted = audit.Head.parsed(head) if head else None
    with _session(database, home) as (session, settings):
        done = inspection.verify(session, noted)
    _tell(
        lang or settings.language,
        "verified",
        **{name: getattr(done, name) for name in done.__slots__ if name != "head"},
    )
    screen.lines([str(done.head)])


@intake.command()
@click.argument("file", type=click.Path(path_type=Path))
@replace
@database
@options.home
@options.lang
def backup(file: Path, replace: bool, database: str | None, home: Path | None, lang: str | None) -> None:
    """Write the whole register to one FILE; others may write to it meanwhile. Keep it as safe as the register itself."""
    from breachtrail.intake import backup as archive
    from breachtrail.intake.store import Store

    settings = Settings.from_environment(home)
    with Store.open(database or settings.intake) as store, screen.progress("backing up") as progress:
        done = archive.back_up(store, file, replace=replace, progress=progress)
    _tell(lang or settings.language, "backed_up", file=file, rows=sum(done.rows.values()), head=done.head)


@intake.command()
@click.argument("file", type=click.Path(path_type=Path))
@database
@options.home
@options.lang
def restore(file: Path, database: str | None, home: Path | None, lang: str | None) -> None:
    """Make the register that was written to FILE, in an empty database, and verify it."""
    from breachtrail.intake import backup as archive

    settings = Settings.from_environment(home)
    with screen.progress("restoring") as progress:
        done = archive.restore(database or settings.intake, file, progress=progress)
    _tell(lang or settings.language, "restored", file=file, rows=sum(done.rows.values()), head=done.head)


@intake.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@replace
@database
@options.home
@options.lang
def publish(folder: Path, replace: bool, database: str | None, home: Path | None, lang: str | None) -> None:
    """Write what is public today to FOLDER, as a register's portal would: two lists, and MANIFEST.tsv.

    `breachtrail ingest` reads them as the register `own`. Once a day.
    """
    from breachtrail.intake import publication

    with _session(database, home) as (session, settings):
        done = publication.publish(session, folder, datetime.now(UTC), replace=replace)
    for file, rows in done.rows.items():
        _tell(lang or settings.language, "published" if done.is_new else "unchanged", file=file, rows=rows)


@intake.command()
@database
@options.home
@options.lang
def sums(database: str | None, home: Path | None, lang: str | None) -> None:
    """Show the smaller breaches, which stay out of the lists, by their year of discovery."""
    from breachtrail.intake import listing

    with _session(database, home) as (session, settings):
        years = listing.sums(session, None)
    for one in years:
        _tell(lang or settings.language, "sum", year=one.year, notices=one.notices, individuals=one.individuals)
    if not years:
        _tell(lang or settings.language, "no_sums")


@contextmanager
def _session(database: str | None, home: Path | None) -> Iterator[tuple[Any, Settings]]:
    """A session in one transaction, and the settings with which it was found."""
    from breachtrail.intake.store import Store

    settings = Settings.from_environment(home)
    with Store.open(database or settings.intake) as store, store.begin() as session:
        yield session, settings


def _tell(language: str, key: str, **values: object) -> None:
    from breachtrail.wording.phrases import Phrases

    screen.lines([Phrases.of(language).say(f"keeping.{key}", **values)])
