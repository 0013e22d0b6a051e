"""The site as plain files, for any static host: every page that is the same for all readers, and a list to search in."""

import atexit
import gc
import multiprocessing
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from breachtrail.errors import PublishError
from breachtrail.ledger.store import Head
from breachtrail.web import build, searchindex, style, takeaways
from breachtrail.web.address import LANGUAGES
from breachtrail.web.ledger import Ledger, Open
from breachtrail.web.page import POLICY, templates
from breachtrail.web.plain import file_of
from breachtrail.web.press import Press
from breachtrail.web.tree import Tree, Written
from breachtrail.wording.phrases import Phrases

#: Notices of a site as plain files: more would be millions of files, and a list too long for a reader's browser.
MOST_NOTICES = 200_000
#: Pages that one press prints at a time; a site of fewer than twenty times as many takes one press alone.
STRETCH = 50

_URL = re.compile(r"https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~%-]*)*")

Progress = Callable[[str, int, int], None]


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
    """Write the whole site to ``folder``, in the place of the one that stands there; leave that one if it is the same.

    open_: opens the ledger; where there is much to print, in several processes
    as_of: the day as of which the site is told; None for the newest day known
    url:   where the site will stand, as ``https://example.org/breaches/``; a sitemap and feeds need it

    Raises PublishError where ``folder`` holds something else, or where there are too many notices for plain files.
    """
    if url and not _URL.fullmatch(url):
        raise PublishError(f"{url!r} is no address of a site; write it as https://example.org/breaches/.")
    url = url if not url or url.endswith("/") else f"{url}/"
    with closing(open_()) as ledger, Tree(folder) as tree:
        _refuse_too_many(ledger)
        day = as_of or max((look.taken_on for look in ledger.coverage()), default=None)
        if day and (stands := tree.standing(_said(ledger.head, day, url))):
            return Published(ledger.ask("notices", as_of=day).value(), day, stands)
    with closing(Press(open_, as_of, url)) as press, Tree(folder) as tree:
        for done, (file, content) in enumerate(_printed(press, open_, url), start=1):
            tree.write(file, content)
            progress("pages", done, len(press.plan) * len(LANGUAGES) + len(press.takeaways))
        for file, content in {**style.assets(), searchindex.FILE: press.index, **dict(_root(press, url))}.items():
            tree.write(file, content)
        written = tree.seal(_said(press.head, press.day, url))
        return Published(press.ledger.ask("notices", as_of=press.day).value(), press.day, written)


def _said(head: Head, day: date, url: str) -> dict[str, str | int]:
    """Of what the site was made: it is the same as long as this is."""
    return {
        "generation": head.generation,
        "content": head.content,
        "day": str(day),
        "url": url,
        "build": build.mark(),
    }


def _refuse_too_many(ledger: Ledger) -> None:
    known = ledger.ask("notices").value()
    if known > MOST_NOTICES:
        raise PublishError(
            f"The register has {known:,} notices, and a site as plain files takes {MOST_NOTICES:,}: it would be millions "
            "of files. Run `breachtrail serve` instead."
        )


def _printed(press: Press, open_: Open, url: str) -> Iterator[tuple[str, bytes]]:
    """Every page, in the order of the plan, and what there is to take along; by as many presses as the machine has processors."""
    starts = range(0, len(press.plan), STRETCH)
    ends = [start + STRETCH for start in starts]
    presses = min(os.cpu_count() or 1, len(starts) // 20)
    if presses < 2:
        yield from press.pages(0, len(press.plan))
        yield from ((file, press.takeaway(file)) for file in press.takeaways)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(presses, context, _start, (open_, press.day, url, press.listed)) as pool:
        try:
            taken_along = pool.map(_takeaway, [press.head.content] * len(press.takeaways), press.takeaways)
            for files in pool.map(_stretch, [press.head.content] * len(starts), starts, ends):
                yield from files
            yield from zip(press.takeaways, taken_along, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


_own: list[Press] = []


def _start(open_: Open, day: date, url: str, listed: str) -> None:
    _own.append(Press(open_, day, url, listed))
    atexit.register(_stop)
    gc.freeze()  # what was read stays to the end; looking through it for what could be let go takes its time


def _stop() -> None:
    """Close the press of this process, and let go of it at once: DuckDB complains of what is left at the very end."""
    _own.pop().close()
    gc.unfreeze()
    gc.collect()


def _stretch(content: str, first: int, last: int) -> list[tuple[str, bytes]]:
    """A stretch of the plan, by the press of this process."""
    return _of(content).pages(first, last)


def _takeaway(content: str, file: str) -> bytes:
    """A file to take along, by the press of this process."""
    return _of(content).takeaway(file)


def _of(content: str) -> Press:
    """The press of this process; it must have read the state that the site is made of."""
    if _own[0].head.content != content:
        raise PublishError("The ledger was written to in the moment in which the presses started. Run it again.")
    return _own[0]


def _root(press: Press, url: str) -> Iterator[tuple[str, bytes]]:
    """What stands beside the languages: the choice of one, the page for addresses that lead nowhere, the sitemap."""
    for name in ("index", "404"):
        yield f"{name}.html", chosen(name, url, press.ledger.register).encode()
    allowed = "User-agent: *\nAllow: /\n"
    if url:
        allowed += f"Sitemap: {url}sitemap.xml\n"
        pages = {
            file_of(language, one.path): str(one.since or press.day) for one in press.plan for language in LANGUAGES
        }
        yield from takeaways.sitemap(url, pages)
    yield "robots.txt", allowed.encode()


def chosen(name: str, url: str, register: str) -> str:
    """A page in both languages at the root of the site: ``index`` or ``404``; the latter is shown at any address."""
    files = {language: url * (name == "404") + file_of(language, "") for language in LANGUAGES}
    return templates("en").get_template("root.html").render(
        name=name, files=files, spoken={language: Phrases.of(language, register) for language in LANGUAGES}, policy=POLICY,
        assets=(url if name == "404" else "") + "assets/", is_placed=bool(url) or name == "index",
    )  # fmt: skip
