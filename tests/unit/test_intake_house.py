"""How the register of one's own stands in the house, and what docs/intake.md says of it."""

import ast
import re
from pathlib import Path

import pytest

from breachtrail.intake import clock, decision, permissions, report
from breachtrail.intake.permissions import Role, scope

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = REPOSITORY / "src" / "breachtrail"
PAGE = (REPOSITORY / "docs" / "intake.md").read_text(encoding="utf-8")
#: What it may use of the rest of the house.
USES = {"intake", "wording", "notices", "errors", "settings"}


def imported(path: Path) -> set[str]:
    """Everything that a file imports, wherever in it, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rooms(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith("breachtrail.")}


def test_the_observatory_and_the_office_do_not_know_each_other() -> None:
    inside = sorted((SOURCE / "intake").rglob("*.py"))
    assert len(inside) > 20
    assert {path.name: rooms(path) - USES for path in inside if rooms(path) - USES} == {}
    outside = [path for path in SOURCE.rglob("*.py") if not path.is_relative_to(SOURCE / "intake")]
    knowing = [path for path in outside if "intake" in rooms(path)]
    assert {path.parent.name for path in knowing} <= {"cli"}


def test_one_file_opens_the_store() -> None:
    opening = [path for path in SOURCE.rglob("*.py") if "sqlalchemy.create_engine" in imported(path)]
    assert [path.relative_to(SOURCE).as_posix() for path in opening] == ["intake/store.py"]


def table_below(heading: str) -> list[list[str]]:
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in (lines[0], *lines[2:])]


def test_the_page_shows_the_table_of_who_may() -> None:
    head, *rows = table_below("Who may")
    assert head[1:] == list(map(str, Role))
    shown = {row[0]: row[1:] for row in rows}
    assert shown == {
        action: [str(scope(role, action)).replace("none", "") for role in Role] for action in permissions.TABLE
    }


def test_the_page_shows_every_state_decision_and_duty() -> None:
    assert [row[0].replace(" ", "_") for row in table_below("A report's way")[1:]] == list(report.STATES)
    ways = {found for row in table_below("A report's way")[1:] for found in re.findall(r"`(\w+)` → (\w+)", row[2])}
    assert {name for name, _ in ways} == {*decision.DECISIONS, "file"}
    assert [row[3] for row in table_below("The law's clock")[1:]] == [rule.citation for rule in clock.rules().rules]


@pytest.mark.parametrize("role", Role)
def test_what_the_table_does_not_name_is_not_allowed(role: Role) -> None:
    with pytest.raises(KeyError):
        scope(role, "report.burn")
