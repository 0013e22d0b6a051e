"""The log that a person reads, and what the next run has to know."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from breachtrail.sync import runlog
from breachtrail.sync.runlog import Look, Memory

AT = datetime(2026, 8, 3, 7, tzinfo=ZoneInfo("America/New_York"))


def test_a_memory_comes_back_as_it_was(tmp_path: Path) -> None:
    memory = Memory({"archive": Look(AT, 7, "ab")}, AT, "new", "three new", "f00", True)
    runlog.remember(tmp_path, "us_hhs_ocr", memory)
    assert runlog.recall(tmp_path, "us_hhs_ocr") == memory
    assert memory.has_looked(AT.date(), ["archive"])
    assert not memory.has_looked(AT.date(), ["archive", "under_investigation"])


@pytest.mark.parametrize("told", ["", "{", "[]", '{"looks": {}}', '{"looks": 7, "ran_at": "x"}'])
def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path, told: str) -> None:
    (tmp_path / "sync").mkdir()
    (tmp_path / "sync" / "us_hhs_ocr.json").write_text(told)
    assert runlog.recall(tmp_path, "us_hhs_ocr") == Memory()


def test_the_log_has_a_line_for_a_run_and_what_belongs_to_it_below(tmp_path: Path) -> None:
    runlog.write(tmp_path, AT, ["us_hhs_ocr: new", "try 1: lost\nits way"])
    runlog.write(tmp_path, AT, ["us_hhs_ocr: nothing new"])
    assert (tmp_path / "runs.log").read_text(encoding="utf-8").splitlines() == [
        "2026-08-03 07:00 EDT  us_hhs_ocr: new",
        "    try 1: lost its way",
        "2026-08-03 07:00 EDT  us_hhs_ocr: nothing new",
    ]


def test_the_newest_part_of_the_log_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runlog, "LARGEST", 1000)
    for number in range(40):
        runlog.write(tmp_path, AT, [f"run {number} 新", "a try that failed"])
    lines = (tmp_path / "runs.log").read_text(encoding="utf-8").splitlines()
    assert (tmp_path / "runs.log").stat().st_size <= 1000
    assert lines[0].startswith("2026-")
    assert lines[-2].endswith("run 39 新")
