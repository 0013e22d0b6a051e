"""What a site of plain files hands out besides its pages: downloads and feeds of everything, and what describes them."""

from collections.abc import Callable, Iterator
from functools import partial

from breachtrail.web import download, feeds
from breachtrail.web.address import LANGUAGES
from breachtrail.web.selection import Selection
from breachtrail.web.visit import Visit
from breachtrail.wording.rows import as_json

#: URLs that one file of a sitemap may hold (sitemaps.org).
_MOST_URLS = 50_000

#: What a file is made of: a visit in a language, whose addresses are those of the site's root.
Make = Callable[[Visit], bytes]


def files(url: str) -> dict[str, tuple[str, Make]]:
    """Each file by its place, with the language of its visit and what makes it.

    url: where the site will stand; feeds and descriptions for machines name it, so without it there are none
    """
    everything = Selection()
    found: dict[str, tuple[str, Make]] = {
        f"downloads/notices.{kind}": ("en", partial(download.notices, selection=everything, kind=kind))
        for kind in download.KINDS
    }
    found |= {
        f"downloads/versions.{kind}": ("en", partial(download.versions, kind=kind)) for kind in ("csv", "parquet")
    }
    if url:
        found["downloads/datapackage.json"] = "en", lambda visit: as_json(download.package(visit, url)).encode()
        found["downloads/dataset.jsonld"] = "en", lambda visit: as_json(download.dataset(visit, url)).encode()
        for language in LANGUAGES:
            found[f"feeds/{language}/notices.atom"] = language, partial(_atom, everything, url)
            found[f"feeds/{language}/notices.json"] = language, partial(_json_feed, everything, url)
    return found


def _atom(selection: Selection, url: str, visit: Visit) -> bytes:
    return feeds.atom(visit, selection, url).encode()


def _json_feed(selection: Selection, url: str, visit: Visit) -> bytes:
    return as_json(feeds.json_feed(visit, selection, url)).encode()


def sitemap(url: str, pages: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """The sitemap of the site (sitemaps.org): an index, and files of so many pages each.

    pages: each file with the day on which it last changed
    """
    listed = [f"<url><loc>{url}{file}</loc><lastmod>{day}</lastmod></url>" for file, day in pages.items()]
    parts = [listed[start : start + _MOST_URLS] for start in range(0, len(listed), _MOST_URLS)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _xml("urlset", part)
    yield "sitemap.xml", _xml("sitemapindex", [f"<sitemap><loc>{url}{name}</loc></sitemap>" for name in names])


def _xml(root: str, lines: list[str]) -> bytes:
    text = "\n".join(lines)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{text}\n</{root}>\n'
    ).encode()
