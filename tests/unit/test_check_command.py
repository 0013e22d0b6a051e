"""``breachtrail check`` as a person or a machine calls it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from breachtrail.cli import app

ARTICLE = """# Breaches in 2024

Published February 1, 2025

In 2024, California reported {california} breaches. In 2024, New York reported 7 breaches.
"""


@pytest.fixture
def run(claimed_home: Path) -> Callable[..., Result]:
    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["check", *words, "--home", str(claimed_home)], catch_exceptions=False)

    return call


@pytest.fixture
def right(tmp_path: Path) -> str:
    path = tmp_path / "right.md"
    path.write_text(ARTICLE.format(california=9), encoding="utf-8")
    return str(path)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "wrong.md"
    path.write_text(ARTICLE.format(california=12), encoding="utf-8")
    return str(path)


def test_what_holds_leaves_with_0(run: Callable[..., Result], right: str) -> None:
    done = run(right)
    assert done.exit_code == 0
    assert "Nothing in it speaks against the register." in done.output
    assert "as known on February 1, 2025, the article's day" in done.output


def test_what_does_not_hold_leaves_with_1(run: Callable[..., Result], wrong: str) -> None:
    done = run(wrong)
    assert done.exit_code == 1
    assert "· 12 (" in done.output
    assert "does not hold" in done.output


def test_the_language_of_the_answer_is_not_that_of_the_article(run: Callable[..., Result], wrong: str) -> None:
    done = run(wrong, "--lang", "zh")
    assert "不符" in done.output


def test_json_and_html_by_option_and_by_ending(run: Callable[..., Result], wrong: str, tmp_path: Path) -> None:
    told = json.loads(run(wrong, "--format", "json").stdout)
    assert [one["verdict"] for one in told["claims"]] == ["does_not_hold", "holds"]
    page = tmp_path / "out" / "page.html"
    assert run(wrong, "-o", str(page)).exit_code == 1
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    text = tmp_path / "out" / "told.txt"
    run(wrong, "-o", str(text))
    assert "· 12 (" in text.read_text(encoding="utf-8")


def test_claims_are_written_and_run_again(run: Callable[..., Result], wrong: str, tmp_path: Path) -> None:
    kept = tmp_path / "claims.yml"
    first = run(wrong, "--write-claims", str(kept), "--format", "json")
    again = run(str(kept), "--format", "json")
    assert (first.exit_code, again.exit_code) == (1, 1)
    verdicts = [[one["verdict"] for one in json.loads(done.stdout)["claims"]] for done in (first, again)]
    assert verdicts[0] == verdicts[1]


def test_kept_claims_tell_when_the_register_has_moved(run: Callable[..., Result], tmp_path: Path) -> None:
    """Florida had five notices on the day, and has six now: the article was right, and should be looked at again."""
    path, kept = tmp_path / "moved.md", tmp_path / "claims.yml"
    path.write_text("Published February 1, 2025\n\nIn 2024, Florida reported 5 breaches.\n", encoding="utf-8")
    assert run(str(path), "--write-claims", str(kept)).exit_code == 0
    assert run(str(kept)).exit_code == 1
    assert run(str(kept), "--as-of", "2025-03-01").exit_code == 0


def test_the_day_can_be_told(run: Callable[..., Result], right: str) -> None:
    done = run(right, "--published", "2025-04-01")
    assert "April 1, 2025, the article's day" in done.output


def test_a_folder_that_cannot_be_written_is_said(run: Callable[..., Result], right: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    from breachtrail.errors import QuestionError

    with pytest.raises(QuestionError, match="cannot be written"):
        run(right, "-o", str(tmp_path / "file" / "page.html"))
