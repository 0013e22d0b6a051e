"""What a page of the portal holds: forms, links, tabs, the table; found anew on every page, for the ids are generated.

The portal is made of JavaServer Faces (Mojarra) and PrimeFaces 12: a page is a form that is sent whole, with one thing
more that says what was clicked. Two of its servers number the same page differently, so no id is known beforehand.
What can be relied on are the few ids that its makers gave by hand, images, labels and the shape of the scripts.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from breachtrail.errors import PortalChanged, PortalMisled
from breachtrail.registers.fetch import Field, Reply

FORM = "ocrForm"
TABLE = "ocrForm:reportResultTable"
#: What a change of the list brings anew.
UPDATED = ("ocrForm:breachReports", "ocrForm:results")
STATE = "javax.faces.ViewState"

_SUBMITTED = re.compile(r"jsfcljs\(\s*document\.getElementById\('([^']+)'\)\s*,\s*\{\s*'([^']+)'\s*:\s*'([^']*)'")
_BEHAVIOUR = re.compile(r"PrimeFaces\.ab\(\{([^{}]*)\}")
_SETTING = re.compile(r"""\b([a-z]{1,3}):(?:"([^"]*)"|'([^']*)')""")
_COUNTED = re.compile(r"of\s+([\d,]+)\s*\)")
_VIEW_ID = re.compile(r"PrimeFaces\.settings\.viewId='([^']*)'")
_NOT_SENT = ("submit", "button", "image", "reset", "file")


@dataclass(frozen=True)
class Form:
    """A form as a browser would send it: where to, whether in parts, and its fields in the order of the page."""

    action: str
    multipart: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Row:
    """One row of the table: the register's own id of the record, its place in the whole list, its cells."""

    record_id: str
    place: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The part of the list that a page shows: the columns' names ('' for the one that only folds out), the rows, how many
    there are in all (None: not said), and how many a page holds."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counted: int | None
    page_size: int


class Page:
    """One page, and what partial answers made of it since."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self._tree = LexborHTMLParser(reply.text)

    @property
    def is_list(self) -> bool:
        """Whether it is a page with a list of notices, however much of it may be missing."""
        return self._find(TABLE) is not None or "Breach Report Results" in self.reply.text

    @property
    def kind(self) -> str:
        """list, front, error, wizard or other, by what it holds and where it came from."""
        if self.is_list:
            return "list"
        named = _VIEW_ID.search(self.reply.text)
        place = f"{self.reply.address.partition(';')[0]} {named[1] if named else ''}"
        if "error_breach" in place:
            return "error"
        if "wizard" in place or self._tree.css_first('form[id*="izard"]') is not None:
            return "wizard"
        if "frontpage" in place or "View HIPAA Breach Reports" in self.reply.text:
            return "front"
        return "other"

    @property
    def form(self) -> Form:
        """The form that holds the list; the page has another one before it. Raises PortalChanged."""
        node = self._form_node()
        return Form(
            node.attributes.get("action") or "",
            (node.attributes.get("enctype") or "").lower() == "multipart/form-data",
            tuple(_sent(node)),
        )

    def pressed(self, button: str) -> Form:
        """The same form, sent by a button of this label. Raises PortalChanged."""
        node = self._form_node()
        for one in node.css("button"):
            if one.text().strip() == button and one.attributes.get("name"):
                return Form(self.form.action, self.form.multipart, tuple(_sent(node, one)))
        raise self.changed(f"a button {button!r}, which shows the other list")

    def clicked(self, image: str) -> Form:
        """The same form, sent by the link round the picture ``image`` (``csv.png``). Raises PortalChanged."""
        form = self.form
        for picture in self._form_node().css("a img"):
            named = (picture.attributes.get("src") or "").partition("?")[0].partition(";")[0].rpartition("/")[2]
            link = picture.parent
            while link is not None and link.tag != "a":
                link = link.parent
            found = _SUBMITTED.search((link.attributes.get("onclick") or "") if link is not None else "")
            if named == image and found and found[1] == FORM:
                return Form(form.action, form.multipart, (*form.fields, (found[2], found[3])))
        raise self.changed(f"a link round the picture {image}, which exports the list")

    @property
    def has_tabs(self) -> bool:
        """Whether the lists lie behind tabs (since 2026) rather than buttons."""
        return (
            self._tree.css_first('div[id$="Tab"].ui-tabs-panel, [id$=":archiveTab"], [id$=":underInvTab"]') is not None
        )

    def chosen(self, tab: str) -> tuple[Form, tuple[str, str]]:
        """The partial request that opens the tab whose panel's id ends in ``tab``, and the field that names it from then on.

        Raises PortalChanged.
        """
        panel = self._tree.css_first(f'[id$=":{tab}"]')
        name = (panel.attributes.get("id") or "").rpartition(":")[0] if panel is not None else ""
        widget = self._find(name) if name else None
        if panel is None or widget is None:
            raise self.changed(f"a tab whose panel's id ends in :{tab}")
        panels = [one for one in widget.css(f'[id^="{name}:"]') if _is_panel(one, name)]
        place = str([one.attributes.get("id") for one in panels].index(panel.attributes.get("id")))
        told = self._behaviour(name, "tabChange")
        fields = [
            *_partial(name, told.get("p", name), told.get("u", " ".join(UPDATED)), "tabChange"),
            (f"{name}_newTab", f"{name}:{tab}"),
            (f"{name}_tabindex", place),
        ]
        active = (f"{name}_activeIndex", place)
        return self._partial_form(fields, active), active

    def turned(self, first: int, rows: int) -> Form:
        """The partial request for the ``rows`` rows from ``first`` (0 is the first of the list). Raises PortalChanged."""
        told = self._behaviour(TABLE, "page")
        fields = [
            *_partial(TABLE, told.get("p", TABLE), told.get("u", TABLE), "page"),
            *((f"{TABLE}_{name}", value) for name, value in (
                ("pagination", "true"), ("first", str(first)), ("rows", str(rows)), ("skipChildren", "true"),
                ("encodeFeature", "true"),
            )),
        ]  # fmt: skip
        return self._partial_form(fields)

    def hold(self, active: Field) -> None:
        """Let the form say from now on which tab is open, as the page's script does."""
        for node in self._form_node().css("input"):
            if node.attributes.get("name") == active[0]:
                node.attrs["value"] = active[1]

    @property
    def table(self) -> Table:
        """The table with the part of the list that it shows. Raises PortalChanged."""
        node = self._find(TABLE)
        if node is None:
            raise self.changed(f"the table {TABLE}")
        columns = tuple(
            (one.attributes.get("aria-label") or _text_of(one, ".ui-column-title > span")).strip()
            for one in node.css("thead th")
        )
        script = self._find(f"{TABLE}_s")
        told = script.text() if script is not None else ""
        counted = re.search(r"rowCount:(\d+)", told)
        current = _COUNTED.search(text) if (text := _text_of(node, ".ui-paginator-current")) else None
        size = re.search(r"\brows:(\d+)", told)
        return Table(
            columns,
            rows_of(node),
            int(current[1].replace(",", "")) if current else int(counted[1]) if counted else None,
            int(size[1]) if size else 100,
        )

    @property
    def is_said_to_be_empty(self) -> bool:
        """Whether the table itself says that there are no records."""
        node = self._find(TABLE)
        return node is not None and node.css_first(".ui-datatable-empty-message") is not None

    def take(self, partial: "Partial") -> None:
        """Put what a partial answer brings into its place, as a browser does."""
        for id, content in partial.updates.items():
            if STATE in id:
                self._renew(content.strip())
            elif (node := self._find(id)) is not None:
                fresh = LexborHTMLParser(content).css_first(_by_id(id))
                if fresh is None:  # what is inside it alone
                    told = f"<{node.tag} id={json.dumps(id)}>{content}</{node.tag}>"
                    fresh = LexborHTMLParser(told).css_first(_by_id(id))
                if fresh is not None and id != TABLE:  # of the table come bare rows, which are read by themselves
                    node.replace_with(fresh)

    def changed(self, wanted: str) -> PortalChanged:
        """The page lacks something that it had: what was wanted, in words, and the page to look at."""
        return PortalChanged(
            "changed_form",
            f"The portal's page {self.reply.address.partition(';')[0]} has a list, but not {wanted}. The portal was changed. "
            "Nothing was appended. Compare the page that was kept with what registers/us_hhs_ocr/page.py looks for, and mend "
            f"it there. What the page has: {self.outline()}.",
            {"page.html": self.reply.body},
        )

    @property
    def words(self) -> str:
        """What it says first."""
        body = self._tree.body
        return " ".join((body.text(separator=" ") if body is not None else self.reply.text).split())[:160]

    def outline(self) -> str:
        """What can be clicked and filled in, in one line, for somebody who mends the reader."""
        forms = [node.attributes.get("id") or "without id" for node in self._tree.css("form")]
        pictures = [
            (node.attributes.get("src") or "").partition("?")[0].partition(";")[0].rpartition("/")[2]
            for node in self._tree.css("a img")
        ]
        buttons = [" ".join(node.text().split()) for node in self._tree.css("button, [role=tab]")]
        tables = [node.attributes.get("id") or "" for node in self._tree.css(".ui-datatable, table[id]")]
        told = {"forms": forms, "pictures in links": pictures, "buttons and tabs": buttons, "tables": tables}
        return "; ".join(f"{name}: {', '.join(filter(None, found)) or 'none'}"[:300] for name, found in told.items())

    def _form_node(self) -> LexborNode:
        node = self._find(FORM)
        if node is None or node.tag != "form":
            raise self.changed(f"a form {FORM}")
        return node

    def _partial_form(self, fields: Sequence[Field], active: Field | None = None) -> Form:
        form = self.form
        own = [(name, active[1] if active and name == active[0] else value) for name, value in form.fields]
        return Form(form.action, form.multipart, (*fields, *own))

    def _behaviour(self, source: str, event: str) -> dict[str, str]:
        """What the page's scripts say is to be sent and brought anew on an event; empty where they say nothing."""
        for script in self._tree.css("script"):
            for found in _BEHAVIOUR.finditer(script.text()):
                told = {name: one or other for name, one, other in _SETTING.findall(found[1])}
                if told.get("s") == source and told.get("e") == event:
                    return told
        return {}

    def _renew(self, state: str) -> None:
        for node in self._tree.css(f'input[name="{STATE}"]'):
            node.attrs["value"] = state

    def _find(self, id: str) -> LexborNode | None:
        return self._tree.css_first(_by_id(id))


@dataclass(frozen=True)
class Partial:
    """A partial answer: what is to be put in which place; or where we are sent instead."""

    updates: dict[str, str]
    redirect: str

    @classmethod
    def of(cls, reply: Reply) -> "Partial":
        """Read it. Raises PortalMisled where it is none."""
        if not reply.body.lstrip().startswith((b"<?xml", b"<partial-response")):
            raise misled("page_for_part", Page(reply), "a part of the page was asked for")
        try:
            root = ElementTree.fromstring(reply.body)
        except ElementTree.ParseError as error:
            raise PortalMisled(
                "torn_part", f"The portal's partial answer cannot be read ({error}).", {"part.xml": reply.body}
            ) from None
        sent_to = root.find(".//redirect")
        updates = {one.get("id", ""): one.text or "" for one in root.iter("update")}
        return cls(updates, (sent_to.get("url") or "?") if sent_to is not None else "")


def misled(fault: str, page: Page, asked: str) -> PortalMisled:
    """Another page than the one that was wanted."""
    what = {
        "front": "its front page",
        "error": "its error page",
        "wizard": "the form for filing a breach",
        "list": "the list as a page",
        "other": f"a page that is none of those known (“{page.words}”)",
    }[page.kind]
    return PortalMisled(
        fault if page.kind in ("list", "other") else f"{page.kind}_page",
        f"The portal answers with {what} where {asked} ({page.reply.address.partition(';')[0]}, status {page.reply.status}, "
        f"{len(page.reply.body):,} bytes). Its session may have been lost.",
        {"page.html": page.reply.body},
    )


def rows_of(node: LexborNode) -> tuple[Row, ...]:
    """The rows of a table that are records (others are texts folded out below them)."""
    return tuple(
        Row(row.attributes["data-rk"] or "", int(row.attributes.get("data-ri") or 0), tuple(one.text() for one in row.css("td")))
        for row in node.css("tr[data-rk]")
    )  # fmt: skip


def bare_rows(content: str) -> tuple[Row, ...]:
    """Rows that come without a table round them."""
    tree = LexborHTMLParser(f"<table><tbody>{content}</tbody></table>")
    return rows_of(tree.root) if tree.root is not None else ()


def _sent(form: LexborNode, button: LexborNode | None = None) -> list[Field]:
    """What a browser sends of a form, in the order of the page (HTML, "constructing the entry list")."""
    fields: list[Field] = []
    for node in form.css("input, select, textarea, button"):
        told: dict[str, Any] = node.attributes
        name, kind = told.get("name"), (told.get("type") or "").lower()
        if not name or "disabled" in told:
            continue
        if node.tag == "button":
            if button is not None and node.mem_id == button.mem_id:
                fields.append((name, told.get("value") or ""))
        elif node.tag == "select":
            options = [one for one in node.css("option") if "disabled" not in one.attributes]
            chosen = [one for one in options if "selected" in one.attributes]
            if not chosen and "multiple" not in told:
                chosen = options[:1]
            fields += [(name, _value(one)) for one in chosen]
        elif node.tag == "textarea":
            fields.append((name, node.text()))
        elif kind in ("checkbox", "radio"):
            if "checked" in told:
                fields.append((name, told.get("value", "on") or ""))
        elif kind not in _NOT_SENT:
            fields.append((name, told.get("value") or ""))
    return fields


def _value(option: LexborNode) -> str:
    return (option.attributes["value"] or "") if "value" in option.attributes else option.text().strip()


def _partial(source: str, execute: str, render: str, event: str) -> list[Field]:
    """The beginning of every partial request, as PrimeFaces 12 writes it."""
    return [
        ("javax.faces.partial.ajax", "true"),
        ("javax.faces.source", source),
        ("javax.faces.partial.execute", execute),
        ("javax.faces.partial.render", render),
        ("javax.faces.behavior.event", event),
        ("javax.faces.partial.event", event),
    ]


def _is_panel(node: LexborNode, name: str) -> bool:
    own = node.attributes.get("id") or ""
    return ":" not in own[len(name) + 1 :] and (
        "ui-tabs-panel" in (node.attributes.get("class") or "") or node.attributes.get("role") == "tabpanel"
    )


def _text_of(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return found.text() if found is not None else ""


def _by_id(id: str) -> str:
    return f"[id={json.dumps(id)}]"
