"""The portal's exports, 2009 to today, as named columns of text.

Three layouts: the nine columns of 2015 and later; the same with two headers that read
``javax.faces.component.UIPanel@...`` (a fault of the portal since 2026, repaired only where the other seven stand
exactly in their places); and the list of 2009 to 2014, which has the date of the breach instead of its submission.
"""

import re
from collections.abc import Sequence

from breachtrail.errors import FileRefused
from breachtrail.registers.register import Layout, Register

_UIPANEL = "javaxfacescomponentuipanel"
#: The column by which exports of registers/own/ are known, which else are the portal's.
_OF_OWN = "recordnumber"
#: Without these a file says too little to be a list of breach notices.
_NEEDED = ("name", "state", "individuals", "breach_types", "locations")


def layout(register: Register, header: Sequence[str], file_name: str) -> Layout:
    """Which cell of a row holds which column of a notice.

    Tables that we write are read like a file that somebody made of an export; those of all versions are not.
    Raises FileRefused if the header is none of the portal's, or names a column of a notice twice.
    """
    if {"knownfrom", "knownuntil"} <= {_plain(cell) for cell in header}:
        raise FileRefused(
            f"{file_name} is a table of all versions, as `breachtrail export` writes it, and no list of one day. Bring in "
            "the register's own files, or a table written by `breachtrail notices --rows 0 --format csv`."
        )
    words = _repaired([_plain(cell) for cell in header], register)
    if _OF_OWN in words and _OF_OWN not in map(_plain, register.record_id):
        raise FileRefused(
            f"{file_name} is an export of a register of one's own: it has a column 'Record Number'. Its notices are none of "
            f"{register.title['en']}. Say so: --register own."
        )
    places = {column: _place(words, names) for column, names in register.columns.items()}
    old = {column: _place(words, names) for column, names in register.columns_before_2015.items()}
    if places["description"] is None:
        places["description"] = old.get("description")
    found = {column: place for column, place in places.items() if place is not None}
    missing = [register.columns[column][0] for column in _NEEDED if column not in found]
    if "submitted_on" not in found and old.get("breach_on") is None:
        missing.append(register.columns["submitted_on"][0])
    if missing:
        raise FileRefused(
            f"{file_name} is no export of {register.title['en']}: it has no column "
            f"{', '.join(repr(name) for name in missing)} among its {len(header)} columns "
            f"({', '.join(_short(repr(name)) for name in list(header)[:4])} …). If it belongs to another register, say so."
        )
    for place in found.values():
        if words.count(words[place]) > 1:
            raise FileRefused(
                f"{file_name} has {words.count(words[place])} columns {header[place]!r}, and which of them is meant cannot "
                "be told. Rename the others, or take them out."
            )
    status = _place(words, register.status)
    record_id = _place(words, register.record_id)
    known = {*found.values(), *(place for place in old.values() if place is not None), status, record_id}
    strangers = [header[place] for place in range(len(header)) if place not in known]
    unread = [name for name in strangers if _plain(name) not in {_plain(known) for known in register.derived}]
    return Layout(
        places=found,
        associate_name=old.get("associate_name") if "business_associate" not in found else None,
        status=status,
        record_id=record_id,
        width=len(header),
        unread=tuple(unread),
        derived=status is not None or any(column not in found for column in register.columns),
    )


def _repaired(words: list[str], register: Register) -> list[str]:
    """The header with the portal's UIPanel cells given their names back, by position."""
    right = [_plain(names[0]) for names in register.columns.values()]
    if len(words) != len(right) or not any(word.startswith(_UIPANEL) for word in words):
        return words
    agree = all(word == name for word, name in zip(words, right, strict=True) if not word.startswith(_UIPANEL))
    return right if agree and sum(word.startswith(_UIPANEL) for word in words) <= 2 else words


def _short(name: str) -> str:
    return name if len(name) <= 42 else f"{name[:41]}…"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _place(words: Sequence[str], names: Sequence[str]) -> int | None:
    for name in names:
        if _plain(name) in words:
            return list(words).index(_plain(name))
    return None
