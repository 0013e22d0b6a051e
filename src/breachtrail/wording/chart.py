"""A chart: one Vega-Lite specification for each of two widths, its table, its caption, and its drawing."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import vl_convert

from breachtrail.wording import font
from breachtrail.wording.palette import PAPER

VEGA_LITE = "6.4"

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

    def svg(self, narrow: bool = False) -> str:
        """The drawing for a page that carries ``font.face``: it scales to the width it is given, and takes the dark
        colours of ``style.css``."""
        width, height, body = _drawn(self.narrow if narrow else self.spec)
        return self._element(f"{self.name}-{'narrow' if narrow else 'wide'}", width, height, body)

    def file(self) -> str:
        """The wide drawing as an SVG file that stands alone, on white, with the glyphs it needs."""
        width, height, body = _drawn(self.spec)
        style = f"<style>{font.face(self.title + body)}</style>"
        paper = f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
        return self._element(self.name, width, height, style + paper + body, f' width="{width:g}" height="{height:g}"')

    def _element(self, prefix: str, width: float, height: float, body: str, size: str = "") -> str:
        inside = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
        inside = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", inside)
        inside = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', inside)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'aria-labelledby="{prefix}-title" viewBox="0 0 {width:g} {height:g}"{size}>'
            f'<title id="{prefix}-title">{escape(self.title)}</title>{inside}</svg>'
        )


@functools.cache
def _with_our_font() -> None:
    vl_convert.register_font_directory(str(font.folder()))


def _drawn(spec: Spec) -> tuple[float, float, str]:
    """Width and height in pixels, and what stands inside the ``svg`` element."""
    _with_our_font()
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    opening = re.match(r'<svg[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', svg)
    if opening is None:
        raise ValueError(f"vl-convert drew something that does not begin as an SVG with a viewBox: {svg[:200]}")
    body = svg[opening.end() : svg.rindex("</svg>")]
    body = re.sub(r' d="([^"]*)"', lambda path: f' d="{_shorter(path[1])}"', body)
    return float(opening[1]), float(opening[2]), body


def _shorter(path: str) -> str:
    """A path to a tenth of a pixel, which no eye tells from a thousandth, at half the bytes."""
    return re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), path)
