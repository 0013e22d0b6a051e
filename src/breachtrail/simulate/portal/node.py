"""One server behind the load balancer: its sessions, its generated ids, and its answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from breachtrail.simulate.portal import export, page, resources, selection
from breachtrail.simulate.portal.answer import Answer, partial, partial_redirect, sent_on
from breachtrail.simulate.portal.lists import HIPAA, OLD_PAGE, PART2, VIEWS, BreachList
from breachtrail.simulate.portal.numbering import Numberings
from breachtrail.simulate.portal.page import TABLE
from breachtrail.simulate.portal.prepared import Prepared
from breachtrail.simulate.portal.request import LIST_PAGES, PREFIX, Request
from breachtrail.simulate.portal.session import Session, Sessions, Shown
from breachtrail.simulate.portal.state import Row
from breachtrail.simulate.portal.switches import Switches

FRONT, ERROR = "breach_frontpage.jsf", "error_breach.jsf"
_WIZARDS = {"tabs": ("wizard_breach_hip.jsf",), "buttons": ("wizard_breach.jsf", "breach_form.jsf")}
_STATE = "javax.faces.ViewState"
#: Where the commands of the front page lead. That of the Part 2 wizard is not known; no page is there.
_LEADS = {"file_hipaa": "wizard_breach_hip.jsf", "view_hipaa": HIPAA.page, "view_part2": PART2.page}
_FILTERS = ("from", "to", "types", "locations", "entity_types", "states", "associates", "description", "name")


class Node:
    """``prepared`` gives the rows of the present state; it may be another at every call."""

    def __init__(
        self, name: str, switches: Switches, prepared: Callable[[], Prepared], numberings: Numberings, chance: Random
    ) -> None:
        self.name, self._numberings = name, numberings
        self.switches = switches
        self._prepared, self._chance = prepared, chance
        self.sessions = Sessions(chance, switches.views, switches.idle)
        self.deploy(0)

    def deploy(self, number: int) -> None:
        """Another deployment: other generated ids, and no session is known any more."""
        self.sessions.clear()
        self._deployment = number
        self._ids: dict[tuple[str, str], Mapping[str, str]] = {}

    def answer(self, request: Request) -> Answer:
        """What this node answers; a new session comes with its cookie."""
        session = self.sessions.find(request.session)
        known = session is not None
        if request.method not in ("GET", "HEAD", "POST"):
            return Answer("not allowed", status=405)
        if not request.page:
            return resources.answer(request.path)  # without a session, within the portal and without
        session = session or self.sessions.start()
        answer = self._post(request, session) if request.method == "POST" else self._get(request, session)
        if not known:
            answer = answer.with_headers(("set-cookie", f"JSESSIONID={session.id}; Path=/ocr; HttpOnly"))
        return answer

    def ids(self, path: str, view: str = "") -> Mapping[str, str]:
        """The generated ids of a page, by component."""
        variant = view if self.switches.own_archive_ids and view == "archive" else ""
        if (path, variant) not in self._ids:
            columns = {FRONT: 0, PART2.page: len(PART2.columns)}.get(path, len(HIPAA.columns))
            self._ids[path, variant] = self._numberings.draw(f"{self.name} {self._deployment} {variant}", path, columns)
        return self._ids[path, variant]

    # pages

    def _get(self, request: Request, session: Session) -> Answer:
        path, tabs = request.page, self.switches.generation == "tabs"
        if path == OLD_PAGE:
            return sent_on(PREFIX + FRONT) if tabs else self.list_page(request, session, Shown(path))
        if path == FRONT and tabs:
            return self.front_page(request, session)
        if path in (HIPAA.page, PART2.page) and tabs:
            return self.list_page(request, session, Shown(path))
        if path in _WIZARDS[self.switches.generation]:
            return Answer("wizard", page.notice("Here a breach is filed. The stand-in takes no filings."))
        if path == ERROR:
            return Answer("error page", page.notice("An error occurred."))
        return Answer("not found", page.notice("There is no such page."), status=404)

    def list_page(self, request: Request, session: Session, shown: Shown) -> Answer:
        template = self._prepared().page(self._list(shown), shown, self.ids(shown.page, shown.view), self.switches)
        return Answer("list page", page.filled(template, session.keep(shown), self._in_addresses(request, session)))

    def front_page(self, request: Request, session: Session, *, commands: bool = True) -> Answer:
        template = page.front_page(FRONT, self.ids(FRONT), self._enctype, commands=commands)
        token = session.keep(Shown(FRONT))
        what = "front page" if commands else "bare front page"
        return Answer(what, page.filled(template, token, self._in_addresses(request, session)))

    def lost(self, request: Request, session: Session) -> Answer:
        """What a post gets that this node can make nothing of: it is not an error, to look at the status."""
        buttons = self.switches.generation == "buttons"
        if request.ajax:
            return partial_redirect(PREFIX + (OLD_PAGE if buttons else FRONT))
        return self.list_page(request, session, Shown(OLD_PAGE)) if buttons else self.front_page(request, session)

    def to_wizard(self) -> Answer:
        """On to where breaches are filed."""
        return sent_on(f"{PREFIX}{_WIZARDS[self.switches.generation][0]}?faces-redirect=true")

    # posts

    def _post(self, request: Request, session: Session) -> Answer:
        if not request.fields:
            return self._get(request, session)  # a post in an encoding that is not understood has no fields
        shown = session.shown(request.field(_STATE))
        if shown is None or shown.page != request.page:
            return self.lost(request, session)
        if f"headerNavigation:{self.ids(shown.page, shown.view)['file_link']}" in request.names:
            return self.to_wizard()
        if request.field("ocrForm") != "ocrForm":
            return self._get(request, session)  # no form was submitted, so the page is shown again
        if shown.page == FRONT:
            return self._navigation(request, session)
        return self._ajax(request, session, shown) if request.ajax else self._submit(request, session, shown)

    def _navigation(self, request: Request, session: Session) -> Answer:
        command = self.command(request, self.ids(FRONT))
        if command not in _LEADS:
            return self.lost(request, session)
        return sent_on(f"{PREFIX}{_LEADS[command]}?faces-redirect=true")

    def _submit(self, request: Request, session: Session, shown: Shown) -> Answer:
        ids = self.ids(shown.page, shown.view)
        command = self.command(request, ids)
        if command in export.KINDS:
            if command != "csv":
                return export.unknown(command)
            breach_list = self._list(shown)
            lines = self._prepared().csv(breach_list, shown)
            first = export.header(breach_list, self._chance, self.switches.uipanel)
            session.keep(shown, request.field(_STATE))
            return export.file(first + lines, shown.page)
        if command in ("open_button", "archive_button"):
            view = "archive" if command == "archive_button" else "under_investigation"
            return self.list_page(request, session, Shown(shown.page, view))
        if command == "apply":
            return self.list_page(request, session, replace(shown, filters=_filters(request, ids), first=0))
        return self.lost(request, session)

    def _ajax(self, request: Request, session: Session, shown: Shown) -> Answer:
        ids = self.ids(shown.page, shown.view)
        source, event = request.field("javax.faces.source"), request.field("javax.faces.behavior.event")
        if source == f"ocrForm:{ids.get('tabs')}" and event == "tabChange":
            return self._tab_change(request, session, shown, source)
        if source == TABLE:
            return self._table(request, session, shown)
        if source == f"ocrForm:{ids['advanced']}":
            now = replace(shown, advanced=not shown.advanced)
            parts = {"ocrForm:underInvestigationAdvancedOptionsTable": "options_table", source: "advanced_link"}
        elif source == f"{TABLE}:{ids['expand_all']}":
            now, parts = replace(shown, expanded=not shown.expanded), {TABLE: "table"}
        elif source == f"ocrForm:{ids.get('help_button')}":
            now, parts = (
                replace(shown, view="help"),
                {"ocrForm:breachReports": "breach_reports", "ocrForm:results": "results"},
            )
        else:
            return self.lost(request, session)
        return self._partial(request, session, now, parts)

    def _tab_change(self, request: Request, session: Session, shown: Shown, tabs: str) -> Answer:
        views = {f"{tabs}:{panel}": view for view, panel, _ in page.PANELS}
        view = views.get(request.field(f"{tabs}_newTab"))
        if view is None:  # an index, for instance: only the id of a panel is understood
            return partial_redirect(PREFIX + ERROR)
        wanted = request.field("javax.faces.partial.render").split()
        parts = {"ocrForm:breachReports": "breach_reports", "ocrForm:results": "results"}
        return self._partial(request, session, Shown(shown.page, view), {id: parts[id] for id in parts if id in wanted})

    def _table(self, request: Request, session: Session, shown: Shown) -> Answer:
        rows = self._rows(shown)
        if f"{TABLE}_rowExpansion" in request.names:
            index = _number(request.field(f"{TABLE}_expandedRowIndex"))
            if not 0 <= index < len(rows):
                return partial_redirect(PREFIX + ERROR)
            breach_list = self._list(shown)
            return self._changes(request, session, shown, (TABLE, page.expansion(breach_list, rows[index])))
        if f"{TABLE}_sorting" in request.names:
            columns = {f"{TABLE}:{self.ids(shown.page, shown.view)[f'column_{place}']}": place - 1
                       for place in range(1, self._list(shown).sortable + 1)}  # fmt: skip
            key = columns.get(request.field(f"{TABLE}_sortKey"))
            if key is None:
                return partial_redirect(PREFIX + ERROR)
            now = replace(shown, sort=(key, request.field(f"{TABLE}_sortDir") == "-1"), first=0)
        elif f"{TABLE}_pagination" in request.names:
            size, first = _number(request.field(f"{TABLE}_rows")), _number(request.field(f"{TABLE}_first"))
            if size not in page.SIZES or first < 0:
                return partial_redirect(PREFIX + ERROR)
            last = max(0, len(rows) - 1) // size * size
            now = replace(shown, first=first if first < len(rows) else last, size=size)  # past the end is the last page
        else:
            return self.lost(request, session)
        return self._partial(request, session, now, {TABLE: "table_rows"})

    def _partial(self, request: Request, session: Session, shown: Shown, parts: Mapping[str, str]) -> Answer:
        """An answer with some parts of the page, each under the id that it takes the place of."""
        ids, prepared = self.ids(shown.page, shown.view), self._prepared()
        session_in = self._in_addresses(request, session)
        told = [
            (id, page.with_session(prepared.part(name, self._list(shown), shown, ids), session_in))
            for id, name in parts.items()
        ]
        return self._changes(request, session, shown, *told)

    def _changes(self, request: Request, session: Session, shown: Shown, *changes: tuple[str, str]) -> Answer:
        token = session.keep(shown, None if self.switches.renewed else request.field(_STATE))
        return partial(*changes, ("j_id1:javax.faces.ViewState:0", token))

    # what they rest on

    @property
    def _enctype(self) -> str:
        return "multipart/form-data" if self.switches.multipart else "application/x-www-form-urlencoded"

    def _rows(self, shown: Shown) -> Sequence[Row]:
        return selection.rows(self._prepared().state, self._list(shown), shown)

    def _list(self, shown: Shown) -> BreachList:
        return PART2 if shown.page == PART2.page else HIPAA

    def command(self, request: Request, ids: Mapping[str, str]) -> str:
        """The component whose id was posted; nothing if this node gave none of the ids."""
        names = request.names
        return next(
            (component for component, id in ids.items() if f"ocrForm:{id}" in names and component not in _FILTERS), ""
        )

    def pressed(self, request: Request) -> str:
        """The command of a list's page that a post is about; nothing if it has no id of this node."""
        if request.page not in LIST_PAGES:
            return ""
        session = self.sessions.find(request.session)
        shown = session.shown(request.field(_STATE)) if session else None
        views = (shown.view,) if shown else VIEWS
        return next(filter(None, (self.command(request, self.ids(request.page, view)) for view in views)), "")

    def _in_addresses(self, request: Request, session: Session) -> str:
        return f";jsessionid={session.id}" if self.switches.rewriting and "JSESSIONID" not in request.cookies else ""


def _filters(request: Request, ids: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    asked = ((name, "|".join(request.all(f"ocrForm:{ids[name]}"))) for name in _FILTERS)
    return tuple((name, value) for name, value in asked if value)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1
