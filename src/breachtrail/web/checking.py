"""An article, pasted: which of its figures hold, as known on its day and now. Only text is taken, and nothing is kept."""

import re

from breachtrail.errors import ArticleRefused
from breachtrail.questions import period
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit

#: Bytes of a pasted article in UTF-8; a long read has some 60,000.
MOST_BYTES = 200_000
#: Reading such a row takes the square of its length.
_ENDLESS = re.compile(r"\d{1001}")


def page(visit: Visit) -> Page:
    """``/check``: the empty form."""
    return Page(visit.say("check.title"), "check.html", {"text": "", "published": "", "telling": None})


def checked(visit: Visit, text: str, published: str) -> Page:
    """The same form with its verdicts below. Raises ArticleRefused, QuestionError."""
    from breachtrail.claims import page as annotated
    from breachtrail.claims.check import check
    from breachtrail.claims.load import from_text
    from breachtrail.claims.reading import read
    from breachtrail.claims.telling import Telling

    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ArticleRefused(f"The text is longer than {MOST_BYTES:,} bytes; paste the part with the figures.")
    if _ENDLESS.search(text):
        raise ArticleRefused(
            "More than 1,000 digits stand in one row, which is no figure; paste the text without them."
        )
    article = from_text(text, period.day(published or None))
    telling = Telling(check(visit.ledger, article, read(article), as_of=visit.day), visit.phrases)
    values = {"text": text, "published": published, **annotated.values(telling)}
    return Page(telling.title, "check.html", values)
