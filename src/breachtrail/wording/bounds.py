"""The chart of the different people behind records: bounds by year, and between them what assumptions of overlap give."""

from collections.abc import Sequence

from breachtrail.estimates.distinct import Distinct, Overlap
from breachtrail.questions.people import People
from breachtrail.wording import palette
from breachtrail.wording.canvas import (
    NARROW,
    SMALL,
    TEXT,
    WIDE,
    Layer,
    Mark,
    Shape,
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
from breachtrail.wording.people import assumed
from breachtrail.wording.phrases import Phrases

#: Assumptions that lie between the bounds; that of the same people again is the lower bound itself.
_DRAWN: tuple[tuple[str, Shape], ...] = (("independent", "circle"), ("half", "hollow-circle"))

#: Half the thickness of a span, in pixels.
_HALF = 6

Told = Sequence[tuple[int, People]]


def table(told: Told, phrases: Phrases) -> Table:
    """A row a year: records, bounds, and what each assumption gives, with its interval where that is not the figure itself."""
    count = phrases.numbers.count
    columns = [
        phrases.heading("year", "dimension"), phrases.heading("notices", "measure"), phrases.heading("individuals", "measure"),
        *(phrases.say(f"bounds.column.{one}") for one in ("least", "half", "independent", "most")),
    ]  # fmt: skip
    rows = []
    for year, found in told:
        distinct = found.distinct
        people = {one.assumption: one for one in distinct.overlaps}
        cells = [_assumed(people[name], distinct, phrases) for name in ("half", "independent")]
        rows.append(
            [
                str(year),
                count(distinct.notices),
                count(distinct.records),
                count(distinct.least),
                *cells,
                count(distinct.most),
            ]
        )
    return Table.of(columns, rows)


def _assumed(one: Overlap, told: Distinct, phrases: Phrases) -> str:
    people, between = assumed(one, told, phrases)
    return phrases.say("bounds.assumed", people=people, between=between)


def chart(told: Told, *, phrases: Phrases, name: str, title: str, caption: str) -> Chart:
    """A span for each year from the lower bound to the upper one, with the assumptions as dots upon it."""
    specs = [_spans(told, phrases, width) for width in (WIDE, NARROW)]
    return Chart(name, title, caption, table(told, phrases), specs[0], specs[1])


def _spans(told: Told, phrases: Phrases, width: int) -> Spec:
    marks = [
        Mark(phrases.say("bounds.between"), palette.CLASSES[1]),
        *(Mark(phrases.say(f"bounds.column.{one}"), palette.MAIN, shape) for one, shape in _DRAWN),
    ]
    layers, top = key(marks, width)
    top += 40
    step = 24
    bottom = top + step * len(told)
    largest = max((float(found.distinct.most) for _, found in told), default=0.0) or 1.0
    left, right = text_width("2009", SMALL) + 12, width - 18.0

    def across(people: float) -> float:
        return left + (right - left) * people / largest

    layers.append(text(phrases.say("bounds.axis"), 0, top - 30, size=TEXT, colour=palette.INK))
    for tick in ticks(largest):
        layers += [
            line(across(tick), top - 4, across(tick), bottom),
            text(phrases.numbers.rough(tick), across(tick), bottom + 13, align="center"),
        ]
    dots: list[Layer] = []  # above all spans
    for place, (year, found) in enumerate(told):
        y, distinct = top + step * (place + 0.5), found.distinct
        layers += [text(str(year), 0, y), _span(across(distinct.least), across(distinct.most), y)]
        people = {one.assumption: one.people for one in distinct.overlaps}
        dots += [symbol(across(people[one]), y, palette.MAIN, shape, side=9) for one, shape in _DRAWN]
    layers += dots
    return sheet(layers, width, bottom + 24)


def _span(left: float, right: float, y: float) -> Layer:
    return block(left, y - _HALF, max(right, left + 2), y + _HALF, palette.CLASSES[1])
