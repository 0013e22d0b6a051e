"""Options that several commands take, with one wording each."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from breachtrail.settings import Settings

Command = Callable[..., Any]


def together(*options: Command) -> Command:
    """Several options as one decorator, in the order in which they are listed in the help."""
    return lambda command: functools.reduce(lambda inner, option: option(inner), reversed(options), command)


home = click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Folder of the ledger; else BREACHTRAIL_HOME, else the platform's data folder.",
)
lang = click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="Language of the answer; else BREACHTRAIL_LANG, else en."
)
register = click.option("--register", default="us_hhs_ocr", show_default=True, help="Which register is counted.")
output = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of the screen."
)
format = click.option(
    "--format",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="How to write it; parquet needs -o.",
)
answer_format = click.option(
    "--format",
    type=click.Choice(["table", "csv", "json", "parquet", "svg", "png"]),
    default="table",
    show_default=True,
    help="How to write it; svg and png draw an answer with one dimension, as a picture that stands alone. Parquet and png need -o.",
)
as_of = click.option(
    "--as-of", help="The day at whose end the register is read, YYYY-MM-DD; else the newest day known."
)
where = click.option(
    "--where",
    multiple=True,
    help="Condition: state=TX,CA, location=Email, individuals>=1000000, name~kaiser. Repeat it: all must hold.",
)
conditions = together(
    where,
    click.option("--year", type=int, help="Submitted in this year."),
    click.option("--month", help="Submitted in this month, YYYY-MM."),
    click.option("--from", "submitted_from", help="Submitted on or after this day."),
    click.option("--to", "submitted_to", help="Submitted on or before this day."),
    as_of,
    click.option("--view", help="One view alone: under_investigation or archive. A total needs both."),
    register,
)
_share = click.FloatRange(0, 1)
life = together(
    click.option("--notices", type=int, default=10_000, show_default=True, help="How many were ever submitted."),
    click.option("--snapshots", type=int, default=6, show_default=True, help="How often the lists are looked at."),
    click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same register."),
    click.option("--new", type=_share, default=0.01, show_default=True, help="Posted since the last snapshot."),
    click.option("--revised", type=_share, default=0.0006, show_default=True, help="Got another count."),
    click.option("--renamed", type=_share, default=0.0002, show_default=True, help="Got another name."),
    click.option("--withdrawn", type=_share, default=0.0001, show_default=True, help="Taken from the list for good."),
    click.option("--twins", type=_share, default=0.015, show_default=True, help="Filed with others by one on one day."),
    click.option("--one-list", is_flag=True, help="Everything in the archive, so one file a snapshot."),
    click.option("--texts/--no-texts", default=True, show_default=True, help="Descriptions in the archive."),
)


def wishes(settings: Settings, *, portal: str | None = None, **told: Any) -> Any:
    """What is asked of a run, with what the environment says of portal and contact."""
    import breachtrail
    from breachtrail.registers.fetch import Visitor
    from breachtrail.sync import Wishes

    visitor = Visitor(breachtrail.__version__, settings.contact)
    return Wishes(portal=portal or settings.portal, visitor=visitor, **told)
