"""A crash at any moment leaves the old ledger or the new one: processes that are really killed (``kill -9``).

Whatever an ingest makes durable it makes so by ``os.replace`` or ``os.fsync``. A process is killed just before each of
these calls in turn, and some others while they read, match and copy. What an exception interrupts is held to the same,
and readers and a second writer are told apart from it here too.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from made_up import MadeUpRegister, Row, export

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import LedgerBusy
from breachtrail.ledger import append
from breachtrail.ledger.raw import Raw
from breachtrail.ledger.store import Store

KILLED = -signal.SIGKILL

#: home, call to be killed before (0: none, say how many there were), files …
KILL_BEFORE_A_CALL = """
import os, signal, sys, threading
from pathlib import Path
from breachtrail import pipeline

home, last, *files = sys.argv[1:]
calls, turn = 0, threading.Lock()

def watched(function):
    def call(*given, **named):
        global calls
        with turn:
            calls += 1
            if calls == int(last):
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*given, **named)
    return call

os.replace, os.fsync = watched(os.replace), watched(os.fsync)
pipeline.ingest(Path(home), [Path(file) for file in files])
print(calls)
"""

#: home, files …; tells its progress, line by line, to whoever wants to kill it
TELL_PROGRESS = """
import sys
from pathlib import Path
from breachtrail import pipeline

home, *files = sys.argv[1:]
pipeline.ingest(
    Path(home), [Path(file) for file in files], progress=lambda what, done, of: print(what, done, of, flush=True)
)
"""


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


def child(script: str, *given: object) -> list[str]:
    return [sys.executable, "-c", script, *map(str, given)]


def surroundings() -> dict[str, str]:
    source = Path(breachtrail.__file__).resolve().parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")])}


def check(home: Path, files: list[Path], before: str, after: str) -> None:
    """That a killed ingest left the one state or the other, whole, and that the next one brings the files in."""
    assert content(home) in (before, after)
    assert [law.name for law in pipeline.verify(home) if not law.holds] == []
    assert [file.refused for file in pipeline.ingest(home, files).files] == ["", ""]
    assert content(home) == after
    assert [law.name for law in pipeline.verify(home) if not law.holds] == []
    left = [path.name for path in home.rglob("*") if path.suffix in (".pending", ".new") or "unsealed" in path.name]
    assert left == []


def test_a_process_killed_before_any_durable_step(
    old: MadeUpRegister, files: list[Path], new: str, tmp_path: Path
) -> None:
    before, seen, call = content(old.home), set(), 0
    while True:
        call += 1
        home = shutil.copytree(old.home, tmp_path / str(call))
        run = subprocess.run(
            child(KILL_BEFORE_A_CALL, home, call, *files), env=surroundings(), capture_output=True, encoding="utf-8"
        )
        if run.returncode == 0:
            break
        assert run.returncode == KILLED, run.stderr
        seen.add(content(home))
        check(home, files, before, new)
    assert content(home) == new
    assert int(run.stdout) == call - 1 >= 8
    assert seen == {before, new}


@pytest.mark.parametrize("lines", [1, 2, 3, 5])
def test_a_process_killed_on_its_way(
    old: MadeUpRegister, files: list[Path], new: str, tmp_path: Path, lines: int
) -> None:
    home = shutil.copytree(old.home, tmp_path / "ledger")
    with subprocess.Popen(
        child(TELL_PROGRESS, home, *files), env=surroundings(), stdout=subprocess.PIPE, encoding="utf-8"
    ) as run:
        assert run.stdout is not None
        told = [run.stdout.readline() for _ in range(lines)]
        run.kill()
    assert all(told)
    check(home, files, content(old.home), new)


def test_a_process_killed_in_its_first_ingest_leaves_no_ledger_and_the_next_one_makes_it(
    files: list[Path], tmp_path: Path
) -> None:
    home = tmp_path / "ledger"
    run = subprocess.run(child(KILL_BEFORE_A_CALL, home, 3, *files), env=surroundings(), capture_output=True)
    assert run.returncode == KILLED
    assert not Store(home).exists
    pipeline.ingest(home, files)
    straight = tmp_path / "straight"
    pipeline.ingest(straight, files)
    assert content(home) == content(straight)


def test_a_rebuild_killed_before_any_durable_step(old: MadeUpRegister, tmp_path: Path) -> None:
    before = content(old.home)
    script = KILL_BEFORE_A_CALL.replace(
        "pipeline.ingest(Path(home), [Path(file) for file in files])", "pipeline.rebuild(Path(home))"
    )
    assert script != KILL_BEFORE_A_CALL
    home = shutil.copytree(old.home, tmp_path / "ledger")
    for call in range(1, 20):
        run = subprocess.run(child(script, home, call), env=surroundings(), capture_output=True, encoding="utf-8")
        assert content(home) == before
        if run.returncode == 0:
            break
        assert run.returncode == KILLED, run.stderr
    assert int(run.stdout) == call - 1 >= 3
    assert [law.name for law in pipeline.verify(home) if not law.holds] == []


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


# --- writers and readers


def test_a_second_writer_is_refused(home: Path, files: list[Path], new: str) -> None:
    before = content(home)
    with Store(home).write():
        for write in (lambda: pipeline.ingest(home, files), lambda: pipeline.rebuild(home)):
            with pytest.raises(LedgerBusy):
                write()
    check(home, files, before, new)


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
