"""The mark of the build: the same for the same files, another for any other."""

from pathlib import Path

import pytest

from breachtrail.web import build


def test_it_changes_with_every_file_of_the_package_but_not_with_compiled_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_PACKAGE", tmp_path)

    def mark() -> str:
        build.mark.cache_clear()
        return build.mark()

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "web.yml").write_text("a: b")
    first = mark()
    (tmp_path / "page.pyc").write_text("compiled")
    assert mark() == first
    (tmp_path / "texts" / "web.yml").write_text("a: c")
    second = mark()
    (tmp_path / "texts" / "web.yml").rename(tmp_path / "texts" / "site.yml")
    assert len({first, second, mark()}) == 3
    build.mark.cache_clear()
