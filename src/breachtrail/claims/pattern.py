"""The patterns of the reading, from ``patterns.yml``."""

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from breachtrail.claims.word import ANY_CASE

_PART = re.compile(r"<([A-Z_0-9]+)>")


def alternatives(section: str) -> dict[str, str]:
    """The patterns under ``any_of`` of a section, by name, in the order in which they are tried."""
    told = _document()[section]
    known: dict[str, str] = told["parts"]
    return {name: _PART.sub(lambda part: known[part[1]], text) for name, text in told["any_of"].items()}


def parts(section: str, *names: str) -> tuple[str, ...]:
    """The named parts of a section's patterns."""
    return tuple(_document()[section]["parts"][name] for name in names)


def texts(path: str) -> dict[str, str]:
    """The patterns at a path (``sentence.separators``), by language, not compiled."""
    section, name = path.split(".")
    told: dict[str, str] = _document()[section][name]
    return told


def patterns(path: str) -> dict[str, re.Pattern[str]]:
    """The patterns at a path, by language."""
    return {language: re.compile(text, ANY_CASE) for language, text in texts(path).items()}


def pattern(path: str, any_case: bool = True) -> re.Pattern[str]:
    """The pattern at a path."""
    section, name = path.split(".")
    return re.compile(_document()[section][name], ANY_CASE if any_case else 0)


@cache
def _document() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(
        resources.files(__package__).joinpath("patterns.yml").read_bytes(), Loader=loader
    )
    return loaded
