"""The ledger on disk: sealed generations, the pointer to the current one, one writer at a time."""

import json
from pathlib import Path

import duckdb
import pytest

from breachtrail.errors import LedgerBroken, LedgerBusy, LedgerError, LedgerMissing
from breachtrail.ledger import digest
from breachtrail.ledger.store import Head, Store, Writer, unpacking_folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "ledger of mine")


def add(engine: duckdb.DuckDBPyConnection, *ids: str) -> None:
    """Notices of one day, which is not sealed any more: an appender takes the ledger back before it goes on."""
    engine.execute("DELETE FROM sealed_day")
    for id in ids:
        engine.execute(
            "INSERT INTO version (notice, register, known_from, rung, prefix, name, suffix) "
            "VALUES (1, 'us_hhs_ocr', DATE '2024-06-01', 'new', 'ocr', 'A', $id)",
            {"id": id},
        )


def seal(store: Store, *ids: str) -> Head:
    with store.write() as writer:
        add(writer.engine, *ids)
        return writer.seal()


def found(engine: duckdb.DuckDBPyConnection) -> list[str]:
    return [id for (id,) in engine.execute("SELECT suffix FROM version ORDER BY suffix").fetchall()]


def content(engine: duckdb.DuckDBPyConnection) -> str:
    engine.execute("DELETE FROM sealed_day")
    digest.seal_days(engine)
    return digest.content_hash(engine)


def read(store: Store) -> list[str]:
    _, engine = store.read()
    with engine:
        return found(engine)


def files(store: Store) -> set[str]:
    return {path.name for path in (store.home / "ledger").iterdir()}


def test_where_nothing_was_sealed_there_is_no_ledger(store: Store) -> None:
    assert not store.exists
    for look in (store.head, store.read):
        with pytest.raises(LedgerMissing, match="breachtrail ingest"):
            look()


def test_what_was_sealed_is_read_and_numbered(store: Store) -> None:
    assert [seal(store, "a").generation, seal(store, "b").generation, seal(store).generation] == [1, 2, 3]
    assert read(store) == ["a", "b"]
    assert store.exists


def test_the_head_is_the_number_and_the_hash_of_the_content(store: Store) -> None:
    head = seal(store, "a")
    assert store.head() == head
    opened, engine = store.read()
    with engine:
        assert opened == head
        assert digest.content_hash(engine) == head.content
    assert str(head) == f"generation 1, {head.content[:12]}"


def test_the_pointer_is_read_again_where_it_is_another_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Store(store.home)
    first = seal(store, "a")
    assert reader.head() == first
    with monkeypatch.context() as nothing_is_read:
        nothing_is_read.setattr(json, "loads", lambda _: pytest.fail("it was read again"))
        assert reader.head() == first
    second = seal(store, "a", "b")
    assert reader.head() == second != first
    pointer = store.home / "ledger" / "current.json"
    pointer.write_text("{", encoding="utf-8")
    with pytest.raises(LedgerBroken):
        reader.head()
    pointer.unlink()
    with pytest.raises(LedgerMissing):
        reader.head()


def test_the_hash_is_of_the_content_and_not_of_the_order_or_the_number(store: Store, tmp_path: Path) -> None:
    one, other = seal(store, "a", "b"), seal(Store(tmp_path / "other"), "b", "a")
    assert one.content == other.content
    assert seal(store).content == one.content
    assert seal(store, "c").content != one.content


def test_every_cell_is_in_the_hash(store: Store) -> None:
    hashes = set()
    for change in ("suffix = 'b'", "notice = 2", "name = 'x'", "known_from = DATE '2024-06-02'", "prefix = 'y'"):
        with store.write(afresh=True) as writer:
            add(writer.engine, "a")
            hashes.add(content(writer.engine))
            writer.engine.execute(
                f"UPDATE version SET {change}, row_hash = CASE WHEN '{change[:4]}' = 'name' THEN 1 ELSE 0 END"
            )
            hashes.add(content(writer.engine))
    assert len(hashes) == 6


def test_two_equal_rows_are_not_one_and_not_none(store: Store) -> None:
    hashes = set()
    for rows in range(4):
        with store.write(afresh=True) as writer:
            add(writer.engine, *["a"] * rows)
            hashes.add(content(writer.engine))
    assert len(hashes) == 4


def test_a_writer_that_does_not_seal_changes_nothing(store: Store) -> None:
    head = seal(store, "a")
    with store.write() as writer:
        add(writer.engine, "b")
    assert (store.head(), read(store)) == (head, ["a"])


def test_a_writer_that_fails_changes_nothing_and_the_next_one_works(store: Store) -> None:
    head = seal(store, "a")

    def fail() -> None:
        with store.write() as writer:
            add(writer.engine, "b")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        fail()
    assert (store.head(), read(store)) == (head, ["a"])
    assert not [name for name in files(store) if name.startswith("unsealed")]
    seal(store, "c")
    assert read(store) == ["a", "c"]


def test_what_a_killed_writer_left_is_swept_and_its_number_not_used_twice(store: Store) -> None:
    seal(store, "a")
    folder = store.home / "ledger"
    (folder / "unsealed-000002.duckdb").write_bytes(b"half a file")
    (folder / "unsealed-000002.duckdb.wal").write_bytes(b"half a log")
    (folder / "generation-000002.duckdb").write_bytes(b"sealed, but never pointed to")
    assert read(store) == ["a"]
    assert seal(store, "b").generation == 3
    assert read(store) == ["a", "b"]
    assert not [name for name in files(store) if name.startswith("unsealed")]


def test_a_second_writer_is_refused_while_the_first_one_writes(store: Store) -> None:
    with store.write() as writer:
        with pytest.raises(LedgerBusy, match="one writer at a time"), store.write():
            pass
        add(writer.engine, "a")
        writer.seal()
    assert read(store) == ["a"]
    seal(store, "b")


def test_a_reader_keeps_the_generation_that_it_opened(store: Store) -> None:
    seal(store, "a")
    head, engine = store.read()
    with engine:
        for id in "bcdef":
            seal(store, id)
        assert found(engine) == ["a"]
        assert head.generation == 1
    assert read(store) == list("abcdef")


def test_a_reader_may_open_while_a_writer_writes(store: Store) -> None:
    seal(store, "a")
    with store.write() as writer:
        add(writer.engine, "b")
        assert read(store) == ["a"]
        writer.seal()
        assert read(store) == ["a", "b"]


def test_a_reader_whose_generation_went_before_it_was_opened_gets_the_newest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal(store, "a")
    stale = store.head()
    seal(store, "b")
    seal(store, "c")
    told = iter([stale])
    monkeypatch.setattr(Store, "head", lambda self, head=Store.head: next(told, None) or head(self))
    head, engine = store.read()
    with engine:
        assert (head.generation, found(engine)) == (3, list("abc"))


def test_what_a_writer_unpacks_lies_beside_its_file_and_goes_with_it(store: Store) -> None:
    with store.write() as writer:
        folder = unpacking_folder(writer.engine)
        assert folder is not None
        assert folder.parent == store.home / "ledger"
        (folder / "left by a kill").mkdir()
    assert files(store) == set()
    with duckdb.connect() as of_no_ledger:
        assert unpacking_folder(of_no_ledger) is None


def test_what_does_not_reach_the_file_is_not_sealed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine keeps silent when it closes on a disk that is full: what it could not write lies in its log still."""
    seal(store, "a")
    left = store.home / "ledger" / "unsealed-000002.duckdb.wal"
    close = Writer.close
    monkeypatch.setattr(Writer, "close", lambda writer: (close(writer), left.write_bytes(b"what did not reach it")))
    with pytest.raises(LedgerError, match="as it was before"):
        seal(store, "b")
    assert read(store) == ["a"]


def test_old_generations_go(store: Store) -> None:
    for id in "abcdef":
        seal(store, id)
    assert {name for name in files(store) if name.endswith(".duckdb")} == {
        *("generation-000005.duckdb", "generation-000006.duckdb")
    }


def test_a_reader_cannot_write(store: Store) -> None:
    seal(store, "a")
    _, engine = store.read()
    with engine, pytest.raises(duckdb.Error):
        add(engine, "b")


def test_afresh_starts_with_nothing(store: Store) -> None:
    seal(store, "a")
    with store.write(afresh=True) as writer:
        assert found(writer.engine) == []
        assert writer.seal().generation == 2
    assert read(store) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"generation": 1}', '{"generation": "x", "content": "y", "schema": 1}']
)
def test_a_spoilt_pointer_is_said_so(store: Store, text: str) -> None:
    seal(store, "a")
    (store.home / "ledger" / "current.json").write_text(text)
    with pytest.raises(LedgerBroken, match="breachtrail rebuild"):
        store.head()


def test_a_ledger_of_another_schema_is_said_so(store: Store) -> None:
    seal(store, "a")
    pointer = store.home / "ledger" / "current.json"
    pointer.write_text(json.dumps({**json.loads(pointer.read_text()), "schema": 999}))
    with pytest.raises(LedgerBroken, match="schema 999"):
        store.read()


@pytest.mark.parametrize("content", [b"", b"no database", None], ids=["empty", "other bytes", "gone"])
def test_a_spoilt_generation_is_said_so(store: Store, content: bytes | None) -> None:
    head = seal(store, "a")
    path = store.path(head.generation)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LedgerBroken, match="Generation 1"):
        store.read()


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_text("a file where a folder should be")
    with pytest.raises(LedgerError, match="cannot be written"), Store(tmp_path / "ledger").write():
        pass


def test_residents_come_with_every_ledger(store: Store) -> None:
    seal(store)
    _, engine = store.read()
    with engine:
        assert engine.execute(
            "SELECT count(DISTINCT state) >= 51, min(residents) > 100000 FROM population"
        ).fetchone() == (
            True,
            True,
        )
