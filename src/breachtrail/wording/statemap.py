"""The map of states: how a rate per million residents differs, with what the map cannot hold listed below it."""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from itertools import pairwise
from typing import Any

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.wording import palette
from breachtrail.wording.canvas import NARROW, WIDE, Layer, Mark, key, sheet
from breachtrail.wording.chart import Chart, Row, Spec, Table
from breachtrail.wording.charts import Print, exactly, printed
from breachtrail.wording.numbers import Figure, half_up
from breachtrail.wording.phrases import Phrases

#: The extent of the drawn states in ``assets/states-albers.json``, in its own pixels: left, top, width, height.
EXTENT = (-58, 12, 1016, 596)


@functools.cache
def _topology() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("assets/states-albers.json")
    topology: dict[str, Any] = json.loads(file.read_bytes())
    return topology


@functools.cache
def _drawn_states() -> frozenset[str]:
    return frozenset(shape["properties"]["name"] for shape in _topology()["objects"]["states"]["geometries"])


@dataclass(frozen=True)
class Classes:
    """Classes of a rate, each with about as many states: ``bounds`` part them, the lower end belonging to its class."""

    bounds: tuple[Decimal, ...]

    @classmethod
    def of(cls, rates: Sequence[Figure]) -> "Classes":
        """Five classes, or fewer where the rates differ too little, parted at values of two significant digits."""
        exact = sorted(Decimal(str(rate)) for rate in rates if rate)
        wanted = len(palette.CLASSES)
        quantiles = [exact[len(exact) * place // wanted] for place in range(1, wanted)] if exact else []
        rounded = {half_up(value, Decimal(1).scaleb(value.adjusted() - 1)) for value in quantiles}
        return cls(tuple(sorted(bound for bound in rounded if exact[0] < bound <= exact[-1])))

    def colour(self, rate: Figure | None) -> str:
        """The colour of a state: grey where there is no rate, almost white where there is nothing."""
        if rate is None:
            return palette.UNKNOWN
        if rate == 0:
            return palette.NONE
        return self._colours()[sum(Decimal(str(rate)) >= bound for bound in self.bounds)]

    def marks(self, how: Print, phrases: Phrases) -> list[Mark]:
        """The items of the key, lowest class first."""
        said = [printed(bound, how, phrases) for bound in self.bounds]
        if not said:
            return []
        texts = [
            phrases.say("chart.map.below", upper=said[0]),
            *(phrases.say("chart.map.between", lower=lower, upper=upper) for lower, upper in pairwise(said)),
            phrases.say("chart.map.above", lower=said[-1]),
        ]
        return [Mark(text, colour) for text, colour in zip(texts, self._colours(), strict=True)]

    def _colours(self) -> list[str]:
        """As many of the palette's as there are classes, from its dark end and evenly spread."""
        last = len(palette.CLASSES) - 1
        count = len(self.bounds)
        return [palette.CLASSES[last - (count - place) * last // max(count, 1)] for place in range(count + 1)]


def state_map(
    rows: Sequence[Row], *, measure: str, phrases: Phrases, name: str, title: str, caption: str, how: Print = "decimal",
) -> Chart:  # fmt: skip
    """A map of states shaded by a rate; the federal district, territories and the blank state as squares below it.

    rows: ``{state: USPS code or '', measure: rate or None}``; a state without a row has no notices
    """
    table = Table.of(
        [phrases.say("chart.column.state"), phrases.heading(measure, "measure")],
        [(phrases.heading(row["state"], "state"), exactly(row[measure], how, phrases)) for row in rows],
    )
    classes = Classes.of([row[measure] or 0 for row in rows])
    specs = [_map(rows, measure, classes, how, phrases, width) for width in (WIDE, NARROW)]
    return Chart(name, title, caption, table, specs[0], specs[1])


def _map(rows: Sequence[Row], measure: str, classes: Classes, how: Print, phrases: Phrases, width: int) -> Spec:
    label = Vocabulary.load().label  # the map knows its states by their English names
    shaded = [{"name": label("state", row["state"], "en"), "colour": classes.colour(row[measure])} for row in rows]
    beside = [row for row in rows if row["state"] == "DC" or label("state", row["state"], "en") not in _drawn_states()]
    marks = classes.marks(how, phrases)
    if len({row["state"] for row in rows} - {row["state"] for row in beside}) < len(_drawn_states()) - 1:
        marks.insert(0, Mark(phrases.say("chart.map.none"), palette.NONE))
    if any(row[measure] is None for row in rows):
        marks.append(Mark(phrases.say("chart.map.without_rate"), palette.UNKNOWN))
    layers, top = key(marks, width)
    left, above, across, down = EXTENT
    scale = width / across
    bottom = top + 8 + down * scale
    squares = [Mark(phrases.heading(row["state"], "state"), classes.colour(row[measure])) for row in beside]
    listed, height = key(squares, width, bottom + 6, columns=3 if width == WIDE else 2)
    states: Layer = {
        "data": {"name": "states", "format": {"type": "topojson", "feature": "states"}},
        "transform": [{
            "lookup": "properties.name",
            "from": {"data": {"values": shaded}, "key": "name", "fields": ["colour"]},
            "default": palette.NONE,
        }],
        "projection": {"type": "identity", "scale": scale, "translate": [-left * scale, top + 8 - above * scale]},
        "mark": {"type": "geoshape", "stroke": palette.PAPER, "strokeWidth": 0.7},
        "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}},
    }  # fmt: skip
    return sheet([*layers, states, *listed], width, bottom + 6 + height, datasets={"states": _topology()})
