"""An article, pasted: which of its figures hold, as known on its day and now. Only text is taken, and nothing is kept."""

import re

from breachtrail.errors import ArticleRefused, QuestionError
from breachtrail.questions import period
from breachtrail.web.page import Page
from breachtrail.web.refusal import Refusal
from breachtrail.web.visit import Visit

#: Bytes of a pasted article in UTF-8; a long read has some 60,000.
MOST_BYTES = 200_000
#: Numbers of one article, and those among them that are asked of the ledger.
MOST_NUMBERS, MOST_CLAIMS = 2_000, 200
#: Articles that are checked at the same time; more wait for their turn.
AT_ONCE = 2
#: No number has so many figures; reading a longer run would take time that grows with its square.
_ENDLESS = re.compile(r"[\d.,，．]{200}")


def page(visit: Visit) -> Page:
    """``/check``: the empty form."""
    return _form(visit, "", "")


def checked(visit: Visit, text: str, published: str) -> Page:
    """The same form with its verdicts below; what cannot be checked comes back with the reason, to be changed."""
    from breachtrail.claims import page as annotated
    from breachtrail.claims.check import check
    from breachtrail.claims.load import from_text
    from breachtrail.claims.reading import read
    from breachtrail.claims.telling import Telling

    try:
        _bounded(text)
        article = from_text(text, period.day(published.strip() or None))
        found = read(article)
        if len(found.claims) > MOST_CLAIMS:
            raise ArticleRefused(
                f"The text makes {len(found.claims):,} claims; {MOST_CLAIMS} at most are checked at once. Paste a part of it.",
                "many_claims",
                many=len(found.claims),
                most=MOST_CLAIMS,
            )
        telling = Telling(check(visit.ledger, article, found, as_of=visit.day), visit.phrases)
    except (ArticleRefused, QuestionError) as error:
        return _form(visit, text, published, Refusal.of(error, visit.phrases))
    values = {"text": text, "published": published, "why": None, **annotated.values(telling)}
    return Page(telling.title, "check.html", values)


def _bounded(text: str) -> None:
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ArticleRefused(
            f"The text is longer than {MOST_BYTES:,} bytes; paste the part with the figures.",
            "long_text",
            most=MOST_BYTES,
        )
    if _ENDLESS.search(text):
        raise ArticleRefused(
            "The text holds a number of 200 figures or more, which is no count of anything. Take it out.",
            "endless_number",
        )
    numbers = len(re.findall(r"\d+", text))
    if numbers > MOST_NUMBERS:
        raise ArticleRefused(
            f"The text holds {numbers:,} numbers; {MOST_NUMBERS:,} at most are read at once. Paste the part that speaks of breaches.",
            "many_numbers",
            many=numbers,
            most=MOST_NUMBERS,
        )


def _form(visit: Visit, text: str, published: str, why: Refusal | None = None) -> Page:
    values = {"text": text, "published": published, "why": why, "telling": None}
    return Page(visit.say("check.title"), "check.html", values, 422 if why else 200)
