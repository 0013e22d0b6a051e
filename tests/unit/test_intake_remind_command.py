"""`breachtrail intake remind`: what it shows, sends, sends once, and says."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from filed import FILER, filed
from mailboxes import Mailbox

from breachtrail.cli import app
from breachtrail.intake import account as accounts
from breachtrail.intake.permissions import Role
from breachtrail.intake.post import SENDER, SERVER
from breachtrail.intake.secret import ADDRESS
from breachtrail.intake.store import Store


@pytest.fixture
def remind(tmp_path: Path):
    """The command, over a register in which one filer has one deadline in six days."""
    database = f"sqlite:///{tmp_path / 'register.sqlite'}"
    now = dt.datetime.now(dt.UTC)
    with Store.create(database) as store, store.begin() as session:
        made, _ = accounts.invite(session, None, "ann@example.org", "Ann", Role.FILER, "north", now)
        accounts.signed_in(session, made, "code", "en", now)
        filed(session, FILER, now, individuals=499, notice_end="2026-08-09")

    def run(*words: str, **environment: str):
        told = {"BREACHTRAIL_INTAKE": database, ADDRESS: "https://register.example.org", SENDER: "office@example.org"}
        return CliRunner().invoke(app, ["intake", "remind", *words], env={**told, **environment})

    return run


def test_a_dry_run_shows_the_mails_and_wants_no_mail_server(remind) -> None:
    for _ in range(2):
        done = remind("--dry-run", **{SENDER: ""})
        assert done.exit_code == 0
        assert done.output.startswith("To: ann@example.org\nSubject: 1 deadline of your breach reports\n\n")
        assert "August 9, 2026 (in 6 days): Notice to each individual, " in done.output


def test_it_sends_once_a_day(remind) -> None:
    with Mailbox() as box:
        server = {SERVER: f"smtp://127.0.0.1:{box.port}"}
        assert remind(**server).output == "1 reminder sent.\n"
        assert remind("--lang", "zh", **server).output == "已发送0封提醒邮件，另有1封今日此前已发送。\n"
        assert list(box.bodies()) == ["ann@example.org"]


def test_nothing_due_needs_no_server(remind) -> None:
    assert remind("--days", "2").output == "Nothing is due within 2 days, and nothing is late.\n"


def test_whose_mail_is_refused_is_named_and_the_code_says_so(remind) -> None:
    with Mailbox(refuses=["ann@"]) as box:
        done = remind(**{SERVER: f"smtp://127.0.0.1:{box.port}"})
    assert done.exit_code == 1
    assert "does not take mail for ann@example.org" in done.output
