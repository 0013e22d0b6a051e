"""Every state of a page is a URL, and this is the one place that writes them: ``/zh/notices?state=TX&as_of=2024-12-08``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlencode

#: Each language, and what it calls itself.
LANGUAGES = {"en": "English", "zh": "中文"}
Query = Mapping[str, str | int | None]


class Writer(Protocol):
    """How addresses are written: for a server, or for plain files.

    is_live: a server answers, whatever it is asked
    """

    @property
    def is_live(self) -> bool: ...

    def page(self, language: str, path: str, query: Mapping[str, str]) -> str:
        """A page of the site."""

    def asset(self, name: str) -> str:
        """A style sheet, a script or a font."""

    def served(self, path: str, query: Mapping[str, str]) -> str:
        """What is the same in both languages: a download, a feed, an answer of the API."""


class Live:
    """Addresses of a server."""

    is_live = True

    def page(self, language: str, path: str, query: Mapping[str, str]) -> str:
        return _joined(f"/{language}/{quote(path)}".rstrip("/") if path else f"/{language}/", query)

    def asset(self, name: str) -> str:
        return f"/assets/{name}"

    def served(self, path: str, query: Mapping[str, str]) -> str:
        return _joined(f"/{quote(path)}", query)


def _joined(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


LIVE = Live()


@dataclass(frozen=True)
class Address:
    """Where a reader is.

    path:  below the language, without slashes at its ends: ``notices``, ``states/TX``, empty for the overview
    query: what else the page was asked, its day apart
    as_of: the day to which the whole site is put back; None for the newest day known
    """

    language: str
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()
    as_of: date | None = None
    writer: Writer = LIVE

    @property
    def asked(self) -> dict[str, str]:
        """What the page was asked, by name."""
        return dict(self.query)

    def to(self, path: str, **query: str | int | None) -> str:
        """Another page, in the same language and as of the same day."""
        return self.writer.page(self.language, path, self._with_day(query))

    def turned(self, **changes: str | int | None) -> str:
        """The same page, asked otherwise; what is None is not asked any more."""
        return self.writer.page(self.language, self.path, self._with_day({**self.asked, **changes}))

    def put_to(self, day: date | None) -> str:
        """The same page as of another day; None: the newest day known."""
        return replace(self, as_of=day).turned()

    def in_language(self, language: str) -> str:
        """The same page in another language."""
        return replace(self, language=language).turned()

    def served(self, path: str, **query: str | int | None) -> str:
        """A download, a feed, or an answer of the API, as of the same day."""
        return self.writer.served(path, self._with_day(query))

    def asset(self, name: str) -> str:
        """A style sheet, a script or a font."""
        return self.writer.asset(name)

    def _with_day(self, query: Query) -> dict[str, str]:
        told = {name: str(value) for name, value in query.items() if value not in (None, "")}
        return {**told, "as_of": str(self.as_of)} if self.as_of else told
