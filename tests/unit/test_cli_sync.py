"""The commands sync and status, as cron and a person see them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lived import sixty_days

from breachtrail.simulate.portal import Portal

STATES = list(sixty_days(seed=5)[0].values())


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(STATES[0]) as running:
        yield running


def told(*words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("breachtrail")), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


def test_cron_is_told_by_the_code_and_nothing_else(own_home: Path, portal: Portal) -> None:
    first = told("sync", "--portal", portal.url)
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    again = told("sync", "--portal", portal.url)
    assert (again.returncode, again.stdout, again.stderr) == (4, "", "")
    standing = told("status")
    assert standing.returncode == 0
    assert standing.stdout.count("HHS OCR breach portal") == 2
    assert "last run" in standing.stdout
    agents = {entry.headers.get("user-agent", "") for entry in portal.log}
    assert [agent.startswith("BreachTrail/") for agent in agents] == [True]


def test_a_refusal_and_silence_are_told_apart(own_home: Path, portal: Portal) -> None:
    import dataclasses

    portal.change(lambda kind, answer: dataclasses.replace(answer, body=answer.body.replace(b"csv.png", b"x.png")))
    refused = told("sync", "--portal", portal.url, "--lang", "zh")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "页面已改变" in refused.stderr
    assert str(own_home / "refused") in refused.stderr
    portal.stop()
    lost = told("sync", "--portal", portal.url)
    assert (lost.returncode, lost.stdout) == (3, "")
    assert "UNREACHABLE" in lost.stderr
    assert told("status").returncode == 1


def test_a_dry_run_says_what_it_would_do_and_does_nothing(own_home: Path, portal: Portal) -> None:
    plan = told("sync", "--portal", portal.url, "--dry-run")
    assert plan.returncode == 0
    assert f"{portal.url}breach_report_hip.jsf" in plan.stdout
    assert "cases under investigation" in plan.stdout
    assert "archive" in plan.stdout
    assert "Nothing was sent." in plan.stdout
    assert portal.log == ()
    assert not own_home.exists()


def test_the_portal_of_the_environment_is_asked(
    own_home: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BREACHTRAIL_PORTAL", portal.url)
    monkeypatch.setenv("BREACHTRAIL_CONTACT", "desk@example.org")
    assert told("sync").returncode == 0
    assert "run by desk@example.org" in portal.log[0].headers["user-agent"]


def test_a_report_asks_the_portal_first(own_home: Path, portal: Portal, tmp_path: Path) -> None:
    page = str(tmp_path / "page.html")
    made = told("report", "2026", "--lang", "en", "--from", str(tmp_path / "none"), "-o", page)
    assert made.returncode == 0, made.stderr
    assert "does not answer from here; going on with what is at hand" in made.stdout
    other = str(tmp_path / "home2")
    kept = told("sync", "--portal", portal.url, "--home", other)
    assert kept.returncode == 0
    asked = len(portal.log)
    again = told("report", "2026", "--lang", "en", "--home", other, "-o", page)
    assert (again.returncode, len(portal.log)) == (0, asked)  # one look a day


def test_a_register_that_is_not_there() -> None:
    wrong = told("sync", "--register", "nowhere")
    assert wrong.returncode == 2
    assert "There is no register" in wrong.stderr
