"""Figures, days and lists as a careful editor prints them, in English and in Chinese.

Two ways to print a count. *Exact*: every digit, grouped by three. *Rough*: the few digits that a reader keeps, always
rounded half up, never cut off, and to the same step in both languages wherever both round:

    size of the figure        step          English          Chinese
    below 10,000              1             9,999            9999
    10,000 to 1 million       exact in English; three digits in Chinese    958,142    95.8万
    1 million to 1 billion    100,000       13.4 million     1340万, 1.927亿
    1 billion and more        10 million    1.23 billion     12.3亿

Asked for a number of significant digits, both languages keep exactly those: two of 178,912,000 are 180 million, 1.8亿.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from breachtrail.notices.vocabulary import LANGUAGES

Figure = int | float | Decimal
Hedge = Literal["exactly", "nearly", "more_than"]
Direction = Literal["up", "down", "unchanged", "from_none"]

MINUS = "\N{MINUS SIGN}"
#: Where English lists take no comma before "and", as American newspapers have it; CLDR's American locale puts one.
LIST_LOCALE = {"en": "en_GB", "zh": "zh"}
#: The words of scale: from which value on, the value of one unit, and the CLDR plural table's key for its word.
SCALES = {
    "en": ((1_000_000_000, "long", "1000000000"), (1_000_000, "long", "1000000")),
    "zh": ((100_000_000, "short", "100000000"), (10_000, "short", "10000")),
}
#: So many printed figures and days are remembered: a page prints the same ones again and again.
_REMEMBERED = 20_000


def half_up(value: Figure, step: Figure = 1) -> Decimal:
    """``value`` rounded to a multiple of ``step``, halves away from zero (what a reader does with a pencil)."""
    width = Decimal(str(step))
    return (Decimal(str(value)) / width).quantize(Decimal(1), rounding=ROUND_HALF_UP) * width


@dataclass(frozen=True)
class Change:
    """How one figure stands to an earlier one.

    ratio: later / earlier; None where the earlier one is zero
    """

    direction: Direction
    ratio: Decimal | None

    @classmethod
    def between(cls, earlier: Figure, later: Figure) -> "Change":
        """The change from ``earlier`` to ``later``, both counts of the same unit and never negative."""
        before, after = Decimal(str(earlier)), Decimal(str(later))
        if before == after:
            return cls("unchanged", Decimal(1))
        if before == 0:
            return cls("from_none", None)
        return cls("up" if after > before else "down", after / before)

    @property
    def relative(self) -> Decimal:
        """The size of the change as a share of the earlier figure: 0.25 for a quarter more, and for a quarter less."""
        if self.ratio is None:
            raise ValueError("a change from nothing has no relative size: say both figures instead")
        return abs(self.ratio - 1)


@dataclass(frozen=True)
class Numbers:
    """Prints figures in one language, 'en' or 'zh' (Simplified Chinese, mainland usage)."""

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"there are words for {LANGUAGES}, not for {self.language!r}")

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    # Counts

    def count(self, value: Figure) -> str:
        """A count to the digit, grouped by three in both languages: 289,846,372. A fraction is rounded half up."""
        return self.decimal(value, places=0)

    def said(self, value: Figure) -> str:
        """A count to the digit in a sentence: as ``count``, but Chinese leaves four digits together (6963)."""
        printed = self.count(value)
        return printed.replace(",", "") if self.language == "zh" and -10_000 < value < 10_000 else printed

    def decimal(self, value: Figure, places: int = 1) -> str:
        """``value`` with exactly ``places`` decimals, grouped: a rate per million residents, a number of days."""
        return _decimal(str(value), places, self.language)

    def signed(self, value: int) -> str:
        """A difference with its sign: +34, −1,234, 0."""
        return ("+" if value > 0 else "") + self.count(value)

    def rounded(self, value: Figure, digits: int | None = None) -> Decimal:
        """The value that ``rough`` prints, as a number.

        digits: significant digits to keep; None for the steps in this module's table
        """
        exact = half_up(value)
        if exact < 0:
            raise ValueError(f"rough figures are counts, and {value} is below zero")
        return half_up(value, self._step(exact, digits))

    def rough(self, value: Figure, digits: int | None = None) -> str:
        """A count as a reader keeps it: 289.8 million, 2.898亿; to ``digits`` significant digits where given."""
        shown = self.rounded(value, digits)
        for unit, form, key in SCALES[self.language]:
            if shown >= unit:
                pattern = self._locale.compact_decimal_formats[form]["other"][key].pattern
                return str(pattern.replace("0", self._trimmed(shown / unit)))
        return self.said(shown)

    def hedge(self, value: Figure, digits: int | None = None) -> Hedge:
        """How the rough figure stands to the exact one: 'nearly' if it was rounded up, 'more_than' if down."""
        exact, shown = Decimal(str(value)), self.rounded(value, digits)
        return "exactly" if shown == exact else "nearly" if shown > exact else "more_than"

    def _step(self, exact: Decimal, digits: int | None) -> Decimal:
        if digits is not None:
            if digits < 1:
                raise ValueError(f"a figure keeps at least one digit, not {digits}")
            return max(Decimal(1), Decimal(1).scaleb(exact.adjusted() - digits + 1))
        if exact >= 1_000_000_000:
            return Decimal(10_000_000)
        if exact >= 1_000_000:
            return Decimal(100_000)
        if exact >= 10_000 and self.language == "zh":
            return Decimal(1).scaleb(exact.adjusted() - 2)
        return Decimal(1)

    def _trimmed(self, value: Decimal) -> str:
        """Without trailing zeros behind the point, and ungrouped in Chinese, where 万 and 亿 do the grouping."""
        return _trimmed(str(value), self.language)

    # Shares

    def percent(self, share: Figure) -> str:
        """A share (0.6734) in per cent with one decimal at most: 67.3%.

        What is not nothing is never called 0%, and what is not all never 100%: <0.1%, >99.9%.
        """
        exact = Decimal(str(share))
        shown = half_up(exact * 100, Decimal("0.1"))
        if 0 < exact and shown == 0:
            return "<0.1%"
        if exact < 1 and shown == 100:
            return ">99.9%"
        return f"{self._trimmed(shown)}%".replace("-", MINUS)

    def share(self, part: Figure, whole: Figure) -> str:
        """``part`` of ``whole`` in per cent. A whole of zero has no shares and raises ZeroDivisionError."""
        if whole == 0:
            raise ZeroDivisionError(f"{part} of nothing is no share")
        return self.percent(Decimal(str(part)) / Decimal(str(whole)))

    def times(self, ratio: Figure) -> str:
        """A multiple with one decimal at most: 3.2, 4. The phrase around it says of what."""
        return self._trimmed(half_up(ratio, Decimal("0.1")))

    # Days

    def day(self, value: dt.date) -> str:
        """July 19, 2024; 2024年7月19日."""
        return _day(value, self.language)

    def month(self, value: dt.date) -> str:
        """April 2024; 2024年4月. Any day of the month stands for it."""
        return _month(value, self.language)

    def month_name(self, number: int, short: bool = False) -> str:
        """The month's name without its year: July, 7月; ``short`` for the foot of a chart: Jul, 7月."""
        width = "abbreviated" if short or self.language == "zh" else "wide"  # the wide Chinese one is 七月
        return str(self._locale.months["stand-alone"][width][number])

    def year(self, value: int) -> str:
        """2024; 2024年."""
        return _year(value, self.language)

    # Lists

    def listed(self, items: Sequence[str]) -> str:
        """A, B and C; A、B和C."""
        return _listed(tuple(items), self.language)


@lru_cache
def _pattern(written: str) -> NumberPattern:
    return parse_pattern(written)


@lru_cache(_REMEMBERED)
def _decimal(value: str, places: int, language: str) -> str:
    pattern = _pattern("#,##0" + ("." + "0" * places if places else ""))
    shown = half_up(Decimal(value), Decimal(1).scaleb(-places))
    return format_decimal(shown, format=pattern, locale=language).replace("-", MINUS)


@lru_cache(_REMEMBERED)
def _trimmed(value: str, language: str) -> str:
    pattern = _pattern("#,##0.######" if language == "en" else "0.######")
    return format_decimal(Decimal(value), format=pattern, locale=language)


@lru_cache(_REMEMBERED)
def _day(value: dt.date, language: str) -> str:
    return str(format_date(value, "long", locale=language))


@lru_cache(_REMEMBERED)
def _month(value: dt.date, language: str) -> str:
    return str(format_skeleton("yMMMM", value, locale=language))


@lru_cache
def _year(value: int, language: str) -> str:
    return str(format_skeleton("y", dt.date(value, 1, 1), locale=language))


@lru_cache(_REMEMBERED)
def _listed(items: tuple[str, ...], language: str) -> str:
    return str(format_list(list(items), locale=LIST_LOCALE[language]))
