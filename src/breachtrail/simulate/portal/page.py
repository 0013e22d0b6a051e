"""The portal's pages, and the parts of them that AJAX answers carry.

What a page says depends on the state, the node's ids and what is shown, and is rendered once; a visitor's own ViewState
and session are put in as the answer goes out.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.simulate.portal.lists import BreachList
from breachtrail.simulate.portal.session import Shown
from breachtrail.simulate.portal.state import Row

#: Views as the tabs of 2026: panel's id below the TabView's, label. Of the third only that it is there is known.
PANELS = (
    ("under_investigation", "underInvTab", "Under Investigation"),
    ("archive", "archiveTab", "Archive"),
    ("help", "helpTab", "Help for Consumers"),
)
COMMANDS = (
    ("file_hipaa", "File a HIPAA Breach"),
    ("view_hipaa", "View HIPAA Breach Reports"),
    ("file_part2", "File a 42 CFR Part 2 Breach"),
    ("view_part2", "View 42 CFR Part 2 Breach Reports"),
)
#: How many rows a page of the table may have.
SIZES = (10, 20, 50, 100)
TABLE = "ocrForm:reportResultTable"
_TITLES = {
    "under_investigation": ("Cases Currently Under Investigation", "Breaches that the office is looking into."),
    "archive": ("Archive", "Breaches that the office is done with, or that were reported long ago."),
    "help": ("", ""),
}
_PLAIN = ("State", "Individuals Affected", "Breach Submission Date")
_OWN = re.compile(rb"@@(STATE|SESSION)@@")
_MOST_PAGES_LINKED = 10


def filled(template: bytes, view_state: str, session: str) -> bytes:
    """A page with a visitor's own ViewState, and ``;jsessionid=…`` (or nothing) in its addresses."""
    own = {b"STATE": view_state.encode(), b"SESSION": session.encode()}
    return _OWN.sub(lambda place: own[place[1]], template)


def with_session(part: str, session: str) -> str:
    """A part of a page with ``;jsessionid=…`` (or nothing) in its addresses."""
    return part.replace(_marks()["session"], session)


def list_page(breach_list: BreachList, page: str, ids: Mapping[str, str], shown: Shown, rows: Sequence[Row], generation: str,
              enctype: str) -> bytes:  # fmt: skip
    """A list's page, to be ``filled``; ``rows`` are those of all its pages."""
    told = _told(breach_list, ids, shown, rows)
    active = [view for view, _, _ in PANELS].index(shown.view)
    text = (
        _engine()
        .get_template("list.html")
        .render(**told, page=page, generation=generation, enctype=enctype, panels=PANELS, active=active)
    )
    return text.encode()


def part(name: str, breach_list: BreachList, ids: Mapping[str, str], shown: Shown, rows: Sequence[Row]) -> str:
    """One macro of results.html or rows.html: breach_reports, results, table, table_rows, options_table, advanced_link."""
    template = "rows.html" if name == "table_rows" else "results.html"
    module = _engine().get_template(template).make_module(_told(breach_list, ids, shown, rows))
    return str(getattr(module, name)())


def expansion(breach_list: BreachList, row: Row) -> str:
    """The row below a row, with its description."""
    module = _engine().get_template("rows.html").make_module({"columns": breach_list.columns})
    return str(getattr(module, "expansion")(row))  # noqa: B009


def front_page(page: str, ids: Mapping[str, str], enctype: str, *, commands: bool = True) -> bytes:
    text = (
        _engine()
        .get_template("front.html")
        .render(page=page, ids=ids, enctype=enctype, commands=COMMANDS if commands else (), **_marks())
    )
    return text.encode()


def notice(text: str) -> bytes:
    return _engine().get_template("notice.html").render(text=text).encode()


def icon(label: str) -> bytes:
    return _engine().get_template("icon.svg").render(label=label[:5]).encode()


def _told(breach_list: BreachList, ids: Mapping[str, str], shown: Shown, rows: Sequence[Row]) -> dict[str, Any]:
    title, about = _TITLES[shown.view]
    here, last = shown.first // shown.size, max(1, -(-len(rows) // shown.size))
    start = max(0, min(here - _MOST_PAGES_LINKED // 2, last - _MOST_PAGES_LINKED))
    return {
        "ids": ids,
        "shown": shown,
        "rows": rows[shown.first : shown.first + shown.size],
        "total": len(rows),
        "sizes": SIZES,
        "pages": range(start + 1, min(start + _MOST_PAGES_LINKED, last) + 1),
        "columns": breach_list.columns,
        "sortable": breach_list.sortable,
        "plain": [place for place, title in enumerate(breach_list.columns) if title in _PLAIN],
        "title": title,
        "about": about,
        **_options(),
        **_marks(),
    }


def _marks() -> dict[str, str]:
    return {"view_state": "@@STATE@@", "session": "@@SESSION@@"}


@cache
def _options() -> dict[str, dict[str, list[str]]]:
    """What the advanced options offer: boxes to tick, and menus."""
    vocabulary = Vocabulary.load()
    values = {column: [value for value in vocabulary.values(column) if value] for column in
              ("breach_type", "location", "entity_type", "state")}  # fmt: skip
    return {
        "choices": {"types": values["breach_type"], "locations": values["location"]},
        "menus": {
            "entity_types": [value.replace("Clearing House", "Clearinghouse") for value in values["entity_type"]],
            "states": values["state"],
            "associates": ["Yes", "No"],
        },
    }


@cache
def _engine() -> Environment:
    return Environment(
        loader=PackageLoader("breachtrail.simulate.portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )
