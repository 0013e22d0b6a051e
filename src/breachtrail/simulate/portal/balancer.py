"""The load balancer before the nodes: it keeps a visitor on one node by a cookie, and here faults befall requests."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from random import Random
from threading import Lock

from breachtrail.simulate.portal import page
from breachtrail.simulate.portal.answer import Answer, partial_redirect
from breachtrail.simulate.portal.faults import Plan
from breachtrail.simulate.portal.lists import OLD_PAGE
from breachtrail.simulate.portal.log import Entry
from breachtrail.simulate.portal.node import ERROR, FRONT, Node
from breachtrail.simulate.portal.numbering import Numberings
from breachtrail.simulate.portal.page import TABLE
from breachtrail.simulate.portal.prepared import Prepared
from breachtrail.simulate.portal.request import LIST_PAGES, PREFIX, Request
from breachtrail.simulate.portal.session import Shown
from breachtrail.simulate.portal.state import State
from breachtrail.simulate.portal.switches import Switches

AFFINITY = "asig_persistence"
_RETRY_AFTER = ("retry-after", "1")
_STATUS = {
    "forbidden": (403, ()),
    "too_many": (429, (_RETRY_AFTER,)),
    "server_error": (500, ()),
    "bad_gateway": (502, ()),
    "unavailable": (503, (_RETRY_AFTER,)),
}
_PRESSED = {"open_button": "view_change", "archive_button": "view_change", "apply": "other"}
Change = Callable[[str, Answer], Answer]


class Balancer:
    """All of the portal but the wire.

    change: called with the kind of each request and its answer, for changes that no switch names; gives the answer to send
    """

    def __init__(self, state: State, switches: Switches, seed: int) -> None:
        self.switches, self.delay = switches, 1.0
        self.plan, self.log = Plan(), list[Entry]()
        self.change: Change = lambda kind, answer: answer
        self._chance, self._seed, self._deployments = Random(seed), seed, 0
        self._prepared = Prepared(state)
        self._cached: dict[str, Answer] = {}
        self._lock = Lock()
        self.switch(switches)

    def show(self, state: State) -> None:
        """From now on the lists hold this; sessions and ids stay."""
        self._prepared = Prepared(state)

    def switch(self, switches: Switches) -> None:
        """Other behaviour from now on: new nodes, which know no session."""
        with self._lock:
            self.switches = switches
            numberings = Numberings(switches.numbering, switches.generation, switches.nodes)
            names = ("ABCDEFGHIJ"[place % 10] * (1 + place // 10) for place in range(switches.nodes))
            nodes = [Node(name, switches, lambda: self._prepared, numberings, self._chance) for name in names]
            self.nodes = {f"{Random(f'{self._seed} {node.name}').getrandbits(64):016x}": node for node in nodes}
            self._turns = cycle(self.nodes)

    def redeploy(self) -> None:
        """Every node gives other ids and forgets its sessions."""
        with self._lock:
            self._redeploy()

    def answer(self, request: Request) -> Answer:
        with self._lock:
            key = request.cookies.get(AFFINITY, "")
            sent = key if key in self.nodes else next(self._turns)
            kind = self._kind(request, self.nodes[sent])
            fault = self.plan.take(kind)
            if fault == "other_node":
                keys = list(self.nodes)
                sent = keys[(keys.index(sent) + 1) % len(keys)]
                self.nodes[sent].sessions.end(request.session)  # where there is one node, it is the other too
            node = self.nodes[sent]
            answer = self._failed(fault, kind, request, node) if fault else node.answer(request)
            if kind in ("list_page", "front_page") and not fault and answer.status == 200:
                self._cached.setdefault(request.page, answer)
            if key not in self.nodes and fault != "cached_page":
                answer = answer.with_headers(("set-cookie", f"{AFFINITY}={sent}; Path=/; HttpOnly"))
            answer = self.change(kind, answer)
            self.log.append(
                Entry(kind, request.method, request.path, tuple(request.fields), dict(request.headers), dict(request.cookies),
                      node.name, answer.status, answer.what, len(answer.body), fault)
            )  # fmt: skip
            return answer

    def _kind(self, request: Request, node: Node) -> str:
        if not request.page:
            return "resource"
        if request.method != "POST":
            return {FRONT: "front_page"}.get(request.page, "list_page" if request.page in LIST_PAGES else "other")
        if request.page == FRONT:
            return "navigation"
        if "headerNavigation" in request.names:
            return "other"
        if request.ajax:
            if request.field("javax.faces.behavior.event") == "tabChange":
                return "view_change"
            return "paging" if f"{TABLE}_pagination" in request.names else "other"
        # A file, a button or a filter: all are posted alike, and told by an id that this node gave, or another.
        commands = (one.pressed(request) for one in (node, *self.nodes.values()))
        return _PRESSED.get(next(filter(None, commands), ""), "export")

    def _failed(self, fault: str, kind: str, request: Request, node: Node) -> Answer:
        """What is answered when a fault befalls a request."""
        if fault in _STATUS:
            status, headers = _STATUS[fault]
            return Answer(fault, page.notice(f"The portal answers {status}."), status=status, headers=headers)
        if fault == "maintenance":
            return Answer(fault, page.notice("The portal is being worked on; come back later."))
        if fault == "redeployed":
            self._redeploy()
        elif fault == "session_lost":
            node.sessions.end(request.session)
        elif fault == "view_expired" and (session := node.sessions.find(request.session)):
            session.forget_views()
        elif fault == "error_page":
            return partial_redirect(PREFIX + ERROR)
        elif fault == "cached_page":
            cached = self._cached.get(request.page)
            return replace(cached or node.answer(request), headers=(), what="cached page")
        if fault in ("page_for_file", "bare_front_page"):
            session = node.sessions.find(request.session) or node.sessions.start()
            if fault == "page_for_file" or FRONT not in self._pages():
                return node.list_page(request, session, Shown(request.page))
            return node.front_page(request, session, commands=False)
        if fault == "wrong_list":
            return node.to_wizard()
        if fault == "tab_unmoved":
            return self._unmoved(request, node)
        if fault == "empty_list":
            whole, self._prepared = self._prepared, Prepared(State())
            try:
                return node.answer(request)
            finally:
                self._prepared = whole
        return self._spoilt(fault, node.answer(request))

    def _spoilt(self, fault: str, answer: Answer) -> Answer:
        """An answer that is right but for the way in which it comes."""
        body = answer.body
        match fault:
            case "short_list":
                lines = body.split(b'"\n"')
                return replace(answer, body=b'"\n"'.join(lines[: 1 + len(lines) // 2]).removesuffix(b'"\n') + b'"\n')
            case "half_row":
                return replace(answer, body=body[: max(1, len(body) * 2 // 3 - 7)])
            case "cut_off":
                return replace(answer, cut=len(body) // 2) if body else replace(answer, dropped=True)
            case "dropped":
                return replace(answer, dropped=True)
            case "slow":
                return replace(answer, late=self.delay)
        return answer

    def _unmoved(self, request: Request, node: Node) -> Answer:
        """The change of the view as though it had happened; what is exported after it is the old view."""
        session = node.sessions.find(request.session)
        shown = session.shown(request.field("javax.faces.ViewState")) if session else None
        if session and shown and not request.ajax:
            return node.list_page(request, session, shown)
        answer = node.answer(request)
        if session and shown:
            session.stay(shown)
        return answer

    def _pages(self) -> tuple[str, ...]:
        return (OLD_PAGE,) if self.switches.generation == "buttons" else (FRONT, *LIST_PAGES)

    def _redeploy(self) -> None:
        self._deployments += 1
        for node in self.nodes.values():
            node.deploy(self._deployments)
