"""The plan of the house (docs/design.md, sections 1 and 4), held over the source of the package.

Each rule is a function from a house, which maps paths below ``src`` to their source, to the faults that it finds. Each
is tried twice: on the package, where it finds none, and on a few lines that break it, where it must.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOT = "breachtrail"

# From the top of the house to its ground. The package itself (its Python door) stands just below the commands.
LINES = (
    ("cli",),
    (ROOT,),
    ("web", "intake"),
    ("report", "claims", "source"),
    ("sync",),
    ("wording", "pipeline", "simulate"),
    ("people",),
    ("questions",),
    ("registers",),
    ("ledger",),
    ("notices", "settings"),
    ("errors", "estimates"),
)
LINE_OF = {room: number for number, rooms in enumerate(LINES) for room in rooms}

OPENS_DATABASES = {"breachtrail/ledger/store.py", "breachtrail/questions/engine.py"}
# provider.py asks an OpenID Connect provider, through Authlib, who somebody is; it names httpx for its errors alone.
SPEAKS_HTTP = {"breachtrail/registers/fetch.py", "breachtrail/intake/provider.py"}
NETWORK = ("aiohttp", "ftplib", "http.client", "httpx", "requests", "socket", "urllib.request", "urllib3")
TERMINAL = ("click", "rich", "sys.stderr", "sys.stdout")
LONGEST = 400

NEVER_A_NAME = {"data", "date", "timestamp"}
NEVER_IN_A_NAME = {
    *("registry", "registries", "manager", "managers", "helper", "helpers", "util", "utils"),
    *("process", "processes", "processed", "processing", "processor"),
}
#: Methods that a library calls by these names (SQLAlchemy's types).
NAMED_BY_OTHERS = {"process_bind_param", "process_result_value"}

House = dict[str, str]


def whole_house() -> House:
    source = REPOSITORY / "src"
    return {path.relative_to(source).as_posix(): path.read_text(encoding="utf-8") for path in source.rglob("*.py")}


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def imported_names(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Everything a file imports, wherever in it: the line, and the dotted name, ``from a import b`` being ``a.b``."""
    package = module_of(path).split(".")
    if not path.endswith("/__init__.py"):
        package.pop()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=source, names=names, level=level):
                parts = package[: len(package) - level + 1] if level else []
                origin = ".".join([*parts, source] if source else parts)
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def inner_imports(house: House) -> Iterator[tuple[str, int, str]]:
    """Every import of one file of the house by another: the importing path, the line, the imported module."""
    modules = {module_of(path) for path in house}
    for path, text in house.items():
        for line, name in imported_names(path, ast.parse(text)):
            if name.split(".")[0] != ROOT:
                continue
            while name not in modules and "." in name:
                name = name.rpartition(".")[0]
            if name != module_of(path):
                yield path, line, name


def is_among(name: str, forbidden: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in forbidden)


def rooms_without_a_line(house: House) -> list[str]:
    return sorted({room for path in house if (room := room_of(module_of(path))) not in LINE_OF})


def imports_not_downwards(house: House) -> list[str]:
    faults = []
    for path, line, target in inner_imports(house):
        mine, theirs = room_of(module_of(path)), room_of(target)
        if mine != theirs and LINE_OF.get(theirs, -1) <= LINE_OF.get(mine, -1):
            faults.append(f"{path}:{line} {mine} imports {theirs}")
    return faults


def circles(house: House) -> list[str]:
    needs: dict[str, set[str]] = defaultdict(set)
    for path, _, target in inner_imports(house):
        needs[module_of(path)].add(target)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return [" imports ".join(reversed(error.args[1]))]
    return []


def databases_opened(house: House) -> list[str]:
    """Calls of DuckDB's module-level functions (each opens one or uses the hidden one), and any use of SQLite."""
    faults = []
    for path, text in house.items():
        if path in OPENS_DATABASES:
            continue
        tree = ast.parse(text)
        faults += [
            f"{path}:{line} {name}"
            for line, name in imported_names(path, tree)
            if is_among(name, ("sqlite3",)) or re.fullmatch(r"duckdb\.(?!typing$|sqltypes$)[a-z_]+|duckdb\.\*", name)
        ]
        nicknames = {"duckdb"} | {
            alias.asname
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
            if alias.name == "duckdb" and alias.asname
        }
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=attribute)):
                    if module in nicknames and attribute.islower():
                        faults.append(f"{path}:{node.lineno} duckdb.{attribute}")
    return faults


def network_imports(house: House) -> list[str]:
    return [
        f"{path}:{line} {name}"
        for path, text in house.items()
        if path not in SPEAKS_HTTP
        for line, name in imported_names(path, ast.parse(text))
        if is_among(name, NETWORK)
    ]


def prints(house: House) -> list[str]:
    """Whatever could reach the terminal outside the commands."""
    faults = []
    for path, text in house.items():
        if room_of(module_of(path)) == "cli":
            continue
        tree = ast.parse(text)
        faults += [f"{path}:{line} {name}" for line, name in imported_names(path, tree) if is_among(name, TERMINAL)]
        for node in ast.walk(tree):
            match node:
                case ast.Name(id="print"):
                    faults.append(f"{path}:{node.lineno} print")
                case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" as stream):
                    faults.append(f"{path}:{node.lineno} sys.{stream}")
    return faults


def too_long(house: House) -> list[str]:
    lengths = {path: len(text.splitlines()) for path, text in house.items()}
    return [f"{path} has {length} lines" for path, length in lengths.items() if length > LONGEST]


def names_given(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that a file gives: functions, classes, parameters, variables, attributes, nicknames of imports."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.arg(arg=name)
                | ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
                | ast.alias(asname=str(name))
                | ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield getattr(node, "lineno", 0), name


def forbidden_words(house: House) -> list[str]:
    faults = []
    for path, text in house.items():
        here = [(0, part) for part in module_of(path).split(".")]
        for line, name in [*here, *names_given(ast.parse(text))]:
            words = {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}
            if name in NAMED_BY_OTHERS:
                continue
            if name.strip("_").lower() in NEVER_A_NAME or words & NEVER_IN_A_NAME:
                faults.append(f"{path}:{line} {name}")
    return faults


RULES = (
    rooms_without_a_line,
    imports_not_downwards,
    circles,
    databases_opened,
    network_imports,
    prints,
    too_long,
    forbidden_words,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule) -> None:
    assert rule(whole_house()) == []


def test_the_house_is_seen() -> None:
    assert {"breachtrail/errors.py", "breachtrail/settings.py"} <= whole_house().keys()


def test_the_lines_are_those_of_the_plan() -> None:
    plan = (REPOSITORY / "docs" / "design.md").read_text(encoding="utf-8")
    drawn = re.search(r"\*\*lower line\*\*.*?```\n(.*?)```", plan, flags=re.DOTALL)
    assert drawn
    assert [tuple(re.sub(r" \(.*\)", "", line).split()) for line in drawn[1].splitlines()] == list(LINES)


def test_the_plan_names_every_room_and_every_file_of_the_ground_floor() -> None:
    """Whoever adds a file to these rooms says in docs/design.md what it is for."""
    plan = (REPOSITORY / "docs" / "design.md").read_text(encoding="utf-8")
    rooms = ("notices", "ledger", "questions", "cli")
    files = [path for path in whole_house() if room_of(module_of(path)) in rooms and not path.endswith("__init__.py")]
    assert len(files) > 20
    assert [path for path in files if f"{Path(path).stem}.py" not in plan] == []


def test_no_file_beside_the_package_is_too_long() -> None:
    files = [path for place in ("tests", "bench", "scripts") for path in (REPOSITORY / place).rglob("*.py")]
    assert too_long({str(path): path.read_text(encoding="utf-8") for path in files}) == []


def test_a_room_without_a_line_is_found() -> None:
    assert rooms_without_a_line({"breachtrail/attic/box.py": "", "breachtrail/errors.py": ""}) == ["attic"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("breachtrail/ledger/store.py", "from breachtrail.questions.ask import Question"),
        ("breachtrail/ledger/store.py", "import breachtrail.questions.ask"),
        ("breachtrail/ledger/store.py", "from ..questions import ask"),
        ("breachtrail/ledger/store.py", "from breachtrail import open"),
        ("breachtrail/ledger/store.py", "def late():\n    from breachtrail.questions import ask"),
        ("breachtrail/ledger/store.py", "if TYPE_CHECKING:\n    from breachtrail.questions.ask import Question"),
        ("breachtrail/ledger/store.py", "importlib.import_module('breachtrail.questions.ask')"),
        ("breachtrail/registers/files.py", "from breachtrail.questions.ask import Question"),
        ("breachtrail/settings.py", "from breachtrail.notices import shape"),
        ("breachtrail/errors.py", "from .settings import Settings"),
        ("breachtrail/web/pages.py", "import breachtrail"),
    ],
)
def test_an_import_upwards_or_sideways_is_found(path: str, text: str) -> None:
    ground = {"breachtrail/__init__.py", "breachtrail/questions/ask.py", "breachtrail/notices/shape.py"}
    assert len(imports_not_downwards({**dict.fromkeys(ground | {"breachtrail/settings.py"}, ""), path: text})) == 1


def test_imports_downwards_and_within_a_room_are_free() -> None:
    house = {
        "breachtrail/cli/commands.py": "import breachtrail\nfrom breachtrail.questions.ask import Question",
        "breachtrail/__init__.py": "from .questions import ask",
        "breachtrail/questions/ask.py": "from . import catalog\nfrom breachtrail.errors import BreachTrailError",
        "breachtrail/questions/catalog.py": "import duckdb",
        "breachtrail/errors.py": "",
    }
    assert imports_not_downwards(house) == []


def test_a_circle_is_found() -> None:
    house = {
        "breachtrail/ledger/append.py": "from breachtrail.ledger.match import match",
        "breachtrail/ledger/match.py": "def match():\n    from . import append",
    }
    assert len(circles(house)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "import duckdb\nduckdb.connect(path)",
        "import duckdb as engine\nengine.sql('select 1')",
        "from duckdb import connect",
        "from duckdb import *",
        "import sqlite3",
    ],
)
def test_a_database_opened_elsewhere_is_found(text: str) -> None:
    assert len(databases_opened({"breachtrail/pipeline.py": text})) == 1
    assert databases_opened({"breachtrail/ledger/store.py": text}) == []


def test_types_and_errors_of_duckdb_are_free() -> None:
    text = "import duckdb\nfrom duckdb import DuckDBPyConnection\ndef f(c: duckdb.Error): c.connection.sql('select 1')"
    assert databases_opened({"breachtrail/notices/screen.py": text}) == []


@pytest.mark.parametrize(
    "text",
    ["import httpx", "from urllib import request", "import urllib.request", "from socket import create_connection"],
)
def test_the_network_reached_elsewhere_is_found(text: str) -> None:
    assert len(network_imports({"breachtrail/registers/files.py": text})) == 1
    assert network_imports({"breachtrail/registers/fetch.py": text}) == []


def test_taking_an_address_apart_is_free() -> None:
    assert network_imports({"breachtrail/web/api.py": "import urllib.parse"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "tell = print",
        "import sys\nsys.stderr.write('')",
        "from sys import stdout",
        "import rich",
        "import click",
    ],
)
def test_a_print_elsewhere_is_found(text: str) -> None:
    assert len(prints({"breachtrail/pipeline.py": text})) == 1
    assert prints({"breachtrail/cli/screen.py": text}) == []


def test_a_file_of_401_lines_is_found() -> None:
    assert too_long({"breachtrail/errors.py": "\n" * 400}) == []
    assert too_long({"breachtrail/errors.py": "\n" * 401}) == ["breachtrail/errors.py has 401 lines"]


@pytest.mark.parametrize(
    "text",
    [
        "date = 1",
        "def f(data): ...",
        "self.timestamp = 1",
        "class Row:\n    date: str",
        "for date in days: ...",
        "import datetime as date",
        "class RegisterManager: ...",
        "def row_helper(): ...",
        "def process(): ...",
        "name_utils = 1",
        "registry = {}",
    ],
)
def test_a_forbidden_word_is_found(text: str) -> None:
    assert len(forbidden_words({"breachtrail/pipeline.py": text})) == 1


def test_a_forbidden_file_name_is_found() -> None:
    assert forbidden_words({"breachtrail/ledger/utils.py": ""}) == ["breachtrail/ledger/utils.py:0 utils"]


def test_names_that_others_gave_are_free() -> None:
    text = "from datetime import date\nsubmitted_on: date = moment.date()\nmetadata = dirs.user_data_dir(process=1)"
    assert forbidden_words({"breachtrail/pipeline.py": text}) == []
