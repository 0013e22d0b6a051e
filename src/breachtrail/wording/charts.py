"""The kinds of chart: plain rows and phrases in, a Chart out. The map of states has its own file, ``statemap.py``.

Rows are shown in the order in which they come. Pictures print rough figures, tables exact ones.
"""

import math
from collections.abc import Sequence
from typing import Any, Literal

from breachtrail.wording import palette
from breachtrail.wording.canvas import (
    NARROW,
    SMALL,
    TEXT,
    WIDE,
    Layer,
    Mark,
    block,
    clipped,
    key,
    line,
    sheet,
    symbol,
    text,
    text_width,
    ticks,
)
from breachtrail.wording.chart import Chart, Row, Spec, Table
from breachtrail.wording.numbers import Figure
from breachtrail.wording.phrases import Phrases

#: How the figures of a chart are printed: the name of the method of Numbers.
Print = Literal["rough", "decimal", "percent"]


def printed(value: Figure | None, how: Print, phrases: Phrases) -> str:
    """A figure as a picture prints it; a dash where it is not known."""
    return "–" if value is None else str(getattr(phrases.numbers, how)(value))


def exactly(value: Figure | None, how: Print, phrases: Phrases) -> str:
    """The same figure as a table prints it: counts to the digit."""
    return "–" if value is None else phrases.numbers.count(value) if how == "rough" else printed(value, how, phrases)


def bars(
    rows: Sequence[Row], *, by: str, measure: str, phrases: Phrases, name: str, title: str, caption: str,
    how: Print = "rough",
) -> Chart:  # fmt: skip
    """Horizontal bars, one a row: by breach type, location, entity type, state, or the largest notices by name.

    rows: ``{by: value of the vocabulary or a name, measure: figure}``; a figure of None has no bar
    """
    shown = [
        {"row": place, "label": phrases.heading(row[by], by), "value": row[measure] or 0,
         "figure": printed(row[measure], how, phrases)}
        for place, row in enumerate(rows)
    ]  # fmt: skip
    table = Table.of(
        [phrases.heading(by, "dimension"), phrases.heading(measure, "measure")],
        [(phrases.heading(row[by], by), exactly(row[measure], how, phrases)) for row in rows],
    )
    return Chart(name, title, caption, table, _bars(shown, WIDE), _bars(shown, NARROW))


def _bars(shown: list[dict[str, Any]], width: int) -> Spec:
    longest = max((text_width(row["label"]) for row in shown), default=0.0)
    beside = width == WIDE and longest <= width * 0.4  # else each label stands above its bar
    left = longest + 10 if beside else 0.0
    step, thickness, label_offset, bar_offset = (30, 18, 0, 0) if beside else (46, 16, -11, 9)
    label_at, label_align = (left - 10, "right") if beside else (0.0, "left")
    right = width - max((text_width(row["figure"]) for row in shown), default=0.0) - 10
    values = [row | {"label": clipped(row["label"], longest if beside else width)} for row in shown]
    largest = max((float(row["value"]) for row in shown), default=0.0) or 1.0
    height = step * len(shown)
    layers: list[Layer] = []
    for place, row in enumerate(values):
        middle, end = step * (place + 0.5), left + float(row["value"]) / largest * (right - left)
        top = middle + bar_offset - thickness / 2
        drawn = (
            block(left, top, end, top + thickness, palette.MAIN),
            text(row["figure"], end + 6, middle + bar_offset, size=TEXT, colour=palette.INK),
            text(row["label"], label_at, middle + label_offset, size=TEXT, colour=palette.INK, align=label_align),
        )
        layers += [{**one, "data": {"values": [row]}} for one in drawn]
    if beside:
        layers.append(line(left, 2, left, height - 2, palette.QUIET))
    return sheet(layers, width, height)


def months(
    rows: Sequence[Row], *, measure: str, now: str, before: str | None, phrases: Phrases, name: str, title: str, caption: str,
) -> Chart:  # fmt: skip
    """Columns by month: this year beside the year before, if there is one to compare with.

    rows:   ``{month: 1 to 12, now: figure, before: figure, fresh: bool, band: (low, high)}``; fresh and band may be left out:
            it will still grow, and lie between these two in the end
    now:    what to call the year of the report; ``before``: the year before, at the age at which it is compared
    """
    month = phrases.numbers.month_name
    are_banded = any(row.get("band") for row in rows)
    columns = [phrases.say("chart.column.month"), now]
    cells = [[month(row["month"]), exactly(row["now"], "rough", phrases)] for row in rows]
    if before:
        columns.append(before)
        cells = [[*told, exactly(row["before"], "rough", phrases)] for told, row in zip(cells, rows, strict=True)]
    if are_banded:
        columns.append(phrases.say("chart.band"))
        cells = [[*told, between(row.get("band"), phrases)] for told, row in zip(cells, rows, strict=True)]
    table = Table.of(columns, cells)
    measured = phrases.heading(measure, "measure")
    specs = [_months(rows, now, before, measured, phrases, width) for width in (WIDE, NARROW)]
    return Chart(name, title, caption, table, specs[0], specs[1])


def between(band: tuple[int, int] | None, phrases: Phrases) -> str:
    """The least and the most that a figure will come to; a dash where it stands."""
    return phrases.say("estimate.between", low=band[0], high=band[1]) if band else "–"


def _months(rows: Sequence[Row], now: str, before: str | None, measure: str, phrases: Phrases, width: int) -> Spec:
    marks = [Mark(now, palette.MAIN), *([Mark(before, palette.BEFORE)] if before else [])]
    if any(row.get("fresh") for row in rows):
        marks.append(Mark(phrases.say("chart.fresh"), palette.MAIN, "hollow-square"))
    if any(row.get("band") for row in rows):
        marks.append(Mark(phrases.say("chart.band"), palette.CONTRAST))
    layers, top = key(marks, width)
    top += 40
    bottom = top + (190 if width == WIDE else 170)
    values = [
        {"month": row["month"], "series": series, "value": row[series],
         "fresh": series == "now" and bool(row.get("fresh")), "banded": bool(row.get("band")), "figure": phrases.numbers.rough(row[series])}
        for row in rows for series in (("before", "now") if before else ("now",)) if row[series] is not None
    ]  # fmt: skip
    bands = [
        {"month": row["month"], "series": "now", "low": row["band"][0], "high": row["band"][1]}
        for row in rows if row.get("band")
    ]  # fmt: skip
    largest = (
        max(
            (float(value) for value in [*(one["value"] for one in values), *(one["high"] for one in bands)]),
            default=0.0,
        )
        or 1.0
    )
    grid, left = _grid(largest, top, bottom, width, phrases)
    y = _height(largest, top, bottom)
    domain = [row["month"] for row in rows]
    x = {**_axis("month", "ordinal"),
         "scale": {"type": "band", "domain": domain, "range": [left, width], "paddingInner": 0.24}}  # fmt: skip
    side = {"field": "series", "scale": {"domain": ["before", "now"] if before else ["now"], "paddingInner": 0.06}}
    layers += [text(measure, 0, top - 28, size=TEXT, colour=palette.INK), *grid]
    for colour, chosen in ((palette.BEFORE, "before"), (palette.MAIN, "now")):
        layers.append({
            "transform": [{"filter": f"datum.series === '{chosen}'"}],
            "mark": {"type": "bar", "color": colour},
            "encoding": {"x": x, "xOffset": side, "y": y, **_hollow_if_fresh(colour)},
        })  # fmt: skip
    if bands:
        layers.append(_band(bands, {"x": x, "xOffset": side}, y))
    widest = max((text_width(value["figure"], SMALL) for value in values), default=0.0)
    if widest < (width - left) / max(len(rows), 1) - 4:  # the figures of two months do not touch
        layers.append({
            "transform": [{"filter": "datum.series === 'now' && !datum.banded"}],
            "mark": {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": SMALL},
            "encoding": {"x": x, "xOffset": side, "y": y, "text": {"field": "figure"}},
        })  # fmt: skip
    feet = [{"month": row["month"], "foot": phrases.numbers.month_name(row["month"], short=True)} for row in rows]
    layers.append(_feet(feet, x, "month", bottom))
    return sheet(layers, width, bottom + 24, data={"values": values})


def years(rows: Sequence[Row], *, phrases: Phrases, name: str, title: str, caption: str) -> Chart:
    """A series by year: notices as columns, and below them, on a panel and a scale of their own, the individuals.

    rows: ``{year, notices, individuals, fresh: bool, band: (low, high)}``, in the order of the years; fresh and band may be left
          out: not final, and the notices will lie between these two in the end
    """
    columns = [
        phrases.say("chart.column.year"),
        *(phrases.heading(each, "measure") for each in ("notices", "individuals")),
    ]
    cells = [
        [str(row["year"]), exactly(row["notices"], "rough", phrases), exactly(row["individuals"], "rough", phrases)]
        for row in rows
    ]
    if any(row.get("band") for row in rows):
        columns.append(phrases.say("chart.band"))
        cells = [[*told, between(row.get("band"), phrases)] for told, row in zip(cells, rows, strict=True)]
    table = Table.of(columns, cells)
    return Chart(name, title, caption, table, _years(rows, phrases, WIDE), _years(rows, phrases, NARROW))


def _years(rows: Sequence[Row], phrases: Phrases, width: int) -> Spec:
    panel, gap = (150, 80) if width == WIDE else (120, 78)
    first, second = (46, 46 + panel), (46 + panel + gap, 46 + 2 * panel + gap)
    most = [max((float(row[measure]) for row in rows), default=0.0) or 1.0 for measure in ("notices", "individuals")]
    bands = [{"year": row["year"], "low": row["band"][0], "high": row["band"][1]} for row in rows if row.get("band")]
    most[0] = max(most[0], *(float(band["high"]) for band in bands)) if bands else most[0]
    room = max(_grid(largest, *place, width, phrases)[1] for largest, place in zip(most, (first, second), strict=True))
    domain = [row["year"] for row in rows]
    step = (width - room) / max(len(rows), 1)
    foot = text_width("2009", SMALL)
    right = width - max(0.0, (foot - step) / 2)
    x = {**_axis("year", "ordinal"),
         "scale": {"type": "band", "domain": domain, "range": [room, right], "paddingInner": 0.3}}  # fmt: skip
    layers: list[Layer] = []
    for measure, largest, (top, bottom) in zip(("notices", "individuals"), most, (first, second), strict=True):
        layers += [text(phrases.heading(measure, "measure"), 0, top - 32, size=TEXT, colour=palette.INK)]
        layers += _grid(largest, top, bottom, width, phrases, room)[0]
    notices, individuals = _height(most[0], *first, "notices"), _height(most[1], *second, "individuals")
    fewest = math.ceil((foot + 6) / step)  # label every so many years, counted back from the last
    feet = [{"year": row["year"], "foot": str(row["year"])} for row in rows[::-1][::fewest]]
    # A figure stands on its column; where the band begins there, on the band.
    above = {
        row["year"]: row["band"][1] for row in rows if row.get("band") and row["band"][0] - row["notices"] < most[0] / 8
    }
    figures = [{"year": row["year"], "notices": above.get(row["year"], row["notices"]), "figure": phrases.numbers.count(row["notices"])}
               for row in rows if width == WIDE or row["year"] in (domain[-1], _record(rows, "notices"))]  # fmt: skip
    record = _record(rows, "individuals")
    settled = [dict(row) for row in rows if not row.get("fresh")]
    open_end = settled[-1:] + [dict(row) for row in rows if row.get("fresh")]
    stroke = {"type": "line", "color": palette.MAIN, "strokeWidth": 2}
    dot = {"type": "point", "filled": True, "size": 36, "opacity": 1, "color": palette.MAIN}
    layers += [
        {"mark": {"type": "bar", "color": palette.MAIN},
         "encoding": {"x": x, "y": notices, **_hollow_if_fresh(palette.MAIN)}},
        {"data": {"values": figures}, "mark": {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": SMALL},
         "encoding": {"x": x, "y": notices, "text": {"field": "figure"}}},
        *([_band(bands, {"x": x}, notices)] if bands else []),
        {"data": {"values": settled}, "mark": stroke, "encoding": {"x": x, "y": individuals}},
        {"data": {"values": open_end}, "mark": {**stroke, "strokeDash": [3, 3]},
         "encoding": {"x": x, "y": individuals}},
        {"mark": dot, "encoding": {"x": x, "y": individuals}},
        _feet(feet, x, "year", first[1]),
        _feet(feet, x, "year", second[1]),
    ]  # fmt: skip
    for row in rows:
        if row["year"] == record:
            said = phrases.say("chart.record", year=record, number=phrases.numbers.rough(row["individuals"]))
            late = domain.index(record) >= len(domain) / 2
            side = {"align": "right", "dx": -10} if late else {"align": "left", "dx": 10}
            mark = {"type": "text", "baseline": "middle", **side}
            layers.append({"data": {"values": [dict(row)]}, "mark": mark,
                           "encoding": {"x": x, "y": individuals, "text": {"value": said}}})  # fmt: skip
    marks = (
        [Mark(phrases.say("chart.fresh"), palette.MAIN, "hollow-square")]
        if any(row.get("fresh") for row in rows)
        else []
    )
    across = float(width)
    for item in [*marks, *([Mark(phrases.say("chart.band"), palette.CONTRAST)] if bands else [])]:
        across -= text_width(item.text, SMALL)
        layers += [symbol(across - 11, first[0] - 32, item.colour, item.shape), text(item.text, across, first[0] - 32)]
        across -= 32
    values = [{"fresh": False, **row} for row in rows]
    return sheet(layers, width, second[1] + 24, data={"values": values}, resolve={"scale": {"y": "independent"}})


def revisions(rows: Sequence[Row], *, phrases: Phrases, name: str, title: str, caption: str) -> Chart:
    """What became of a figure: from the first known to the latest, on a logarithmic scale, one notice a row.

    rows: ``{name, steps: [figure, figure, …]}`` in the order in which they became known, at least two, above zero
    """
    table = Table.of(
        [phrases.say("chart.column.name"), phrases.say("chart.column.known")],
        [(row["name"], " → ".join(map(phrases.numbers.count, row["steps"]))) for row in rows],
    )
    return Chart(name, title, caption, table, _revisions(rows, phrases, WIDE), _revisions(rows, phrases, NARROW))


def _revisions(rows: Sequence[Row], phrases: Phrases, width: int) -> Spec:
    marks = [Mark(phrases.say("chart.first_known"), palette.MAIN, "hollow-circle"),
             Mark(phrases.say("chart.latest_known"), palette.MAIN, "circle")]  # fmt: skip
    layers, top = key(marks, width)
    step = 50
    bottom = top + step * len(rows)
    every = [figure for row in rows for figure in row["steps"]] or [1, 10]
    low, high = min(every) / 1.2, max(every) * 1.2
    x = {**_axis("figure"),
         "scale": {"type": "log", "domain": [low, high], "range": [6, width - 6], "nice": False}}  # fmt: skip
    powers = [10**exponent for exponent in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
    marked = powers[:: math.ceil(len(powers) / (7 if width == WIDE else 4))] if powers else [max(every)]
    grid = {"data": {"values": [{"figure": power, "foot": phrases.numbers.rough(power)} for power in marked]}}
    layers.append({
        **grid, "mark": {"type": "text", "fontSize": SMALL, "color": palette.QUIET, "baseline": "middle"},
        "encoding": {"x": x, "y": {"value": bottom + 12}, "text": {"field": "foot"}},
    })  # fmt: skip
    small: list[Layer] = []
    hollow: list[Layer] = []
    large: list[Layer] = []
    for place, row in enumerate(rows):
        first, *between, last = row["steps"]
        ends_said = [phrases.numbers.rough(figure) for figure in (first, last)]
        if ends_said[0] == ends_said[1]:  # too near to each other for rough figures
            ends_said = [phrases.numbers.count(figure) for figure in (first, last)]
        said = phrases.say("chart.steps", first=ends_said[0], last=ends_said[1])
        height = top + step * place
        colour = palette.MAIN if last >= first else palette.CONTRAST
        track = {"value": height + 33}
        ends: Layer = {"data": {"values": [{"figure": min(row["steps"]), "until": max(row["steps"])}]}}
        layers += [
            text(clipped(row["name"], width - text_width(said) - 16), 0, height + 14, size=TEXT, colour=palette.INK),
            text(said, width, height + 14, size=TEXT, colour=colour, align="right"),
            {**grid, "mark": {"type": "rule", "color": palette.GRID},
             "encoding": {"x": x, "y": {"value": height + 25}, "y2": {"value": height + 41}}},
            {**ends, "mark": {"type": "rule", "strokeWidth": 2},
             "encoding": {"x": x, "x2": {"field": "until"}, "y": track, "color": {"value": colour}}},
        ]  # fmt: skip
        small += [_dot(figure, x, track, colour, 24) for figure in between]
        hollow.append(_dot(first, x, track, colour, 80, hollow=True))
        large.append(_dot(last, x, track, colour, 90))
    return sheet([*layers, *small, *hollow, *large], width, bottom + 24)


def _dot(figure: Figure, x: Layer, y: Layer, colour: str, area: int, hollow: bool = False) -> Layer:
    outline = {"filled": False, "fill": palette.PAPER, "strokeWidth": 2}
    mark = {"type": "point", "opacity": 1, "size": area, **(outline if hollow else {"filled": True})}
    place = {"x": x, "y": y, "stroke" if hollow else "color": {"value": colour}}
    return {"data": {"values": [{"figure": figure}]}, "mark": mark, "encoding": place}


def _axis(field: str, kind: str = "quantitative") -> Layer:
    return {"field": field, "type": kind, "axis": None}


def _height(largest: float, top: float, bottom: float, field: str = "value") -> Layer:
    return {**_axis(field), "scale": {"domain": [0, largest], "range": [bottom, top], "nice": False}}


def _band(bands: list[dict[str, Any]], across: Layer, y: Layer) -> Layer:
    """Thin lines from the least to the most that a column will come to."""
    return {
        "data": {"values": bands},
        "mark": {"type": "bar", "width": 3, "color": palette.CONTRAST},
        "encoding": {**across, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }


def _hollow_if_fresh(colour: str) -> Layer:
    """Encodings for what is not final yet: the outline alone."""
    return {
        "fillOpacity": {"condition": {"test": "datum.fresh", "value": 0.2}, "value": 1},
        "stroke": {"value": colour},
        "strokeWidth": {"condition": {"test": "datum.fresh", "value": 1.5}, "value": 0},
    }


def _feet(values: list[dict[str, Any]], x: Layer, field: str, bottom: float) -> Layer:
    return {
        "data": {"values": values},
        "mark": {"type": "text", "fontSize": SMALL, "color": palette.QUIET, "baseline": "middle"},
        "encoding": {"x": x, "y": {"value": bottom + 13}, "text": {"field": "foot"}},
    }


def _grid(
    largest: float, top: float, bottom: float, width: int, phrases: Phrases, left: float | None = None
) -> tuple[list[Layer], float]:
    """Horizontal lines at round values with their figures at the left, and the room that these figures take."""
    places = [(bottom - (bottom - top) * tick / largest, phrases.numbers.rough(tick)) for tick in ticks(largest)]
    room = max(text_width(figure, SMALL) for _, figure in places) + 6 if left is None else left
    layers = [
        layer
        for y, figure in places
        for layer in (
            line(room, y, width, y, palette.GRID if y < bottom else palette.QUIET),
            text(figure, room - 6, y, align="right"),
        )
    ]
    return layers, room


def _record(rows: Sequence[Row], measure: str) -> Any:
    return max(rows, key=lambda row: row[measure], default={"year": None})["year"]
