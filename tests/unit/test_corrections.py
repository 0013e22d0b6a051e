"""What a person knows better than the ladder: applied, recorded, and refused once it is no longer needed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from made_up import MadeUpRegister, Row

from breachtrail import pipeline
from breachtrail.errors import CorrectionError
from breachtrail.ledger import rungs

OPEN = Row(name="Open Anchor")
#: Two days on which the ladder errs: it takes Delta for Gamma renamed, since day and count agree.
GAMMA = Row(name="Gamma Partners", individuals=7777)
DELTA = replace(GAMMA, name="Delta Plan")


@pytest.fixture
def register(tmp_path: Path) -> MadeUpRegister:
    register = MadeUpRegister(tmp_path / "ledger")
    register.look("2024-06-01", under_investigation=[OPEN, GAMMA], archive=[replace(OPEN, name="Old")])
    register.look("2024-07-01", under_investigation=[OPEN, DELTA], archive=[replace(OPEN, name="Old")])
    return register


def doubtful(register: MadeUpRegister) -> Any:
    with register.open() as ledger:
        (found,) = ledger.doubtful()
    return found


def entry(register: MadeUpRegister, **changed: Any) -> dict[str, Any]:
    found = doubtful(register)
    told = {"row": found["row"], "is": "new", "expect": found["id"], "why": "another filer", "source": "a letter"}
    return {**told, "added": "2024-07-02", **changed}


def write(register: MadeUpRegister, *entries: dict[str, Any]) -> None:
    lines = [
        f"- {{{', '.join(f'{name}: {value!r}' if name != 'added' else f'{name}: {value}' for name, value in one.items())}}}"
        for one in entries
    ]
    (register.home / "corrections.yml").write_text("\n".join(lines) + "\n")


def test_an_entry_is_applied_by_a_rebuild(register: MadeUpRegister) -> None:
    write(register, entry(register))
    pipeline.rebuild(register.home)
    with register.open() as ledger:
        trails = {one["name"]: [version["name"] for version in one["trail"]] for one in ledger.show("Delta")}
        assert trails == {"Delta Plan": ["Delta Plan"]}
        assert ledger.doubtful() == []
    assert all(law.holds for law in pipeline.verify(register.home))


def test_an_entry_is_applied_by_the_next_ingest_from_its_day_on(register: MadeUpRegister) -> None:
    write(register, entry(register))
    done = pipeline.ingest(register.home, [register.write("2024-08-01", "archive", [replace(OPEN, name="Old")])])
    assert [str(day.day) for day in done.days] == ["2024-07-01", "2024-08-01"]
    with register.open() as ledger:
        assert ledger.doubtful() == []


def test_an_entry_that_is_taken_back_is_undone(register: MadeUpRegister) -> None:
    with register.open() as ledger:
        before = ledger.head.content
    write(register, entry(register))
    pipeline.rebuild(register.home)
    (register.home / "corrections.yml").unlink()
    known = register.write("2024-07-01", "under_investigation", [OPEN, DELTA])
    pipeline.ingest(register.home, [known])
    with register.open() as ledger:
        assert ledger.head.content == before


def test_a_row_can_be_joined_with_a_notice_that_the_ladder_did_not_see(tmp_path: Path) -> None:
    register = MadeUpRegister(tmp_path / "ledger")
    before = Row(name="Zeta", individuals=600)
    after = replace(before, name="Omega Holdings", individuals=90_000)
    register.look("2024-06-01", under_investigation=[OPEN, before, replace(before, name="Eta", individuals=601)])
    register.look("2024-07-01", under_investigation=[OPEN, after])
    with register.open() as ledger:
        (zeta,) = ledger.show("Zeta")
        (omega,) = ledger.show("Omega")
        place = omega["trail"][0]
    row = {"row": f"{place['snapshot']}#{place['row']}", "is": zeta["id"], "expect": "new", "why": "w", "source": "s"}
    write(register, {**row, "added": "2024-07-02"})
    pipeline.rebuild(register.home)
    with register.open() as ledger:
        (joined,) = ledger.show("Omega")
        assert joined["id"] == zeta["id"]
        assert [version["rung"] for version in joined["trail"]] == [rungs.NEW, rungs.CORRECTED]


def test_an_entry_that_is_no_longer_needed_stops_the_run(register: MadeUpRegister) -> None:
    found = doubtful(register)
    write(register, entry(register, **{"is": found["id"], "expect": "new"}))
    with register.open() as ledger:
        before = ledger.head
    with pytest.raises(CorrectionError, match="no longer needed"):
        pipeline.rebuild(register.home)
    with register.open() as ledger:
        assert ledger.head == before


def test_a_row_of_the_first_day_is_new_by_itself(register: MadeUpRegister) -> None:
    with register.open() as ledger:
        (gamma,) = ledger.show("Gamma")
        first = gamma["trail"][0]
    write(register, entry(register, row=f"{first['snapshot']}#{first['row']}", expect=gamma["id"]))
    with pytest.raises(CorrectionError, match="no longer needed"):
        pipeline.rebuild(register.home)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expect": "new"}, "expects the row .* to be taken for new, but it is taken for ocr-"),
        ({"is": "ocr-2024-05-14-nobody-0000"}, "is the notice ocr-2024-05-14-nobody-0000, which is not known by then"),
        ({"row": "us_hhs_ocr/2024-07-09/archive/0123456789abcdef#1"}, "no snapshot has that id"),
        ({"row": "the second"}, "row should be a snapshot's id, # and the row's number"),
        ({"why": ""}, "why should be text"),
        ({"added": "yesterday"}, "added should be a day"),
        ({"more": "x"}, "an entry has row, is, expect, why, source, added; this one has"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_with_a_sentence(
    register: MadeUpRegister, changed: dict[str, Any], said: str
) -> None:
    write(register, entry(register, **changed))
    with pytest.raises(CorrectionError, match=said):
        pipeline.rebuild(register.home)


def test_a_row_that_is_not_there_is_refused(register: MadeUpRegister) -> None:
    row = doubtful(register)["row"].rpartition("#")[0] + "#99"
    write(register, entry(register, row=row))
    with pytest.raises(CorrectionError, match="was not accepted or is not there"):
        pipeline.rebuild(register.home)


@pytest.mark.parametrize("text", ["a: b", "- [", "- 7", "\x00", "- {row: x}"])
def test_a_file_that_is_no_list_of_entries_is_refused(register: MadeUpRegister, text: str) -> None:
    (register.home / "corrections.yml").write_text(text)
    with pytest.raises(CorrectionError, match=r"corrections\.yml"):
        pipeline.rebuild(register.home)


def test_one_row_is_corrected_once(register: MadeUpRegister) -> None:
    write(register, entry(register), entry(register))
    with pytest.raises(CorrectionError, match="more than once"):
        pipeline.rebuild(register.home)


def test_the_file_of_the_documents_is_a_file_of_corrections(register: MadeUpRegister) -> None:
    text = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
    (shown,) = [block.split("```")[0] for block in text.split("```yaml\n")[1:]]
    assert set(yaml.safe_load(shown)[0]) == {"row", "is", "expect", "why", "source", "added"}
