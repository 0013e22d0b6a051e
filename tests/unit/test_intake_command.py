"""The commands of a register of one's own, as somebody types them."""

import sys

import pytest
from click.testing import CliRunner
from filed import filed, published

from breachtrail.cli import app
from breachtrail.errors import BreachTrailError, IntakeBroken, IntakeError
from breachtrail.intake.store import Store
from breachtrail.settings import Settings


def run(*words: object) -> str:
    done = CliRunner().invoke(app, ["intake", *map(str, words)])
    if isinstance(done.exception, BreachTrailError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def kept(own_home):
    """A register with a public report and a small one that was accepted."""
    run("init")
    with Store.open(Settings.from_environment().intake) as store, store.begin() as session:
        published(session, filed(session))
    return own_home


def test_a_register_is_made_told_and_kept(own_home) -> None:
    assert "Public from 500 individuals on" in run("init")
    assert "1,000" in run("init", "--threshold", "1000", "--timezone", "Asia/Taipei")
    assert "1000人" in run("init", "--lang", "zh")
    with pytest.raises(IntakeError, match="1 or more"):
        run("init", "--threshold", "0")
    with pytest.raises(IntakeError, match="no time zone"):
        run("init", "--timezone", "Moon/Base")


def test_without_a_register_each_command_says_how_to_make_one(tmp_path) -> None:
    for words in (["verify"], ["sums"], ["publish", tmp_path], ["backup", tmp_path / "x"]):
        with pytest.raises(IntakeError, match="intake init"):
            run(*words)


def test_verify_tells_the_head_that_it_can_be_held_to(kept) -> None:
    head = run("verify").splitlines()[-1]
    assert "1份" in run("verify", "--head", head, "--lang", "zh")
    with pytest.raises(IntakeBroken):
        run("verify", "--head", f"9{head}")


def test_published_ingested_and_asked(kept, tmp_path) -> None:
    assert "under_investigation.csv: 1 notice\n" in run("publish", tmp_path / "out")
    assert "as before" in run("publish", tmp_path / "out")
    files = sorted(map(str, (tmp_path / "out").glob("*.csv")))
    done = CliRunner().invoke(app, ["ingest", "--register", "own", *files])
    assert (done.exit_code, "1 new notice" in done.output) == (0, True)
    assert CliRunner().invoke(app, ["ask", "individuals", "--register", "own"]).output.count("741") == 1


def test_backed_up_and_restored_from_one_database_to_another(kept, tmp_path) -> None:
    assert "Backed up" in run("backup", tmp_path / "b.zip")
    assert "verified" in run("restore", tmp_path / "b.zip", "--database", f"sqlite:///{tmp_path / 'n.sqlite'}")
    assert "No accepted report" in run("sums", "--database", f"sqlite:///{tmp_path / 'n.sqlite'}")


def test_the_smaller_ones_are_told_by_year(own_home) -> None:
    run("init", "--threshold", "1000")
    with Store.open(Settings.from_environment().intake) as store, store.begin() as session:
        from filed import NOW, REVIEWER

        from breachtrail.intake import decision

        one = filed(session)
        for what in ("take", "accept"):
            decision.decide(session, REVIEWER, one, what, "Whole.", NOW, seen=1)
    assert run("sums") == "2026: 1 notice below the threshold, 741 individuals\n"


def test_missing_packages_are_said_in_a_sentence(monkeypatch, own_home) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(IntakeError, match=r"pip install 'breachtrail\[intake\]'"):
        run("init")
