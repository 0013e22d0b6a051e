"""The commands that serve the office: a key, an invitation, and a server that refuses to start without its secrets."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from breachtrail.cli import app
from breachtrail.errors import IntakeError
from breachtrail.intake.secret import ADDRESS, KEY, new_key


@pytest.fixture
def run(tmp_path: Path):
    def run(*words: str, **environment: str):
        database = f"sqlite:///{tmp_path / 'register.sqlite'}"
        done = CliRunner().invoke(app, ["intake", *words], env={"BREACHTRAIL_INTAKE": database, **environment})
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    run("init")
    return run


def test_a_key_is_another_each_time_and_is_taken(run) -> None:
    first, second = (run("key").output.strip() for _ in range(2))
    assert first != second
    assert len(first) == 44


def test_a_fresh_register_has_no_account_and_the_first_is_invited(run) -> None:
    told = run("invite", "ann@example.org", "--name", "Ann", "--role", "administrator").output
    assert re.search(r"^[\w-]{43}$", told, flags=re.MULTILINE)
    with pytest.raises(IntakeError, match="already"):
        run("invite", "ann@example.org", "--name", "Ann", "--role", "administrator")
    with pytest.raises(IntakeError, match="organisation"):
        run("invite", "bob@example.org", "--name", "Bob", "--role", "filer")


def test_the_server_does_not_start_without_its_secrets(run) -> None:
    with pytest.raises(IntakeError, match=ADDRESS):
        run("serve", **{KEY: new_key(), ADDRESS: ""})
    with pytest.raises(IntakeError, match=KEY):
        run("serve", **{KEY: "", ADDRESS: "https://register.example.org"})


def test_the_server_serves_until_it_is_stopped(run, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    environment = {
        **os.environ, "BREACHTRAIL_INTAKE": f"sqlite:///{tmp_path / 'register.sqlite'}", KEY: new_key(),
        ADDRESS: f"http://127.0.0.1:{port}",
    }  # fmt: skip
    command = [sys.executable, "-m", "breachtrail.cli", "intake", "serve", "--port", port]
    code = f"import sys; sys.argv = {['breachtrail', *command[3:]]!r}; from breachtrail.cli import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport) as client:
            answer = client.get(f"http://127.0.0.1:{port}/sign-in", timeout=20)
        assert answer.status_code == 200
        assert "server" not in answer.headers
    finally:
        server.send_signal(signal.SIGINT)
        said, failed = server.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}" in said
    assert failed == ""
