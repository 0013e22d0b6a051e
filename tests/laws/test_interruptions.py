"""What an exception interrupts leaves the old ledger or the new one; a reader keeps what it opened.

(Processes that are really killed: ``test_deaths.py``. Full disks, closed folders, readers: ``test_bad_ground.py``.)
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from made_up import MadeUpRegister, Row, export

import breachtrail
from breachtrail import pipeline
from breachtrail.ledger import append
from breachtrail.ledger.raw import Raw
from breachtrail.ledger.store import Store


def rows(day: int) -> list[Row]:
    return [Row(name=f"Clinic {number}", individuals=500 + number * day) for number in range(30)]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> MadeUpRegister:
    register = MadeUpRegister(tmp_path_factory.mktemp("old") / "ledger")
    register.look("2024-06-01", under_investigation=rows(1), archive=[Row(name="Old")])
    return register


@pytest.fixture(scope="module")
def files(old: MadeUpRegister) -> list[Path]:
    """A file of a new day, and one of a day before all others, so that every day must be lived through again."""
    return [old.write("2024-07-01", "under_investigation", rows(2)), old.write("2024-05-20", "archive", rows(3)[:5])]


@pytest.fixture(scope="module")
def new(old: MadeUpRegister, files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The content that the ledger has once the files are in."""
    home = shutil.copytree(old.home, tmp_path_factory.mktemp("new") / "ledger")
    pipeline.ingest(home, files)
    return content(home)


def content(home: Path) -> str:
    with breachtrail.open(home) as ledger:
        return ledger.head.content


def check(home: Path, files: list[Path], before: str, after: str) -> None:
    """That an interrupted ingest left the one state or the other, whole, and that the next one brings the files in."""
    assert content(home) in (before, after)
    assert [law.name for law in pipeline.verify(home) if not law.holds] == []
    assert [file.refused for file in pipeline.ingest(home, files).files] == ["", ""]
    assert content(home) == after
    assert [law.name for law in pipeline.verify(home) if not law.holds] == []
    left = [path.name for path in home.rglob("*") if path.suffix in (".pending", ".new") or "unsealed" in path.name]
    assert left == []


# --- an exception in the middle


@pytest.fixture
def home(old: MadeUpRegister, tmp_path: Path) -> Path:
    """A copy of the old ledger, to be written to."""
    return shutil.copytree(old.home, tmp_path / "ledger")


def fail(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt("in the middle")


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (pipeline, "screen"),
        (append, "append_day"),
        (Raw, "keep"),
        (Store, "_point_to"),
        (pipeline.identity, "remember"),
    ],
    ids=["screening", "appending", "keeping", "pointing", "remembering"],
)
def test_an_interrupted_ingest_leaves_the_old_state_and_a_later_one_works(
    home: Path, files: list[Path], new: str, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    before = content(home)
    with monkeypatch.context() as broken:
        broken.setattr(where, name, fail)
        with pytest.raises(KeyboardInterrupt):
            pipeline.ingest(home, files)
    assert content(home) == before
    check(home, files, before, new)


def test_an_ingest_interrupted_after_the_seal_is_the_new_state_and_a_rebuild_loses_nothing(
    home: Path, files: list[Path], new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, seal = content(home), Store._point_to

    def seal_and_fail(*told: Any) -> None:
        seal(*told)
        fail()

    with monkeypatch.context() as broken:
        broken.setattr(Store, "_point_to", seal_and_fail)
        with pytest.raises(KeyboardInterrupt):
            pipeline.ingest(home, files)
    assert content(home) == new
    pipeline.rebuild(home)
    assert content(home) == new
    check(home, files, before, new)


# --- readers


def test_a_reader_keeps_its_generation_while_others_are_sealed(home: Path, tmp_path: Path) -> None:
    with breachtrail.open(home) as ledger:
        before = ledger.notices()
        for day in ("2024-08-01", "2024-08-02", "2024-08-03"):
            pipeline.ingest(home, [export(tmp_path / f"{day}_archive.csv", [*rows(1), Row(name=f"Of {day}")])])
        assert ledger.notices() == before
        assert ledger.ask("notices").head == ledger.head
        with breachtrail.open(home) as later:
            assert later.head.generation == ledger.head.generation + 3
            assert later.notices() != before
