"""The site as plain files, for any static host: every page that is the same for all readers, and a list to search in.

A page that tells of one notice or one organisation is told as of the last day on which anything on it changed. It
then stays the same, byte for byte, until something does, and is not written again meanwhile.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from breachtrail.errors import PublishError
from breachtrail.web import changed, notice, organisation, searchindex, searching, style, takeaways
from breachtrail.web.address import LANGUAGES, Address
from breachtrail.web.ledger import Ledger, Open
from breachtrail.web.page import POLICY, Page, rendered, templates
from breachtrail.web.plain import SEARCH, SERVER, Plain, file_of
from breachtrail.web.preloaded import Preloaded
from breachtrail.web.routes import ROUTES
from breachtrail.web.site import Site
from breachtrail.web.tree import Tree, Written
from breachtrail.web.visit import Visit
from breachtrail.wording.phrases import Phrases

#: Notices of a site as plain files: more would be millions of files, and a list too long for a reader's browser.
MOST_NOTICES = 200_000
_URL = re.compile(r"https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~%-]*)*")
#: Seconds that one page may ask; nobody waits for it.
_PATIENCE = 86_400.0

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Planned:
    """One page of the site in every language.

    path:  below the language
    make:  the page, of a visit
    since: the last day on which anything on it changed, where that can be told
    """

    path: str
    make: Callable[[Visit], Page]
    since: date | None = None


class Published(NamedTuple):
    """What was written, of how many notices, as of which day."""

    notices: int
    day: date
    written: Written


def publish(
    open_: Open,
    folder: Path,
    *,
    as_of: date | None = None,
    url: str = "",
    progress: Progress = lambda what, done, of: None,
) -> Published:
    """Write the whole site to ``folder``, in the place of the one that stands there.

    as_of: the day as of which the site is told; None for the newest day known
    url:   where the site will stand, as ``https://example.org/breaches/``; a sitemap and feeds need it

    Raises PublishError where ``folder`` holds something else, or where there are too many notices for plain files.
    """
    if url and not _URL.fullmatch(url):
        raise PublishError(f"{url!r} is no address of a site; write it as https://example.org/breaches/.")
    url = url if not url or url.endswith("/") else f"{url}/"
    with closing(Site(open_, _PATIENCE)) as site, site.reading() as ledger, Tree(folder) as tree:
        day = Visit(site, ledger, Address("en", as_of=as_of)).day
        shown = ledger.ask("notices", as_of=day).value()
        if shown > MOST_NOTICES:
            raise PublishError(
                f"The register has {shown:,} notices; a site as plain files takes {MOST_NOTICES:,}. Serve it: `breachtrail serve`."
            )
        known = Preloaded(ledger, ledger.trails(), day)
        whole = _Whole(site, known, day, tree, url, progress)
        whole.write()
        return Published(shown, day, tree.seal({"day": str(day), "generation": ledger.head.generation,
                                                "content": ledger.head.content, "url": url}))  # fmt: skip


@dataclass(frozen=True)
class _Whole:
    """The site that is being written."""

    site: Site
    known: Preloaded
    day: date
    tree: Tree
    url: str
    progress: Progress

    def write(self) -> None:
        """Everything but the mark."""
        taken = takeaways.files(self.url)
        rows = self.ledger.notices(as_of=self.day, order="submitted_on")
        index = searchindex.written(rows, self.known.former_names, self.day, self.ledger.head)
        plan = [*self._plan(searchindex.version(index))]
        pages = frozenset(one.path for one in plan)
        done, of = 0, len(plan) * len(LANGUAGES)
        for one in plan:
            for language in LANGUAGES:
                self._write_page(one, language, pages, frozenset(taken))
                done += 1
                if done % 50 == 0:
                    self.progress("pages", done, of)
        for name, (language, make) in taken.items():
            root = Address(language, writer=Plain("", pages, frozenset(taken), self.day))
            self.tree.write(name, make(Visit(self.site, self.ledger, root)))
        for name, content in {**style.assets(), searchindex.FILE: index}.items():
            self.tree.write(name, content)
        self._write_root(
            {file_of(language, one.path): str(one.since or self.day) for one in plan for language in LANGUAGES}
        )

    @property
    def ledger(self) -> Ledger:
        return cast(Ledger, self.known)

    def _plan(self, index: str) -> Iterator[Planned]:
        """Every page there is; those of one notice or organisation last, for they are many."""
        for route in ROUTES:
            if not route.is_asked and "{}" not in route.path:
                yield Planned(route.path, route.make)
        yield Planned("changes", changed.page)
        yield Planned(SERVER, searching.server)
        yield Planned(SEARCH, partial(searching.page, index=index))
        makes = {route.path: route.make for route in ROUTES}
        for path, values in self._of_all().items():
            for value in values:
                yield Planned(path.format(value), partial(_of, makes[path], value))
        for month in self._of_all()["months/{}"]:
            yield Planned(f"{SEARCH}/of-{month}", partial(searching.of_month, month=month))
        for id in self.known.ids:
            since = self.known.unchanged_since(self.known.key_of(id), id)
            yield Planned(f"notices/{id}", partial(_of, notice.page, id), since)
        for key in self.known.keys:
            yield Planned(f"organisations/{key}", partial(_of, organisation.page, key), self.known.unchanged_since(key))

    def _write_root(self, files: dict[str, str]) -> None:
        """What stands beside the languages: the choice of one, the page for addresses that lead nowhere, the sitemap."""
        for name in ("index", "404"):
            self.tree.write(f"{name}.html", chosen(name, self.url).encode())
        allowed = "User-agent: *\nAllow: /\n"
        if self.url:
            allowed += f"Sitemap: {self.url}sitemap.xml\n"
            for name, content in takeaways.sitemap(self.url, files):
                self.tree.write(name, content)
        self.tree.write("robots.txt", allowed.encode())

    def _of_all(self) -> dict[str, list[str]]:
        """For each kind of page that tells of one thing, the things there are."""

        def values(dimension: str) -> list[str]:
            rows = self.ledger.ask("notices", by=dimension, as_of=self.day).records()
            return [str(row[dimension]) for row in rows if row[dimension]]

        return {"states/{}": values("state"), "years/{}": values("year"), "months/{}": values("month")}

    def _write_page(self, one: Planned, language: str, pages: frozenset[str], files: frozenset[str]) -> None:
        file = file_of(language, one.path)
        here = Address(language, one.path, writer=Plain(file, pages, files, self.day, lasts=one.since is not None))
        known = self.known if one.since is None else self.known.as_of(one.since)
        visit = Visit(self.site, cast(Ledger, known), here)
        html = rendered(one.make(visit), here, visit.sight)
        self.tree.write(file, html.encode())


def chosen(name: str, url: str) -> str:
    """A page in both languages at the root of the site: ``index`` or ``404``; the latter is shown at any address."""
    files = {language: url * (name == "404") + file_of(language, "") for language in LANGUAGES}
    spoken = {language: Phrases.of(language) for language in LANGUAGES}
    return templates("en").get_template("root.html").render(
        name=name, files=files, spoken=spoken, policy=POLICY, assets=(url if name == "404" else "") + "assets/",
        is_placed=bool(url) or name == "index",
    )  # fmt: skip


def _of(make: Callable[..., Page], value: str, visit: Visit) -> Page:
    return make(visit, value)
