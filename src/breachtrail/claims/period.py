"""Periods as articles write them: "in 2024", "last year", "the first quarter", 上半年, 去年, 截至12月8日."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from breachtrail.claims.pattern import alternatives
from breachtrail.claims.word import ANY_CASE, scan

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {name[:3]: number for number, name in enumerate(_NAMES, 1)} | {"sept": 9}
_MONTH = rf"(?:{'|'.join(_NAMES)}|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
_YEAR = r"(?:20[0-4]\d)"
_NTH = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4},
    **{"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1, "上": 1, "下": 2, "末": 4},
}
_MANY = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"], 1
    )
}
_MANY |= {sign: number for number, sign in enumerate("一二三四五六七八九", 1)} | {
    "十": 10,
    "两": 2,
    "十一": 11,
    "十二": 12,
}


class Role(StrEnum):
    """What a period is for in its sentence."""

    PERIOD = "period"
    EARLIER = "earlier"
    KNOWN_BY = "known_by"
    ROLLING = "rolling"


@dataclass(frozen=True)
class Period:
    """A mention of a period.

    months:     first and last month where the year is left to the context; else None
    first, last: its days, both included; None where the context must tell, or for an open end
    known:      whether the days can be told at all
    year:       of "the same period of 2023": its year
    """

    start: int
    end: int
    role: Role
    first: date | None = None
    last: date | None = None
    months: tuple[int, int] | None = None
    known: bool = True
    year: int | None = None


def periods(text: str, published: date | None) -> list[Period]:
    """Every mention of a period in ``text`` (as ``numeral.plain`` gives it), in order."""
    found = []
    for match in scan(_pattern(_HAN_SIGN.search(text) is not None), _STARTS, text, 0, len(text)):
        kind = match.lastgroup or ""
        period = _read(kind, match, published)
        if period is not None:
            found.append(period)
    return found


def in_context(period: Period, around: tuple[date | None, date | None], published: date | None) -> Period:
    """``period`` with its year from the period in force ``around`` it, or else the latest one before ``published``."""
    if period.role is Role.EARLIER and period.first is None:
        first, last = around
        if first is None or last is None:
            return replace(period, known=False)
        if period.months == (0, 1):
            end = first - timedelta(days=1)
            return replace(period, first=end.replace(day=1), last=end)
        back = first.year - period.year if period.year is not None else 1
        return replace(period, first=_years_back(first, back), last=_years_back(last, back))
    if period.months is None:
        return period
    start, until = period.months
    year = (
        around[0].year if around[0] is not None and around[1] is not None and around[0].year == around[1].year else None
    )
    if year is None and published is not None:
        year = (
            published.year
            if (published.month, published.day) >= (start, 1) and until <= published.month
            else published.year - 1
        )
    if year is None:
        return replace(period, known=False)
    return replace(period, first=date(year, start, 1), last=last_day(year, until), months=None)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _years_back(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _month(text: str) -> int:
    bare = text.strip(". ").lower()
    return _SHORT.get(bare[:4]) or _SHORT[bare[:3]]


def _many(text: str) -> int:
    return int(text) if text.isdecimal() else _MANY.get(text.lower(), 0)


_ALTERNATIVES = alternatives("period")


_HAN_SIGN = re.compile(r"[\u3400-\u9fff]")
_STARTS = re.compile(r"\d|(?<![A-Za-z0-9])[A-Za-z]|[自从去今本当上下第前截全年一二三四五六七八九十首末同环过近最连]")


@cache
def _pattern(with_han: bool) -> re.Pattern[str]:
    parts = [f"(?P<{name}>{part})" for name, part in _ALTERNATIVES.items() if with_han or not name.startswith("zh")]
    return re.compile("|".join(parts), ANY_CASE)


def _read(kind: str, match: re.Match[str], published: date | None) -> Period | None:
    part = {name: value for name, value in match.groupdict().items() if value is not None}
    place = match.start(), match.end()

    def spanned(first: date, last: date | None, role: Role = Role.PERIOD) -> Period:
        return Period(*place, role, first, last)

    def of_year(year: str | None, relative: str | None, start: int, end: int) -> Period | None:
        if not (1 <= start <= end <= 12):
            return None
        told = int(year) if year else None
        if told is None and relative:
            if published is None:
                return Period(*place, Role.PERIOD, known=False)
            told = {"last year": published.year - 1, "去年": published.year - 1}.get(relative.lower())
            if told is None and relative.lower() in ("this year", "今年", "本年"):
                told = published.year
        if told is None:
            return Period(*place, Role.PERIOD, months=(start, end))
        return spanned(date(told, start, 1), last_day(told, end))

    unknown = Period(*place, Role.PERIOD, known=False)
    match kind:
        case "months_from":
            first, last = _month(part["mf_a"]), _month(part["mf_b"])
            end = part.get("mf_z") or part.get("mf_y")
            if part.get("mf_y") and end and part["mf_y"] != end:
                return spanned(date(int(part["mf_y"]), first, 1), last_day(int(end), last))
            return of_year(end, None, first, last)
        case "months_of":
            return of_year(part.get("mo_y"), None, _month(part["mo_a"]), _month(part["mo_b"]))
        case "month_of":
            return of_year(part["m_y"], None, _month(part["m_a"]), _month(part["m_a"]))
        case "month_last" | "month_alone" | "month_acts":
            month = _month(part.get("ml_m") or part.get("mx_m") or part.get("ma_m") or part["ma_n"])
            return Period(*place, Role.PERIOD, months=(month, month))
        case "known_by":
            return _known_by(place, part.get("kb_y"), _month(part["kb_m"]), part["kb_d"], published)
        case "zh_known_by":
            if "zk_m" not in part:
                return Period(*place, Role.KNOWN_BY, last=published, known=published is not None)
            return _known_by(place, part.get("zk_y"), int(part["zk_m"]), part.get("zk_d"), published)
        case "full_year":
            return Period(*place, Role.PERIOD, months=(1, 12))
        case "day" | "zh_day":
            return None
        case "quarter":
            quarter = _NTH[(part.get("q_n") or part.get("q_q") or part["q_s"]).lower()]
            year = part.get("q_y") or part.get("q_z") or part.get("q_t")
            return of_year(
                year if year is None or len(year) == 4 else f"20{year}", part.get("q_r"), 3 * quarter - 2, 3 * quarter
            )
        case "half":
            half = _NTH[(part.get("h_n") or part["h_q"]).lower()]
            return of_year(part.get("h_y") or part.get("h_z"), part.get("h_r"), 6 * half - 5, 6 * half)
        case "first_months":
            return of_year(part.get("fm_y"), part.get("fm_r"), 1, _many(part["fm_n"]))
        case "years" | "zh_years":
            first, last = int(part.get("y_a") or part["zy_a"]), int(part.get("y_b") or part["zy_b"])
            return spanned(date(first, 1, 1), date(last, 12, 31)) if first < last else None
        case "since" | "zh_since":
            if "s_r" in part and not part["s_r"].isdecimal():
                return spanned(date(published.year, 1, 1), published) if published else unknown
            year = int(part.get("s_y") or part.get("s_r") or part["zs_y"])
            month = _month(part["s_m"]) if "s_m" in part else int(part.get("zs_m", 1))
            return spanned(date(year, month, 1), None) if 1 <= month <= 12 else None
        case "so_far" | "zh_so_far":
            told = re.search(_YEAR, match.group())
            year = int(told.group()) if told else published.year if published else 0
            return (
                spanned(date(year, 1, 1), published if published and published.year == year else date(year, 12, 31))
                if year
                else unknown
            )
        case "earlier" | "zh_earlier":
            month = (
                ("month" in match.group().lower() and "same" not in match.group().lower())
                or match.group() in ("环比",)
                or match.group().endswith("月")
            )
            named = part.get("e_y") or part.get("ze_y")
            return Period(*place, Role.EARLIER, months=(0, 1) if month else None, year=int(named) if named else None)
        case "last_year" | "zh_last_year":
            return spanned(date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)) if published else unknown
        case "zh_before_last":
            return spanned(date(published.year - 2, 1, 1), date(published.year - 2, 12, 31)) if published else unknown
        case "this_year" | "zh_this_year":
            return spanned(date(published.year, 1, 1), date(published.year, 12, 31)) if published else unknown
        case "last_month" | "zh_last_month":
            if published is None:
                return unknown
            end = (
                published
                if "this" in match.group().lower() or "zl_t" in part
                else published.replace(day=1) - timedelta(days=1)
            )
            return spanned(end.replace(day=1), last_day(end.year, end.month))
        case "rolling" | "zh_rolling":
            return Period(*place, Role.ROLLING, known=False)
        case "year":
            return spanned(date(int(part["yr"]), 1, 1), date(int(part["yr"]), 12, 31))
        case "zh_months":
            return of_year(part.get("zm_y"), part.get("zm_r"), int(part["zm_a"]), int(part["zm_b"]))
        case "zh_month":
            return of_year(part.get("zo_y"), part.get("zo_r"), _many(part["zo_m"]), _many(part["zo_m"]))
        case "zh_year":
            return spanned(date(int(part["zn_y"]), 1, 1), date(int(part["zn_y"]), 12, 31))
        case "zh_part":
            year, relative = part.get("zp_y"), part.get("zp_r")
            if "zp_h" in part:
                half = _NTH[part["zp_h"]]
                return of_year(year, relative, 6 * half - 5, 6 * half)
            if "zp_t" in part:
                return of_year(year, relative, 1, 3 * _many(part["zp_t"].replace("二", "两")))
            if "zp_m" in part:
                return of_year(year, relative, 1, _many(part["zp_m"]))
            quarter = _NTH[part.get("zp_q") or part["zp_z"]]
            return of_year(year, relative, 3 * quarter - 2, 3 * quarter)
    return None


def _known_by(
    place: tuple[int, int], year: str | None, month: int, day: str | None, published: date | None
) -> Period | None:
    told = int(year) if year else None
    if not 1 <= month <= 12:
        return None
    if told is None and published is not None:
        told = published.year if (month, int(day or 1)) <= (published.month, published.day) else published.year - 1
    if told is None:
        return Period(*place, Role.KNOWN_BY, known=False)
    last = monthrange(told, month)[1]
    return Period(*place, Role.KNOWN_BY, last=date(told, month, min(int(day), last) if day else last))
