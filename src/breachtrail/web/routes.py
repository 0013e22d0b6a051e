"""Every page of the site, once: the server mounts this list, and `publish` walks it."""

from collections.abc import Callable
from dataclasses import dataclass

from breachtrail.web import (
    asking,
    changed,
    checking,
    coverage,
    described,
    method,
    notice,
    notices,
    organisation,
    overview,
    peers,
    people,
    state,
    worth,
    year,
)
from breachtrail.web.page import Page


@dataclass(frozen=True)
class Route:
    """A kind of page.

    path:      below the language; ``{}`` stands for what the page is of
    make:      makes it of a visit, and of what stands in the place of ``{}``
    is_asked:  its answer depends on the query beyond ``as_of``, so it takes a server
    """

    path: str
    make: Callable[..., Page]
    is_asked: bool = False


ROUTES = (
    Route("", overview.page),
    Route("notices", notices.page, is_asked=True),
    Route("notices/{}", notice.page),
    Route("organisations/{}", organisation.page),
    Route("states", state.listed),
    Route("states/{}", state.page),
    Route("years", year.listed),
    Route("years/{}", year.page),
    Route("months/{}", year.month),
    Route("estimates", worth.page),
    Route("peers", peers.page),
    Route("people", people.page),
    Route("changes", changed.page, is_asked=True),
    Route("ask", asking.page, is_asked=True),
    Route("check", checking.page, is_asked=True),
    Route("coverage", coverage.page),
    Route("method", method.page),
    Route("data", described.page),
)
