"""Texts in the manner of newsrooms, with errors planted: what is flagged is wrong, what is wrong is flagged.

Each text of ``tests/claims/texts`` is checked against the real exports. ``texts.yml`` says of each of its figures whether it is
right on its day, or which error was planted; the bounds below are for all texts together.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import breachtrail
from breachtrail.claims.check import check
from breachtrail.claims.checked import Checked
from breachtrail.claims.load import load
from breachtrail.claims.reading import read
from breachtrail.claims.verdict import AGAINST, Verdict

CLAIMS = Path(__file__).resolve().parent.parent / "claims"
TEXTS: list[dict[str, Any]] = yaml.safe_load((CLAIMS / "texts.yml").read_text(encoding="utf-8"))
RECALL, NOT_UNDERSTOOD = 0.9, 0.1


@dataclass(frozen=True)
class Scored:
    """One figure of a text: as printed, what it is, what was said of it (None: not understood, or taken for an aside)."""

    file: str
    figure: str
    truth: str
    said: Verdict | None
    reading: str

    @property
    def is_flagged(self) -> bool:
        return self.said in AGAINST


def scored(entry: dict[str, Any], found: Checked) -> list[Scored]:
    """Every figure that the list names, in the order of the text, with what the check says of it."""
    said = [
        (one.figure.start, one.figure.text, one.verdict, one.reading.code if one.reading else "")
        for one in found.claims
        if one.figure is not None
    ]
    others = (*found.not_about_the_register, *found.not_understood)
    figures = sorted([*said, *((figure.start, figure.text, None, "") for figure, _ in others)], key=lambda one: one[0])
    at, told = 0, []
    for printed, truth in entry["claims"]:
        place = next((place for place in range(at, len(figures)) if figures[place][1] == str(printed)), None)
        assert place is not None, f"{entry['file']}: {printed} is not found after the figures before it"
        told.append(Scored(entry["file"], str(printed), truth, *figures[place][2:]))
        at = place + 1
    return told


@pytest.fixture(scope="module")
def figures(real_ledger: Path) -> list[Scored]:
    told: list[Scored] = []
    with breachtrail.open(real_ledger) as ledger:
        for entry in TEXTS:
            article = load(CLAIMS / "texts" / entry["file"])
            told += scored(entry, check(ledger, article, read(article)))
    return told


def test_nothing_right_is_called_wrong(figures: list[Scored]) -> None:
    assert [one for one in figures if one.is_flagged and one.truth == "ok"] == []


def test_what_was_planted_is_found(figures: list[Scored]) -> None:
    planted = [one for one in figures if one.truth != "ok"]
    missed = [one for one in planted if not one.is_flagged]
    assert len(planted) >= 20
    assert len(planted) - len(missed) >= RECALL * len(planted), missed


def test_what_is_there_is_understood(figures: list[Scored]) -> None:
    lost = [one for one in figures if one.said is None]
    assert len(lost) <= NOT_UNDERSTOOD * len(figures), lost


def test_every_kind_of_error_is_there() -> None:
    kinds = Counter(truth for entry in TEXTS for _, truth in entry["claims"])
    assert len(TEXTS) >= 12
    assert {"open_alone", "archive_alone", "single_value", "associate_involved", "unit", "merged", "neighbour"} <= set(
        kinds
    )
