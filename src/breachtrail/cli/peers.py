"""The commands that tell how large notices are, and what those of organisations like one's own look like."""

from pathlib import Path
from typing import Any

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.settings import Settings

_format = click.option(
    "--format", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to write it."
)
_sql = click.option("--sql", is_flag=True, help="Show the SQL behind the figures.")


@app.command()
@click.option("--entity-type", required=True, help="Health Plan, Healthcare Provider, Business Associate …")
@click.option("--state", "states", multiple=True, help="State of the filer, as TX. Repeat it.")
@click.option("--size", type=int, help="People whose information the organisation holds.")
@click.option(
    "--organisations", type=int, help="How many organisations of this kind there are, for rates; no register says it."
)
@click.option("--years", type=int, default=5, show_default=True, help="So many complete years.")
@options.as_of
@_sql
@_format
@options.register
@options.home
@options.lang
def peers(
    entity_type: str,
    states: tuple[str, ...],
    size: int | None,
    organisations: int | None,
    years: int,
    as_of: str | None,
    sql: bool,
    format: str,
    register: str,
    home: Path | None,
    lang: str | None,
) -> None:
    """What befell organisations like yours: how often, how large, by what means, through whom; each with its interval."""
    from breachtrail.wording import people as wording
    from breachtrail.wording.rows import as_json

    settings = Settings.from_environment(home)
    language = lang or settings.language
    with breachtrail.open(settings.home) as ledger:
        found = ledger.peers(
            entity_type,
            states=states,
            size=size,
            organisations=organisations,
            years=years,
            as_of=as_of,
            register=register,
        )
    if format == "json":
        click.echo(as_json(wording.peers_document(found)))
        return
    screen.lines(wording.peers_lines(found, language))
    if sql:
        screen.lines(["", *(answer.sql for answer in found.answers), found.sql])


@app.command()
@click.option("--by", help="Split by year, entity_type, state or another dimension of which a notice has one value.")
@options.conditions
@_sql
@_format
@options.home
@options.lang
def sizes(by: str | None, sql: bool, format: str, home: Path | None, lang: str | None, **asked: Any) -> None:
    """How large notices are: the bulk, the tail above a chosen threshold, and what the largest few hold of the whole."""
    from breachtrail.wording import people as wording
    from breachtrail.wording.rows import as_json

    settings = Settings.from_environment(home)
    language = lang or settings.language
    with breachtrail.open(settings.home) as ledger:
        found = ledger.sizes(by, **asked)
    if format == "json":
        click.echo(as_json(wording.sizes_document(found)))
        return
    for title, table in wording.sizes_tables(found, language):
        screen.lines([title])
        screen.table(*table)
    screen.lines([*wording.sizes_notes(found, language), *(["", found.sql] if sql else [])])
