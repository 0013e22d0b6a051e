"""Numbers that by their shape alone are not about a register: years, days, phone numbers, prices, laws, versions."""

import re
from functools import cache

from breachtrail.claims.claim import Aside
from breachtrail.claims.pattern import alternatives
from breachtrail.claims.word import ANY_CASE, scan

#: Why the numbers of each shape are put aside; None where they are no numbers of the text at all.
_ASIDES: dict[str, Aside | None] = {
    "web": None,
    "money": Aside.MONEY,
    "phone": Aside.PHONE,
    "cve": Aside.VERSION,
    "law": Aside.LAW,
    "version": Aside.VERSION,
    "day": Aside.DAY,
    "month": Aside.YEAR,
    "year": Aside.YEAR,
    "span": Aside.TIME_SPAN,
    "address": Aside.ADDRESS,
    "numbering": Aside.NUMBERING,
    "size": Aside.OTHER_THING,
}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{part})" for name, part in alternatives("shape").items()), ANY_CASE)


_STARTS = re.compile(r"[\d$€£¥￥§#(\[,+①-⑩]|(?<![A-Za-z0-9])[A-Za-z]|[\u3400-\u9fff]")


def shapes(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, Aside | None]]:
    """Places in ``text[start:end]`` (as ``numeral.plain`` gives it) whose numbers are put aside, left to right, and why.

    None for the inside of a web address, whose digits are no numbers of the text.
    """
    end = len(text) if end is None else end
    found = scan(_pattern(), _STARTS, text, start, end)
    return [(match.start(), match.end(), _ASIDES[match.lastgroup or ""]) for match in found]
