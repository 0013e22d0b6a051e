"""Names of organisations as a newspaper prints them: the well-known ones by the vocabulary, others as published."""

import functools
import re

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.wording.phrases import Phrases

_BLANKS = re.compile(r"\s+")


def printed_name(name: str, phrases: Phrases) -> str:
    """The well-known name in the reader's language, else ``name`` as published, without what a cut left hanging."""
    plain = _BLANKS.sub(" ", name).strip().rstrip(" (,;")
    known = _known_as(plain.casefold())
    return phrases.label(known, "organisation") if known else plain


@functools.cache
def _known_as(name: str) -> str | None:
    """The vocabulary's phrase with which the name begins, or which it does business as; the longest one."""
    found = [value for value, pattern in _patterns() if pattern.search(name)]
    return max(found, key=len, default=None)


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    opening = r"(?:^|^the |\bd/?b/?a:? )"
    return tuple(
        (value, re.compile(rf"{opening}{re.escape(value.casefold())}(?!\w)"))
        for value in Vocabulary.load().values("organisation")
    )
