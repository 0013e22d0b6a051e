"""The command that says which figures of an article hold."""

from pathlib import Path

import click

import breachtrail
from breachtrail.cli import options, screen
from breachtrail.cli.commands import app
from breachtrail.errors import QuestionError
from breachtrail.settings import Settings

_BY_ENDING = {".html": "html", ".htm": "html", ".json": "json"}


@app.command()
@click.argument("article", type=click.Path(path_type=Path))
@click.option("--published", help="The article's day, YYYY-MM-DD; else the one found in it, else the newest day known.")
@click.option(
    "--article-lang", type=click.Choice(["en", "zh"]), help="The language of the article; else told by its letters."
)
@click.option("--as-of", help="The day that counts as now, YYYY-MM-DD; else the newest day known.")
@click.option(
    "--format",
    type=click.Choice(["text", "html", "json"]),
    help="How to write it; else as the ending of -o says, else text.",
)
@options.output
@options.register
@click.option(
    "--write-claims",
    type=click.Path(path_type=Path),
    help="Write the claims to this YAML file, exactly, to be checked again later.",
)
@options.home
@options.lang
def check(
    article: Path,
    published: str | None,
    article_lang: str | None,
    as_of: str | None,
    format: str | None,
    output: Path | None,
    register: str,
    write_claims: Path | None,
    home: Path | None,
    lang: str | None,
) -> None:
    """Say which figures of an article hold, as known on its day and now; and where one does not, what would give it.

    ARTICLE: Markdown, plain text, HTML, DOCX or PDF, in English or Chinese; or a claims.yml.

    Exit code 0: nothing speaks against it. 1: something does not hold as stated; of a claims.yml also where a figure held
    on its day and does no longer. 2: refused; a sentence says why.
    """
    from breachtrail.claims import kept
    from breachtrail.claims.check import check as checked_by
    from breachtrail.claims.telling import Telling
    from breachtrail.questions import period
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    is_kept = article.suffix.lower() in kept.ENDINGS
    if is_kept:
        told, read = kept.load(article, period.day(published))
    else:
        from breachtrail.claims.load import load
        from breachtrail.claims.reading import read as read_claims

        told = load(article, period.day(published), article_lang)
        read = read_claims(told)
    with breachtrail.open(settings.home, register) as ledger, screen.progress("checking") as progress:
        progress(article.name, 0, 1)
        checked = checked_by(ledger, told, read, as_of=period.day(as_of))
    telling = Telling(checked, Phrases.of(lang or settings.language, register))
    if write_claims is not None:
        _write(write_claims, kept.written(checked))
    _show(telling, format or _BY_ENDING.get(output.suffix.lower() if output else "", "text"), output)
    if checked.speaks_against or (is_kept and checked.has_moved):
        raise SystemExit(1)


def _show(telling: object, format: str, output: Path | None) -> None:
    from breachtrail.claims.telling import Telling

    assert isinstance(telling, Telling)
    if format == "text":
        from breachtrail.claims import terminal

        if output is None:
            if telling.claims:
                screen.table(*terminal.table(telling))
            screen.lines(terminal.lines(telling))
            return
        content = "\n".join(terminal.lines(telling)) + "\n"
    elif format == "html":
        from breachtrail.claims import page

        content = page.printed(telling)
    else:
        from breachtrail.claims.document import document
        from breachtrail.wording.rows import as_json

        content = as_json(document(telling)) + "\n"
    if output is None:
        click.echo(content, nl=False)
    else:
        _write(output, content)


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise QuestionError(f"{path} cannot be written ({error.strerror}).") from None
    click.echo(path, err=True)
