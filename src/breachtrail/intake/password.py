"""Passwords of local accounts: kept as Argon2id, and refused where somebody could guess them.

Any characters are taken, and as many as ``LONGEST``: no rule of capitals and digits (OWASP ASVS 5.0, 6.2.5). What is
asked is length, and that zxcvbn, which knows thirty thousand common passwords, words and names and how people change
them, takes it for hard to guess.
"""

import functools
import re
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

SHORTEST = 15
LONGEST = 256
#: zxcvbn's scale goes from 0 to 4; 4 is ten thousand million guesses or more.
_LEAST_SCORE = 4
_ESTIMATED = 72
#: Words that an attacker would try first here.
HOUSE_WORDS = ("breachtrail", "breach", "register", "intake", "hipaa", "filer", "reviewer", "publisher", "auditor")

#: The second of the two profiles of RFC 9106 asks for 64 MiB and three passes, which is argon2-cffi's default.
_hasher = PasswordHasher()


def refusal(password: str, about: Iterable[str] = ()) -> str:
    """Why ``password`` is not taken (the end of a phrase key: short, long, guessed); empty where it is.

    about: what belongs to the person: name, address, organisation.
    """
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    words = [
        *HOUSE_WORDS,
        *(word for text in about for word in (text.lower(), *re.split(r"\W+", text.lower())) if word),
    ]
    return "" if zxcvbn(password[:_ESTIMATED], words)["score"] >= _LEAST_SCORE else "guessed"


def kept(password: str) -> str:
    """``password`` as it is kept: Argon2id with a salt of its own, the parameters beside it."""
    return _hasher.hash(password)


def fits(password: str, hashed: str | None) -> bool:
    """Whether it is the password; without one, the same work is done for nothing, so that time tells nothing."""
    try:
        return _hasher.verify(hashed or _nobodys(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Whether it was kept under weaker parameters than those of today."""
    return _hasher.check_needs_rehash(hashed)


@functools.cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password, and nobody is told so")
