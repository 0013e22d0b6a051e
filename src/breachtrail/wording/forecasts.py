"""Charts of forecasts: what periods will come to, how often intervals held, and scores beside those of simpler ways."""

from collections.abc import Sequence

from breachtrail.questions.outlook import Forecast
from breachtrail.questions.worth import Worth
from breachtrail.wording import outlook, palette
from breachtrail.wording.canvas import (
    NARROW,
    SMALL,
    TEXT,
    WIDE,
    Layer,
    Mark,
    block,
    key,
    line,
    sheet,
    symbol,
    text,
    text_width,
    ticks,
)
from breachtrail.wording.chart import Chart, Spec, Table
from breachtrail.wording.phrases import Phrases

#: Shares that the intervals promise to hold.
_PROMISED = (0.5, 0.9)
_WAYS = (("score", palette.MAIN), ("chain_ladder", palette.CONTRAST), ("as_it_stood", palette.BEFORE))


def coming(told: Sequence[Forecast], *, phrases: Phrases, name: str, title: str, caption: str) -> Chart:
    """Months as columns of what is shown, each with the two intervals of what it will come to in the end."""
    specs = [_coming(told, phrases, width) for width in (WIDE, NARROW)]
    return Chart(name, title, caption, in_the_end(told, phrases), specs[0], specs[1])


def in_the_end(told: Sequence[Forecast], phrases: Phrases) -> Table:
    """What is shown of each period, and what it will come to, with both intervals."""
    count = phrases.numbers.count
    columns = [phrases.say(f"estimate.heading.{one}") for one in ("period", "shown", "final", "half", "most")]
    cells = [
        [
            outlook.period_name(one.period, phrases),
            count(one.shown),
            count(one.final.median),
            outlook.between(one.final, phrases, half=True),
            outlook.between(one.final, phrases),
        ]
        for one in told
    ]
    return Table.of(columns, cells)


def still_to_appear(told: Sequence[Forecast], phrases: Phrases) -> Table:
    """What of each period is late, and what is still to be submitted, each with its interval of nine in ten."""
    columns = [phrases.say(f"estimate.heading.{one}") for one in ("period", "late", "most", "to_come", "most")]
    cells = [
        [
            outlook.period_name(one.period, phrases),
            *(
                cell
                for part in (one.late, one.to_come)
                for cell in (phrases.numbers.count(part.median), outlook.between(part, phrases))
            ),
        ]
        for one in told
    ]
    return Table.of(columns, cells)


def _coming(told: Sequence[Forecast], phrases: Phrases, width: int) -> Spec:
    marks = [
        Mark(phrases.say("estimate.heading.shown"), palette.MAIN),
        Mark(phrases.say("forecasts.half"), palette.CONTRAST),
        Mark(phrases.say("forecasts.most"), palette.CONTRAST, "hollow-square"),
    ]
    layers, top = key(marks, width)
    top += 40
    bottom = top + (190 if width == WIDE else 170)
    largest = max((float(one.final.high) for one in told), default=0.0) or 1.0
    places = [(bottom - (bottom - top) * tick / largest, phrases.numbers.rough(tick)) for tick in ticks(largest)]
    left = max(text_width(figure, SMALL) for _, figure in places) + 6
    layers.append(text(phrases.heading("notices", "measure"), 0, top - 28, size=TEXT, colour=palette.INK))
    for y, figure in places:
        layers += [
            line(left, y, width, y, palette.GRID if y < bottom else palette.QUIET),
            text(figure, left - 6, y, align="right"),
        ]
    values = [{"month": place, "shown": one.shown, **vars(one.final)} for place, one in enumerate(told)]
    x = {"field": "month", "type": "ordinal", "axis": None,
         "scale": {"type": "band", "domain": [one["month"] for one in values], "range": [left, width], "paddingInner": 0.4}}  # fmt: skip
    height = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, largest], "range": [bottom, top], "nice": False},
    }
    layers += [
        {"mark": {"type": "bar", "color": palette.MAIN}, "encoding": {"x": x, "y": {**height, "field": "shown"}}},
        _span(x, height, "low", "high", 2),
        _span(x, height, "lower", "upper", 6),
    ]
    shown = told if width == WIDE else told[::-1][::2][::-1]
    feet = [
        {"month": place, "foot": phrases.numbers.month_name(one.period.first.month, short=True)}
        for place, one in enumerate(told) if one in shown
    ]  # fmt: skip
    layers.append({
        "data": {"values": feet},
        "mark": {"type": "text", "fontSize": SMALL, "color": palette.QUIET, "baseline": "middle"},
        "encoding": {"x": x, "y": {"value": bottom + 13}, "text": {"field": "foot"}},
    })  # fmt: skip
    return sheet(layers, width, bottom + 24, data={"values": values})


def _span(x: Layer, y: Layer, low: str, high: str, thickness: int) -> Layer:
    return {
        "mark": {"type": "bar", "width": thickness, "color": palette.CONTRAST},
        "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
    }


def table(told: Sequence[tuple[str, Worth]], by: str, phrases: Phrases) -> Table:
    """What groups of forecasts were worth; ``by``: what the groups are."""
    decimal, percent = phrases.numbers.decimal, phrases.numbers.percent
    columns = [by, *(phrases.say(f"forecasts.column.{one}") for one in
                     ("forecasts", "held_50", "held_90", "score", "chain_ladder", "as_it_stood"))]  # fmt: skip
    return Table.of(
        columns,
        [
            [
                group, phrases.numbers.count(one.forecasts), percent(one.held_50), percent(one.held_90),
                decimal(one.score, 2), "–" if one.chain_ladder is None else decimal(one.chain_ladder, 2), decimal(one.as_it_stood, 2),
            ]
            for group, one in told
        ],
    )  # fmt: skip


def held(told: Sequence[tuple[str, Worth]], by: str, *, phrases: Phrases, name: str, title: str, caption: str) -> Chart:
    """How often each interval held what came, a row for each group, beside what it promises."""
    return Chart(
        name, title, caption, table(told, by, phrases), _held(told, phrases, WIDE), _held(told, phrases, NARROW)
    )


def _held(told: Sequence[tuple[str, Worth]], phrases: Phrases, width: int) -> Spec:
    marks = [
        Mark(phrases.say("forecasts.half"), palette.MAIN, "hollow-circle"),
        Mark(phrases.say("forecasts.most"), palette.MAIN, "circle"),
    ]
    layers, top = key(marks, width)
    beside = width == WIDE
    left = max((text_width(group) for group, _ in told), default=0.0) + 24 if beside else 14.0
    right = width - 22.0
    top, step = top + 34, 30 if beside else 46
    bottom = top + step * len(told)

    def across(share: float) -> float:
        return left + (right - left) * share

    lines: list[Layer] = []  # below all dots
    for share in (0.0, *_PROMISED, 1.0):
        colour = palette.QUIET if share in _PROMISED else palette.GRID
        lines.append(line(across(share), top - 6, across(share), bottom, colour))
        layers.append(text(phrases.numbers.percent(share), across(share), top - 16, align="center"))
    for place, (group, one) in enumerate(told):
        y = top + step * place + (step / 2 if beside else 32)
        lines.append(line(left, y, right, y))
        layers += [
            text(group, 0, y if beside else y - 18, size=TEXT, colour=palette.INK),
            symbol(across(one.held_50), y, palette.MAIN, "hollow-circle"),
            symbol(across(one.held_90), y, palette.MAIN, "circle"),
        ]
    return sheet([*lines, *layers], width, bottom + 6)


def scores(
    told: Sequence[tuple[str, Worth]], by: str, *, phrases: Phrases, name: str, title: str, caption: str
) -> Chart:
    """Mean scores of each group, the shorter the better, beside the chain ladder and the figure as it stood."""
    specs = [_scores(told, phrases, width) for width in (WIDE, NARROW)]
    return Chart(name, title, caption, table(told, by, phrases), specs[0], specs[1])


def _scores(told: Sequence[tuple[str, Worth]], phrases: Phrases, width: int) -> Spec:
    layers, top = key([Mark(phrases.say(f"forecasts.way.{way}"), colour) for way, colour in _WAYS], width)
    beside = width == WIDE
    left = max((text_width(group) for group, _ in told), default=0.0) + 14 if beside else 0.0
    every = [getattr(one, way) or 0.0 for _, one in told for way, _ in _WAYS]
    largest = max(every, default=0.0) or 1.0
    right = width - 14 - text_width(phrases.numbers.decimal(largest, 2), SMALL)
    thick, top = 14, top + 12
    for group, one in told:
        if not beside:
            top += 22
        layers.append(text(group, 0, top + thick * 1.5 if beside else top - 12, size=TEXT, colour=palette.INK))
        for way, colour in _WAYS:
            value = getattr(one, way)
            if value is not None:
                end = left + (right - left) * value / largest
                layers += [
                    block(left, top + 1, max(end, left + 1), top + thick - 2, colour),
                    text(phrases.numbers.decimal(value, 2), end + 6, top + thick / 2),
                ]
            top += thick
        top += 12
    return sheet(layers, width, top)
