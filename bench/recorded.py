"""What the pages of a site are rendered from, recorded while they are printed: all values ready, charts drawn."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breachtrail.web import press as printing
from breachtrail.web.address import Address
from breachtrail.web.ledger import Open
from breachtrail.web.page import LANGUAGES, MENU, POLICY, Page, Sight
from breachtrail.web.press import Press
from breachtrail.wording.chart import Chart, Table

#: Pages that stand in one file.
_IN_A_FILE = 400


@dataclass(frozen=True)
class Drawn:
    """A chart that was drawn before."""

    name: str
    title: str
    caption: str
    table: Table
    wide: str
    small: str

    def svg(self, narrow: bool = False) -> str:
        return self.small if narrow else self.wide


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if type(value) is not Chart:
            return NotImplemented
        return Drawn, (value.name, value.title, value.caption, value.table, value.svg(), value.svg(narrow=True))


def record(open_: Open, url: str, ground: Path) -> int:
    """Write the name, the template, the language and the values of every page into files of ``ground``; how many there are."""
    seen: list[tuple[str, str, str, dict[str, Any]]] = []
    rendered = printing.rendered

    def see(page: Page, here: Address, sight: Sight) -> str:
        values = {"page": page, "here": here, "sight": sight, "languages": LANGUAGES, "menu": MENU, "policy": POLICY}
        seen.append((f"{len(seen)}.html", page.template, here.language, {**values, **page.values}))
        return ""

    press, many = Press(open_, None, url), 0
    printing.rendered = see
    try:
        for first in range(0, len(press.plan), _IN_A_FILE // len(LANGUAGES)):
            press.pages(first, first + _IN_A_FILE // len(LANGUAGES))
            with (ground / f"{first:06}.pages").open("wb") as file:
                _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(seen)
            many += len(seen)
            seen.clear()
    finally:
        printing.rendered = rendered
        press.close()
    return many
