"""The raw bytes of every snapshot: kept once, compressed, named by their hash; a sidecar counts once it is sealed."""

from datetime import date
from pathlib import Path

import pytest

from breachtrail.errors import LedgerBroken
from breachtrail.ledger.raw import Raw, Sidecar, sha256


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    return Raw(tmp_path / "ledger")


def given(
    folder: Path, content: bytes = b"State,Name\nTX,Example\n" * 99, view: str = "archive"
) -> tuple[Path, Sidecar]:
    path = folder / "2024-06-01 export.csv"
    path.write_bytes(content)
    days = (date(2024, 6, 1), date(2024, 5, 20), date(2024, 6, 9))
    return path, Sidecar("us_hhs_ocr", view, *days, "someone/söme where.csv", path.name, sha256(path))


def keep(raw: Raw, path: Path, sidecar: Sidecar) -> None:
    raw.keep(path, sidecar)
    raw.settle({sidecar.id})


def test_what_is_kept_comes_back_to_the_byte_with_its_name(raw: Raw, tmp_path: Path) -> None:
    path, sidecar = given(tmp_path)
    keep(raw, path, sidecar)
    content = path.read_bytes()
    path.unlink()
    (kept,) = raw.sidecars()
    assert kept == sidecar
    with raw.unpacked(kept) as unpacked:
        assert (unpacked.name, unpacked.read_bytes()) == (sidecar.file_name, content)
    assert not unpacked.exists()


def test_the_bytes_are_compressed_and_lie_under_their_hash(raw: Raw, tmp_path: Path) -> None:
    path, sidecar = given(tmp_path)
    keep(raw, path, sidecar)
    (packed,) = (raw.home / "raw").glob("*.zst")
    assert packed.stem == sidecar.sha256
    assert packed.stat().st_size < path.stat().st_size / 5


def test_bytes_that_two_snapshots_share_are_kept_once(raw: Raw, tmp_path: Path) -> None:
    keep(raw, *given(tmp_path))
    keep(raw, *given(tmp_path, view="both"))
    assert len(list((raw.home / "raw").glob("*.zst"))) == 1
    assert sorted(sidecar.view for sidecar in raw.sidecars()) == ["archive", "both"]


def test_a_sidecar_does_not_count_before_its_snapshot_is_sealed(raw: Raw, tmp_path: Path) -> None:
    path, sidecar = given(tmp_path)
    raw.keep(path, sidecar)
    assert raw.sidecars() == []
    raw.settle({sidecar.id})
    assert raw.sidecars() == [sidecar]


def test_what_a_crash_left_behind_goes(raw: Raw, tmp_path: Path) -> None:
    path, sidecar = given(tmp_path)
    raw.keep(path, sidecar)
    raw.settle(set())
    assert raw.sidecars() == []
    keep(raw, path, sidecar)
    assert raw.sidecars() == [sidecar]


def test_settling_leaves_what_counts_already(raw: Raw, tmp_path: Path) -> None:
    keep(raw, *given(tmp_path))
    raw.settle(set())
    assert len(raw.sidecars()) == 1


def spoil(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(
            {"cut": content[:20], "empty": b"", "flipped": content[:-3] + bytes([content[-3] ^ 1]) + content[-2:]}[how]
        )


@pytest.mark.parametrize("how", ["gone", "cut", "empty", "flipped"])
def test_spoilt_bytes_are_noticed(raw: Raw, tmp_path: Path, how: str) -> None:
    path, sidecar = given(tmp_path, bytes(range(256)))
    keep(raw, path, sidecar)
    spoil(raw.home / "raw" / f"{sidecar.sha256}.zst", how)
    with pytest.raises(LedgerBroken, match="restore them from a copy"), raw.unpacked(sidecar):
        pass


def test_other_bytes_in_sound_dress_are_noticed(raw: Raw, tmp_path: Path) -> None:
    keep(raw, *given(tmp_path, b"one"))
    path, sidecar = given(tmp_path, b"two")
    keep(raw, path, sidecar)
    first, second = ((raw.home / "raw" / f"{one.sha256}.zst") for one in raw.sidecars())
    first.write_bytes(second.read_bytes())
    broken = 0
    for one in raw.sidecars():
        try:
            with raw.unpacked(one):
                pass
        except LedgerBroken:
            broken += 1
    assert broken == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"register": "us_hhs_ocr"}', '{"unknown": 1}'])
def test_a_spoilt_sidecar_is_said_so(raw: Raw, tmp_path: Path, text: str) -> None:
    keep(raw, *given(tmp_path))
    (path,) = (raw.home / "raw").glob("*.json")
    path.write_text(text)
    with pytest.raises(LedgerBroken, match="sidecar"):
        raw.sidecars()


def test_a_sidecar_that_is_settled_while_it_is_read_is_found_all_the_same(
    raw: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sidecar = given(tmp_path)
    raw.keep(path, sidecar)
    read = Raw._read

    def settle_and_read(self: Raw, path: Path) -> Sidecar:
        self.settle({sidecar.id})
        return read(self, path)

    monkeypatch.setattr(Raw, "_read", settle_and_read)
    assert raw.sidecars({sidecar.id}) == [sidecar]


def test_bytes_are_unpacked_where_the_writer_says(raw: Raw, tmp_path: Path) -> None:
    keep(raw, *given(tmp_path))
    (sidecar,) = raw.sidecars()
    with raw.unpacked(sidecar, tmp_path) as path:
        assert path.is_relative_to(tmp_path)
    assert not path.exists()
