"""A folder of plain files is replaced as a whole, or not at all."""

import json
import os
from pathlib import Path

import pytest

from breachtrail.errors import PublishError
from breachtrail.web import tree
from breachtrail.web.tree import MARK, Tree, Written


def site(folder: Path, files: dict[str, str], said: str = "first") -> Written:
    with Tree(folder) as new:
        for path, text in files.items():
            new.write(path, text.encode())
        return new.seal({"said": said})


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARK
    }


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder and not path.name.endswith(".lock"))


@pytest.fixture(params=["exchanged", "renamed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "renamed":
        monkeypatch.setattr(tree, "_exchanged", lambda one, other: False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert site(folder, {"a.html": "a", "b/c.html": "c"})[:3] == (3, 3, 0)
    second = site(folder, {"a.html": "a", "b/d.html": "d"}, "second")
    assert second[:3] == (3, 2, 1)
    assert files(folder) == {"a.html": "a", "b/d.html": "d"}
    assert json.loads((folder / MARK).read_text()) == {"said": "second", "files": 3, "bytes": 2}
    assert left(folder) == []


def test_what_has_not_changed_keeps_its_time(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    site(folder, {"same.html": "same", "other.html": "one"})
    for name in ("same.html", "other.html"):
        os.utime(folder / name, (1, 1))
    site(folder, {"same.html": "same", "other.html": "two"})
    assert (folder / "same.html").stat().st_mtime == 1
    assert (folder / "other.html").stat().st_mtime > 1


def test_a_file_system_without_links_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    folder = tmp_path / "site"
    site(folder, {"same.html": "same"})
    os.utime(folder / "same.html", (1, 1))
    monkeypatch.setattr(tree.os, "link", refuse)
    assert site(folder, {"same.html": "same"}).changed == 0
    assert (folder / "same.html").stat().st_mtime == 1


def test_a_run_that_does_not_seal_leaves_the_old_site(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    site(folder, {"a.html": "a"})
    new = Tree(folder)
    with new:
        new.write("a.html", b"half")
    assert files(folder) == {"a.html": "a"}
    assert left(folder) == []


def test_what_a_killed_run_left_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    site(folder, {"a.html": "a"})
    folder.rename(tmp_path / ".site.before")  # killed between two renames
    (tmp_path / ".site.writing").mkdir()
    assert site(folder, {"a.html": "a"})[:3] == (2, 0, 0)
    assert left(folder) == []


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PublishError, match="holds something that BreachTrail did not publish"):
        site(tmp_path, {"a.html": "a"})
    assert files(tmp_path) == {"mine.txt": "mine"}


def test_an_empty_folder_and_a_link_to_one_are_taken(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    site(tmp_path / "site", {"a.html": "a"})
    assert (tmp_path / "site").is_symlink()
    assert files(tmp_path / "real") == {"a.html": "a"}


def test_two_runs_do_not_write_to_one_site(tmp_path: Path) -> None:
    with Tree(tmp_path / "site") as first:
        with pytest.raises(PublishError, match="Another run"):
            site(tmp_path / "site", {})
        first.write("a.html", b"a")
        first.seal({})
    assert files(tmp_path / "site") == {"a.html": "a"}


def test_two_pages_are_never_one_file(tmp_path: Path) -> None:
    with Tree(tmp_path / "site") as new:
        new.write("a.html", b"a")
        with pytest.raises(PublishError, match=r"Two pages would be the file a\.html"):
            new.write("a.html", b"b")


def test_a_site_stands_as_long_as_it_says_the_same_and_nobody_touched_it(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    whole = site(folder, {"a.html": "a", "b/c.html": "c"})

    def standing(said: str) -> Written | None:
        with Tree(folder) as new:
            return new.standing({"said": said})

    assert standing("first") == Written(whole.files, 0, 0, whole.bytes)
    assert standing("second") is None
    (folder / "a.html").write_text("b")  # as long as before
    os.utime(folder / "a.html", ns=(later := (folder / MARK).stat().st_mtime_ns + 1, later))
    assert standing("first") is None
    site(folder, {"a.html": "a", "b/c.html": "c"})
    assert standing("first")
    (folder / "b" / "c.html").unlink()
    assert standing("first") is None
    (folder / MARK).write_text("{")
    assert standing("first") is None
