"""The commands about people: bounds and estimates from the register, and sketches of lists."""

from pathlib import Path
from typing import Any

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.errors import SketchError
from breachtrail.settings import Settings


@app.command()
@click.argument("list_", metavar="LIST", required=False, type=click.Path(path_type=Path))
@click.option(
    "--key", type=click.Path(path_type=Path), help="File with the key that all who compare their lists share."
)
@click.option(
    "--new-key", type=click.Path(path_type=Path), help="Make a new key, write it to this file, and do nothing else."
)
@click.option("--family", help="Column with the family name, if its header is not known.")
@click.option("--given", help="Column with the given name.")
@click.option("--birth", help="Column with the day of birth.")
@click.option("--id", "id_", help="Match by this column alone: a number that all lists share.")
@click.option("--name", help="What the list is called where sketches are laid together; else its file's name.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; else LIST with .sketch after it.")
@click.option("--replace", is_flag=True, help="Write over a sketch that is there already.")
@options.lang
def sketch(
    list_: Path | None,
    key: Path | None,
    new_key: Path | None,
    family: str | None,
    given: str | None,
    birth: str | None,
    id_: str | None,
    name: str | None,
    output: Path | None,
    replace: bool,
    lang: str | None,
) -> None:
    """Make a sketch of the people on a notification list: it counts them, and tells nobody without the key who they are.

    LIST: one row a person, with a header, as .csv (UTF-8), .tsv or .parquet. Which rows are one person, how far the counts
    can be off and what the sketch gives away to whom: docs/people.md.
    """
    from breachtrail.people import key as keys
    from breachtrail.wording import people as wording

    language = lang or Settings.from_environment().language
    if new_key is not None:
        made = keys.make(new_key)
        screen.lines(wording.key_lines(new_key, made.fingerprint.hex(), language))
        return
    if list_ is None or key is None:
        raise SketchError(
            "Name a list and the key: `breachtrail sketch LIST --key KEY`. A key comes from --new-key FILE."
        )
    from breachtrail.people import listed
    from breachtrail.people import sketch as kept

    secret = keys.load(key)
    columns = {"family": family or "", "given": given or "", "birth": birth or "", "id": id_ or ""}
    with screen.progress("sketching") as progress:
        drawn = listed.sketched(list_, secret, columns, name or list_.name, progress)
    path = output or list_.with_name(f"{list_.name}.sketch")
    kept.write(drawn, path, replace=replace)
    screen.lines(wording.sketched_lines(drawn, path, language))


@app.command()
@click.argument("sketches", nargs=-1, type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="Refuse sketches that were not made with this key.")
@options.conditions
@click.option("--sql", is_flag=True, help="Show the SQL that gives the sizes.")
@click.option(
    "--format", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to write it."
)
@options.home
@options.lang
def people(
    sketches: tuple[Path, ...],
    key: Path | None,
    sql: bool,
    format: str,
    home: Path | None,
    lang: str | None,
    **asked: Any,
) -> None:
    """How many different people: from sketches of lists, or within bounds from the register.

    SKETCH...: the distinct people of all lists together, and on any two of them, with error bounds. Without sketches:
    between which figures the people behind the notices asked for must lie, and what some assumptions of overlap give.
    """
    from breachtrail.wording import people as wording
    from breachtrail.wording.rows import as_json

    settings = Settings.from_environment(home)
    language = lang or settings.language
    if not sketches:
        with breachtrail.open(settings.home) as ledger:
            answer = ledger.people(**asked)
        if format == "json":
            click.echo(as_json(wording.bounds_document(answer)))
            return
        screen.table(*wording.bounds_table(answer, language))
        screen.lines([*wording.bounds_notes(answer, language), *(["", answer.sql] if sql else [])])
        return
    if given := sorted(name for name, value in asked.items() if value and name != "register"):
        raise SketchError(f"Sketches know nothing of {', '.join(given)}: leave conditions out, or the sketches.")
    from breachtrail.people import key as keys
    from breachtrail.people import sketch as kept
    from breachtrail.people.together import together

    secret = keys.load(key) if key else None
    found = together([kept.read(path) for path in sketches], secret)
    if format == "json":
        click.echo(as_json(wording.together_document(found)))
        return
    screen.table(*wording.together_table(found, language))
    screen.lines(wording.together_notes(found, language))
