"""A story as one self-contained HTML page: no scripts, nothing loaded from anywhere."""

import functools

from markupsafe import Markup

from breachtrail.report.section import joined
from breachtrail.report.story import Story
from breachtrail.wording import page
from breachtrail.wording.phrases import Phrases


def printed(story: Story, phrases: Phrases) -> str:
    """The page as text, in UTF-8 when written."""
    pages = page.environment("breachtrail.report", phrases)
    pages.filters["sentences"] = functools.partial(joined, language=phrases.language)
    body = pages.get_template("body.html").render(story=story)
    style = page.stylesheet(body, phrases.language)
    return pages.get_template("report.html").render(story=story, body=Markup(body), style=Markup(style))
