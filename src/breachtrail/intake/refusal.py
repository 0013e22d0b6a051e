"""Why a field cannot be filled so. A reason is the end of a phrase: ``filing.refused.<reason>``.

Whatever is typed is kept in the draft and shown again; it is refused here, in words, and cannot be filed.
"""

import datetime as dt
import re
from collections.abc import Callable

from breachtrail.intake import entities, residents
from breachtrail.intake.field import FIELDS, Answers, Field, chosen, told

#: More people than that live nowhere that files here; a longer figure is a slip.
_MOST_INDIVIDUALS = 999_999_999
_SHAPES = {
    "email": re.compile(r"[^\s@<>\"(),;:\\]+@[^\s@<>\"(),;:\\]+\.[^\s@<>\"(),;:\\.]+"),
    "phone": re.compile(r"\+?\(?[0-9][0-9 ()./-]{5,}(?: ?(?:x|ext\.?) ?[0-9]+)?", re.IGNORECASE),
    "zip": re.compile(r"[0-9]{5}(?:-[0-9]{4})?"),
}
#: A day → the day before which it cannot be, as the law's words mean them.
_NOT_BEFORE = {
    "breach_end": "breach_start",
    "discovered_start": "breach_start",
    "discovered_end": "discovered_start",
    "notice_start": "discovered_start",
    "notice_end": "notice_start",
    "associate_discovered_on": "breach_start",
    "told_on": "discovered_start",
    "media_notice_on": "discovered_start",
    "delay_until": "delay_stated_on",
}
#: Days that may lie ahead: what is planned, and what an official asked for.
_MAY_BE_AHEAD = {"notice_start", "notice_end", "delay_until", "media_notice_on"}


def refusals(answers: Answers, page: str | None = None, *, today: dt.date) -> dict[str, str]:
    """Field → the reason why its answer cannot stand; empty where all of ``page`` (None: of the report) can be filed.

    today: the day in the register's own zone, on which nothing of tomorrow has happened yet
    """
    found: dict[str, str] = {}
    for field in FIELDS:
        if (page is None or field.page == page) and field.asked(answers):
            reason = _refused(field, answers, today)
            if reason:
                found[field.name] = reason
    return found


def day(answers: Answers, name: str) -> dt.date | None:
    """The day that was answered in a field; None where none was, or what stands there is no day."""
    try:
        return dt.date.fromisoformat(told(answers, name)) if len(told(answers, name)) == 10 else None
    except ValueError:
        return None


def count(answers: Answers, name: str) -> int | None:
    """The count that was answered in a field; None where none was, or what stands there is none."""
    text = told(answers, name).replace(",", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _refused(field: Field, answers: Answers, today: dt.date) -> str:
    answer = answers.get(field.name, "")
    if isinstance(answer, list) != (field.kind == "many") and answer:
        return "option"
    texts = [text for text in chosen(answers, field.name) if text.strip()]
    if not texts:
        return "missing" if field.needed else ""
    if any(len(text) > field.most for text in texts):
        return "long"
    if not all(_is_plain(text, field.kind) for text in texts):
        return "control"
    if field.options and not set(texts) <= set(field.options):
        return "option"
    if field.kind in _JUDGED:
        return _JUDGED[field.kind](field, answers, today)
    if field.shape and not _SHAPES[field.shape].fullmatch(texts[0].strip()):
        return field.shape
    return _consistent(field, answers)


def _is_plain(text: str, kind: str) -> bool:
    """Whether it can be printed: ends of lines and tabs only where there may be lines, no control characters, no lost ones."""
    if kind in ("long", "file"):
        text = re.sub(r"[\r\n\t\ufeff]", " ", text)
    return "\ufffd" not in text and all(letter.isprintable() or letter in "\u00a0\u3000\u200d" for letter in text)


def _day(field: Field, answers: Answers, today: dt.date) -> str:
    meant = day(answers, field.name)
    if meant is None:
        return "day"
    if meant > today and field.name not in _MAY_BE_AHEAD:
        return "day_ahead"
    before = _NOT_BEFORE.get(field.name)
    earlier = day(answers, before) if before else None
    return f"before_{before}" if earlier and meant < earlier else ""


def _count(field: Field, answers: Answers, today: dt.date) -> str:
    meant = count(answers, field.name)
    if meant is None or not 0 < meant <= _MOST_INDIVIDUALS:
        return "count"
    band = told(answers, "affecting")
    return "band" if band and (band == "500_or_more") != (meant >= 500) else ""


def _file(field: Field, answers: Answers, today: dt.date) -> str:
    _, flaws = entities.parsed(told(answers, field.name))
    return flaws[0].reason if flaws else ""


_JUDGED: dict[str, Callable[[Field, Answers, dt.date], str]] = {"day": _day, "count": _count, "file": _file}


def _consistent(field: Field, answers: Answers) -> str:
    """What only the answers together can say."""
    if field.name == "residents":
        counts = residents.parsed(told(answers, "residents"))
        if counts is None:
            return "residents"
        individuals = count(answers, "individuals")
        return "residents_sum" if individuals is not None and sum(counts.values()) > individuals else ""
    if field.name == "safeguards" and "none" in answers[field.name] and len(chosen(answers, field.name)) > 1:
        return "none_and_others"
    return ""


#: Every reason there is, for the test of the phrases.
REASONS = (
    *("missing", "long", "control", "option", "day", "day_ahead", "count", "band", "residents", "residents_sum"),
    *("none_and_others", "email", "phone", "zip"),
    *("entities_csv", "entities_header", "entities_name", "entities_state", "entities_type", "entities_twice"),
    *sorted({f"before_{name}" for name in _NOT_BEFORE.values()}),
)
