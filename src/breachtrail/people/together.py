"""Sketches laid together: the distinct people of their union, and the overlap of any two, each with error bounds."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from breachtrail.errors import SketchError
from breachtrail.people.key import Key
from breachtrail.people.sketch import LG_KEPT, Sketch

#: Bounds are given at two standard deviations: they hold in about 95 of 100 cases.
_DEVIATIONS = 2


@dataclass(frozen=True)
class Number:
    """So many people, and between which figures in 95 of 100 cases; exact where both are the same."""

    people: int
    between: tuple[int, int]

    @property
    def is_exact(self) -> bool:
        """Whether nobody was left out of the sketches, so that the figure is a count."""
        return self.between[0] == self.between[1]


@dataclass(frozen=True)
class Overlapping:
    """The people who stand on both of two lists."""

    one: str
    other: str
    both: Number


@dataclass(frozen=True)
class Together:
    """What sketches come to.

    each:     list → its distinct people, in the order given
    union:    distinct people on any of them
    overlaps: of any two
    """

    each: tuple[tuple[str, Number], ...]
    union: Number
    overlaps: tuple[Overlapping, ...]


def together(sketches: Sequence[Sketch], key: Key | None = None) -> Together:
    """Lay sketches together; with ``key`` only those made with it.

    Raises SketchError where they were made with other keys or rules, or two bear one name.
    """
    from datasketches import theta_intersection, theta_union

    if not sketches:
        raise SketchError("Name at least one sketch.")
    first = sketches[0]
    for one in sketches:
        if key is not None and one.fingerprint != key.fingerprint.hex():
            raise SketchError(
                f"{one.name} was not sketched with this key ({key.fingerprint.hex()[:8]}) but with another "
                f"({one.fingerprint[:8]}). Take the key that belongs to it, or sketch the list anew."
            )
    for other in sketches[1:]:
        if other.fingerprint != first.fingerprint:
            raise SketchError(
                f"{first.name} and {other.name} were sketched with different keys ({first.fingerprint[:8]} and "
                f"{other.fingerprint[:8]}), so the same person looks like two. Sketch both lists with one key."
            )
        if other.rule != first.rule:
            raise SketchError(
                f"{first.name} matches people by {first.rule}, {other.name} by {other.rule}: the same person looks like two. "
                "Sketch both lists by one rule."
            )
    names = [sketch.name for sketch in sketches]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SketchError(f"Two sketches are named {twice[0]}. Give each list a name of its own with `sketch --name`.")
    opened = [(sketch.name, sketch.library) for sketch in sketches]
    whole = theta_union(LG_KEPT, seed=first.seed)
    for _, one in opened:
        whole.update(one)
    overlaps = []
    for (one_name, one), (other_name, other_one) in itertools.combinations(opened, 2):
        both = theta_intersection(first.seed)
        both.update(one)
        both.update(other_one)
        overlaps.append(Overlapping(one_name, other_name, _number(both.get_result())))
    return Together(tuple((name, _number(one)) for name, one in opened), _number(whole.get_result()), tuple(overlaps))


def _number(sketch: object) -> Number:
    from datasketches import theta_sketch

    assert isinstance(sketch, theta_sketch)
    low, high = sketch.get_lower_bound(_DEVIATIONS), sketch.get_upper_bound(_DEVIATIONS)
    return Number(round(sketch.get_estimate()), (int(low), int(-(-high // 1))))
