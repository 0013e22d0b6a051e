"""The staged form: which fields a page shows, what was typed into them, and why it is refused, all in the reader's language.

No script is needed. A field that depends on another appears when the page comes back, for what was typed is kept first and
judged afterwards.
"""

import datetime as dt
from dataclasses import dataclass

from starlette.datastructures import FormData

from breachtrail.intake.field import FIELDS, PAGES, Answers, Field, refusals
from breachtrail.wording.phrases import Phrases

__all__ = ["PAGES", "Shown", "of_page", "refused", "told", "typed"]

#: Field → the column of the vocabulary whose labels its options have; the options of the others are phrases.
LABELLED = {"entity_type": "entity_type", "breach_types": "breach_type", "locations": "location", "state": "state"}
YES_NO = ("Yes", "No")


@dataclass(frozen=True)
class Shown:
    """One field as a page shows it: its words, what was typed, why that is refused (empty: it is not), and its options."""

    field: Field
    label: str
    hint: str
    value: str | list[str]
    error: str
    options: tuple[tuple[str, str], ...]


def typed(page: str, form: FormData) -> dict[str, str | list[str]]:
    """What was typed into the fields of ``page``; whatever else a form bears is left out."""
    answers: dict[str, str | list[str]] = {}
    for field in FIELDS:
        if field.page == page:
            values = [value.replace("\r\n", "\n") for value in form.getlist(field.name) if isinstance(value, str)]
            answers[field.name] = values if field.kind == "many" else (values[-1] if values else "")
    return answers


def refused(answers: Answers, page: str | None, now: dt.datetime) -> dict[str, str]:
    """Fields of a page, or of all, that cannot be filed so → the reason, as a word of the phrases."""
    return refusals(answers, page, now)


def of_page(page: str, answers: Answers, errors: dict[str, str], phrases: Phrases) -> list[Shown]:
    """The fields of ``page`` that are asked after what was answered so far."""
    return [_shown(field, answers, errors, phrases) for field in FIELDS if field.page == page and field.asked(answers)]


def told(answers: Answers, phrases: Phrases) -> list[tuple[str, list[Shown]]]:
    """Every page with its fields and what was answered, in OCR's order: for reading and for printing."""
    return [(page, of_page(page, answers, {}, phrases)) for page in PAGES]


def option_label(field: Field, value: str, phrases: Phrases) -> str:
    """How an option is printed."""
    if field.name in LABELLED:
        return phrases.heading(value, LABELLED[field.name])
    if field.options == YES_NO:
        return phrases.say(f"office.{value.lower()}")
    return phrases.say(f"filing.option.{field.name}.{value}")


def _shown(field: Field, answers: Answers, errors: dict[str, str], phrases: Phrases) -> Shown:
    value = answers.get(field.name, [] if field.kind == "many" else "")
    error = phrases.say(f"filing.refused.{errors[field.name]}", most=field.most) if field.name in errors else ""
    options = tuple((option, option_label(field, option, phrases)) for option in field.options)
    hint = phrases.say(f"filing.field.{field.name}.hint")
    return Shown(field, phrases.say(f"filing.field.{field.name}.label"), hint, value, error, options)
