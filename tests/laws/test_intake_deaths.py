"""Whoever files is killed, or the database is, at any moment: each report is a draft or filed, and nothing told is lost."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filed import REVIEWER
from served import Server, System, at_work
from sqlalchemy import select

from breachtrail.intake import inspection, report
from breachtrail.intake.store import Store
from breachtrail.intake.tables import Filed

TESTS = Path(__file__).resolve().parents[1]
#: Moments; `make laws` tries a hundred of each.
DEATHS = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 2


def started(url: str, name: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    command = [sys.executable, str(TESTS / "office_at_work.py"), url, name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def told_by(worker: subprocess.Popen[str]) -> list[tuple[str, int, str]]:
    """What it told before it ended; its last line may be torn."""
    out, _ = worker.communicate(timeout=60)
    lines = [line.split() for line in out.splitlines(keepends=True) if line.endswith("\n")]
    return [(number, int(version), individuals) for number, version, individuals in lines]


def held(url: str, told: list[tuple[str, int, str]]) -> int:
    """The register is whole, and keeps all that was told; the number of its versions."""
    with Store.open(url) as store, store.begin() as session:
        found = inspection.verify(session)
        kept = {one.tracking_number: one for one in report.queue(session, REVIEWER)}
        states = {(one.state, one.version > 0) for one in session.scalars(select(Filed))}
    assert states <= {("draft", False), ("filed", True)}
    for number, version, individuals in told:
        assert kept[number].versions[version - 1].answers["individuals"] == individuals
    return found.versions


def wait_for_work(worker: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Its first line, and a moment more."""
    assert worker.stdout is not None
    first = worker.stdout.readline()
    time.sleep(chance.uniform(0, 0.15))
    return [first]


def test_whoever_files_is_killed(database) -> None:
    Store.create(database).close()
    chance = random.Random(7)
    told: list[tuple[str, int, str]] = []
    for turn in range(DEATHS):
        worker = started(database, f"o{turn}")
        first = wait_for_work(worker, chance)
        worker.kill()
        number, version, individuals = first[0].split()
        told += [(number, int(version), individuals), *told_by(worker)]
        assert held(database, told) >= len(told)


@pytest.fixture
def own_postgres(postgres):
    """A server that may be killed; the worker's own stays as it is."""
    server = type(postgres)()
    yield server
    server.stop()


def test_the_database_is_killed(own_postgres) -> None:
    url = own_postgres.url()
    Store.create(url).close()
    chance = random.Random(8)
    told: list[tuple[str, int, str]] = []
    for turn in range(DEATHS):
        workers = [started(url, f"o{turn}-{n}") for n in range(2)]
        firsts = [wait_for_work(worker, chance)[0] for worker in workers]
        own_postgres.kill()
        for worker, first in zip(workers, firsts, strict=True):
            number, version, individuals = first.split()
            told += [(number, int(version), individuals), *told_by(worker)]
            assert worker.returncode == 1  # a sentence, not a traceback
        own_postgres.start()
        assert held(url, told) >= len(told)


def ended(systems: list[System]) -> list[tuple[str, int, str]]:
    """What they were told before they ended."""
    for one in systems:
        one.join(60)
        assert not one.is_alive()
    return [line for one in systems for line in one.told]


def test_the_server_is_killed_while_it_serves(postgres) -> None:
    url = postgres.url()
    Store.create(url).close()
    server, chance = Server(url), random.Random(9)
    told: list[tuple[str, int, str]] = []
    for turn in range(DEATHS):
        server.start()
        systems = at_work(server, 2 * turn)
        time.sleep(chance.uniform(0, 0.3))
        assert "Traceback" not in server.kill()
        told += ended(systems)
        assert held(url, told) >= len(told) > turn


def test_the_database_is_killed_while_the_server_serves(own_postgres) -> None:
    """Whoever files is told so in a sentence, and the same server goes on when the database is back."""
    url = own_postgres.url()
    Store.create(url).close()
    server, chance = Server(url), random.Random(10)
    told: list[tuple[str, int, str]] = []
    server.start()
    for turn in range(DEATHS):
        systems = at_work(server, 2 * turn)
        time.sleep(chance.uniform(0, 0.3))
        own_postgres.kill()
        told += ended(systems)
        for one in systems:
            assert one.refused is not None
            assert (one.refused.status_code, set(one.refused.json())) == (503, {"error"})
        own_postgres.start()
        assert held(url, told) >= len(told) > turn
    assert "Traceback" not in server.kill()
