"""What the attacks share: a list to attack, and what must hold of a refusal and of the ledger after it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import BreachTrailError

NAME = "2024-06-01_under_investigation"
ROWS = [Row(name=f"Clinic {number} of Nowhere", individuals=600 + number) for number in range(20)]


def read(register: MadeUpRegister, path: Path) -> pipeline.FileResult:
    """What became of the one file."""
    (result,) = pipeline.ingest(register.home, [path]).files
    return result


def text(lines: list[list[str]], separator: str = ",") -> str:
    return "".join(separator.join(line) + "\n" for line in lines)


def refusal(register: MadeUpRegister, path: Path) -> str:
    """The one sentence with which a file is refused; the ledger is as it was."""
    before = content(register.home)
    refused = read(register, path).refused
    assert refused
    assert "\n" not in refused
    assert len(refused) < 1000
    assert content(register.home) == before
    return refused


def content(home: Path) -> str:
    try:
        with breachtrail.open(home) as ledger:
            return ledger.head.content
    except BreachTrailError:
        return ""


def broken_laws(home: Path) -> list[str]:
    return [law.name for law in pipeline.verify(home) if not law.holds]


def packed(path: Path, told: Mapping[str, bytes]) -> None:
    """Write a zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, inside in told.items():
            archive.writestr(name, inside)
