"""A story as Markdown: the same sentences and tables; a chart is given as its table."""

import functools
import re

from breachtrail.report.section import joined
from breachtrail.report.story import Story
from breachtrail.wording import page
from breachtrail.wording.phrases import Phrases

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_BLANK_LINES = re.compile(r"\n{3,}")


def escaped(text: str) -> str:
    """Text that Markdown prints as it stands: names from a register are no markup."""
    return _SPECIAL.sub(r"\\\1", text)


def printed(story: Story, phrases: Phrases) -> str:
    """The document as text."""
    pages = page.environment("breachtrail.report", phrases)
    pages.autoescape = False
    pages.filters.update(escaped=escaped, sentences=functools.partial(joined, language=phrases.language))
    text = pages.get_template("report.md").render(story=story)
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"
