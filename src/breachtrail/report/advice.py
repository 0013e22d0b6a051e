"""What helps against the causes that the register names, from ``advice.yml``."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import yaml

from breachtrail.errors import VocabularyError


@dataclass(frozen=True)
class Text:
    """The same in English and in Chinese."""

    en: str
    zh: str

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Text":
        """From ``{en: …, zh: …}``."""
        return cls(told["en"], told["zh"])

    def printed(self, language: str) -> str:
        """The text in ``language`` (en, zh)."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Practice:
    """A practice of HICP (edition of 2018) by its number."""

    number: str
    name: Text


@dataclass(frozen=True)
class Cause:
    """One cause.

    where: the notices that it stands for, as a condition of ``ask``
    seen:  what the register says of them; ``do``: what helps, in a sentence
    goals: HPH Cybersecurity Performance Goals
    """

    where: dict[str, list[str]]
    seen: Text
    do: Text
    practices: tuple[Practice, ...]
    goals: tuple[Text, ...]


@dataclass(frozen=True)
class System:
    """An operating system with the day on which free security updates ended, and until when paid ones are sold."""

    name: str
    ended: date
    paid_until: date | None


@dataclass(frozen=True)
class Advice:
    """All of it; ``systems_as_of`` is the day of the source of the systems' dates."""

    causes: tuple[Cause, ...]
    systems: tuple[System, ...]
    systems_as_of: date

    @classmethod
    @functools.cache
    def load(cls) -> "Advice":
        """The advice of the package, read once a process. Raises VocabularyError where it cannot be understood."""
        return cls.from_document(yaml.safe_load(resources.files(__package__).joinpath("advice.yml").read_bytes()))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Advice":
        """Advice from the parsed ``advice.yml``. Raises VocabularyError for a practice or goal that is not there."""
        practices = {number: Practice(number, Text.of(name)) for number, name in document["practices"].items()}
        goals = {name: Text.of(told) for name, told in document["goals"].items()}
        try:
            causes = tuple(
                Cause(
                    one["where"], Text.of(one["seen"]), Text.of(one["do"]),
                    tuple(practices[number] for number in one["practices"]), tuple(goals[name] for name in one["goals"]),
                )
                for one in document["causes"]
            )  # fmt: skip
        except KeyError as error:
            raise VocabularyError(f"advice.yml: a cause names {error}, which is not listed there.") from error
        systems = tuple(System(one["name"], one["ended"], one.get("paid_until")) for one in document["systems"])
        return cls(causes, systems, document["systems_as_of"])
