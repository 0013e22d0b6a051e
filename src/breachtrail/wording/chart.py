"""A chart: one Vega-Lite specification for each of two widths, its table, its caption, and its drawing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

import vl_convert

from breachtrail.wording import font, letters
from breachtrail.wording.palette import PAPER

VEGA_LITE = "6.4"
#: Pixels of white around a drawing that stands alone.
MARGIN = 12

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
        width, height, body = _drawn(letters.all_fit(self.narrow if narrow else self.spec))
        return self._element(f"{self.name}-{'narrow' if narrow else 'wide'}", width, height, body)

    def file(self, language: str) -> str:
        """The wide drawing as an SVG file that stands alone, on white, with the glyphs it needs."""
        width, height, body = _drawn(letters.all_fit(self.spec))
        paper = f'<rect x="{-MARGIN}" y="{-MARGIN}" width="100%" height="100%" fill="{PAPER}"/>'
        return self._element(
            self.name, width, height, f"<style>{font.face(body, language)}</style>{paper}{body}", margin=MARGIN
        )

    def _element(self, prefix: str, width: float, height: float, body: str, margin: int = 0) -> str:
        numbers: dict[
            str, str
        ] = {}  # Vega counts its ids through the whole run; the same chart should be the same bytes

        def own(found: re.Match[str]) -> str:
            return f"{found[1]}{prefix}-{numbers.setdefault(found[2], str(len(numbers) + 1))}"

        inside = _TAG.sub(lambda tag: _OWN_ID.sub(own, tag[0]), body)
        width, height = width + 2 * margin, height + 2 * margin
        size = f' width="{width:g}" height="{height:g}"' if margin else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'aria-labelledby="{prefix}-title" viewBox="{-margin} {-margin} {width:g} {height:g}"{size} '
            f'font-family="{font.STACK}"><title id="{prefix}-title">{escape(letters.fit(self.title))}</title>{inside}</svg>'
        )


_TAG = re.compile(r"<[^>]*>")
#: Where an id is given, and where one is meant: ``id="x"``, ``url(#x)``, ``href="#x"``.
_OWN_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
#: What Vega says to screen readers of every part, in English; its names of parts; the font, which the whole drawing has
#: once; and moves by nothing.
_SAID_BY_VEGA = re.compile(r' (?:role|aria-[a-z]+|font-family|class)="[^"]*"|(?<=<path) transform="translate\(0,0\)"')
#: Texts stand where our own widths put them, and the font is named once, outside: while it draws, Vega measures in one
#: that it finds at once. Looking through the page's fonts for every text takes four fifths of the time.
_QUICK_FONT = "sans-serif"
#: Outlines of nothing but straight lines, as maps have them.
_PATH = re.compile(r' d="((?:M-?[\d.]+,-?[\d.]+(?:L-?[\d.]+,-?[\d.]+){2,}Z)+)"')
_CORNER = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_FRACTION = re.compile(r"-?\d+\.\d+")


def _drawn(spec: Spec) -> tuple[float, float, str]:
    """Width and height in pixels, and what stands inside the ``svg`` element."""
    plain = {**spec, "config": {**spec.get("config", {}), "font": _QUICK_FONT}}
    svg = vl_convert.vegalite_to_svg(plain, vl_version=VEGA_LITE, allowed_base_urls=[])
    opening = re.match(r'<svg[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', svg)
    if opening is None:
        raise ValueError(f"vl-convert drew something that does not begin as an SVG with a viewBox: {svg[:200]}")
    body = svg[opening.end() : svg.rindex("</svg>")]
    return float(opening[1]), float(opening[2]), _TAG.sub(_tidied, body)


def _tidied(tag: re.Match[str]) -> str:
    """One tag, to a tenth of a pixel: no eye tells it from a thousandth, and it takes half the bytes."""
    return _PATH.sub(_stepped, _FRACTION.sub(_rounded, _SAID_BY_VEGA.sub("", tag[0])))


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _stepped(found: re.Match[str]) -> str:
    """The outline of a shape, told by steps from corner to corner: the same corners in half the bytes.

    What shrinks to a point has no inside, and is left out.
    """
    told, here = "", (0, 0)
    for outline in found[1].split("Z"):
        corners = [(round(float(x) * 10), round(float(y) * 10)) for x, y in _CORNER.findall(outline)]
        if len(set(corners)) < 2:
            continue
        first, *steps = [_step(now, before) for before, now in pairwise([here, *corners])]
        lines = [step if step[0] == "-" else f"l{step}" for step in steps if step != "0,0"]
        told += f"m{first}{'l' if lines[0][0] == '-' else ''}{''.join(lines)}Z"  # a sign parts two steps by itself
        here = corners[0]
    return f' d="{told.replace("m", "M", 1)}"'


def _step(now: tuple[int, int], before: tuple[int, int]) -> str:
    across, down = (_tenths(one - other) for one, other in zip(now, before, strict=True))
    return across + ("" if down[0] == "-" else ",") + down


def _tenths(number: int) -> str:
    sign, size = "-" if number < 0 else "", abs(number)
    return sign + (f"{size // 10 or ''}.{size % 10}" if size % 10 else str(size // 10))
