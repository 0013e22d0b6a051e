"""The staged form: which fields a page shows, what was typed into them, and why it is refused, all in the reader's language.

No script is needed. A field that depends on another appears when the page comes back, for what was typed is kept first and
judged afterwards.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from breachtrail.intake.field import FIELDS, OCR_PAGES, PAGES, Answers, Field
from breachtrail.wording.phrases import Phrases

__all__ = ["OCR_PAGES", "PAGES", "Shown", "changed", "of_page", "told", "typed"]


@dataclass(frozen=True)
class Option:
    """One option of a field: its value, its label, and whether it was found in a public text of OCR's form."""

    value: str
    label: str
    confirmed: bool


@dataclass(frozen=True)
class Shown:
    """One field as a page shows it: its words, what was typed, why that is refused (empty: it is not), and its options."""

    field: Field
    label: str
    hint: str
    value: str | list[str]
    error: str
    options: tuple[Option, ...]

    @property
    def is_day_or_none(self) -> bool:
        """Whether a browser's own field for days can show what was typed: it drops all else, and what is typed has to stay."""
        try:
            return not self.value or bool(dt.date.fromisoformat(str(self.value)))
        except ValueError:
            return False

    @property
    def chosen(self) -> list[str]:
        """The labels of the options that were chosen; texts stand as they were typed."""
        values = self.value if isinstance(self.value, list) else [self.value]
        labels = {option.value: option.label for option in self.options}
        return [labels.get(value, value) for value in values if value]


def typed(page: str, form: FormData, uploaded: Mapping[str, str]) -> dict[str, str | list[str]]:
    """What was typed into the fields of ``page``; whatever else a form bears is left out.

    uploaded: field → the text of a file that was sent for it; it takes the place of what is typed
    """
    answers: dict[str, str | list[str]] = {}
    for field in FIELDS:
        if field.page == page:
            values = [value.replace("\r\n", "\n") for value in form.getlist(field.name) if isinstance(value, str)]
            answers[field.name] = values if field.kind == "many" else (values[-1] if values else "")
            if uploaded.get(field.name):
                answers[field.name] = uploaded[field.name]
    return answers


def of_page(page: str, answers: Answers, errors: Mapping[str, str], phrases: Phrases) -> list[Shown]:
    """The fields of ``page`` that are asked after what was answered so far; ``errors``: field → reason."""
    return [_shown(field, answers, errors, phrases) for field in FIELDS if field.page == page and field.asked(answers)]


def as_met(errors: Mapping[str, str], before: Answers) -> dict[str, str]:
    """The errors of a page; a field that nobody could answer yet, for it was not asked ``before``, is not called missing."""
    asked = {field.name for field in FIELDS if field.asked(before)}
    return {name: "leads_here" if why == "missing" and name not in asked else why for name, why in errors.items()}


def told(answers: Answers, phrases: Phrases, pages: tuple[str, ...] = PAGES) -> list[tuple[str, list[Shown]]]:
    """Every page with its fields and what was answered, in OCR's order: for reading and for printing."""
    return [(page, of_page(page, answers, {}, phrases)) for page in pages]


def changed(before: Answers, after: Answers, phrases: Phrases) -> list[tuple[Shown, Shown]]:
    """Every field that an addendum answers otherwise than the version before it: as it was, and as it is."""
    return [
        (_shown(field, before, {}, phrases), _shown(field, after, {}, phrases))
        for field in FIELDS
        if (before.get(field.name) or "") != (after.get(field.name) or "")
    ]


def _shown(field: Field, answers: Answers, errors: Mapping[str, str], phrases: Phrases) -> Shown:
    value = answers.get(field.name, [] if field.kind == "many" else "")
    error = phrases.say(f"filing.refused.{errors[field.name]}") if field.name in errors else ""
    options = tuple(
        Option(option, field.option_label(option, phrases), option not in field.unconfirmed_options)
        for option in field.options
    )
    return Shown(field, field.label(phrases), field.hint(phrases), value, error, options)
