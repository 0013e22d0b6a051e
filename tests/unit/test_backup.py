"""A ledger as one file and back: whole or not at all, and nothing that is not what was backed up."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from attacked import broken_laws, content
from made_up import MadeUpRegister, Row

from breachtrail import pipeline
from breachtrail.errors import BackupError, LedgerBroken, LedgerBusy, LedgerMissing
from breachtrail.ledger import backup, identity
from breachtrail.ledger.store import Store


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> MadeUpRegister:
    """A ledger of two days; for reading only."""
    register = MadeUpRegister(tmp_path_factory.mktemp("kept") / "ledger")
    register.look("2024-05-20", under_investigation=[Row(), Row(name="Other")], archive=[Row(name="Old")])
    register.look("2024-06-01", under_investigation=[Row(individuals=1300)])
    return register


@pytest.fixture
def archive(kept: MadeUpRegister, tmp_path: Path) -> Path:
    backup.back_up(kept.home, tmp_path / "ledger.tar")
    return tmp_path / "ledger.tar"


def other(folder: Path) -> MadeUpRegister:
    """Another ledger, in the way of the one that is restored; some of its snapshots are the same."""
    register = MadeUpRegister(folder / "other")
    register.look("2024-05-20", archive=[Row(name="Old")])
    for day in range(1, 5):
        register.look(f"2024-08-0{day}", archive=[Row(name=f"Of {day}")])
    return register


def everything(home: Path) -> dict[str, bytes]:
    """All files that a ledger is made of, without generations that are no longer current."""
    files = {path.relative_to(home).as_posix(): path for path in home.rglob("*") if path.is_file()}
    current = Store(home).path(Store(home).head().generation).name
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if name != "writer.lock" and (path.suffix != ".duckdb" or path.name == current)
    }


def test_what_was_backed_up_comes_back_to_the_last_byte(kept: MadeUpRegister, archive: Path, tmp_path: Path) -> None:
    copied = backup.restore(tmp_path / "new", archive)
    assert copied.head == Store(kept.home).head() == Store(tmp_path / "new").head()
    assert (copied.snapshots, copied.bytes, copied.needs_rebuild) == (3, archive.stat().st_size, False)
    assert everything(tmp_path / "new") == everything(kept.home)
    assert broken_laws(tmp_path / "new") == []


def test_the_same_state_gives_the_same_bytes(kept: MadeUpRegister, archive: Path, tmp_path: Path) -> None:
    backup.back_up(kept.home, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == archive.read_bytes()
    backup.restore(tmp_path / "new", archive)
    backup.back_up(tmp_path / "new", tmp_path / "of the restored.tar")
    assert (tmp_path / "of the restored.tar").read_bytes() == archive.read_bytes()


def test_a_restored_ledger_grows_like_the_first(kept: MadeUpRegister, archive: Path, tmp_path: Path) -> None:
    file = kept.write("2024-05-25", "archive", [Row(name="Old"), Row(name="Late")])
    for name in ("one", "two"):
        backup.restore(tmp_path / name, archive)
    pipeline.ingest(tmp_path / "one", [file])
    pipeline.rebuild(tmp_path / "two")
    pipeline.ingest(tmp_path / "two", [file])
    assert content(tmp_path / "one") == content(tmp_path / "two") != content(kept.home)


def test_a_file_that_is_there_is_written_over_only_when_told(
    kept: MadeUpRegister, archive: Path, tmp_path: Path
) -> None:
    before = archive.read_bytes()
    archive.write_text("mine")
    with pytest.raises(BackupError, match="left as it is"):
        backup.back_up(kept.home, archive)
    assert archive.read_text() == "mine"
    backup.back_up(kept.home, archive, replace=True)
    assert archive.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [archive.name]


def test_a_backup_beside_a_writer_is_of_what_was_sealed(
    kept: MadeUpRegister, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It seals three generations while the backup is written, and makes one page of the log of ids."""
    register = MadeUpRegister(tmp_path / "new")
    backup.restore(register.home, archive)
    monkeypatch.setattr(identity, "_MOST_FILES", 2)
    write = backup._write

    def seal_meanwhile(*given: object) -> int:
        for day in ("2024-09-01", "2024-09-02", "2024-09-03"):
            register.look(day, archive=[Row(name=f"Of {day}")])
        return write(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as beside:
        beside.setattr(backup, "_write", seal_meanwhile)
        backup.back_up(register.home, tmp_path / "beside.tar")
    assert (tmp_path / "beside.tar").read_bytes() == archive.read_bytes()


def test_a_writer_and_a_restore_do_not_meet(archive: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "new").write(), pytest.raises(LedgerBusy):
        backup.restore(tmp_path / "new", archive)


def test_where_there_is_no_ledger_nothing_is_backed_up(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        backup.back_up(tmp_path / "none", tmp_path / "none.tar")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_would_not_be_whole_is_not_written(archive: Path, tmp_path: Path) -> None:
    for ending, error in (("*.json", LedgerBroken), ("*.zst", BackupError)):
        home = tmp_path / ending[2:]
        backup.restore(home, archive)
        next((home / "raw").glob(ending)).unlink()
        with pytest.raises(error):
            backup.back_up(home, tmp_path / "half.tar")
    assert not list(tmp_path.glob("half*"))


def test_what_a_killed_backup_left_goes_with_the_next_and_nothing_else(kept: MadeUpRegister, tmp_path: Path) -> None:
    for name in ("*.tar", "other.tar.7.new", "*.tar.7.new"):
        (tmp_path / name).touch()
    backup.back_up(kept.home, tmp_path / "*.tar", replace=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["*.tar", "other.tar.7.new"]


def test_a_backup_to_nowhere_is_said_so(kept: MadeUpRegister, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written"):
        backup.back_up(kept.home, tmp_path / "no folder" / "ledger.tar")


# --- in the place of another ledger


def test_a_ledger_in_the_way_stays_unless_it_is_given_up(kept: MadeUpRegister, archive: Path, tmp_path: Path) -> None:
    register = other(tmp_path)
    before = everything(register.home)
    with pytest.raises(BackupError, match="--replace"):
        backup.restore(register.home, archive)
    assert everything(register.home) == before
    with register.open() as ledger:
        number = ledger.head.generation
        copied = backup.restore(register.home, archive, replace=True)
        assert len(ledger.notices()) == 1  # a reader keeps what it opened
    assert copied.head.generation == number + 1
    assert {**everything(register.home), "ledger/current.json": b""}.keys() - everything(kept.home).keys() == {
        f"ledger/generation-{number + 1:06d}.duckdb"
    }
    assert content(register.home) == content(kept.home)
    assert broken_laws(register.home) == []
    register.look("2024-09-01", archive=[Row(name="Old"), Row(name="Later")])
    assert broken_laws(register.home) == []


def test_raw_bytes_without_a_ledger_are_in_the_way_too(archive: Path, tmp_path: Path) -> None:
    register = other(tmp_path)
    (register.home / "ledger" / "current.json").unlink()
    with pytest.raises(BackupError, match="--replace"):
        backup.restore(register.home, archive)
    backup.restore(register.home, archive, replace=True)
    assert broken_laws(register.home) == []


def test_what_is_damaged_is_replaced(kept: MadeUpRegister, archive: Path, tmp_path: Path) -> None:
    register = other(tmp_path)
    for pattern in ("ledger/*.duckdb", "ledger/current.json", "raw/*", "ids/*"):
        for path in register.home.glob(pattern):
            path.write_bytes(b"\x5a" * 50)
    backup.restore(register.home, archive, replace=True)
    assert content(register.home) == content(kept.home)
    assert broken_laws(register.home) == []


# --- archives that are not what they should be


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        return {one.name: opened.extractfile(one).read() for one in opened}  # type: ignore[union-attr]


def pack(archive: Path, told: list[tuple[tarfile.TarInfo | str, bytes]]) -> None:
    with tarfile.open(archive, "w") as opened:
        for name, content in told:
            member = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))


def manifest(**changed: object) -> Callable[[Path], None]:
    def spoil(archive: Path) -> None:
        held = members(archive)
        told = json.loads(held["MANIFEST.json"]) | changed
        pack(archive, list((held | {"MANIFEST.json": json.dumps(told).encode()}).items()))

    return spoil


def sealed_in(name: str, content: bytes | None, link: str = "") -> Callable[[Path], None]:
    """A member of this name (as a link, or gone, where there is no content), with its hash in the manifest."""

    def spoil(archive: Path) -> None:
        held = members(archive)
        told = json.loads(held["MANIFEST.json"])
        if content is None:
            held.pop(name)
            told["members"].pop(name)
        else:
            held[name] = content
            told["members"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        listed: list[tuple[tarfile.TarInfo | str, bytes]] = list(
            (held | {"MANIFEST.json": json.dumps(told).encode()}).items()
        )
        if link:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, link
            listed[[one for one, _ in listed].index(name)] = (member, b"")
        pack(archive, listed)

    return spoil


def flip(archive: Path) -> None:
    told = bytearray(archive.read_bytes())
    told[len(told) // 2] ^= 1
    archive.write_bytes(told)


SPOILT: dict[str, Callable[[Path], object]] = {
    "nothing": lambda archive: archive.write_bytes(b""),
    "text": lambda archive: archive.write_text("hello\n" * 1000),
    "a byte changed": flip,
    "half of it": lambda archive: archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2]),
    "the manifest alone": lambda archive: pack(archive, list(members(archive).items())[:1]),
    "one member less": lambda archive: pack(archive, list(members(archive).items())[:-1]),
    "no manifest": lambda archive: pack(archive, list(members(archive).items())[1:]),
    "a manifest of nothing": lambda archive: pack(archive, [("MANIFEST.json", b"{}")]),
    "a manifest that is none": lambda archive: pack(archive, [("MANIFEST.json", b"[" * 10**6)]),
    "a member twice": lambda archive: pack(archive, [*members(archive).items(), *list(members(archive).items())[1:2]]),
    "a stranger": lambda archive: pack(archive, [*members(archive).items(), ("raw/x.json", b"")]),
    "no members": manifest(members={}),
    "members that are none": manifest(members=[1]),
    "a path out": sealed_in("../stolen", b"x"),
    "a path out of raw": sealed_in("raw/../../stolen", b"x"),
    "an absolute path": sealed_in("/stolen", b"x"),
    "a place of its own": sealed_in("settings.ini", b"x"),
    "a link": sealed_in("corrections.yml", b"", link="/etc/passwd"),
    "another pointer": sealed_in("ledger/current.json", b'{"generation": 9, "content": "", "schema": 1}'),
    "no pointer": sealed_in("ledger/current.json", None),
    "a pointer that is none": sealed_in("ledger/current.json", b"[]"),
    "no generation": sealed_in("ledger/generation-000002.duckdb", None),
    "another generation": sealed_in("ledger/generation-000002.duckdb", b"x" * 20000),
    "a sidecar that is none": sealed_in("raw/us_hhs_ocr_x.json", b"{"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_not_what_was_backed_up_is_refused(archive: Path, tmp_path: Path, what: str) -> None:
    SPOILT[what](archive)
    with pytest.raises(BackupError, match="Nothing was restored") as refusal:
        backup.restore(tmp_path / "a" / "home", archive)
    assert "\n" not in str(refusal.value)
    left = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(left) in (["a/home/writer.lock", "ledger.tar"], ["ledger.tar"])


@pytest.mark.parametrize("what", ["a byte changed", "half of it", "a path out", "another generation"])
def test_a_refused_archive_leaves_the_ledger_in_its_place(archive: Path, tmp_path: Path, what: str) -> None:
    register = other(tmp_path)
    before = everything(register.home)
    SPOILT[what](archive)
    with pytest.raises(BackupError):
        backup.restore(register.home, archive, replace=True)
    assert everything(register.home) == before


def test_an_archive_of_another_layout_is_said_so(archive: Path, tmp_path: Path) -> None:
    manifest(breachtrail_backup=7)(archive)
    with pytest.raises(BackupError, match="version 7"):
        backup.restore(tmp_path / "new", archive)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        backup.restore(tmp_path / "new", tmp_path / "none.tar")


def test_a_ledger_of_another_schema_is_restored_to_be_rebuilt(
    kept: MadeUpRegister, archive: Path, tmp_path: Path
) -> None:
    pointer = json.loads(members(archive)["ledger/current.json"]) | {"schema": 0}
    sealed_in("ledger/current.json", json.dumps(pointer).encode())(archive)
    manifest(schema=0)(archive)
    sealed_in("ledger/generation-000002.duckdb", b"of another engine")(archive)
    assert backup.restore(tmp_path / "new", archive).needs_rebuild
    with pytest.raises(LedgerBroken, match="breachtrail rebuild"):
        Store(tmp_path / "new").read()
    pipeline.rebuild(tmp_path / "new")
    assert content(tmp_path / "new") == content(kept.home)
    assert broken_laws(tmp_path / "new") == []
