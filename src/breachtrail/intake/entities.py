"""The covered entities for which an associate files, as a CSV: name, state and, where known, type and individuals of each."""

import csv
import io
from dataclasses import dataclass

from breachtrail.notices.vocabulary import Vocabulary

#: Columns of the file; the last two may be left out, or empty.
COLUMNS = ("name", "state", "entity_type", "individuals")
_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Entity:
    """One covered entity. individuals: None where the associate does not say how many are this entity's."""

    name: str
    state: str
    entity_type: str
    individuals: int | None


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a line cannot be read. line: 1 is the header; reason: as the phrases ``filing.refused.<reason>`` say it."""

    line: int
    reason: str


def parsed(text: str) -> tuple[list[Entity], list[Flaw]]:
    """The entities of the file, and every line that is none: a file with a flaw is to be refused, line by line."""
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        return [], [Flaw(1, "entities_csv")]
    header = [cell.strip().casefold().replace(" ", "_") for cell in lines[0]] if lines else []
    if not set(COLUMNS[:_NEEDED]) <= set(header) <= set(COLUMNS) or len(set(header)) != len(header):
        return [], [Flaw(1, "entities_header")]
    entities, flaws, seen = [], [], set()
    for number, cells in enumerate(lines[1:], 2):
        if not any(map(str.strip, cells)):
            continue
        read = (
            _entity(dict(zip(header, map(str.strip, cells), strict=False)))
            if len(cells) == len(header)
            else "entities_csv"
        )
        if isinstance(read, Entity) and (read.name.casefold(), read.state) in seen:
            read = "entities_twice"
        if isinstance(read, Entity):
            seen.add((read.name.casefold(), read.state))
            entities.append(read)
        else:
            flaws.append(Flaw(number, read))
    if not entities and not flaws:
        flaws.append(Flaw(1, "missing"))
    return entities, flaws


def _entity(cells: dict[str, str]) -> Entity | str:
    """The entity of one line, or the reason why there is none."""
    vocabulary = Vocabulary.load()
    name, count, kind = cells["name"], cells.get("individuals", "").replace(",", ""), cells.get("entity_type", "")
    state = vocabulary.find("state", cells["state"])
    entity_type = vocabulary.find("entity_type", kind)
    if not name or len(name) > 200 or not name.isprintable():
        return "entities_name"
    if not state:
        return "entities_state"
    if entity_type is None or entity_type == "Business Associate":
        return "entities_type"
    if count and not (count.isascii() and count.isdecimal() and len(count) < 10):
        return "count"
    return Entity(name, state, entity_type, int(count) if count else None)
