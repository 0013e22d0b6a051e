"""The office as it is served: its store, its secrets, its limits, and its pages in both languages."""

import datetime as dt
import functools
import hashlib
import unicodedata
from importlib import resources
from typing import Any

from jinja2 import Environment

from breachtrail.intake import refusal
from breachtrail.intake.field import Answers
from breachtrail.intake.limit import Limits
from breachtrail.intake.secret import Secrets
from breachtrail.intake.store import Store
from breachtrail.wording import page
from breachtrail.wording.phrases import Phrases

#: The files of phrases that these pages speak from; their glyphs come with the style sheet.
TOPICS = ("account", "office", "filing", "clock", "assessment")


class Office:
    """One store and whatever serves it. ``language`` is for whoever's browser asks for neither English nor Chinese."""

    def __init__(
        self, store: Store, secrets: Secrets, limits: Limits | None = None, language: str = "en", name: str = ""
    ) -> None:
        self.store = store
        self.secrets = secrets
        self.limits = limits or Limits()
        self.language = language
        self.name = name

    def phrases(self, language: str) -> Phrases:
        """What is said, in ``language``."""
        return Phrases.of(language)

    def render(self, template: str, language: str, **values: Any) -> str:
        """A page as HTML."""
        return _environment(language).get_template(template).render(office=self, **values)


@functools.cache
def _environment(language: str) -> Environment:
    pages = page.environment(__package__, Phrases.of(language))
    pages.globals["style"] = style_name(language)
    pages.filters["moment"] = moment
    pages.filters["visible"] = visible
    pages.filters["individuals"] = individuals
    return pages


def moment(at: dt.datetime | str) -> str:
    """A moment to the minute, in the time that the audit trail and the calendar files keep."""
    told = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{told.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


def individuals(answers: Answers) -> int:
    """How many individuals a report that was filed speaks of."""
    return refusal.count(answers, "individuals") or 0


def visible(text: str) -> str:
    """``text`` with what cannot be seen made visible: marks that turn the direction of reading, and control characters."""
    return "".join(
        f"⟨U+{ord(one):04X}⟩" if unicodedata.category(one) in ("Cc", "Cf") and one not in "\n\t" else one
        for one in text
    )


@functools.cache
def stylesheet(language: str) -> str:
    """The rules of all pages, with the glyphs of every phrase; what people type is drawn by the fonts of their machine."""
    phrases = Phrases.of(language)
    text = "".join(phrases.text(key) for key in phrases.keys if key.partition(".")[0] in TOPICS)
    rules = resources.files(__package__).joinpath("office.css").read_text(encoding="utf-8")
    return page.stylesheet(text, language) + rules


@functools.cache
def style_name(language: str) -> str:
    """The address of the style sheet: it changes whenever the sheet does, so a browser may keep it for ever."""
    return f"/style/{language}-{hashlib.sha256(stylesheet(language).encode()).hexdigest()[:12]}.css"
