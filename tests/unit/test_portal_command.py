"""``breachtrail simulate-portal``, as a person runs it and ends it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from breachtrail.cli import app
from breachtrail.simulate import Life, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write(folder, Life(notices=900, snapshots=2, new=0.05))
    return folder


@contextmanager
def served(*told: str | Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "breachtrail.cli", "simulate-portal", *map(str, told), "--port", "0"]
    # A shell that starts something in the background lets all below it ignore an interruption; at a terminal it counts.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    run = f"{heard}import sys; from breachtrail.cli import main; sys.argv[0] = 'breachtrail'; main()"
    command[1:3] = ["-c", run]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        try:
            yield serving
        finally:
            serving.kill()


def test_it_serves_until_it_is_interrupted_and_writes_a_line_a_request(made: Path) -> None:
    with served(made, "--fail", "unavailable", "--set", "nodes=1") as serving:
        first = serving.stdout.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+/ocr/breach/", first)[0]
        assert "July 1, 2026" in first
        statuses = [httpx.get(url + "breach_report_hip.jsf").status_code for _ in range(2)]
        assert statuses == [503, 200]
        lines = [serving.stdout.readline() for _ in range(2)]
        assert "503" in lines[0]
        assert "fault: unavailable" in lines[0]
        assert "list page, 200" in lines[1]
        serving.send_signal(signal.SIGINT)
        assert serving.wait(10) == 0


def test_the_next_day_comes_by_itself(made: Path) -> None:
    with served(made, "--every", "0.2", "--lang", "zh", "--year", "2025") as serving:
        days = [re.search(r"\d+年\d+月\d+日", serving.stdout.readline())[0] for _ in range(2)]
        assert days[0] != days[1] == "2026年7月1日"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["--day", "2001-01-01"], "has no exports of 2001-01-01; it has 2026"),
        (["--set", "colour=red"], "no switch 'colour'"),
        (["--set", "nodes=many"], "'nodes=many' is not understood"),
        (["--fail", "flood"], "no fault 'flood'"),
    ],
)
def test_what_cannot_be_served_is_said(made: Path, told: list[str], said: str) -> None:
    assert said in str(CliRunner().invoke(app, ["simulate-portal", str(made), *told]).exception)
