"""The fields of a report, as fields.yml lists them: what each takes, when it is asked, and its words in both languages.

Source: the draft list of OCR's wizard, docs/intake.md. Fields and options that are known from memory alone are marked
(``confirmed``, ``unconfirmed_options``), and whoever shows them says so.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.wording.phrases import Phrases

#: Field → what was typed: one text, or several where several options can be chosen. Days are ISO, counts are digits.
Answers = Mapping[str, str | list[str]]

PAGES = ("general", "contact", "breach", "notice", "clock", "attestation")
#: Pages that OCR's own form has, in its order.
OCR_PAGES = tuple(page for page in PAGES if page != "clock")
YES_NO = ("Yes", "No")


@dataclass(frozen=True)
class Field:
    """One field.

    kind:                text, long, day, count, one, many, yes_no, file
    column:              the vocabulary's list that labels its options; empty: they are phrases
    shape:               what a text must look like: email, phone, zip
    needed:              it may not stay empty where it is asked
    most:                characters at most
    confirmed:           found in a public text of OCR's form
    unconfirmed_options: options that were not
    """

    name: str
    page: str
    kind: str
    options: tuple[str, ...] = ()
    column: str = ""
    says: str = ""
    shape: str = ""
    needed: bool = True
    most: int = 200
    asked_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confirmed: bool = True
    unconfirmed_options: tuple[str, ...] = ()

    def asked(self, answers: Answers) -> bool:
        """Whether it is asked after what was answered so far; a field behind one that is not asked is not asked either."""
        return all(
            by_name()[other].asked(answers) and bool(set(chosen(answers, other)) & set(wanted))
            for other, wanted in self.asked_if.items()
        )

    def required(self, answers: Answers) -> bool:
        """Whether it has to be answered."""
        return self.needed and self.asked(answers)

    def label(self, phrases: Phrases) -> str:
        """What it is called."""
        return phrases.say(f"filing.field.{self.says or self.name}.label")

    def hint(self, phrases: Phrases) -> str:
        """What it wants."""
        return phrases.say(f"filing.field.{self.says or self.name}.hint")

    def option_label(self, value: str, phrases: Phrases) -> str:
        """How one of its options is printed: in English by OCR's own word, where the register's columns have one."""
        if self.column:
            is_own_word = phrases.language == "en" and self.column != "state"
            return value if is_own_word else phrases.heading(value, self.column)
        if self.kind == "yes_no":
            return phrases.say(f"filing.option.yes_no.{value.lower()}")
        return phrases.say(f"filing.option.{self.says or self.name}.{value}")


def chosen(answers: Answers, name: str) -> list[str]:
    """What was answered in a field, as a list; empty where nothing was."""
    answer = answers.get(name, "")
    return answer if isinstance(answer, list) else [answer] if answer else []


def told(answers: Answers, name: str) -> str:
    """What was answered in a field, as one text without outer blanks; empty where nothing was, or it is not asked."""
    answer = answers.get(name, "")
    return answer.strip() if isinstance(answer, str) and by_name()[name].asked(answers) else ""


@functools.cache
def by_name() -> dict[str, Field]:
    """Every field by its name, in the order of the form."""
    text = (resources.files("breachtrail.intake") / "fields.yml").read_text(encoding="utf-8")
    pages = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {described["name"]: _field(page, described) for page in PAGES for described in pages[page]}


def _field(page: str, described: dict[str, Any]) -> Field:
    options = tuple(described.get("options", ()))
    if described["kind"] == "yes_no":
        options = YES_NO
    elif described.get("column") == "state":
        options = tuple(value for value in Vocabulary.load().values("state") if value)
    return Field(
        name=described["name"], page=page, kind=described["kind"], options=options, column=described.get("column", ""),
        says=described.get("says", ""), shape=described.get("shape", ""), needed=described.get("required", True),
        most=described.get("most", 200), confirmed=described.get("confirmed", True),
        asked_if={other: tuple(values) for other, values in described.get("asked_if", {}).items()},
        unconfirmed_options=tuple(described.get("unconfirmed", ())),
    )  # fmt: skip


FIELDS: tuple[Field, ...] = tuple(by_name().values())
