"""The command that answers questions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.errors import QuestionError
from breachtrail.questions.ask import Answer
from breachtrail.settings import Settings


@app.command()
@click.argument("measures", nargs=-1, required=True)
@click.option(
    "--by",
    multiple=True,
    help="Split by year, quarter, month, state, entity_type, breach_type, location, business_associate, status, "
    "size_band, placeholder, information_type or name. Repeat it.",
)
@options.conditions
@click.option("--same-days", is_flag=True, help="Of every year only the days up to the month and day of --as-of.")
@click.option(
    "--expected",
    is_flag=True,
    help="Beside each figure what it will come to, with its intervals and the score of such forecasts: of notices and "
    "individuals, by year, quarter or month.",
)
@click.option("--sql", is_flag=True, help="Show the SQL that gives the answer.")
@options.answer_format
@options.output
@options.home
@options.lang
def ask(
    measures: tuple[str, ...],
    by: tuple[str, ...],
    expected: bool,
    sql: bool,
    format: str,
    output: Path | None,
    home: Path | None,
    lang: str | None,
    **asked: Any,
) -> None:
    """Answer a question, with its caveats, as known on any day.

    MEASURES: notices, individuals, median, mean, largest, share, individuals_share, notices_per_million,
    individuals_per_million, placeholders, posting_delay, days_open.
    """
    from breachtrail.wording import terminal

    settings = Settings.from_environment(home)
    language = lang or settings.language
    with breachtrail.open(settings.home) as ledger:
        answer = ledger.ask(*_listed(measures), by=_listed(by), **asked)
        if format in ("svg", "png"):
            _pictured(ledger, answer, language, format, output, expected)
            return
        if expected:
            _expected(ledger, answer, language, format, output, sql)
            return
    if format == "table" and output is None:
        screen.table(*terminal.answer_table(answer, language))
        screen.lines(terminal.answer_notes(answer, language))
        if sql:
            click.echo("\n" + answer.sql)
    else:
        screen.write(
            format,
            output,
            answer.columns,
            answer.types,
            answer.rows,
            lambda: terminal.answer_document(answer, language),
        )
        if format != "json":
            screen.lines(terminal.answer_notes(answer, language), err=True)


def _pictured(
    ledger: breachtrail.Ledger, answer: Answer, language: str, kind: str, output: Path | None, is_expected: bool
) -> None:
    from breachtrail.report.scope import growing
    from breachtrail.wording import answered

    if kind == "png" and output is None:
        raise QuestionError("PNG cannot go to the screen; name a file with -o.")
    with screen.progress("drawing") as progress:
        progress(answer.question.register, 0, 1)
        told = ledger.expected(answer) if is_expected else ()
        drawn = answered.pictured(answer, language, kind, growing(ledger, answer), told)
    screen.file(drawn, output)


def _expected(
    ledger: breachtrail.Ledger, answer: Answer, language: str, format: str, output: Path | None, sql: bool
) -> None:
    from breachtrail.wording import expected as telling
    from breachtrail.wording import terminal
    from breachtrail.wording.phrases import Phrases

    with screen.progress("forecasting") as progress:
        progress(answer.question.register, 0, 1)
        told = ledger.expected(answer)
    notes = [*telling.notes(told, language), *terminal.answer_notes(answer, language)]
    if format == "table" and output is None:
        for table in telling.tables(answer, told, language):
            screen.table(*table)
        screen.lines([*notes, *(["", answer.sql] if sql else [])])
        return

    def document() -> dict[str, Any]:
        more = telling.document(answer, told, Phrases.of(language))
        return {**terminal.answer_document(answer, language), "expected": more}

    screen.write(format, output, *telling.columns(answer, told), telling.rows(answer, told), document)
    if format != "json":
        screen.lines(notes, err=True)


def _listed(names: Sequence[str]) -> list[str]:
    return [name.strip() for one in names for name in one.split(",")]
