"""A short slice of the mutants of ``make fuzz``, the same each time; of files made up here alone, so that it runs anywhere."""

from pathlib import Path

import pytest
from mutants import smaller
from mutants.made import KINDS, Mutant, mutant
from mutants.oracle import NAME, Oracle, _unfit_for_people
from mutants.whole import Whole

from breachtrail.registers import files, reading

MUTANTS = 700


def test_every_mutant_ends_in_rows_or_in_a_sentence_and_both_ways_agree(tmp_path: Path) -> None:
    made = [mutant("slice", number, real=False) for number in range(MUTANTS)]
    verdicts = Oracle(tmp_path).judge(made)
    assert [(one.number, one.kind, one.faults) for one in verdicts if one.faults] == []
    ends = {(one.kind, one.end) for one in verdicts}
    assert {
        (kind, end) for kind in {*KINDS} - {"real csv", "zip"} for end in ("refused", "accepted", "some held")
    } <= ends
    assert sum(one.swift for one in verdicts) > MUTANTS / 8  # else the two ways are one


def test_a_ledger_stands_whatever_is_brought_in(tmp_path: Path) -> None:
    ledger = Whole(tmp_path)
    for number in range(0, 8):
        assert ledger.faults(mutant("ledger", number, real=False)) == []


def test_the_same_number_is_the_same_mutant() -> None:
    assert [mutant("a", number, real=False).told for number in range(50)] == [
        mutant("a", number, real=False).told for number in range(50)
    ]


# --- the oracle sees what it is there to see


def told(text: str) -> Mutant:
    return Mutant(0, "csv", text.encode())


HEADER = (
    "Name of Covered Entity,State,Covered Entity Type,Individuals Affected,Breach Submission Date,Type of Breach,"
    "Location of Breached Information,Business Associate Present,Web Description\n"
)
SOUND = HEADER + "".join(f"Clinic {n},TX,Health Plan,{600 + n},05/14/2024,Theft,Email,No,\n" for n in range(5))


def test_it_sees_two_ways_that_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = files._line
    assert Oracle(tmp_path).judge([told(SOUND)])[0].faults == []
    monkeypatch.setattr(files, "_line", lambda row: names(["Another", *row[1:]]))
    assert "differ in" in Oracle(tmp_path).judge([told(SOUND)])[0].faults[0]


def test_it_sees_an_error_that_is_none_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(*given: object) -> None:
        raise IndexError("string index out of range")

    monkeypatch.setattr(reading, "_told", falls)
    assert "IndexError" in Oracle(tmp_path).judge([told(SOUND)])[0].faults[0]


def test_it_sees_cells_astray(tmp_path: Path) -> None:
    cells = [line.split(",") for line in SOUND.splitlines()]
    cells[3][0] = "Somebody else"
    one = Mutant(0, "sound csv", SOUND.encode(), cells=cells)
    assert "cells astray" in Oracle(tmp_path).judge([one])[0].faults[0]


@pytest.mark.parametrize(
    "words",
    [f"{NAME} has\ntwo lines.", f"{NAME} fell (ValueError: x). Mend it.", "It names no file.", NAME + " x" * 500 + "."],
)
def test_it_sees_words_that_are_not_for_people(words: str) -> None:
    assert _unfit_for_people(words)
    assert not _unfit_for_people(f"{NAME} is empty; an export has a header and rows. Nothing was read.")


def test_a_finding_is_made_small() -> None:
    one = told(SOUND.replace("Clinic 3", "Clinic 3!"))
    assert len(smaller.smallest("a", one, lambda other: b"!" in other.told).told) < 20
