"""The commands that make up a register's life, and that serve one as its portal would."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.errors import QuestionError
from breachtrail.settings import Settings


@app.command()
@click.argument("folder", type=click.Path(path_type=Path))
@options.life
@options.lang
def simulate(folder: Path, lang: str | None, **asked: Any) -> None:
    """Make up a register's life from a seed, as exports that can be ingested, with the truth beside them.

    FOLDER: a new one, for the exports, their MANIFEST.tsv, and truth/ (which row is which notice, and what happened).
    Rates are shares, from 0 to 1, of the notices listed, from one snapshot to the next.
    """
    from breachtrail.simulate import Life, write
    from breachtrail.wording import terminal

    with screen.progress("making up") as progress:
        made = write(folder, Life(**asked), progress=progress)
    screen.lines([terminal.made_line(made, folder, lang or Settings.from_environment().language)])


@app.command("simulate-portal")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--day", help="The day whose lists are shown, YYYY-MM-DD; else the newest, or with --every the first.")
@click.option("--every", type=click.FloatRange(0, min_open=True), help="Show the next day after so many seconds.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8014,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes a free one.",
)
@click.option(
    "--year", type=click.Choice(["2025", "2026"]), default="2026", show_default=True, help="The portal of then."
)
@click.option("--set", "switches", multiple=True, help="A switch, as nodes=3 or uipanel=no. Repeat it.")
@click.option("--fail", "faults", multiple=True, help="A fault that befalls the next request it can. Repeat it.")
@options.lang
def simulate_portal(
    folder: Path, day: str | None, every: float | None, port: int, year: str, lang: str | None, **told: tuple[str, ...]
) -> None:
    """Serve a stand-in of the HHS OCR breach portal on this machine, for whoever reads the portal by machine.

    FOLDER: exports made by simulate, or real ones. Each request is a line, until Ctrl+C ends it. Switches and faults:
    docs/stand-in-portal.md.
    """
    from breachtrail.questions import period
    from breachtrail.simulate.portal import Portal, Switches, days
    from breachtrail.wording import terminal

    language = lang or Settings.from_environment().language
    states = days.of(folder)
    first = period.day(day) or (min(states) if every else max(states))
    if first not in states:
        raise QuestionError(f"{folder} has no exports of {first}; it has {', '.join(map(str, states))}.")
    portal = Portal(
        states[first], (Switches.of_2025() if year == "2025" else Switches()).set(told["switches"]), port=port
    )
    for fault in told["faults"]:
        portal.fail(fault)
    with portal, suppress(KeyboardInterrupt):
        screen.lines([terminal.portal_line(portal.url, first, language)])
        shown, later, since = 0, [one for one in states if one > first] if every else [], time.monotonic()
        while True:
            time.sleep(0.1)
            entries, shown = portal.log[shown:], len(portal.log)
            screen.lines([terminal.request_line(entry, language) for entry in entries])
            if later and every and time.monotonic() - since > every:
                since, today = time.monotonic(), later.pop(0)
                portal.show(states[today])
                screen.lines([terminal.portal_line(portal.url, today, language)])
