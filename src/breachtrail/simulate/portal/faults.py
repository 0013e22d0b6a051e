"""What goes wrong at the portal: every known failure by name, and the plan of those that are to come."""

from collections.abc import Mapping
from dataclasses import dataclass

from breachtrail.errors import QuestionError
from breachtrail.simulate.portal.request import KINDS

_ANY = ("front_page", "list_page", "navigation", "view_change", "export", "paging", "other")
_POSTS = ("view_change", "export", "paging")


@dataclass(frozen=True)
class Fault:
    """A failure: what it looks like, on which evidence (the tags of docs/stand-in-portal.md), and which requests it befalls."""

    name: str
    looks: str
    evidence: str
    befalls: tuple[str, ...]


FAULTS: Mapping[str, Fault] = {
    fault.name: fault
    for fault in (
        Fault("session_lost", "the node knows the session no longer: front page, or a redirect in XML", "C", _POSTS),
        Fault("view_expired", "the ViewState is dead though the session lives", "C", _POSTS),
        Fault("other_node", "the balancer sends the request to another node in spite of its cookie", "C P", _POSTS),
        Fault("redeployed", "between two requests all nodes give other ids and forget their sessions", "P C", _POSTS),
        Fault("page_for_file", "status 200 and the list's page in place of what was asked for", "C", ("export", "paging")),
        Fault("bare_front_page", "status 200 and a front page without its commands", "C", (*_POSTS, "navigation")),
        Fault("wrong_list", "what should lead to a list leads to the filing wizard", "D", ("navigation", "list_page")),
        Fault("tab_unmoved", "the answer says that the tab changed, and the list is the one from before", "C", ("view_change",)),
        Fault("error_page", "the change of the tab is sent on to error_breach.jsf", "C", ("view_change",)),
        Fault("cached_page", "the page comes as an earlier visitor got it, with a dead ViewState and no cookie", "C",
              ("list_page", "front_page")),
        Fault("empty_list", "a list without rows that is not truly empty", "C", ("export", "paging")),
        Fault("short_list", "a file that is whole to look at and lacks half of its rows", "D", ("export",)),
        Fault("half_row", "a file that ends inside a row, though nothing of the transfer says so", "D", ("export",)),
        Fault("cut_off", "the connection ends before the announced length is reached", "D", _ANY),
        Fault("dropped", "the connection ends without an answer", "D", _ANY),
        Fault("slow", "the answer comes late (seconds: ``delay``)", "D", _ANY),
        Fault("maintenance", "status 200 and a page that says that the portal is being worked on", "D", _ANY),
        Fault("forbidden", "403, as for a user agent that is not liked: no evidence of it was found", "M", _ANY),
        Fault("too_many", "429 with Retry-After: no evidence of it was found", "M", _ANY),
        Fault("server_error", "500", "D", _ANY),
        Fault("bad_gateway", "502, from the balancer", "D", _ANY),
        Fault("unavailable", "503 with Retry-After", "D", _ANY),
    )
}  # fmt: skip


@dataclass
class _Planned:
    fault: Fault
    kinds: tuple[str, ...]
    times: int
    after: int


class Plan:
    """Faults to come, in the order in which they were planned; a request takes the first that befalls it."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def add(self, name: str, kind: str | None, times: int, after: int) -> None:
        """Raises QuestionError for a fault or a kind of request that is not known, or for two that cannot meet."""
        if name not in FAULTS:
            raise QuestionError(f"The portal has no fault {name!r}; it has {', '.join(FAULTS)}.")
        fault = FAULTS[name]
        if kind is not None and kind not in KINDS:
            raise QuestionError(f"There are no requests of the kind {kind!r}; there are {', '.join(KINDS)}.")
        if kind is not None and kind not in fault.befalls:
            raise QuestionError(f"{name} befalls {', '.join(fault.befalls)}, and no request of the kind {kind}.")
        self._planned.append(_Planned(fault, (kind,) if kind else fault.befalls, times, after))

    def take(self, kind: str) -> str | None:
        """The fault that befalls a request of this kind, if any; it has then happened once."""
        for planned in self._planned:
            if kind in planned.kinds:
                if planned.after:
                    planned.after -= 1
                    continue
                planned.times -= 1
                if not planned.times:
                    self._planned.remove(planned)
                return planned.fault.name
        return None

    def clear(self) -> None:
        self._planned.clear()

    @property
    def left(self) -> list[str]:
        """Names of the faults that are still to come, each as often as it is."""
        return [planned.fault.name for planned in self._planned for _ in range(planned.times)]
