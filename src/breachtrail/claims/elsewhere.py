"""Claims that name another register than the one that is asked: they are figures of another source, and not held to this one."""

import re
from dataclasses import replace

from breachtrail.claims.article import Article
from breachtrail.claims.claim import Aside, Read
from breachtrail.notices.vocabulary import LANGUAGES, Vocabulary


def without_other_registers(article: Article, read: Read, register: str) -> Read:
    """``read`` with the claims whose clause names another register set aside."""
    said = [(word, of) for language in LANGUAGES for word, of in Vocabulary.load().said("register", language).items()]
    names = sorted((word for word, of in said if of != register), key=len, reverse=True)
    # Letters of the alphabet end a word; Chinese is written without blanks between words.
    other = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" for name in names), re.IGNORECASE)
    elsewhere = [one for one in read.claims if other.search(article.text, one.start, one.end)]
    if not elsewhere:
        return read
    aside = [(one.figure, Aside.OTHER_SOURCE) for one in elsewhere if one.figure is not None]
    return replace(
        read,
        claims=tuple(one for one in read.claims if one not in elsewhere),
        not_about_the_register=tuple(
            sorted((*read.not_about_the_register, *aside), key=lambda one: (one[0].start, one[0].end))
        ),
    )
