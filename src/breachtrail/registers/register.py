"""What a register folder provides, and where the folders are.

A register is a folder beside this file with ``register.yml`` (what it is, its columns and views) and ``read.py``
(``layout(register, header, file_name)``: which cell of a row holds which column of a notice). If it can be fetched, it has
``portal.py`` too: ``look(client, register, road, have, known, told)`` takes every view of it, as its portal shows it now, and
``content(body)`` is what of a list can be compared with another.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module, resources
from typing import Any

import yaml

from breachtrail.errors import FileRefused, QuestionError

#: The register that is meant where none is named.
DEFAULT = "us_hhs_ocr"


@dataclass(frozen=True)
class Register:
    """A public list of breach notices kept by somebody outside, as its ``register.yml`` describes it.

    record_id:    header cells of the register's own record id, where an export shows one
    nationwide:   whether its notices come from a whole country: only then does a rate per resident say something
    may_be_empty: whether a view without a single notice is an honest one
    portal:       what the folder's ``portal.py`` has to know, if the register can be fetched: ``address`` and what else it needs
    """

    name: str
    id_prefix: str
    title: Mapping[str, str]
    publisher: str
    url: str
    threshold: int
    timezone: str
    views: tuple[str, ...]
    views_since: date
    columns: Mapping[str, Sequence[str]]
    columns_before_2015: Mapping[str, Sequence[str]]
    status: Sequence[str]
    status_values: Mapping[str, Sequence[str]]
    derived: Sequence[str] = field(default_factory=tuple)
    record_id: Sequence[str] = field(default_factory=tuple)
    nationwide: bool = False
    may_be_empty: bool = False
    portal: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Which cell of a row holds which column of a notice.

    places:         column of a notice → place of its cell (0-based)
    associate_name: place of a cell that names the business associate instead of saying Yes or No
    status:         place of the cell that says which view a row belongs to
    record_id:      place of the cell with the register's own id of the record
    width:          cells that a row must have
    unread:         columns of the file that nobody knows: noted, not read
    derived:        the file was made of an export by somebody, not by the portal
    """

    places: Mapping[str, int]
    associate_name: int | None
    status: int | None
    record_id: int | None
    width: int
    unread: tuple[str, ...]
    derived: bool


@functools.cache
def load(name: str) -> Register:
    """The register called ``name`` (the name of its folder). Raises QuestionError if there is none."""
    if name not in names():
        raise QuestionError(f"There is no register {name!r}. There are: {', '.join(names())}.")
    text = (resources.files("breachtrail.registers") / name / "register.yml").read_text(encoding="utf-8")
    described = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Register(**{**described, "views": tuple(described["views"])})


def names() -> tuple[str, ...]:
    """Every register there is a folder for."""
    folder = resources.files("breachtrail.registers")
    return tuple(sorted(item.name for item in folder.iterdir() if (item / "register.yml").is_file()))


def recognise(header: Sequence[str], file_name: str, wanted: str | None = None) -> tuple[Register, Layout]:
    """The register whose export has this header, with the layout of its rows.

    Raises FileRefused if no register (or not the ``wanted`` one) has such an export.
    """
    refusals = {}
    for name in [wanted] if wanted else names():
        register = load(name)
        try:
            reader = import_module(f"breachtrail.registers.{name}.read")
            return register, reader.layout(register, header, file_name)
        except FileRefused as refusal:
            refusals[name] = str(refusal)
    raise FileRefused(refusals.get(wanted or DEFAULT, ""))
