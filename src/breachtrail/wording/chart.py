"""A chart: one Vega-Lite specification for each of two widths, its table, its caption, and its drawing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from breachtrail.wording import drawing, font, letters

Spec = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """The figures behind a chart, printed to the digit: what a reader gets who wants more than the picture."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
        """A table of ready texts, the first column naming the row."""
        return cls(tuple(columns), tuple(tuple(row) for row in rows))


@dataclass(frozen=True)
class Chart:
    """One chart.

    name:    unique on its page; letters, digits and hyphens. Every id inside the drawing begins with it
    title:   what is shown, in words
    caption: what it says, in words, for readers of the picture and for those who cannot see it
    table:   the same figures as text
    spec:    Vega-Lite, for columns of text (``canvas.WIDE`` pixels)
    narrow:  Vega-Lite, the same for telephones (``canvas.NARROW`` pixels)
    """

    name: str
    title: str
    caption: str
    table: Table
    spec: Spec
    narrow: Spec

    @property
    def specs(self) -> dict[str, Spec]:
        """Both specifications, as a browser takes them to draw the chart again."""
        return {"wide": letters.all_fit(self.spec), "narrow": letters.all_fit(self.narrow)}

    def svg(self, narrow: bool = False) -> str:
        """The drawing for a page that carries ``font.face``: it scales to the width it is given, and takes the dark
        colours of ``style.css``."""
        width, height, body = drawing.drawn(letters.all_fit(self.narrow if narrow else self.spec))
        prefix = f"{self.name}-{'narrow' if narrow else 'wide'}"
        numbers: dict[
            str, str
        ] = {}  # Vega counts its ids through the whole run; the same chart should be the same bytes

        def own(found: re.Match[str]) -> str:
            return f"{found[1]}{prefix}-{numbers.setdefault(found[2], str(len(numbers) + 1))}"

        inside = _TAG.sub(lambda tag: _OWN_ID.sub(own, tag[0]), body)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'aria-labelledby="{prefix}-title" viewBox="0 0 {width:g} {height:g}" '
            f'font-family="{font.STACK}"><title id="{prefix}-title">{escape(letters.fit(self.title))}</title>{inside}</svg>'
        )


_TAG = re.compile(r"<[^>]*>")
#: Where an id is given, and where one is meant: ``id="x"``, ``url(#x)``, ``href="#x"``.
_OWN_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
