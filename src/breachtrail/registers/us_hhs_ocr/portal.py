"""The portal itself: how one gets from its pages to its lists, as a browser would, and knows that one has them.

Two generations of pages are known: three buttons (to 2025) and tabs (since 2026); the page says which it is. A visit
asks for the page, takes the list that it opens with, then shows the other list and takes that. There are two roads to
a list: its export (``csv``), or the table of the page itself, a hundred rows at a time (``list``), which is slower and
shows the register's own record ids.

Nothing here is tried twice: ``fetch.patiently`` does that, and what one visit brought is not asked for again.
"""

import csv
import io
from collections.abc import Callable, Iterator, MutableMapping

from breachtrail.errors import PortalChanged, PortalMisled
from breachtrail.registers.fetch import Client, Reply
from breachtrail.registers.listing import RECORD_ID, Listing
from breachtrail.registers.register import Register
from breachtrail.registers.us_hhs_ocr import export
from breachtrail.registers.us_hhs_ocr.export import content
from breachtrail.registers.us_hhs_ocr.page import TABLE, Form, Page, Partial, Row, bare_rows, misled

__all__ = ["content", "look"]

#: The picture of the link that exports the list as CSV.
_PICTURE = "csv.png"
#: So many pages of a hundred rows are more than any list of notices has.
_MOST_PAGES = 2_000

Told = Callable[[str], None]
Known = Callable[[str, bytes], int | None]


def look(
    client: Client,
    register: Register,
    road: str,
    have: MutableMapping[str, Listing],
    known: Known = lambda view, body: None,
    told: Told = lambda what: None,
) -> None:
    """One visit: take every view of the register that is not in ``have`` yet, by ``road`` (csv or list), and put it there.

    known: how many rows a list has that says just what it said before, None for any other: it need not be judged again

    Raises PortalUnreachable, PortalMisled, PortalChanged; what was put into ``have`` before is whole all the same.
    """
    if set(register.views) <= set(have):
        return
    visit = _Visit(client, register, told)
    for place, view in enumerate(register.views):
        if view in have:
            continue
        if place:
            visit.show(view)
        found = visit.exported(view, known) if road == "csv" else visit.listed(view)
        for other, taken in have.items():
            if _same_rows(found, taken):
                raise _not_changed(view, f"the {found.rows:,} rows of {other} once more", {f"{view}.csv": found.body})
        export.enough(found.rows, visit.counted, register, view, {f"{view}.csv": found.body})
        have[view] = found


class _Visit:
    """A session with the portal, and the page that it is on."""

    def __init__(self, client: Client, register: Register, told: Told) -> None:
        self._client, self._register, self._told = client, register, told
        self._page = self._opened()
        self._counts = True  # whether the page's count speaks of the list that is shown

    def show(self, view: str) -> None:
        """Let the page show another of its lists."""
        self._told(f"{view}, shown")
        portal = self._register.portal
        before = [row.record_id for row in self._page.table.rows]
        if self._page.has_tabs:
            form, active = self._page.chosen(portal["tabs"][view])
            partial = self._part(form)
            self._page.take(partial)
            self._page.hold(active)
            self._counts = "ocrForm:results" in partial.updates
        else:
            self._page = self._list(
                self._post(self._page.pressed(portal["buttons"][view])), f"the list {view} was asked for"
            )
        if before and before == [row.record_id for row in self._page.table.rows]:
            raise _not_changed(view, "the records that it had shown before", {"page.html": self._page.reply.body})

    @property
    def counted(self) -> int | None:
        """How many rows the page says that the list has which it shows; None where it does not say."""
        return self._page.table.counted if self._counts else None

    def exported(self, view: str, known: Known) -> Listing:
        """The list that the page shows, as the portal exports it."""
        self._told(f"{view}, exported")
        reply = self._post(self._page.clicked(_PICTURE))
        rows = known(view, reply.body) if reply.status == 200 else None
        return export.judged(reply, self._register, view) if rows is None else Listing(reply.body, rows)

    def listed(self, view: str) -> Listing:
        """The list that the page shows, page by page, as a CSV file with the register's record ids."""
        table = self._page.table
        if self.counted is None or table.counted is None:
            raise self._page.changed("a line below the table that counts its rows")
        names = [name for name in table.columns if name]
        kept = {"page.html": self._page.reply.body}
        export.hold_to(names, self._register, kept)
        rows = list(table.rows)
        for _ in range(_MOST_PAGES):
            if len(rows) >= table.counted:
                break
            self._told(f"{view}, rows {len(rows) + 1} to {min(len(rows) + table.page_size, table.counted)}")
            rows += self._turned(view, len(rows), table.page_size)
        if len({row.record_id for row in rows}) < len(rows):
            raise PortalMisled(
                "shifted", f"The list {view} changed while it was being read: a record came twice.", kept
            )
        places = [place for place, name in enumerate(table.columns) if name]
        return Listing(_written([RECORD_ID, *names], rows, places), len(rows))

    def _turned(self, view: str, first: int, size: int) -> tuple[Row, ...]:
        partial = self._part(self._page.turned(first, size))
        self._page.take(partial)
        rows = bare_rows(partial.updates.get(TABLE, ""))
        if not rows or rows[0].place != first:
            raise PortalMisled(
                "wrong_page",
                f"The portal was asked for the rows of {view} from {first + 1} on, and sent "
                f"{f'those from {rows[0].place + 1} on' if rows else 'none'}.",
                {"part.xml": "\n".join(partial.updates.values()).encode()},
            )
        return rows

    def _opened(self) -> Page:
        """The page with the list, wherever this generation of the portal has it."""
        for name in self._register.portal["pages"]:
            self._told(name)
            page = Page(self._client.get(name))
            if page.reply.status != 404:
                return self._list(page.reply, "the list was asked for", page)
        raise PortalChanged(
            "changed_address",
            f"{self._register.name}: the portal knows none of the addresses of its list any more "
            f"({', '.join(map(self._client.address, self._register.portal['pages']))}). Nothing was appended. Look for the list with a "
            f"browser, and put its address first under portal, pages in {self._register.name}/register.yml.",
            {"page.html": page.reply.body},
        )

    def _list(self, reply: Reply, asked: str, page: Page | None = None) -> Page:
        page = page or Page(reply)
        if page.kind != "list" or reply.status != 200:
            raise misled("unknown_page", page, asked)
        (name, *_) = self._register.columns["name"]
        shown = page.table.columns
        if name not in shown and any(name in shown for name in self._register.portal["not_names"]):
            raise PortalMisled(
                "other_list",
                f"The portal shows a list of {', '.join(filter(None, shown[:3]))} … where one with {name!r} was asked for.",
                {"page.html": reply.body},
            )
        return page

    def _post(self, form: Form) -> Reply:
        return self._client.post(form.action, form.fields, multipart=form.multipart)

    def _part(self, form: Form) -> Partial:
        partial = Partial.of(self._client.post(form.action, form.fields, multipart=form.multipart, ajax=True))
        if partial.redirect:
            fault = "error_page" if "error" in partial.redirect else "session_lost"
            raise PortalMisled(
                fault,
                f"The portal sends us to {partial.redirect.partition(';')[0]} instead of changing its page.",
                {"part.xml": partial.redirect.encode()},
            )
        return partial


def _not_changed(view: str, shown: str, kept: dict[str, bytes]) -> PortalMisled:
    return PortalMisled(
        "tab_not_changed", f"The portal was asked for {view} and showed {shown}: it did not change the list.", kept
    )


def _written(header: list[str], rows: list[Row], places: list[int]) -> bytes:
    """Rows of the page's table in the dress of the portal's export, the record id before them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.record_id, *(row.cells[place] for place in places)] for row in rows)
    return text.getvalue().encode()


def _same_rows(one: Listing, other: Listing) -> bool:
    """Whether two lists that are not empty say the same, by whichever road each came."""
    if not one.rows or one.rows != other.rows:
        return False
    return all(a == b for a, b in zip(_said(one), _said(other), strict=True))


def _said(taken: Listing) -> Iterator[tuple[str, ...]]:
    """The rows of a list without record ids and descriptions, which not every road has, and without outer blanks."""
    lines = csv.reader(io.StringIO(taken.body.decode("utf-8-sig"), newline=""))
    next(lines)
    first = 1 if taken.has_record_ids else 0
    return (tuple(" ".join(cell.split()) for cell in line[first:-1]) for line in lines)
