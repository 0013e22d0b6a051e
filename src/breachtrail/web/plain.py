"""Addresses among plain files: every page is a file, every link is relative, so that the site works wherever it is put."""

import functools
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

#: The list of notices, which a reader's browser searches; and the page that says what takes a server.
SEARCH, SERVER = "notices", "server"
#: A name that file systems take, in bytes, with what is put behind it.
_LONGEST = 200
#: So many addresses are remembered: the menu's, and those of the pages around the one that is being printed.
_REMEMBERED = 20_000


@functools.lru_cache(_REMEMBERED)
def file_of(language: str, path: str) -> str:
    """The file of a page: ``en/index.html``, ``zh/states/TX.html``."""
    folder, _, name = path.rpartition("/")
    if len(name.encode()) > _LONGEST:
        name = f"{name.encode()[:_LONGEST].decode(errors='ignore')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return "/".join(filter(None, (language, folder, f"{name or 'index'}.html")))


def charts_of(file: str) -> str:
    """The file beside a page that holds the specifications of its charts; a script, for only those are read from a disk too."""
    return f"{file.removesuffix('.html')}.charts.js"


@dataclass(frozen=True)
class Plain:
    """Addresses as they are written into one file of the site.

    at:    that file
    pages: the paths, below a language, of the pages that the site has
    files: all that is the same in both languages, as ``downloads/notices.csv``
    day:   as of which the site is told; another day takes a server
    lasts: the file stays as it is until something on its page changes
    """

    at: str
    pages: Collection[str]
    files: Collection[str]
    day: date
    lasts: bool = False
    is_live: bool = False

    def page(self, language: str, path: str, query: Mapping[str, str]) -> str:
        """A page of the site; where it takes a server, the page that says so."""
        asked = self._asked(query)
        if path == SEARCH and set(asked) == {"month"} and (listed := f"{SEARCH}/of-{asked['month']}") in self.pages:
            return self._to(file_of(language, listed))
        if path == SEARCH and "as_of" not in asked:
            return self._to(file_of(language, path), asked)
        is_there = path in self.pages and not asked
        return self._to(file_of(language, path if is_there else SERVER))

    @property
    def charts(self) -> str:
        """The specifications of the charts of the page itself."""
        return quote(charts_of(self.at).rpartition("/")[2])

    def asset(self, name: str) -> str:
        """A style sheet, a script or a font."""
        return self._to(f"assets/{name}")

    def served(self, path: str, query: Mapping[str, str]) -> str:
        """A download or a feed of everything; what is narrowed takes a server."""
        asked = self._asked(query)
        if path in self.files and not asked:
            return self._to(path)
        return self._to(file_of(self.at.partition("/")[0], SERVER))

    def _asked(self, query: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in query.items() if (name, value) != ("as_of", str(self.day))}

    def _to(self, file: str, query: Mapping[str, str] | None = None) -> str:
        told = f"?{urlencode(query, safe=',')}" if query else ""
        return "../" * self.at.count("/") + _quoted(file) + told


@functools.lru_cache(_REMEMBERED)
def _quoted(file: str) -> str:
    return quote(file)
