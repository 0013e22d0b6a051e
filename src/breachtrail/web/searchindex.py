"""The list of notices as one compact file, in which a reader's own browser searches where no server answers.

Columns, not rows; values are numbers of a list of values; an id is left out as far as name and day give it. It is a
script that hands over the list, for a page opened straight from a disk may load scripts and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from breachtrail.ledger.asof import Row
from breachtrail.ledger.store import Head
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.notices.vocabulary import LANGUAGES, Vocabulary
from breachtrail.report.organisation import printed_name
from breachtrail.wording.phrases import Phrases

#: Columns with one value a notice, and with several: the dimension by which readers narrow it → the column.
_SINGLE = {
    "state": "state",
    "entity_type": "entity_type",
    "business_associate": "business_associate",
    "status": "status",
}
_SEVERAL = {"breach_type": "breach_types", "location": "locations"}
#: Where it lies among the site's files.
FILE = "assets/search-index.js"
_NOT_OF_A_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = 40


def written(rows: Sequence[Row], former: Mapping[str, Sequence[str]], day: date, head: Head) -> bytes:
    """The file for ``rows`` of ``Ledger.notices``, in the order in which a list shows them first.

    former: by id the other names that a notice ever had
    """
    text = json.dumps(_document(rows, former, day, head), ensure_ascii=False, separators=(",", ":"))
    # What JSON allows in a text and older scripts do not; and no text of a register can end a script.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("<", "\\u003c")
    return f"breachtrailNotices({text});\n".encode()


def version(index: bytes) -> str:
    """What tells one list from another."""
    return hashlib.sha256(index).hexdigest()[:12]


def _document(rows: Sequence[Row], former: Mapping[str, Sequence[str]], day: date, head: Head) -> dict[str, Any]:
    prefix = rows[0]["id"].partition("-")[0] if rows else ""
    numbered = {name: _numbered([row[column] or "" for row in rows]) for name, column in _SINGLE.items()}
    sets = {name: _numbered([tuple(row[column] or ("",)) for row in rows]) for name, column in _SEVERAL.items()}
    return {
        "day": str(day),
        "generation": head.generation,
        "prefix": prefix,
        "bands": [list(band) for band in Vocabulary.load().size_bands()],
        "placeholders": list(PLACEHOLDERS),
        "id": [_tail(row, prefix) for row in rows],
        "name": [row["name"] or "" for row in rows],
        "former": {str(place): list(former[row["id"]]) for place, row in enumerate(rows) if former.get(row["id"])},
        "individuals": [row["individuals"] for row in rows],
        "submitted_on": _steps([row["submitted_on"] for row in rows]),
        "values": {name: values for name, (values, _) in {**numbered, **sets}.items()},
        **{name: places for name, (_, places) in {**numbered, **sets}.items()},
        "printed": {language: _printed(rows, language) for language in LANGUAGES},
        "means": {
            said: value for language in LANGUAGES for said, value in Vocabulary.load().said("organisation", language).items()
        },
    }  # fmt: skip


def _printed(rows: Sequence[Row], language: str) -> dict[str, str]:
    """Names that are printed otherwise than the register writes them, by the place of their row."""
    phrases = Phrases.of(language)
    printed = (
        (str(place), row["name"] or "", printed_name(row["name"] or "", phrases)) for place, row in enumerate(rows)
    )
    return {place: shown for place, name, shown in printed if shown != name}


def _numbered(values: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """The values that occur, and for each row the place of its value among them."""
    places: dict[Any, int] = {}
    numbers = [places.setdefault(value, len(places)) for value in values]
    return list(places), numbers


def _steps(days: Sequence[date | None]) -> list[int | None]:
    """Each day as the number of days by which it lies before the one above (the first: before the year 10000)."""
    last, steps = date.max.toordinal(), []
    for day in days:
        steps.append(None if day is None else last - day.toordinal())
        last = last if day is None else day.toordinal()
    return steps


def _tail(row: Row, prefix: str) -> str:
    """The end of an id whose beginning the script can make itself from an ASCII name; else the whole id."""
    name = row["name"] or ""
    if name.isascii():
        slug = _NOT_OF_A_SLUG.sub("-", name.lower())[:_SLUG].strip("-")
        beginning = f"{prefix}-{row['submitted_on']}-{slug}-"
        if slug and row["id"].startswith(beginning):
            return str(row["id"][len(beginning) :])
    return str(row["id"])
