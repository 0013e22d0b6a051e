"""A register as one file, and back: on either database, from one to the other, and only as it was."""

import json
import zipfile

import pytest
from filed import FILER, NOW, REVIEWER, filed, published
from sqlalchemy import text

from breachtrail.errors import BackupError, IntakeBroken
from breachtrail.intake import assessment, audit, backup, filing, inspection, listing, report, setting
from breachtrail.intake.store import Store


def fill(store) -> str:
    """A public report, a filed one, a draft, an assessment, a setting."""
    with store.begin() as session:
        one = filed(session, name="Hôpital 圣玛丽")
        published(session, one)
        filed(session, individuals=20)
        filing.begin(session, FILER, NOW)
        assessment.record(session, FILER, "x", {"permitted": "Yes", "permitted_reason": "It was."}, NOW)
        setting.write(session, None, "timezone", "America/Chicago")
    return one


def told(store):
    with store.begin() as session:
        reports = [report.read(session, REVIEWER, shown.id) for shown in report.queue(session, REVIEWER)]
        return inspection.verify(session), reports, listing.rows(session, "under_investigation"), setting.read(session)


@pytest.fixture
def elsewhere(request, database, tmp_path) -> str:
    """An empty database of the other kind."""
    if database.startswith("sqlite"):
        return str(request.getfixturevalue("postgres").url())
    return f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"


def test_what_is_restored_elsewhere_tells_the_same(store, elsewhere, tmp_path) -> None:
    one = fill(store)
    file = tmp_path / "register.zip"
    done = backup.back_up(store, file)
    assert done.rows["report"] == 3
    assert file.stat().st_mode & 0o077 == 0
    assert backup.restore(elsewhere, file) == done
    with Store.open(elsewhere) as restored:
        assert told(restored) == told(store)
        with restored.begin() as session:  # and it goes on from there
            filing.addendum(session, FILER, report.read(session, FILER, one).tracking_number, NOW)
        again = tmp_path / "again.zip"
        with restored.begin() as session:
            audit.verify(session)
        backup.back_up(restored, again)
    with pytest.raises(BackupError, match="empty one"):
        backup.restore(elsewhere, file)


def test_one_state_gives_the_same_tables(store, tmp_path) -> None:
    fill(store)
    files = tmp_path / "a.zip", tmp_path / "b.zip"
    manifests = []
    for file in files:
        backup.back_up(store, file)
        with zipfile.ZipFile(file) as archive:
            manifests.append(json.loads(archive.read(backup.MANIFEST)))
    assert manifests[0] == manifests[1]
    with pytest.raises(BackupError, match="exists already"):
        backup.back_up(store, files[0])
    backup.back_up(store, files[0], replace=True)


def changed(file, name: str, change) -> None:
    with zipfile.ZipFile(file) as archive:
        contents = {one: archive.read(one) for one in archive.namelist()}
    contents[name] = change(contents[name])
    with zipfile.ZipFile(file, "w") as archive:
        for one, content in contents.items():
            archive.writestr(one, content)


@pytest.fixture
def file(tmp_path):
    """A backup of a register in SQLite."""
    with Store.create(f"sqlite:///{tmp_path / 'kept.sqlite'}") as store:
        fill(store)
        backup.back_up(store, tmp_path / "register.zip")
    return tmp_path / "register.zip"


def test_a_backup_that_was_changed_is_refused(file, tmp_path) -> None:
    changed(file, "version.jsonl", lambda content: content.replace(b"741", b"742"))
    with pytest.raises(BackupError, match="version was changed"):
        backup.restore(f"sqlite:///{tmp_path / 'new.sqlite'}", file)
    assert not (tmp_path / "new.sqlite").exists()


@pytest.mark.parametrize("content", [b"", b"PK no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_backup_is_refused(tmp_path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BackupError, match="no backup"):
        backup.restore(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path / "x.zip")
    with pytest.raises(BackupError, match="no file"):
        backup.restore(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path / "y.zip")


def test_a_register_that_was_changed_past_breachtrail_is_restored_and_named(tmp_path) -> None:
    with Store.create(f"sqlite:///{tmp_path / 'kept.sqlite'}") as store:
        fill(store)
        with store.writing() as connection:
            connection.execute(text("DROP TRIGGER version_no_update"))
            connection.execute(text("UPDATE version SET answers = replace(answers, '741', '742')"))
        backup.back_up(store, tmp_path / "register.zip")
    with pytest.raises(IntakeBroken, match="not what was filed"):
        backup.restore(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path / "register.zip")


def test_a_backup_of_a_later_breachtrail_is_refused(file, tmp_path) -> None:
    changed(file, backup.MANIFEST, lambda content: content.replace(b'"revision": "', b'"revision": "later-'))
    with pytest.raises(IntakeBroken, match="later"):
        backup.restore(f"sqlite:///{tmp_path / 'new.sqlite'}", file)
