"""A restore happens in one step; what was killed after it is finished by the next writer."""

import json
from pathlib import Path

import pytest

from breachtrail.ledger import restored
from breachtrail.ledger.store import Store

NEW = {
    "raw/b.zst": "new",
    "raw/b.json": "new",
    "ledger/current.json": "new",
    "ids/000002-b.parquet": "new",
    "corrections.yml": "new",
}
OLD = {
    "raw/a.zst": "old",
    "raw/a.json": "old",
    "raw/b.json": "old",
    "ledger/current.json": "old",
    "ids/000001-a.parquet": "old",
    "corrections.yml": "old",
}


def files(home: Path) -> dict[str, str]:
    return {
        path.relative_to(home).as_posix(): path.read_text()
        for path in home.rglob("*")
        if path.is_file() and path.name != "writer.lock"
    }


def lay(folder: Path, told: dict[str, str]) -> None:
    for name, text in told.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lay(tmp_path, OLD)
    return tmp_path


def gather(folder: Path) -> None:
    lay(folder, NEW | {restored.MANIFEST: json.dumps({"members": dict.fromkeys(NEW)})})


def test_what_was_not_whole_goes(home: Path) -> None:
    with restored.gathering(home) as folder:
        gather(folder)
    assert files(home) == OLD
    lay(home / "restoring", {"raw/half": ""})  # as a kill leaves it
    assert not restored.is_unfinished(home)
    with Store(home).alone():
        assert files(home) == OLD


def test_what_was_whole_takes_the_place_of_all_that_was(home: Path) -> None:
    with restored.gathering(home) as folder:
        gather(folder)
        restored.commit(home)
    assert files(home) == NEW


@pytest.mark.parametrize("steps", range(7))
def test_whoever_writes_next_finishes_it(home: Path, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, left = Path.replace, [None] * steps

    def killed(path: Path, target: Path) -> None:
        left.pop()
        replace(path, target)

    with monkeypatch.context() as dying, restored.gathering(home) as folder:
        gather(folder)
        dying.setattr(Path, "replace", killed)
        if steps < len(NEW):
            with pytest.raises(IndexError):
                restored.commit(home)
            assert restored.is_unfinished(home)
        else:
            restored.commit(home)
    Store(home).settle()
    assert files(home) == NEW
    assert not restored.is_unfinished(home)


def test_the_pointer_comes_after_the_bytes_and_before_what_stood_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, replace = [], Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, target: (moved.append(path.name), replace(path, target)))
    with restored.gathering(home) as folder:
        gather(folder)
        restored.commit(home)
    assert moved == ["b.zst", "current.json", "corrections.yml", "000002-b.parquet", "b.json"]
