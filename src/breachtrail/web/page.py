"""A page in words and figures, and how it is put into the site's frame."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinja2 import Environment

from breachtrail.ledger.asof import Coverage
from breachtrail.ledger.store import Head
from breachtrail.report.organisation import printed_name
from breachtrail.report.section import Figure, Section, joined
from breachtrail.report.story import Story
from breachtrail.web.address import LANGUAGES, Address
from breachtrail.wording import page as wording
from breachtrail.wording import terminal
from breachtrail.wording.chart import Chart
from breachtrail.wording.phrases import Phrases

#: What binds a browser: nothing is loaded from elsewhere, and nothing runs inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
#: The pages of the menu, in its order.
MENU = ("notices", "years", "states", "changes", "estimates", "peers", "ask", "check", "coverage", "method", "data")


@dataclass(frozen=True)
class Page:
    """What a template shows.

    title:  of the page, without the site's name
    values: what the template needs besides what every page has
    status: of the answer, as HTTP counts it
    """

    title: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200

    @functools.cached_property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart of the page, those in its sections among them."""
        return tuple(_charts(self.values))


#: What most values of a page are, and has no charts in it.
_WITHOUT = frozenset({str, int, date, type(None)})


def _charts(within: object) -> Iterator[Chart]:
    match within:
        case Chart():
            yield within
        case Figure(chart=chart):
            yield chart
        case Section(blocks=inside) | Story(sections=inside):
            yield from _charts(inside)
        case dict():
            yield from _charts(tuple(within.values()))
        case tuple() | list():
            for one in within:
                if type(one) not in _WITHOUT:
                    yield from _charts(one)


@dataclass(frozen=True)
class Sight:
    """What every page says of what it was made from.

    day:   as of which it is told
    looks: every snapshot, those after that day too, oldest first
    """

    head: Head
    day: date
    looks: tuple[Coverage, ...]

    @property
    def register(self) -> str:
        """The register that is told of."""
        return self.looks[0].register

    @property
    def newest(self) -> date:
        """The last day on which anything was looked at."""
        return self.looks[-1].taken_on

    @property
    def days(self) -> list[date]:
        """The days on which something was looked at, the newest first."""
        return sorted({look.taken_on for look in self.looks}, reverse=True)


def rendered(page: Page, here: Address, sight: Sight) -> str:
    """The whole page as HTML."""
    template = templates(here.language, sight.register).get_template(page.template)
    return template.render(
        page=page, here=here, sight=sight, languages=LANGUAGES, menu=MENU, policy=POLICY, **page.values
    )


@functools.cache
def templates(language: str, register: str = "") -> Environment:
    """The site's templates, which speak this language of this register."""
    phrases = Phrases.of(language, register)
    made = wording.environment("breachtrail.web", phrases, rooms=("report", "claims"))
    made.filters.update(
        sentences=functools.partial(joined, language=language),
        printed_name=functools.partial(printed_name, phrases=phrases),
    )
    made.globals.update(
        observed=functools.partial(terminal.observed_line, language=language),
        say_figure=functools.partial(terminal.figure, phrases=phrases),
    )
    return made
