"""Keys: made once, read back, told apart; nothing else passes for one."""

from pathlib import Path

import pytest

from breachtrail.errors import SketchError
from breachtrail.people import key


def test_a_key_that_was_made_is_read_back(tmp_path: Path) -> None:
    made = key.make(tmp_path / "key")
    assert key.load(tmp_path / "key") == made
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert key.make(tmp_path / "other").fingerprint != made.fingerprint


def test_a_key_is_not_written_over(tmp_path: Path) -> None:
    before = key.make(tmp_path / "key")
    with pytest.raises(SketchError, match="is there already"):
        key.make(tmp_path / "key")
    assert key.load(tmp_path / "key") == before


def test_no_part_of_a_key_shows_in_its_text(tmp_path: Path) -> None:
    made = key.make(tmp_path / "key")
    assert repr(made) == f"Key({made.fingerprint.hex()})"
    parts = {made.order[:8], made.mark[:8], made.fingerprint}
    assert len(parts) == 3


@pytest.mark.parametrize("text", ["", "secret", "BreachTrail key 1\nabcd\n", "BreachTrail key 2\n" + "00" * 32, "\xff"])
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text, encoding="latin-1")
    with pytest.raises(SketchError, match="is no key"):
        key.load(tmp_path / "key")


def test_a_key_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SketchError, match="There is no key"):
        key.load(tmp_path / "key")
