"""The sheet that every chart is drawn on: two widths, one type size, the key above, and the room that texts take."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from breachtrail.wording import font, palette
from breachtrail.wording.chart import Spec

#: Pixels. A page gives a chart about 680 on a screen or on A4, and about 358 on a telephone of 390.
WIDE = 680
NARROW = 350
#: Pixels: text on a chart, and the smaller one of axes and keys.
TEXT = 13
SMALL = 12
#: Height of one line of the key.
KEY_LINE = 22

Layer = dict[str, Any]
Shape = Literal["square", "circle", "hollow-square", "hollow-circle"]


def text_width(text: str, size: int = TEXT) -> float:
    """Room in pixels that a text takes on a chart."""
    return font.width(text, size)


def clipped(text: str, room: float, size: int = TEXT) -> str:
    """The text, or as much of it as fits into ``room`` pixels, with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def ticks(largest: float, whole: bool = True) -> list[float]:
    """Round values from 0 to at most ``largest``, in two to five equal steps of 1, 2, 2.5 or 5 times a power of ten.

    whole: no ticks between whole numbers, for counts
    """
    if largest <= 0:
        return [0.0]
    power = 10.0 ** math.floor(math.log10(largest / 4))
    steps = [factor * power for factor in (1, 2, 2.5, 5, 10, 20)]
    step = next(step for step in steps if largest / step <= 5 and (not whole or step.is_integer()))
    return [step * place for place in range(int(largest / step + 1e-9) + 1)]


@dataclass(frozen=True)
class Mark:
    """One item of a key: a small shape in a colour, and what it stands for."""

    text: str
    colour: str
    shape: Shape = "square"


def text(
    content: str, x: float, y: float, *, size: int = SMALL, colour: str = palette.QUIET, align: str = "left"
) -> Layer:
    """A text at a place of the sheet, its middle at ``y``."""
    mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": size}
    place = {"x": {"value": x}, "y": {"value": y}, "text": {"value": content}, "color": {"value": colour}}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": place}


def line(x: float, y: float, x2: float, y2: float, colour: str = palette.GRID) -> Layer:
    """A thin line between two places of the sheet."""
    mark = {"type": "rule", "strokeWidth": 1}
    ends = {"x": {"value": x}, "y": {"value": y}, "x2": {"value": x2}, "y2": {"value": y2}}
    place = {**ends, "color": {"value": colour}}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": place}


def block(x: float, y: float, x2: float, y2: float, colour: str) -> Layer:
    """A filled rectangle between two corners of the sheet."""
    place = {"x": {"value": x}, "y": {"value": y}, "x2": {"value": x2}, "y2": {"value": y2}}
    return {"data": {"values": [{}]}, "mark": {"type": "rect", "color": colour}, "encoding": place}


def symbol(x: float, y: float, colour: str, shape: Shape = "square", side: float = 12) -> Layer:
    """A filled or hollow square or circle, centred at a place of the sheet."""
    kind = shape.removeprefix("hollow-")
    hollow = {"filled": False, "fill": palette.PAPER, "strokeWidth": 1.5}
    paint = {"filled": True} if shape == kind else hollow
    mark: dict[str, Any] = {"type": "point", "shape": kind, "size": side * side, "opacity": 1, **paint}
    place = {"x": {"value": x}, "y": {"value": y}, "color" if shape == kind else "stroke": {"value": colour}}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": place}


def key(marks: Sequence[Mark], width: int, top: float = 0, columns: int = 0) -> tuple[list[Layer], float]:
    """The key as layers, and the height it takes; wrapped to ``width``, or set in ``columns`` of equal width."""
    layers: list[Layer] = []
    x, y = 0.0, top + KEY_LINE / 2
    for place, mark in enumerate(marks):
        room = width / columns if columns else 18 + text_width(mark.text, SMALL) + 14
        if place and (place % columns == 0 if columns else x + room - 14 > width):
            x, y = 0.0, y + KEY_LINE
        layers += [symbol(x + 7, y, mark.colour, mark.shape), text(clipped(mark.text, width - 20, SMALL), x + 18, y)]
        x += room
    return layers, (y + KEY_LINE / 2 - top) if marks else 0.0


def sheet(layers: Sequence[Layer], width: int, height: float, **more: Any) -> Spec:
    """The whole specification: layers on a sheet of exactly this size, without Vega's own words for screen readers.

    Layers that differ in nothing but what they show, and where, become one, in the place of the first: what a drawing
    costs is for each layer much more than for each mark. What they show, and where, stands in their rows: charts of one
    kind then differ in rows alone.
    """
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": max(1, round(height)),
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "config": {
            "aria": False,
            "font": font.STACK,
            "view": {"stroke": None},
            "text": {"color": palette.INK, "fontSize": TEXT},
        },
        "layer": _fewer(layers),
        **more,
    }


#: Channels that may be told by a field instead of a value, without a scale.
_TOLD = ("x", "y", "x2", "y2", "text", "color", "stroke")


def _fewer(layers: Sequence[Layer]) -> list[Layer]:
    alike: dict[str, list[Layer]] = {}
    for number, layer in enumerate(layers):
        has_rows = "transform" not in layer and "values" in layer.get("data", {})
        alike.setdefault(_likeness(layer) if has_rows else str(number), []).append(layer)
    return [
        _joined(some) if "values" in some[0].get("data", {}) and "transform" not in some[0] else some[0]
        for some in alike.values()
    ]


def _likeness(layer: Layer) -> str:
    encoding = {name: "told" if _is_constant(name, one) else one for name, one in layer["encoding"].items()}
    return json.dumps([layer["mark"], encoding], sort_keys=True)


def _is_constant(name: str, channel: Layer) -> bool:
    return name in _TOLD and channel.keys() == {"value"}


def _joined(layers: Sequence[Layer]) -> Layer:
    """One layer, whose rows carry what was told of each layer as a whole."""
    constant = [name for name, channel in layers[0]["encoding"].items() if _is_constant(name, channel)]
    rows = [
        {**row, **{f"own_{name}": layer["encoding"][name]["value"] for name in constant}}
        for layer in layers
        for row in layer["data"]["values"]
    ]
    return {
        **layers[0],
        "data": {"values": rows},
        "encoding": {**layers[0]["encoding"], **{name: _field(name) for name in constant}},
    }


def _field(name: str) -> Layer:
    field: Layer = {"field": f"own_{name}"}
    if name in ("x", "y"):
        return {**field, "type": "quantitative", "scale": None, "axis": None}
    return field if name in ("x2", "y2", "text") else {**field, "type": "nominal", "scale": None}
