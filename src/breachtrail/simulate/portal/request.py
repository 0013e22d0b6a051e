"""A request as a node sees it, and what kind of request it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from breachtrail.simulate.portal.lists import HIPAA, OLD_PAGE, PART2

PREFIX = "/ocr/breach/"
LIST_PAGES = (OLD_PAGE, HIPAA.page, PART2.page)
#: Every kind of request, as faults and the log name them.
KINDS = ("front_page", "list_page", "navigation", "view_change", "export", "paging", "other", "resource")


@dataclass(frozen=True)
class Request:
    """method, path (without ``;jsessionid``), query; fields of a post in their order; header names in lower case.

    session: the session's id, from its cookie or else from the address
    """

    method: str
    path: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    url_session: str | None = None
    query: str = ""
    fields: Sequence[tuple[str, str]] = field(default=())

    @property
    def page(self) -> str:
        """The page's path below ``/ocr/breach/``, or nothing for what lies elsewhere."""
        return self.path.removeprefix(PREFIX) if self.path.startswith(PREFIX) else ""

    @property
    def session(self) -> str | None:
        return self.cookies.get("JSESSIONID") or self.url_session

    @property
    def ajax(self) -> bool:
        return self.headers.get("faces-request") == "partial/ajax" or self.field("javax.faces.partial.ajax") == "true"

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.fields)

    def field(self, name: str) -> str:
        """The last value that was posted under a name; nothing if none was."""
        return next((value for one, value in reversed(self.fields) if one == name), "")

    def all(self, name: str) -> list[str]:
        return [value for one, value in self.fields if one == name and value]


def cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value for name, _, value in pairs if name}
