"""The group of the commands: each is found, and a question imports none that it does not need."""

import ast
import subprocess
import sys
from pathlib import Path

import click

from breachtrail.cli import app
from breachtrail.cli.group import FILES

COMMANDS = Path(__file__).parents[2] / "src" / "breachtrail" / "cli"


def test_every_command_that_a_file_adds_is_found_and_nothing_else_is_listed() -> None:
    context = click.Context(app)
    listed = app.list_commands(context)
    found = {name: app.get_command(context, name) for name in listed}
    assert all(command is not None and command.name == name for name, command in found.items())
    assert sorted(listed) == sorted(app.commands)


def test_no_file_adds_a_command_without_being_named() -> None:
    adding = {path.stem for path in COMMANDS.glob("*.py") if "@app." in path.read_text(encoding="utf-8")}
    assert adding - {"commands", "intake"} == set(FILES.values()) - {"remind"}


def test_a_question_imports_no_other_command() -> None:
    code = "import sys; from breachtrail.cli import app; app(['ask', '--help'], standalone_mode=False); print(sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(ast.literal_eval(ran.stdout.splitlines()[-1]))
    assert "breachtrail.cli.commands" in imported
    assert not {f"breachtrail.cli.{file}" for name, file in FILES.items() if name != "ask"} & imported
