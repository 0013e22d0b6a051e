"""The ids that JSF generates: ``j_idt`` and a number, given along the page, and other numbers on every node.

In five numberings of the same page of May 2025 the components stand in one order, the steps between them are mostly
the same, and here and there one is larger by one. So a numbering is drawn: the usual step to each component, and chance.
"""

from collections import defaultdict, deque
from collections.abc import Mapping
from random import Random

#: Component → the smallest step to it from the one before, as measured on the captures of May 2025.
_HEAD = {"head": 2, "file_link": 9}
_BUTTONS = {"banner": 13, "open_button": 1, "archive_button": 1, "help_button": 1}
#: The TabView of 2026 stood at 31.
_TABS = {"tabs": 20}
_FILTER = {"grid": 4, "advanced": 12}
#: Between the link and the first exporter lie some 319 numbers, most of them in the filters that are not shown at first.
_FIELDS = dict.fromkeys(
    ("from", "to", "types", "locations", "entity_types", "states", "associates", "description", "name", "apply"), 7
)
_EXPORTS = {
    "excel": 319 - 7 * len(_FIELDS),
    "excel_image": 1,
    **{name: 1 for kind in ("pdf", "csv", "xml") for name in (kind, f"{kind}_image")},
}
_TABLE = {"column_0": 2, "expand_all": 1, "column_1": 2}
#: The front page of 2026: 39 led to the HIPAA list, 53 to that of Part 2.
_FRONT = {"file_hipaa": 21, "view_hipaa": 7, "file_part2": 7, "view_part2": 7}
#: How often a step is larger by one.
_CHANCE = 0.12
#: With so many nodes that numbers run out, two have the same.
_ATTEMPTS = 100


class Numberings:
    """The numberings of all nodes: no two that are in use, nor one and the next, have the same id for the CSV."""

    def __init__(self, number: int, generation: str, nodes: int) -> None:
        self._number, self._generation = number, generation
        self._used: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=4 * nodes))

    def draw(self, whose: str, page: str, columns: int) -> Mapping[str, str]:
        """The ids of a page with this many columns, 0 for the front page; ``whose`` tells node, deployment and view."""
        used = self._used[page]
        for attempt in range(_ATTEMPTS):
            seed = f"{self._number} {whose} {page} {attempt}"
            ids = list_page(seed, self._generation, columns) if columns else front_page(seed)
            told = ids["csv" if columns else "view_part2"]
            if told not in used:
                break
        used.append(told)
        return ids


def front_page(seed: str) -> Mapping[str, str]:
    """Component of the front page → its id without the form."""
    return _numbered(_HEAD | _FRONT, Random(seed), 0)


def list_page(seed: str, generation: str, columns: int) -> Mapping[str, str]:
    """Component of a list's page → its id without form and table; ``columns`` is how many the export has."""
    chance = Random(seed)
    head = _BUTTONS if generation == "buttons" else _TABS
    more = {f"column_{place}": 3 for place in range(2, columns - 1)}
    hidden = {f"column_{columns - 1}": 6, f"column_{columns}": 3}
    early = chance.choice((0, 0, 3, 5, 10))
    return _numbered(_HEAD | head | _FILTER | _FIELDS | _EXPORTS | _TABLE | more | hidden, chance, early)


def _numbered(steps: Mapping[str, int], chance: Random, early: int) -> Mapping[str, str]:
    number, ids = 0, {}
    for place, (name, step) in enumerate(steps.items()):
        number += step + (chance.random() < _CHANCE) + (early if place == 2 else 0)
        ids[name] = f"j_idt{number}"
    return ids
