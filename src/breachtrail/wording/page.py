"""What all pages share: the template environment that speaks through phrases, and the style sheet with its glyphs."""

from collections.abc import Sequence
from importlib import resources

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from breachtrail.wording import font
from breachtrail.wording.phrases import Phrases

#: What the ``lang`` attribute of a page says.
HTML_LANGUAGE = {"en": "en-US", "zh": "zh-Hans-CN"}


def environment(package: str, phrases: Phrases, rooms: Sequence[str] = ()) -> Environment:
    """Templates of ``package`` (its folder ``templates``), those of this room under ``wording/``, and those of other
    ``rooms`` under their names.

    Everything is escaped but what is marked safe; ``say`` and the filters of phrases are at hand; a name that is not
    given is an error.
    """
    shared = PrefixLoader({room: PackageLoader(f"breachtrail.{room}") for room in ("wording", *rooms)})
    pages = Environment(
        loader=ChoiceLoader([shared, PackageLoader(package)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    pages.filters.update(phrases.filters)
    pages.globals.update(say=phrases.say, language=phrases.language, html_language=HTML_LANGUAGE[phrases.language])
    return pages


def stylesheet(text: str, language: str) -> str:
    """The style sheet of a self-contained page that shows ``text``, its charts among it: rules and embedded glyphs."""
    return font.face(text, language) + resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")
