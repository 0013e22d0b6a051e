"""``kill -9`` at any moment of whatever writes leaves the old state or the new one, whole, and nothing half-done.

By default some forty moments are tried, spread evenly; ``make laws`` tries five hundred (``killed.py`` says what a moment is).
"""

import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from attacked import broken_laws, content
from killed import Moment, Warm, spread
from made_up import MadeUpRegister, Row, table, workbook

from breachtrail import pipeline
from breachtrail.ledger import backup

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


@dataclass(frozen=True)
class Scenario:
    """What is killed: from which state it starts (none, ``old``), what it does with which files, and how many moments
    are tried by default and by ``make laws``; ``within`` keeps to the lines under one function."""

    do: str
    old: bool
    files: tuple[str, ...]
    few: int
    many: int
    within: str = ""


SCENARIOS = {
    "a first ingest": Scenario("ingest", False, ("new", "late"), 4, 80),
    "an ingest of changes": Scenario("ingest", True, ("new", "zipped"), 6, 100),
    "a late file, days lived through again": Scenario("ingest", True, ("late",), 6, 80),
    # A correction that takes effect with the next ingest belongs here, and one that a rebuild applies.
    "a rebuild": Scenario("rebuild", True, (), 4, 60),
    "a restore into nothing": Scenario("restore", False, ("archive",), 3, 40),
    "a restore in place of another": Scenario("restore", True, ("archive",), 5, 60),
    "sealing": Scenario("ingest", True, ("new",), 8, 80, within="Writer.seal"),
    "the log of ids": Scenario("ingest", True, ("new",), 2, 12, within="remember"),
}
#: So many moments are one test, so that workers can share them.
PART = 20


def rows(day: int) -> list[Row]:
    return [Row(name=f"Clinic {number}", individuals=500 + number * day) for number in range(30)]


@dataclass(frozen=True)
class Ground:
    """The old ledger, the files, and the warm process; ``after`` a scenario is whatever it makes when nobody kills it."""

    register: MadeUpRegister
    files: dict[str, Path]
    warm: Warm
    folder: Path

    def given(self, scenario: Scenario) -> list[Path]:
        return [self.files[name] for name in scenario.files]

    def home(self, scenario: Scenario, name: str) -> Path:
        """A home in the state that the scenario starts from, which nobody else touches."""
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        return shutil.copytree(self.register.home, home) if scenario.old else home

    def temporary(self) -> Path:
        folder = self.folder / "temporary"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("deaths")
    register, other = MadeUpRegister(folder / "old"), MadeUpRegister(folder / "other")
    register.look("2024-06-01", under_investigation=rows(1), archive=[Row(name="Old")])
    other.look("2024-06-01", archive=[Row(name="Old")])
    other.look("2024-06-02", under_investigation=rows(4))
    files = {
        "new": register.write("2024-07-01", "under_investigation", rows(2)),
        "late": register.write("2024-05-20", "archive", rows(3)[:5]),
        "zipped": register.folder / "2024-07-01_archive.zip",
        "archive": folder / "other.tar",
    }
    with zipfile.ZipFile(files["zipped"], "w") as zipped:
        zipped.write(register.write("2024-07-01", "archive", [Row(name="Old"), Row(name="New")]), "export.csv")
    backup.back_up(other.home, files["archive"])
    with Warm() as warm:
        yield Ground(register, files, warm, folder)


def do(scenario: Scenario, home: Path, files: list[Path]) -> None:
    """What the scenario does, undisturbed; what is done already is not done twice."""
    match scenario.do:
        case "ingest":
            assert [file.refused for file in pipeline.ingest(home, files).files if file.refused] == []
        case "rebuild":
            pipeline.rebuild(home)
        case "restore":
            backup.restore(home, files[0], replace=True)


def litter(ground: Ground, home: Path) -> list[str]:
    """What should not be left: anything in the system's temporary folder, and anything half-done in the home."""
    halves = [
        path
        for path in home.rglob("*")
        if path.suffix in (".pending", ".new") or path.name.startswith(("unsealed", "restor"))
    ]
    return [path.name for path in (*halves, *(ground.folder / "temporary").iterdir())]


def death(ground: Ground, scenario: Scenario, files: list[Path], moment: Moment) -> tuple[Path, Moment]:
    """A home in which a child died, and when; a little earlier, where all was over before its time came."""
    while True:
        home = ground.home(scenario, "dying")
        if ground.warm.dies(moment, scenario.do, home, files, ground.temporary()):
            return home, moment
        assert moment.later, f"never came to {moment}"
        moment = replace(moment, later=moment.later / 2 if moment.later > 0.0005 else 0)


def deaths() -> Iterator[tuple[str, int, int]]:
    for name, scenario in SCENARIOS.items():
        number = scenario.many if DEEP else scenario.few
        yield from ((name, part, min(PART, number - part * PART)) for part in range(-(-number // PART)))


def test_five_hundred_moments_are_tried_in_all() -> None:
    assert sum(scenario.many for scenario in SCENARIOS.values()) >= 500
    assert sum(scenario.many for scenario in SCENARIOS.values() if scenario.within == "Writer.seal") >= 50


@pytest.mark.parametrize(("name", "part", "number"), [*deaths()])
def test_a_death_leaves_the_state_before_or_after(ground: Ground, name: str, part: int, number: int) -> None:
    scenario = SCENARIOS[name]
    files = ground.given(scenario)
    home = ground.home(scenario, "whole")
    before = content(home)
    steps = ground.warm.traced(scenario.do, home, files, ground.temporary())
    after = content(home)
    assert after
    steps = [step for step in steps if any(scenario.within in function for function in step.within)]
    moments = spread(steps, scenario.many if DEEP else scenario.few)[part * PART : part * PART + number]
    assert len(moments) == number
    for moment in moments:
        home, moment = death(ground, scenario, files, moment)
        assert content(home) in (before, after), moment
        if content(home):
            assert broken_laws(home) == [], moment
            assert content(home) in (before, after), moment
        do(scenario, home, files)
        assert content(home) == after, moment
        assert litter(ground, home) == [], moment
        if DEEP:
            assert broken_laws(home) == [], moment


def test_a_killed_backup_leaves_no_file_or_the_whole_one(ground: Ground) -> None:
    home, folder = ground.register.home, ground.folder / "backups"
    folder.mkdir()
    target, whole = folder / "ledger.tar", folder / "whole.tar"
    steps = ground.warm.traced("backup", home, [whole], ground.temporary())
    steps = [step for step in steps if step.moment.file == "ledger/backup.py"]
    for moment in spread(steps, 40 if DEEP else 3):
        ground.warm.dies(moment, "backup", home, [target], ground.temporary())
        assert not target.exists() or target.read_bytes() == whole.read_bytes(), moment
        backup.back_up(home, target, replace=True)
        assert target.read_bytes() == whole.read_bytes(), moment
        assert sorted(path.name for path in folder.iterdir()) == ["ledger.tar", "whole.tar"], moment
        target.unlink()


def test_a_workbook_leaves_nothing_when_its_reader_is_killed(ground: Ground) -> None:
    lines = table([Row(name="Of a workbook")])
    book = workbook(ground.register.folder / "2024-07-01_archive.xlsx", [list(line) for line in lines])
    scenario = Scenario("ingest", True, (), 0, 0)
    steps = ground.warm.traced("ingest", ground.home(scenario, "whole"), [book], ground.temporary())
    steps = [step for step in steps if step.moment.file == "registers/workbook.py" and "rows" in step.within]
    for moment in spread(steps, 12 if DEEP else 3):
        home, _ = death(ground, scenario, [book], moment)
        do(scenario, home, [book])
        assert litter(ground, home) == [], moment
