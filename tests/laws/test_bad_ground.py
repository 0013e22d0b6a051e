"""Disks that fill up, folders that cannot be written, readers and second writers: the old state or the new one, and a sentence."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
import time_machine
from attacked import broken_laws, content
from killed import PACKAGE, SAID_NO, Warm, spread
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import LedgerBusy
from breachtrail.ledger import backup
from breachtrail.ledger.store import Store

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
IS_ROOT = os.geteuid() == 0
NOBODY = 65534


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


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm() as process:
        yield process


@pytest.fixture
def home(old: MadeUpRegister, tmp_path: Path) -> Path:
    """A copy of the old ledger, to be written to."""
    return shutil.copytree(old.home, tmp_path / "ledger")


def size(home: Path) -> int:
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())


def litter(home: Path) -> list[str]:
    return [
        path.name
        for path in home.rglob("*")
        if path.suffix in (".pending", ".new") or path.name.startswith(("unsealed", "restor"))
    ]


# --- a disk that is full


@contextmanager
def disk(folder: Path, bytes: int) -> Iterator[None]:
    """A disk of so many bytes at ``folder``; skips where none may be mounted."""
    folder.mkdir(exist_ok=True)
    told = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={bytes}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if told.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(not IS_ROOT or not shutil.which("mount"), reason="no file system may be mounted here")
def test_a_full_disk_is_said_so_and_leaves_the_old_state(
    old: MadeUpRegister, files: list[Path], new: str, warm: Warm, tmp_path: Path
) -> None:
    before, full, most = content(old.home), tmp_path / "disk", size(old.home) + (1 << 16)
    tries, ended = 60 if DEEP else 5, []
    for part in range(tries + 1):
        room = most * 3 * part // tries
        with disk(full, most + room):
            home = shutil.copytree(old.home, full / "ledger")
            ended.append(warm.run("ingest", home, files, tmp_path))
            assert ended[-1] in (0, SAID_NO)
            assert content(home) == (before if ended[-1] else new)
            assert broken_laws(home) == []
            subprocess.run(["mount", "-o", f"remount,size={most * 9}", str(full)], check=True)
            pipeline.ingest(home, files)
            assert content(home) == new
            assert litter(home) == []
    assert set(ended) == {0, SAID_NO}


@pytest.mark.parametrize("what", ["ingest", "rebuild", "restore", "backup"])
def test_no_file_may_grow_beyond_some_bytes(
    old: MadeUpRegister, files: list[Path], new: str, warm: Warm, tmp_path: Path, what: str
) -> None:
    """As on a disk that is full, at any place of any file; and where nothing may be mounted."""
    archive = tmp_path / "ledger.tar"
    backup.back_up(old.home, archive)
    given = {"ingest": files, "rebuild": [], "restore": [archive], "backup": [tmp_path / "again.tar"]}[what]
    before, most = content(old.home), archive.stat().st_size * 3
    tries, ended = 60 if DEEP else 4, []
    for limit in (100, 100_000, *(most * part // tries for part in range(1, tries + 1))):
        home = shutil.copytree(old.home, tmp_path / "ledger", dirs_exist_ok=True)
        ended.append(warm.run(what, home, given, tmp_path, limit=limit))
        assert ended[-1] in (0, SAID_NO), limit
        assert content(home) == (new if what == "ingest" and not ended[-1] else before)
        assert broken_laws(home) == []
        if what == "ingest":
            pipeline.ingest(home, files)
            assert content(home) == new
            assert broken_laws(home) == []
        if what == "backup":
            assert given[0].exists() == (not ended[-1])
            assert not given[0].exists() or given[0].read_bytes() == archive.read_bytes()
        assert sorted(path.name for path in tmp_path.glob("again*")) == (
            [] if ended[-1] or what != "backup" else ["again.tar"]
        )
        assert what != "ingest" or litter(home) == []
        shutil.rmtree(home)
    assert set(ended) == {0, SAID_NO}


# --- a folder that cannot be written


@pytest.mark.parametrize("closed", [".", "ledger", "raw"])
@pytest.mark.parametrize("what", ["ingest", "rebuild", "restore"])
def test_a_folder_that_cannot_be_written_is_said_so_and_can_be_read(
    old: MadeUpRegister, files: list[Path], new: str, warm: Warm, tmp_path: Path, closed: str, what: str
) -> None:
    before, place = content(old.home), Path(mkdtemp(prefix="breachtrail-read-only-"))
    archive = place / "ledger.tar"
    try:
        home = shutil.copytree(old.home, place / "home")
        backup.back_up(home, archive)
        given = [Path(shutil.copy(file, place)) for file in files] if what == "ingest" else [archive]
        for path in (place, *place.rglob("*")):
            mode = 0o755 if path.is_dir() else 0o644
            path.chmod(mode & 0o555 if path.is_relative_to(home / closed) else mode)
            if IS_ROOT:  # for whom nothing is closed
                os.chown(path, NOBODY, NOBODY)
        somebody = {"user": NOBODY} if IS_ROOT else {}
        may = (what, closed) == ("rebuild", "raw")  # which only reads there
        assert warm.run(what, home, given, place, **somebody) == (0 if may else SAID_NO)
        assert warm.run("ask", home, [], place, **somebody) == 0
        assert not (home / "restored").exists()
        for path in (home, *home.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        assert content(home) == before
        assert broken_laws(home) == []
        if what == "ingest":
            pipeline.ingest(home, files)
            assert content(home) == new
    finally:
        shutil.rmtree(place)


# --- others at the same time

#: home, a file that says when to stop; asks and asks, and prints what it was told
READ = """
import json, sys, time
from pathlib import Path
import breachtrail

home, stop = Path(sys.argv[1]), Path(sys.argv[2])
told, wrong, times = set(), [], 0
while not stop.exists():
    try:
        with breachtrail.open(home) as ledger:
            row = ledger.ask("notices", "individuals").rows[0]
            told.add((ledger.head.content, len(ledger.notices()), *row))
            times += 1
    except BaseException as error:
        wrong.append(repr(error))
    if times == 1:
        print("reading", flush=True)
print(json.dumps([times, sorted(told), wrong[:5]]))
"""


def answers(home: Path) -> list[object]:
    with breachtrail.open(home) as ledger:
        return [ledger.head.content, len(ledger.notices()), *ledger.ask("notices", "individuals").rows[0]]


def test_a_reader_all_the_while_sees_the_state_before_or_after(
    old: MadeUpRegister, files: list[Path], home: Path, new: str, warm: Warm, tmp_path: Path
) -> None:
    """Writers are killed beside it, one finishes, and the old state is restored, again and again."""
    archive, stop = tmp_path / "ledger.tar", tmp_path / "stop"
    backup.back_up(old.home, archive)
    shutil.copytree(old.home, tmp_path / "traced")
    before = answers(old.home)
    steps = warm.traced("ingest", tmp_path / "traced", files, tmp_path)
    after = answers(tmp_path / "traced")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", READ, str(home), str(stop)], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for moment in spread(steps, 60 if DEEP else 5):
            warm.dies(moment, "ingest", home, files, tmp_path)
            assert warm.run("ingest", home, files, tmp_path) == 0
            assert warm.run("restore", home, [archive], tmp_path) == 0
        stop.touch()
        times, told, wrong = json.loads(reader.stdout.read())
    assert wrong == []
    assert times > 10
    assert sorted(told) == sorted([before, after])


def test_a_second_writer_is_refused_at_once(home: Path, files: list[Path], new: str, tmp_path: Path) -> None:
    before = content(home)
    backup.back_up(home, tmp_path / "ledger.tar")
    with Store(home).write():
        start = time.monotonic()
        for write in (
            lambda: pipeline.ingest(home, files),
            lambda: pipeline.rebuild(home),
            lambda: backup.restore(home, tmp_path / "ledger.tar", replace=True),
        ):
            with pytest.raises(LedgerBusy, match="one writer at a time"):
                write()
        assert time.monotonic() - start < 60  # it does not wait for its turn
        backup.back_up(home, tmp_path / "beside.tar")
    assert content(home) == before
    pipeline.ingest(home, files)
    assert content(home) == new


# --- a clock that is wrong


@pytest.mark.parametrize("now", [datetime(1990, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)])
def test_neither_the_clock_nor_the_age_of_a_file_changes_anything(
    home: Path, files: list[Path], new: str, tmp_path: Path, now: datetime
) -> None:
    before = content(home)
    for path in (*files, *home.rglob("*")):
        os.utime(path, (now.timestamp(), now.timestamp()))
    with time_machine.travel(now, tick=False):
        pipeline.ingest(home, files[:1])
        backup.back_up(home, tmp_path / "then.tar")
    backup.back_up(home, tmp_path / "now.tar")
    assert (tmp_path / "then.tar").read_bytes() == (tmp_path / "now.tar").read_bytes()
    with time_machine.travel(now, tick=False):
        pipeline.ingest(home, files)
        assert broken_laws(home) == []
        pipeline.rebuild(home)
    assert content(home) == new != before
