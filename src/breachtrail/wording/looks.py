"""The picture of what was looked at when: a lane for each list, a dot for each snapshot, and the stretches without any."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from breachtrail.ledger.asof import Coverage
from breachtrail.wording import palette
from breachtrail.wording.canvas import NARROW, SMALL, TEXT, WIDE, Layer, Mark, key, line, sheet, text, text_width
from breachtrail.wording.chart import Chart, Spec, Table
from breachtrail.wording.phrases import Phrases

#: Pixels: one lane with its label, and how far the picture stays away from the edges.
_LANE, _EDGE = 46, 8
Gap = tuple[date, date]


def looks(
    snapshots: Sequence[Coverage], gaps: Sequence[Gap], *, phrases: Phrases, name: str, title: str, caption: str
) -> Chart:
    """One lane a list, in the order in which the lists were first looked at; at least one snapshot is needed.

    gaps: stretches without any look, each with the look before it and the look after it
    """
    lanes = list(dict.fromkeys(look.view for look in snapshots))
    table = Table.of(
        [phrases.say(f"terminal.column.{column}") for column in ("taken_on", "view", "rows")],
        [
            (str(look.taken_on), phrases.label(look.view, "view"), phrases.numbers.count(look.rows))
            for look in snapshots
        ],
    )
    wide, narrow = (_looks(snapshots, lanes, gaps, phrases, width) for width in (WIDE, NARROW))
    return Chart(name, title, caption, table, wide, narrow)


def _looks(
    snapshots: Sequence[Coverage], lanes: Sequence[str], gaps: Sequence[Gap], phrases: Phrases, width: int
) -> Spec:
    say = phrases.say
    marks = [Mark(say("pages.coverage.key.look"), palette.MAIN, "circle")]
    if any(look.derived for look in snapshots):
        marks.append(Mark(say("pages.coverage.key.derived"), palette.MAIN, "hollow-circle"))
    if gaps:
        marks.append(Mark(say("pages.coverage.key.gap"), palette.NONE))
    layers, top = key(marks, width)
    top += 8
    bottom = top + _LANE * len(lanes)
    first = min(look.taken_not_before for look in snapshots).toordinal()
    last = max(look.taken_not_after for look in snapshots).toordinal()
    domain = [first, max(last, first + 1)]
    x: Layer = {
        "field": "from", "type": "quantitative", "axis": None,
        "scale": {"domain": domain, "range": [_EDGE, width - _EDGE], "nice": False, "zero": False},
    }  # fmt: skip
    layers.append({
        "data": {"values": [{"from": before.toordinal(), "to": after.toordinal()} for before, after in gaps]},
        "mark": {"type": "rect", "color": palette.NONE},
        "encoding": {"x": x, "x2": {"field": "to"}, "y": {"value": top}, "y2": {"value": bottom}},
    })  # fmt: skip
    layers += [line(0, top + _LANE * place, width, top + _LANE * place) for place in range(len(lanes) + 1)]
    for place, view in enumerate(lanes):
        layers += _lane(place, view, [look for look in snapshots if look.view == view], x, top, phrases)

    def at(day: date) -> float:
        return _EDGE + (day.toordinal() - domain[0]) / (domain[1] - domain[0]) * (width - 2 * _EDGE)

    begins, ends = map(date.fromordinal, domain)
    return sheet([*layers, *years(begins, ends, at, bottom, width)], width, bottom + 24)


def _lane(place: int, view: str, shown: Sequence[Coverage], x: Layer, top: float, phrases: Phrases) -> list[Layer]:
    track: Any = {"value": top + _LANE * place + 31}
    windows = [{"from": look.taken_not_before.toordinal(), "to": look.taken_not_after.toordinal()} for look in shown]
    layers = [
        text(phrases.heading(view, "view"), 2, top + _LANE * place + 12, size=TEXT, colour=palette.INK),
        {"data": {"values": windows}, "mark": {"type": "rule", "color": palette.MAIN, "strokeWidth": 2},
         "encoding": {"x": x, "x2": {"field": "to"}, "y": track}},
    ]  # fmt: skip
    hollow = {"filled": False, "fill": palette.PAPER, "stroke": palette.MAIN, "strokeWidth": 2}
    for is_derived, paint in ((False, {"filled": True, "color": palette.MAIN}), (True, hollow)):
        layers.append({
            "data": {"values": [{"from": look.taken_on.toordinal()} for look in shown if look.derived == is_derived]},
            "mark": {"type": "point", "size": 60, "opacity": 1, **paint},
            "encoding": {"x": x, "y": track},
        })  # fmt: skip
    return layers


def years(first: date, last: date, x: Callable[[date], float], bottom: float, width: int) -> list[Layer]:
    """The beginnings of years at the foot, as many as there is room for.

    x: where a day stands, in pixels
    """
    days = [date(year, 1, 1) for year in range(first.year, last.year + 2)]
    days = [day for day in days if first <= day <= last]
    step = max(1, -(-len(days) * int(text_width("2009", SMALL) + 12) // width))
    return [
        layer
        for day in days[::-1][::step]
        for layer in (
            line(x(day), bottom, x(day), bottom + 5, palette.QUIET),
            text(str(day.year), x(day), bottom + 14, align="center"),
        )
    ]
