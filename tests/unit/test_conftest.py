"""What holds for every test without its asking, and what a run says of the tests that it could not run."""

import os
import socket
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError


def test_the_clock_stands_at_one_day() -> None:
    assert date.today() == date(2026, 8, 3)
    assert datetime.now(UTC).hour in (16, 17)


def test_no_connection_leaves_the_machine() -> None:
    with socket.socket() as line, pytest.raises(SocketConnectBlockedError):
        line.connect(("192.0.2.1", 80))


def test_the_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername() == server.getsockname()


def test_no_test_sees_the_ledger_of_a_person(own_home: Path, tmp_path: Path) -> None:
    assert Path(os.environ["BREACHTRAIL_HOME"]) == own_home
    assert own_home.is_relative_to(tmp_path)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_tests_without_the_real_exports_are_skipped_aloud(tmp_path: Path, repository: Path, workers: str) -> None:
    ground = tmp_path / "ground"
    ground.mkdir()
    (ground / "conftest.py").write_text((repository / "tests" / "conftest.py").read_text(encoding="utf-8"), "utf-8")
    (ground / "test_wanting.py").write_text(
        "def test_a(exports): ...\ndef test_b(manifest): ...\ndef test_c(real_ledger): ...\ndef test_d(): ...",
        "utf-8",
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", repository / "pyproject.toml", "--numprocesses", workers, ground],
        env={**os.environ, "BREACHTRAIL_SHARED": str(tmp_path / "nowhere")},
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout
    assert "3 tests SKIPPED: the real exports are not here" in run.stdout
    assert "1 passed, 3 skipped" in run.stdout.splitlines()[-1]
