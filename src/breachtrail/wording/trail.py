"""What became of a notice: its story in a sentence, between which looks it changed, and its number over time as a picture."""

import itertools
import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from breachtrail.ledger.asof import NOT_SHOWN, Coverage, Row
from breachtrail.ledger.trails import last_look, look_before
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.wording import palette
from breachtrail.wording.canvas import NARROW, WIDE, Layer, Mark, block, key, line, sheet, symbol, text, text_width
from breachtrail.wording.chart import Chart, Spec, Table
from breachtrail.wording.looks import years
from breachtrail.wording.phrases import Phrases

#: Pixels: room for the numbers, and how far the picture stays away from the edges.
_HEIGHT, _EDGE, _LINE = 150, 8, 16


class Stage(NamedTuple):
    """A number of individuals, and the first and the last look that showed it."""

    individuals: int
    first: date
    last: date


def stages(trail: Sequence[Row], looks: Sequence[Coverage]) -> list[Stage]:
    """The numbers in the order in which they became known; versions that the register did not show tell none."""
    told: list[Stage] = []
    for place, version in enumerate(trail):
        if version["status"] in NOT_SHOWN or version["individuals"] is None:
            continue
        stage = Stage(version["individuals"], version["known_from"], last_look(trail, place, looks))
        if told and told[-1].individuals == stage.individuals:
            told[-1] = told[-1]._replace(last=stage.last)
        else:
            told.append(stage)
    return told


def story(trail: Sequence[Row], phrases: Phrases) -> str:
    """What became of a notice's number, in one sentence."""
    numbers: list[int] = []
    for version in trail:
        number = version["individuals"]
        if number is not None and (not numbers or number != numbers[-1]):
            numbers.append(number)
    counted = next((number for number in numbers if number not in PLACEHOLDERS), None)
    return phrases.say(
        "trail.story",
        first=trail[0]["known_from"],
        individuals=trail[0]["individuals"],
        is_placeholder=trail[0]["individuals"] in PLACEHOLDERS,
        revisions=len(numbers) - (trail[0]["individuals"] is not None),
        now=numbers[-1] if numbers else None,
        counted=counted if counted and numbers[-1] not in (counted, *PLACEHOLDERS) else None,
        is_first=counted == trail[0]["individuals"],
        is_hidden=trail[-1]["status"] in NOT_SHOWN,
    )


def between(trail: Sequence[Row], place: int, looks: Sequence[Coverage], phrases: Phrases) -> tuple[str, str]:
    """When a version came to be, as far as the looks tell: in a few words, and with the looks that tell it."""
    seen, before = trail[place]["known_from"], look_before(trail, place, looks)
    kind = "first" if place == 0 else "gone" if trail[place]["status"] in NOT_SHOWN else "changed"
    days = (seen - before).days if before else None
    return phrases.say(f"trail.when.{kind}", before=before, seen=seen), phrases.say(
        f"trail.looks.{kind}", before=before, seen=seen, days=days
    )


def chart(trail: Sequence[Row], looks: Sequence[Coverage], *, phrases: Phrases, name: str, as_of: date) -> Chart | None:
    """Each number from the first look that showed it to the last; shaded, between which looks it changed. None for one number.

    The height is logarithmic.
    """
    told = [stage for stage in stages(trail, looks) if stage.individuals > 0]
    if len(told) < 2:
        return None
    rows = [(str(stage.first), str(stage.last), _number(stage, phrases)) for stage in told]
    table = Table.of([phrases.say(f"trail.column.{column}") for column in ("first", "last", "individuals")], rows)
    caption = phrases.say(
        "trail.caption", as_of=as_of, has_placeholder=any(stage.individuals in PLACEHOLDERS for stage in told)
    )
    wide, narrow = (_drawn(told, phrases, width) for width in (WIDE, NARROW))
    return Chart(name, phrases.say("web.notice.chart"), caption, table, wide, narrow)


def _number(stage: Stage, phrases: Phrases) -> str:
    return phrases.numbers.count(stage.individuals) + ("*" if stage.individuals in PLACEHOLDERS else "")


def _drawn(told: Sequence[Stage], phrases: Phrases, width: int) -> Spec:
    layers, top = key(
        [Mark(phrases.say("trail.seen"), palette.MAIN), Mark(phrases.say("trail.unseen"), palette.NONE)], width
    )
    top += 2 * _LINE
    bottom = top + _HEIGHT
    first, last = told[0].first, max(told[-1].last, date.fromordinal(told[0].first.toordinal() + 1))
    low, high = (math.log(pick(stage.individuals for stage in told)) for pick in (min, max))

    def x(day: date) -> float:
        part = (day - first).days / (last - first).days
        return _EDGE + part * (width - 2 * _EDGE)

    def y(stage: Stage) -> float:
        return bottom - 12 - (math.log(stage.individuals) - low) / (high - low) * (_HEIGHT - 12)

    gaps = list(itertools.pairwise(told))
    layers += [block(x(one.last), top - 2 * _LINE + 6, x(other.first), bottom, palette.NONE) for one, other in gaps]
    layers.append(line(0, bottom, width, bottom, palette.GRID))
    layers += [line(x(one.last), y(one), x(other.first), y(other), palette.QUIET) for one, other in gaps]
    for stage in told:
        layers.append(
            block(x(stage.first), y(stage) - 2, max(x(stage.last), x(stage.first) + 1), y(stage) + 2, palette.MAIN)
        )
        layers.append(symbol(x(stage.first), y(stage), palette.MAIN, "circle", 8))
    layers += _numbers(told, [(x(stage.first), y(stage)) for stage in told], phrases, width)
    return sheet([*layers, *years(first, last, x, bottom, width)], width, bottom + 24)


def _numbers(told: Sequence[Stage], places: Sequence[tuple[float, float]], phrases: Phrases, width: int) -> list[Layer]:
    """The numbers above their lines: the last, the first, and of the others, the latest first, those for which there is room."""
    taken: list[tuple[float, float, float]] = []
    layers = []
    for place in (len(told) - 1, 0, *range(len(told) - 2, 0, -1)):
        said = _number(told[place], phrases)
        room = text_width(said)
        left = min(max(places[place][0] - 4, 0), width - room)
        height = places[place][1] - _LINE
        if any(
            left < right + 8 and start < left + room + 8 and abs(height - other) < _LINE
            for start, right, other in taken
        ):
            continue
        taken.append((left, left + room, height))
        layers.append(text(said, left, height, size=13, colour=palette.INK))
    return layers
