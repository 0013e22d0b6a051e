"""Prints the pages of a site of plain files: the plan of all there are, and any stretch of it as files.

A page that tells of one notice or one organisation is told as of the last day on which anything on it changed. It
then stays the same, byte for byte, until something does, and is not written again meanwhile.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import cast

from breachtrail.web import changed, notice, organisation, searchindex, searching, takeaways
from breachtrail.web.address import LANGUAGES, Address
from breachtrail.web.ledger import Ledger, Open
from breachtrail.web.page import Page, rendered
from breachtrail.web.plain import SEARCH, SERVER, Plain, charts_of, file_of
from breachtrail.web.preloaded import Preloaded
from breachtrail.web.routes import ROUTES
from breachtrail.web.site import Site
from breachtrail.web.visit import Visit

#: Seconds that one page may ask; nobody waits for it.
_PATIENCE = 86_400.0


@dataclass(frozen=True)
class Planned:
    """One page of the site, in every language.

    path:  below the language
    make:  the page, of a visit
    since: the last day on which anything on it changed, where that can be told
    """

    path: str
    make: Callable[[Visit], Page]
    since: date | None = None


class Press:
    """One sealed state of a ledger, read once, and what is printed of it. To be closed.

    listed: the version of the list of notices, if another press wrote it
    """

    def __init__(self, open_: Open, as_of: date | None, url: str, listed: str = "") -> None:
        self._site = Site(open_, _PATIENCE)
        self._reading = self._site.reading()
        ledger = self._reading.__enter__()
        self.day = Visit(self._site, ledger, Address("en", as_of=as_of)).day
        self.head = ledger.head
        self.known = Preloaded(ledger, ledger.trails(), self.day)
        self.takeaways = takeaways.files(url)
        self.listed = listed or searchindex.version(self.index)
        self.plan = tuple(self._plan())
        self._pages = frozenset(one.path for one in self.plan)
        self._files = frozenset(self.takeaways)

    def close(self) -> None:
        """Close the ledger."""
        self._reading.__exit__(None, None, None)
        self._site.close()

    @property
    def ledger(self) -> Ledger:
        """The ledger, most of it read already."""
        return cast(Ledger, self.known)

    @cached_property
    def index(self) -> bytes:
        """The list of notices in which a reader's browser searches."""
        rows = self.ledger.notices(as_of=self.day, order="submitted_on")
        return searchindex.written(rows, self.known.former_names, self.day, self.head)

    def pages(self, first: int, last: int) -> list[tuple[str, bytes]]:
        """The files of the pages from the place ``first`` of the plan to the one before ``last``, in every language.

        Beside a page with charts lies a file with their specifications, from which a browser draws them again.
        """
        return [file for one in self.plan[first:last] for language in LANGUAGES for file in self._page(one, language)]

    def takeaway(self, file: str) -> bytes:
        """A download, a feed or a description, whose addresses are those of the site's root."""
        language, make = self.takeaways[file]
        root = Address(language, writer=Plain("", self._pages, self._files, self.day))
        return make(Visit(self._site, self.ledger, root))

    def _page(self, one: Planned, language: str) -> Iterator[tuple[str, bytes]]:
        file = file_of(language, one.path)
        writer = Plain(file, self._pages, self._files, self.day, lasts=one.since is not None)
        known = self.known if one.since is None else self.known.as_of(one.since)
        visit = Visit(self._site, cast(Ledger, known), Address(language, one.path, writer=writer))
        page = one.make(visit)
        yield file, rendered(page, visit.here, visit.sight).encode()
        if charts := {chart.name: chart.specs for chart in page.charts}:
            told = json.dumps(charts, ensure_ascii=False, separators=(",", ":"))
            yield charts_of(file), f"breachtrailCharts({told});\n".encode()

    def _plan(self) -> Iterator[Planned]:
        for route in ROUTES:
            if not route.is_asked and "{}" not in route.path:
                yield Planned(route.path, route.make)
        yield Planned("changes", changed.page)
        yield Planned(SERVER, searching.server)
        yield Planned(SEARCH, partial(searching.page, index=self.listed))
        makes = {route.path: route.make for route in ROUTES}
        for dimension, path in (("state", "states/{}"), ("year", "years/{}"), ("month", "months/{}")):
            for value in self._values(dimension):
                yield Planned(path.format(value), partial(_of, makes[path], value))
        for month in self._values("month"):
            yield Planned(f"{SEARCH}/of-{month}", partial(searching.of_month, month=month))
        for id in (*self.known.ids, *self.known.aliases):
            yield Planned(f"notices/{id}", partial(_of, notice.page, id), self.known.notice_since(id))
        for key in self.known.keys:
            yield Planned(f"organisations/{key}", partial(_of, organisation.page, key), self.known.key_since(key))

    def _values(self, dimension: str) -> list[str]:
        rows = self.ledger.ask("notices", by=dimension, as_of=self.day).records()
        return [str(row[dimension]) for row in rows if row[dimension]]


def _of(make: Callable[..., Page], value: str, visit: Visit) -> Page:
    return make(visit, value)
