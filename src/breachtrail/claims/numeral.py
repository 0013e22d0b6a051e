"""Numbers as they are written, in English and Chinese, with their value and the unit of their last printed digit."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from breachtrail.claims.numberword import HAN_DIGITS, HAN_SCALES, MULTIPLES, PARTS, PLAIN, SCALES, SMALL, TENS
from breachtrail.claims.pattern import alternatives, parts
from breachtrail.claims.word import ANY_CASE, scan

#: 1340万 is 13.4 million in Chinese: the last zero before 万 is the scale's, not the figure's.
_WAN = 10**4

#: What a fraction, and what a multiple, in words commonly spans.
FRACTION_STEP = Fraction(1, 20)
MULTIPLE_STEP = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at its place.

    form: ``count``, ``percent``, ``points``, ``fraction``, ``multiple``, ``ordinal``, ``vague`` (a word such as
          "dozens" that tells none), or ``part`` (digits inside a word, as in Log4j)
    """

    start: int
    end: int
    value: Fraction
    step: Fraction
    form: str = "count"
    upper: Fraction | None = None
    in_words: bool = False


def plain(text: str) -> str:
    """``text`` with its signs made simple, letter by letter, so that places in it stay the same."""
    return text.translate(PLAIN)


def numerals(text: str, start: int = 0, end: int | None = None) -> list[Numeral]:
    """Every number in ``text[start:end]`` (as ``plain`` gives it), in order, none twice."""
    found: list[Numeral] = []
    end = len(text) if end is None else end
    for match in scan(_pattern(_HAN_SIGN.search(text, start, end) is not None), _STARTS, text, start, end):
        kind = match.lastgroup or ""
        found += _READERS[kind](match)
    return _ranges(text, found)


_ALTERNATIVES = alternatives("numeral")
#: The parts of the patterns that are taken apart again.
_DIGITS, _ONES = parts("numeral", "DIGITS", "ONES")
_HAN_SIGN = re.compile(r"[\u3400-\u9fff]")
_STARTS = re.compile(r"\d|(?<![A-Za-z0-9])[A-Za-z]|[\u3400-\u9fff]")


@cache
def _pattern(with_han: bool) -> re.Pattern[str]:
    parts = [f"(?P<{name}>{part})" for name, part in _ALTERNATIVES.items() if with_han or not name.startswith("han")]
    return re.compile("|".join(parts), ANY_CASE)


def _printed(digits: str) -> tuple[Fraction, Fraction]:
    """A number in digits and the unit of its last printed one; zeros at the end of a whole number count as printed."""
    bare = digits.replace(",", "")[:60]
    decimals = len(bare.partition(".")[2])
    return Fraction(bare), Fraction(1, 10**decimals)


def _han_value(signs: str) -> Fraction:
    whole, _, behind = signs.partition("点")
    total = section = digit = 0
    seen_scale = False
    for sign in whole:
        if sign in HAN_DIGITS:
            digit = HAN_DIGITS[sign] if seen_scale or (not digit and not section) else digit * 10 + HAN_DIGITS[sign]
            seen_scale = False
            continue
        scale = HAN_SCALES[sign]
        if scale < 10**4:
            section += (digit or (0 if section and not digit else 1)) * scale
        else:
            total = (total + section + digit or 1) * scale
            section = 0
        digit, seen_scale = 0, True
    value = Fraction(total + section + digit)
    for place, sign in enumerate(behind, 1):
        value += Fraction(HAN_DIGITS.get(sign, 0), 10**place)
    return value


def _last_step(value: Fraction) -> Fraction:
    """The unit of the last digit that is no zero, for numbers in words: two hundred → 100."""
    if value.denominator != 1 or value == 0:
        return Fraction(1)
    digits = str(value.numerator)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def _of(
    match: re.Match[str], value: Fraction, step: Fraction, form: str = "count", in_words: bool = False
) -> list[Numeral]:
    return [Numeral(match.start(), match.end(), value, step, form, in_words=in_words)]


def _small(text: str) -> int:
    text = text.lower()
    if text.isdecimal():
        return int(text)
    return SMALL.get(text) or HAN_DIGITS.get(text) or {"十": 10, "a": 1, "an": 1}.get(text, 0)


def _share(match: re.Match[str], a: str, b: str, fewest: int = 1) -> list[Numeral]:
    part, whole = _small(a), _small(b)
    if part < 1 or whole <= fewest or part >= whole:
        return [
            Numeral(
                match.start() + place.start(), match.start() + place.end(), Fraction(_small(place.group())), Fraction(1)
            )
            for place in re.finditer(rf"\d+|\b(?:{_ONES}|ten)\b", match.group(), ANY_CASE)
        ]
    step = FRACTION_STEP if whole <= 20 else Fraction(1, whole)
    return _of(match, Fraction(part, whole), step, "fraction", in_words=True)


def _mixed(match: re.Match[str]) -> list[Numeral]:
    value = step = Fraction(0)
    for digits, scale in re.findall(rf"({_DIGITS})\s?[余多]?([百千万亿]*)", match.group()):
        factor = Fraction(1)
        for sign in scale:
            factor *= HAN_SCALES[sign]
        number, unit = _printed(digits)
        if factor == _WAN and unit == 1 and number % 10 == 0:
            unit = Fraction(10)
        value, step = value + number * factor, unit * factor
    return _of(match, value, step)


def _part(match: re.Match[str]) -> list[Numeral]:
    form = "ordinal" if match.group()[:1].isdigit() else "part"
    number = re.search(r"\d+", match.group())
    return _of(match, Fraction(number.group()[:60] if number else 0), Fraction(1), form)


def _percent(match: re.Match[str]) -> list[Numeral]:
    number, unit = _printed(match["percent_digits"])
    points = match["percent_points"] or "point" in match.group().lower()
    return _of(match, number / 100, unit / 100, "points" if points else "percent")


def _han_percent(match: re.Match[str]) -> list[Numeral]:
    told = match["percent_han"]
    number, unit = (
        _printed(told) if told[0].isascii() else (_han_value(told), Fraction(1, 10 ** len(told.partition("点")[2])))
    )
    return _of(match, number / 100, unit / 100, "percent")


def _scaled(match: re.Match[str]) -> list[Numeral]:
    number, unit = _printed(match["scaled_digits"])
    factor = 1
    for word in (match["scaled_word"] or match["scaled_letter"]).lower().split():
        factor *= SCALES[word]
    return _of(match, number * factor, unit * factor)


def _digits(match: re.Match[str]) -> list[Numeral]:
    return _of(match, *_printed(match.group()))


def _in_words(text: str) -> Fraction:
    total = current = 0
    for word in re.split(r"[- ]", text.lower()):
        if word in ("and", ""):
            continue
        if word in SCALES:
            if word == "hundred":
                current = (current or 1) * 100
            else:
                total, current = total + (current or 1) * SCALES[word], 0
        else:
            current += 1 if word == "a" else SMALL.get(word, TENS.get(word, 0))
    return Fraction(total + current)


def _words(match: re.Match[str]) -> list[Numeral]:
    value = _in_words(match.group())
    return _of(match, value, _last_step(value), in_words=True)


def _either(told: str) -> tuple[Fraction, Fraction]:
    return _printed(told) if told[0].isascii() else (_han_value(told), Fraction(1))


def _tenths(match: re.Match[str]) -> list[Numeral]:
    value = Fraction(_small(match["tenths"]), 10)
    half = match["tenths_half"]
    if half:
        value += Fraction(1, 20) if half == "半" else Fraction(_small(half), 100)
    return _of(match, value, Fraction(1, 100) if half else Fraction(1, 10), "percent", in_words=True)


def _multiple(match: re.Match[str]) -> list[Numeral]:
    return _of(match, Fraction(MULTIPLES[match.group().lower()]), MULTIPLE_STEP, "multiple", in_words=True)


def _times(group: str) -> Callable[[re.Match[str]], list[Numeral]]:
    def read(match: re.Match[str]) -> list[Numeral]:
        told = match[group]
        if told.lower() in SMALL:
            return _of(match, Fraction(SMALL[told.lower()]), MULTIPLE_STEP, "multiple", in_words=True)
        value, step = _either(told)
        return _of(match, value, min(step, Fraction(1, 5)) if step < 1 else MULTIPLE_STEP, "multiple")

    return read


def _double(match: re.Match[str]) -> list[Numeral]:
    told = match["double"]
    value = Fraction(2 ** (_small(told) if told and "番" in match.group() else 1))
    return _of(match, value, MULTIPLE_STEP, "multiple", in_words=True)


def _dozen(match: re.Match[str]) -> list[Numeral]:
    value = Fraction(12 * (_small(match["dozens"]) if match["dozens"] else 1))
    return _of(match, value, Fraction(1), in_words=True)


def _half_a(match: re.Match[str]) -> list[Numeral]:
    scale = match["half_scale"].lower()
    value = Fraction({"dozen": 12}.get(scale) or SCALES[scale]) / 2
    return _of(match, value, Fraction(1) if scale == "dozen" else value / 5, in_words=True)


def _half(match: re.Match[str]) -> list[Numeral]:
    return _of(match, Fraction(1, 2), FRACTION_STEP, "fraction", in_words=True)


def _han(match: re.Match[str]) -> list[Numeral]:
    value = _han_value(match.group())
    return _of(match, value, _last_step(value), in_words=True)


def _ordinal(match: re.Match[str]) -> list[Numeral]:
    told = match.group()[1:].strip()
    return _of(match, Fraction(int(told[:9])) if told.isdecimal() else _han_value(told), Fraction(1), "ordinal")


def _points(match: re.Match[str]) -> list[Numeral]:
    value, step = _either(match["points_han"])
    return _of(match, value / 100, step / 100, "points")


_READERS: dict[str, Callable[[re.Match[str]], list[Numeral]]] = {
    "out_of": lambda match: _share(match, match["out_a"], match["out_b"]),
    "part": _part,
    "han_mixed": _mixed,
    "han_per_each": lambda match: _share(match, match["each_a"], match["each_b"]),
    "han_part": lambda match: _share(match, match["part_a"], match["part_b"]),
    "han_percent": _han_percent,
    "han_tenths": _tenths,
    "han_half": _half,
    "han_double": _double,
    "han_times": _times("times_han"),
    "han_points": _points,
    "percent": _percent,
    "word_percent": lambda match: _of(
        match, _in_words(match["percent_words"]) / 100, Fraction(1, 100), "percent", in_words=True
    ),
    "scaled": _scaled,
    "times": _times("times_digits"),
    "digits": _digits,
    "word_times": _times("word_times_n"),
    "multiple": _multiple,
    "word_part": lambda match: _of(
        match,
        Fraction(_small(match["wp_a"]), PARTS[match["wp_b"].lower()]),
        FRACTION_STEP,
        "fraction",
        in_words=True,
    ),
    "half_a": _half_a,
    "half": _half,
    "dozen": _dozen,
    "vague": lambda match: _of(match, Fraction(0), Fraction(1), "vague", in_words=True),
    "words": _words,
    "han_no_numeral": lambda match: [],
    "han_scale_over": _han,
    "han": _han,
    "han_ordinal": _ordinal,
}

_TO = re.compile(r" ?(?:-|to|至|到) ?")
_AND = re.compile(r" (?:and|to) ")
_BETWEEN = re.compile(r"(?:\bbetween|\bfrom|介于|在)(?: \w+)? ?$", ANY_CASE)
_SCALED_SAME = re.compile(
    r"(?:hundred|thousand|million|billion|mln|mil|mn|bn|[mkb]|[百千万亿]+|%|percent|per cent)$", ANY_CASE
)


def _ranges(text: str, found: list[Numeral]) -> list[Numeral]:
    """Two numbers that stand for one range ("520-540", "between 40 and 50", "3 to 4 million") made one."""
    joined: list[Numeral] = []
    for number in found:
        if joined and (one := _range(text, joined[-1], number)):
            joined[-1] = one
        else:
            joined.append(number)
    return joined


_RANGES = (("count", "count"), ("percent", "percent"), ("count", "percent"))


def _range(text: str, low: Numeral, high: Numeral) -> Numeral | None:
    between = text[low.end : high.start]
    if low.upper is not None or len(between) > 5 or (low.form, high.form) not in _RANGES:
        return None
    before = text[max(0, low.start - 14) : low.start]
    if not _TO.fullmatch(between) and not (
        _AND.fullmatch(between) and re.search(r"between(?: \w+)? $", before, ANY_CASE)
    ):
        return None
    if between.strip() == "to" and re.search(r"\bfrom(?: \w+)? $", before, ANY_CASE):
        return None
    low_value, low_step = low.value, low.step
    if low.form != high.form or not _SCALED_SAME.search(text[low.start : low.end]):
        scale = high.step if high.form == low.form else Fraction(1, 100)
        digits = text[low.start : low.end]
        if _SCALED_SAME.search(text[high.start : high.end]) and not re.search(r"[^\d.,]", digits):
            printed, unit = _printed(digits)
            high_printed = re.match(_DIGITS, text[high.start : high.end])
            if high_printed:
                factor = high.value / Fraction(high_printed.group().replace(",", "")) if high.value else scale
                low_value, low_step = printed * factor, unit * factor
    if not low_value < high.value:
        return None
    return Numeral(low.start, high.end, low_value, min(low_step, high.step), high.form, high.value, high.in_words)
