"""The README's question, asked again: what it shows must be what comes out."""

import re
from pathlib import Path

from click.testing import CliRunner

from breachtrail.cli import app

README = Path(__file__).parents[2] / "README.md"


def _shown() -> tuple[list[str], str]:
    """The first ``breachtrail ask`` of the README, and the answer that stands below it."""
    text = README.read_text(encoding="utf-8")
    found = re.search(r"breachtrail (ask [^\n]+)\n```\n\n```\n(.+?)\n```", text, re.DOTALL)
    assert found is not None, "README.md shows a question with its answer on its first screen"
    return found[1].split(), found[2]


def _plain(text: str) -> list[str]:
    """Lines without the blanks that a terminal adds, and without the ledger's head, which grows with every ingest."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("Ledger:")]


def test_readme_shows_what_comes_out(real_ledger: Path) -> None:
    """The answer printed in the README is the one that the real exports give."""
    command, answer = _shown()
    result = CliRunner().invoke(app, [*command, "--home", str(real_ledger)])
    assert result.exit_code == 0, result.output
    assert _plain(result.output) == _plain(answer)
