"""The door of the room: write a report to a file."""

from datetime import date
from pathlib import Path

from breachtrail.report import html, markdown, story
from breachtrail.report.ledger import Ledger
from breachtrail.report.scope import Scope
from breachtrail.report.story import Progress
from breachtrail.wording.phrases import Phrases

#: How a report is written, by the ending of the file's name; anything else becomes HTML.
MARKDOWN = (".md", ".markdown")


def write(
    ledger: Ledger,
    *,
    year: int,
    month: int | None = None,
    as_of: date | str | None = None,
    language: str,
    path: Path,
    also: Path | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Path:
    """Write the review of ``year`` (or of its ``month``) as known on ``as_of``, the newest day known if not given.

    ledger:   an opened ledger (``breachtrail.open``)
    language: ``en`` or ``zh``
    path:     where to; ``.md`` is written as Markdown, everything else as one self-contained HTML page
    also:     a second file for the same story, told once
    progress: told of each section: its heading, how many are done, of how many

    Returns ``path``. Raises QuestionError for a month that is none or a day before the first look, VocabularyError for
    a language without phrases.
    """
    phrases = Phrases.of(language, ledger.register)
    told = story.tell(ledger, Scope.of(ledger, year, month, as_of), phrases, progress)
    for file in filter(None, (path, also)):
        text = markdown.printed(told, phrases) if file.suffix.lower() in MARKDOWN else html.printed(told, phrases)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path
