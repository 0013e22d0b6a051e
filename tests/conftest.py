"""Which ground a test stands on.

Most tests need none of this file: a unit test writes the few rows it speaks of into itself, made up or simulated, so
that a reader sees in one place what goes in and what must come out. Take that wherever it is enough. Rows of real
exports are never copied into the repository.

``shared``, ``manifest``, ``exports``
    The real exports, for what no invented row would have thought of: the folder ``../shared`` beside the checkout, or
    the one that ``BREACHTRAIL_SHARED`` names. Where there is none, every test that asks for it is skipped, and the
    last lines of the run say how many. A figure, a file name or a row number may be asserted; a sentence of others may
    not.

``real_ledger``
    The home of one ledger that holds every real export, built once in a run for all workers together. It is for
    reading only: a test that appends, corrects or rebuilds copies the folder to its ``tmp_path`` first.

``register``
    A made-up register that is looked at now and then, with a ledger of its own in ``tmp_path`` (``made_up.py``).

``foretold_home``
    The home of a made-up ledger that was looked at often enough for forecasts to be judged (``foretold.py``); read only.

``published_site``
    The home of a made-up register's ledger, and its site as plain files (``published.py``), written once in a run.

``chromium``
    The browser of the system, for pages as a person sees them. Skipped aloud where there is none.

``postgres``
    A PostgreSQL server of this worker's own (``postgres.py``). Skipped aloud where none is installed.

``database``
    The address of an empty database for a register of one's own, once as SQLite and once as PostgreSQL; ``store`` is
    such a register, new and open, and ``office`` a session in one, in SQLite alone.

Three things hold for every test without its asking. The clock says noon of ``TODAY``, US Eastern, and runs on from
there (a subprocess sees the true clock, so hand it its days). No connection leaves the machine: only the loopback can
be reached (pytest-socket, set in ``pyproject.toml``). And ``BREACHTRAIL_HOME`` points into the test's own ``tmp_path``,
so that no test reads or writes a ledger of the person who runs it; ``BREACHTRAIL_PORTAL`` names a port of this machine
where nobody answers, for the real portal is not for tests.

Hypothesis runs under the profile ``ci``, the same examples each time; ``HYPOTHESIS_PROFILE=deep`` (``make laws``)
looks for new ones, many more of them.
"""

import csv
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from filelock import FileLock
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from made_up import MadeUpRegister
    from postgres import Postgres
    from sqlalchemy.orm import Session

    from breachtrail.intake.store import Store

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))  # for made_up.py, which the tests share
SHARED = Path(os.environ.get("BREACHTRAIL_SHARED", REPOSITORY.parent / "shared"))
TODAY = date(2026, 8, 3)

NO_SHARED = f"the real exports are not here ({SHARED / 'data' / 'ocr' / 'MANIFEST.tsv'})"
NO_CHROMIUM = "no Chromium is installed (scripts/install-test-needs)"
NO_POSTGRES = "no PostgreSQL server is installed (scripts/install-test-needs)"

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60, print_blob=True)
settings.register_profile(
    "deep", deadline=None, max_examples=3000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the checkout; skips where it is absent."""
    if not (SHARED / "data" / "ocr" / "MANIFEST.tsv").is_file():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def manifest(shared: Path) -> list[dict[str, str]]:
    """The lines of the real exports' manifest, as published: one mapping of column to text for each file."""
    with (shared / "data" / "ocr" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="session")
def exports(shared: Path, manifest: list[dict[str, str]]) -> list[Path]:
    """Every real export, in the manifest's order."""
    return [shared / "data" / "ocr" / line["file"] for line in manifest]


@pytest.fixture(scope="session")
def real_ledger(exports: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a ledger that holds every real export; for reading only, and shared by all workers."""
    from breachtrail import pipeline

    ground = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        ground = ground.parent
    home, built = ground / "real-ledger", ground / "real-ledger.built"
    with FileLock(ground / "real-ledger.lock"):
        if not built.exists():
            shutil.rmtree(home, ignore_errors=True)
            pipeline.ingest(home, exports)
            built.touch()
    return home


@pytest.fixture(scope="session")
def foretold_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a register that was looked at often, and regularly; for reading only."""
    from foretold import often_looked_at

    return often_looked_at(tmp_path_factory.mktemp("foretold") / "home").home


@pytest.fixture(scope="session")
def published_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The home of a made-up ledger and the folder of its site; whoever publishes to that folder again changes nothing."""
    import published

    ground = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        ground = ground.parent
    with FileLock(ground / "published.lock"):
        if not (ground / "published" / "site").exists():
            published.made(ground / "published")
    return ground / "published" / "ledger", ground / "published" / "site"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, for Playwright's ``executable_path``; skips where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def postgres() -> Iterator["Postgres"]:
    """A PostgreSQL server of this worker's own; skips where none is installed."""
    from postgres import Postgres, program

    if program("postgres") is None or program("initdb") is None:
        pytest.skip(NO_POSTGRES)
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: a file that is not there yet, or one on the server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.sqlite'}"
    return str(request.getfixturevalue("postgres").url())


@pytest.fixture
def store(database: str) -> Iterator["Store"]:
    """A new register of one's own in that database."""
    from breachtrail.intake.store import Store

    with Store.create(database) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path) -> Iterator["Session"]:
    """A session in a new register of one's own, in SQLite; what is done in it is kept in one transaction."""
    from breachtrail.intake.store import Store

    with Store.create(f"sqlite:///{tmp_path / 'office.sqlite'}") as made, made.begin() as session:
        yield session


@pytest.fixture(scope="session", autouse=True)
def frozen_clock() -> Iterator[None]:
    """Sets the clock of every test to noon of ``TODAY``, US Eastern."""
    noon = datetime.combine(TODAY, time(12), tzinfo=ZoneInfo("America/New_York"))
    with time_machine.travel(noon, tick=True):
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger's home of this test alone, which ``BREACHTRAIL_HOME`` names; not made yet."""
    home = tmp_path / "home"
    monkeypatch.setenv("BREACHTRAIL_HOME", str(home))
    monkeypatch.setenv("BREACHTRAIL_PORTAL", "http://127.0.0.1:9/ocr/breach/")
    return home


@pytest.fixture
def register(tmp_path: Path) -> "MadeUpRegister":
    """A made-up register that was never looked at, and the home of a ledger that is not there yet."""
    from made_up import MadeUpRegister

    return MadeUpRegister(tmp_path / "ledger")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many tests did not run for want of something that this machine lacks."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for want in (NO_SHARED, NO_CHROMIUM, NO_POSTGRES):
        if count := sum(want in reason for reason in reasons):
            terminalreporter.write_sep("!", f"{count} tests SKIPPED: {want}", yellow=True, bold=True)
