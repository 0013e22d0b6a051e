"""The command that writes the site as plain files: what it says, and what it refuses."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from breachtrail import cli
from breachtrail.errors import LedgerMissing, PublishError
from breachtrail.web import published
from breachtrail.web.published import Published
from breachtrail.web.tree import Written


def test_it_says_what_was_written_and_what_there_is_not_without_an_address(
    published_site: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def publish(open_: object, folder: Path, **told: object) -> Published:
        asked.append((folder, told["as_of"], told["url"]))
        return Published(75, date(2024, 7, 9), Written(1234, 5, 1, 67890))

    monkeypatch.setattr(published, "publish", publish)
    home = str(published_site[0])
    done = CliRunner().invoke(cli.app, ["publish", "site", "--home", home, "--as-of", "2024-07-09"])
    assert done.exit_code == 0
    assert done.output == (
        "site: 1,234 files, 67,890 bytes, of 75 notices as known on July 9, 2024; 5 written, 1 gone, all others as they were.\n"
        "Without --url there is no sitemap and no feed, for these name the address under which the site will stand.\n"
    )
    done = CliRunner().invoke(
        cli.app, ["publish", "site", "--home", home, "--lang", "zh", "--url", "https://example.org/"]
    )
    assert "共1234个文件" in done.output
    assert "--url" not in done.output
    assert asked == [(Path("site"), date(2024, 7, 9), ""), (Path("site"), None, "https://example.org/")]


def test_without_a_ledger_nothing_is_written(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.app, ["publish", str(tmp_path / "site"), "--home", str(tmp_path / "none")])
    assert isinstance(done.exception, LedgerMissing)
    assert not (tmp_path / "site").exists()


def test_a_folder_of_other_things_is_left_alone(published_site: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = CliRunner().invoke(cli.app, ["publish", str(tmp_path), "--home", str(published_site[0])])
    assert isinstance(done.exception, PublishError)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
