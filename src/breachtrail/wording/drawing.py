"""A drawing: a Vega-Lite specification as SVG, by vl-convert, with what no eye sees left out."""

import functools
import json
import re
from html import escape
from itertools import count, pairwise
from typing import Any, NamedTuple

import vl_convert

VEGA_LITE = "6.4"
#: Drawings kept: those of a page in two widths and two languages, of which many differ in their words alone.
_KEPT = 64
#: While it draws, Vega measures texts, though they stand where our own widths put them: a font that it finds at once,
#: and numbered marks for texts. Looking through the page's fonts took four fifths of the time, and through all of a
#: machine's for Chinese again two thirds.
_QUICK_FONT = "sans-serif"
#: In the place of a table's rows: which of the tables it is.
_ROWS_OF = "rows_of"


Spec = dict[str, Any]


class Drawing(NamedTuple):
    """Width and height in pixels, and what stands inside the ``svg`` element."""

    width: float
    height: float
    body: str


def drawn(spec: Spec) -> Drawing:
    """The drawing of a specification of a ``canvas.sheet``, whose font is the one that the page names."""
    texts: list[str] = []
    sign = _sign(json.dumps([spec.get("data"), spec["layer"]]))
    plain = {**spec, "config": {**spec.get("config", {}), "font": _QUICK_FONT}}
    width, height, body = _of_marks(json.dumps(_marked(plain, sign, texts)))
    told = re.sub(f">{sign}(\\d+)<", lambda mark: f">{escape(texts[int(mark[1])], quote=False)}<", body)
    return Drawing(width, height, told)


def _sign(spec: str) -> str:
    """The first sign for marks that no text has: one that stays, for other channels show it too, is never taken for one."""
    return next(sign for many in count(1) if (sign := "~" * many) not in spec)


def _marked(spec: Spec, sign: str, texts: list[str]) -> Spec:
    """The same specification with a mark in the place of each text, which is appended to ``texts``."""

    def mark(text: Any) -> Any:
        if not text or not isinstance(text, str):
            return text
        texts.append(text)
        return f"{sign}{len(texts) - 1}"

    shown = [(name, channel.get("field")) for layer in spec["layer"] for name, channel in layer["encoding"].items()]
    fields = {field for name, field in shown if name == "text"} - {field for name, field in shown if name != "text"}

    def marked(one: Spec) -> Spec:
        rows, told = one.get("data", {}).get("values"), one.get("encoding", {}).get("text", {})
        if isinstance(rows, list):
            rows = [{name: mark(value) if name in fields else value for name, value in row.items()} for row in rows]
            one = {**one, "data": {**one["data"], "values": rows}}
        if "value" in told:
            one = {**one, "encoding": {**one["encoding"], "text": {**told, "value": mark(told["value"])}}}
        return one

    return {**marked(spec), "layer": [marked(layer) for layer in spec["layer"]]}


@functools.lru_cache(_KEPT)
def _of_marks(spec: str) -> Drawing:
    svg = vl_convert.vega_to_svg(_as_vega(json.loads(spec)), allowed_base_urls=[])
    opening = re.match(r'<svg[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', svg)
    if opening is None:
        raise ValueError(f"vl-convert drew something that does not begin as an SVG with a viewBox: {svg[:200]}")
    body = svg[opening.end() : svg.rindex("</svg>")]
    return Drawing(float(opening[1]), float(opening[2]), _OUTLINED_ALIKE.sub(_outlined_once, _TAG.sub(_tidied, body)))


def _as_vega(spec: Spec) -> Spec:
    """The specification as Vega takes it; specifications that differ in size and rows alone are compiled once."""
    tables: list[Any] = []

    def without_rows(one: Spec) -> Spec:
        if "values" not in one.get("data", {}):
            return one
        tables.append(one["data"]["values"])
        return {**one, "data": {**one["data"], "values": [{_ROWS_OF: len(tables) - 1}]}}

    shape = {**without_rows(spec), "width": 1, "height": 1, "layer": [without_rows(layer) for layer in spec["layer"]]}
    vega = _compiled(json.dumps(shape))
    rows = [{**one, "values": tables[place]} if (place := _place(one)) is not None else one for one in vega["data"]]
    return {**vega, "width": spec["width"], "height": spec["height"], "data": rows}


def _place(table: Spec) -> int | None:
    """Whose rows stand in a table of Vega's; None for what it works out, and for maps."""
    rows = table.get("values")
    return rows[0].get(_ROWS_OF) if rows and isinstance(rows, list) else None


@functools.lru_cache(_KEPT)
def _compiled(shape: str) -> Spec:
    vega: Spec = vl_convert.vegalite_to_vega(shape, vl_version=VEGA_LITE)
    return vega


_TAG = re.compile(r"<[^>]*>")
#: What Vega says to screen readers of every part, in English; its names of parts; the font, which the whole drawing has
#: once; and moves by nothing.
_SAID_BY_VEGA = re.compile(r' (?:role|aria-[a-z]+|font-family|class)="[^"]*"|(?<=<path) transform="translate\(0,0\)"')
#: Shapes of one group, all with the same line round them.
_OUTLINED_ALIKE = re.compile(
    r'<g((?: (?!stroke)[^>]*)?)>((?:<path[^>]*?( stroke="[^"]*" stroke-width="[^"]*")/>)(?:<path[^>]*?\3/>)+)</g>'
)
#: Outlines of nothing but straight lines, as maps have them.
_PATH = re.compile(r' d="((?:M-?[\d.]+,-?[\d.]+(?:L-?[\d.]+,-?[\d.]+){2,}Z)+)"')
_CORNER = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_FRACTION = re.compile(r"-?\d+\.\d+")


def _tidied(tag: re.Match[str]) -> str:
    """One tag, to a tenth of a pixel: no eye tells it from a thousandth, and it takes half the bytes."""
    return _PATH.sub(_stepped, _FRACTION.sub(_rounded, _SAID_BY_VEGA.sub("", tag[0])))


def _outlined_once(group: re.Match[str]) -> str:
    """The group, with what it says of each shape's line said of itself."""
    return f"<g{group[1]}{group[3]}>{group[2].replace(group[3], '')}</g>"


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
