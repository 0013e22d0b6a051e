"""What must hold of every mutant, and who says so.

* It ends in rows (accepted + held = rows) or in a refusal of one to three sentences that names the file.
* The engine's own reader and the patient parser agree: both refuse, or both find the same rows, accepted and held alike.
* Where nothing was spoilt, the very cells are found again.
* It takes no more time and memory than a small file may.
"""

import contextlib
import faulthandler
import os
import re
import resource
import select
import subprocess
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import python_calamine  # before the first fork
import selectolax.lexbor  # noqa: F401

from breachtrail.errors import BreachTrailError
from breachtrail.ledger.raw import Sidecar
from breachtrail.notices import plain
from breachtrail.notices.screen import screen
from breachtrail.notices.shape import NAMES, SEVERAL
from breachtrail.registers import apart, files, named, reading, register, sheet
from mutants import seeds
from mutants.made import Mutant

assert python_calamine
NAME = "2026-09-01_archive.csv"
SECONDS = 20.0
MEMORY = 700 * 1024**2
_clean_csv = files.clean_csv
_ATTEMPTS = {name: getattr(reading, name) for name in ("_read_plain", "_read_cells")}
#: What a person should not have to read.
_NOT_FOR_PEOPLE = re.compile(
    r"Traceback|Exception\b|Error\(|Error:|duckdb|calamine|0x[0-9a-f]{6}|<class|object at|\n|CAST|SELECT|read_csv|std::"
)


@dataclass
class Verdict:
    """What became of one mutant; ``faults`` is empty where all is well."""

    number: int
    kind: str
    end: str = "refused"
    rows: int = 0
    accepted: int = 0
    held: int = 0
    seconds: float = 0.0
    memory: int = 0
    size: int = 0
    refusal: str = ""
    swift: bool = False
    faults: list[str] = field(default_factory=list)


#: The most memory that each program apart took since the last measuring began.
_apart = [0, 0]


class Oracle:
    """Reads mutants, many in one go: the engine and its tables are made once for all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = duckdb.connect(
            config={"threads": 1, "memory_limit": "500MB", "temp_directory": str(folder / "spill")}
        )

    def judge(self, mutants: list[Mutant], starting: Any = None) -> list[Verdict]:
        """The verdict on each; ``starting`` is told a mutant's number before it is read."""
        plain.start(self.engine)
        named.start(self.engine)
        verdicts, found = [], {}
        with in_forks():
            for place, one in enumerate(mutants):
                if starting:
                    starting(one.number)
                verdict = Verdict(one.number, one.kind, size=len(one.told))
                verdicts.append(verdict)
                found[place] = self._read(one, place, verdict)
        self._screen([look for looks in found.values() for look in looks.values() if not isinstance(look, str)])
        judged = self._judged()
        for place, verdict in enumerate(verdicts):
            _compare(found[place], verdict, judged)
        return verdicts

    def _read(self, one: Mutant, place: int, verdict: Verdict) -> dict[str, Any]:
        path = self.folder / NAME
        path.write_bytes(one.told)
        looks: dict[str, Any] = {}
        began, before = time.perf_counter(), _measure_memory()
        looks["as given"], was_swift = self._look(path, 2 * place + 1, verdict, patient=False)
        if was_swift:
            looks["patient"], _ = self._look(path, 2 * place + 2, verdict, patient=True)
        if one.cells is not None:
            verdict.faults += self._cells(path, one.cells)
        verdict.seconds = time.perf_counter() - began
        verdict.memory = max(0, max(_peak_memory(), *_apart) - before)
        if verdict.seconds > SECONDS:
            verdict.faults.append(f"took {verdict.seconds:.0f} s")
        if verdict.memory > MEMORY:
            verdict.faults.append(f"took {verdict.memory / 1e6:.0f} MB")
        return looks

    def _look(self, path: Path, number: int, verdict: Verdict, *, patient: bool) -> tuple[Any, bool]:
        """What one way of reading makes of the file, a ``Reading`` or the words of its refusal, and whether the engine's
        own reader had the last word."""
        swift: list[bool] = []

        def clean_csv(path: Path) -> files.CleanCsv | None:
            found = None if patient else _clean_csv(path)
            swift.append(found is not None)
            return found

        def watched(attempt: Callable[..., None]) -> Callable[..., None]:
            def read(*given: Any) -> None:
                swift.append(False)
                attempt(*given)
                swift.append(True)

            return read

        sidecar = Sidecar("us_hhs_ocr", "archive", *[seeds.TAKEN] * 3, NAME, NAME, f"{number:064x}")
        attempts = {name: watched(attempt) for name, attempt in _ATTEMPTS.items()}
        with mock.patch.object(files, "clean_csv", clean_csv), mock.patch.multiple(reading, **attempts):
            try:
                return reading.read(self.engine, path, sidecar, number), swift[-1]
            except BreachTrailError as refusal:
                verdict.faults += _unfit_for_people(str(refusal))
                told = str(refusal)
            except Exception as error:  # whatever it is, it is a fault
                verdict.faults.append(f"{type(error).__name__}: {str(error).splitlines()[:1]}")
                told = ""
        return told, bool(swift and swift[-1])

    def _cells(self, path: Path, cells: list[list[str]]) -> list[str]:
        try:
            read = files.read_text_table(self.engine, path, "text_table")
        except BreachTrailError as refusal:
            return [f"a sound table is refused: {refusal}"]
        found = self.engine.execute("SELECT cells FROM text_table ORDER BY row").fetchall()
        astray = [(was, now) for was, (now,) in zip(cells[1:], found, strict=False) if was != now]
        if astray or read.rows != len(cells) - 1:
            return [f"cells astray: {len(cells) - 1} rows written, {read.rows} read, first {str(astray[:1])[:300]}"]
        return []

    def _screen(self, looks: list[Any]) -> None:
        words = register.load("us_hhs_ocr").status_values
        screen(
            self.engine,
            {look.number: seeds.TAKEN for look in looks},
            {look.number: "submitted_on" in look.carried for look in looks},
            {word: view for view, some in words.items() for word in some},
        )

    def _judged(self) -> dict[int, list[tuple[Any, ...]]]:
        """Each row of each snapshot as it was judged, whichever way it went, in the order of the files."""
        columns = [f"string_split({name}::VARCHAR, ', ')" if name in SEVERAL else f"{name}::VARCHAR" for name in NAMES]
        judged = [name if name in SEVERAL else f"{name}::VARCHAR" for name in NAMES]
        found = self.engine.execute(
            f"SELECT snapshot, rowid AS place, {', '.join(columns)}, NULL AS said, NULL AS reason FROM reading WHERE cells IS NULL "
            f"UNION ALL SELECT snapshot, key, {', '.join(judged)}, said_view, reason::VARCHAR FROM judged ORDER BY place"
        ).fetchall()
        rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for snapshot, _, *row in found:
            rows[snapshot].append(tuple(row))
        return rows


def _compare(looks: dict[str, Any], verdict: Verdict, judged: dict[int, list[tuple[Any, ...]]]) -> None:
    given = looks["as given"]
    if isinstance(given, str):
        verdict.refusal = given
    else:
        rows = judged[given.number]
        verdict.rows, verdict.held = given.rows, sum(reason is not None for *_, reason in rows)
        verdict.accepted, verdict.swift = len(rows) - verdict.held, "patient" in looks
        verdict.end = "all held" if not verdict.accepted else "some held" if verdict.held else "accepted"
        if len(rows) != given.rows:
            verdict.faults.append(f"{given.rows} rows are read and {len(rows)} judged")
    if "patient" not in looks:
        return
    patient = looks["patient"]
    if isinstance(given, str) != isinstance(patient, str):
        verdict.faults.append(f"one way refuses, the other reads: {given if isinstance(given, str) else patient}")
    elif not isinstance(given, str) and rows != (other := judged[patient.number]):
        differ = [(a, b) for a, b in zip(rows, other, strict=False) if a != b]
        verdict.faults.append(f"two ways read {len(rows)} and {len(other)} rows, and differ in {str(differ[:1])[:600]}")


def _unfit_for_people(refusal: str) -> list[str]:
    sentences = len(re.findall(r"[.;!?](?:\s|$)", refusal))
    faults = [f"a refusal not for people: {refusal[:300]!r}"] if _NOT_FOR_PEOPLE.search(refusal) else []
    if len(refusal) > 700 or not 1 <= sentences <= 5 or NAME not in refusal:
        faults.append(f"a refusal of {len(refusal)} letters and {sentences} sentences: {refusal[:300]!r}")
    return faults


def _measure_memory() -> int:
    """Start to measure the most memory taken; what is taken now."""
    _apart[:] = [0, 0]
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak_memory()


def _peak_memory() -> int:
    try:
        told = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) * 1024 if found else 0


@contextlib.contextmanager
def in_forks() -> Iterator[None]:
    """Programs of their own are forks meanwhile, which start a hundred times faster; all else about them is the same."""
    if not hasattr(os, "fork"):
        yield
        return
    stand_in = types.SimpleNamespace(
        run=_run_in_a_fork, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired
    )
    with mock.patch.object(apart, "subprocess", stand_in):
        yield


def _run_in_a_fork(command: list[str], *, timeout: float, **_: Any) -> Any:
    kind, file, lines, *most = command[2:]
    ended, ending = os.pipe()
    child = os.fork()
    if not child:
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            faulthandler.disable()  # a library that gives itself up is an end like others
            os._exit(sheet.main(kind, Path(file), Path(lines), *map(int, most)))
        except BaseException:
            os._exit(1)
    os.close(ending)
    try:
        if not select.select([ended], [], [], min(timeout, SECONDS))[0]:
            os.kill(child, 9)
            raise subprocess.TimeoutExpired(command, timeout)
    finally:
        os.close(ended)
        _, status, used = os.wait4(child, 0)
        _apart.append(used.ru_maxrss * 1024)
    return types.SimpleNamespace(returncode=os.waitstatus_to_exitcode(status))
