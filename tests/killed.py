"""Processes that are really killed (``kill -9``), at any moment of what they do.

``Warm`` is a process that has everything imported and opened nothing; of it a child is forked for each moment, so that
hundreds are cheap. A child is traced line by line. A *moment* is the so-many-th time that it comes to a line, and, for a
line on which the engine or the system is at work for long, how many seconds later: then it is killed from outside.
"""

import codecs
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import breachtrail
from breachtrail.errors import BackupError, BreachTrailError, LedgerError

PACKAGE = Path(breachtrail.__file__).resolve().parent
#: A line that takes longer (in seconds) is also died on in the middle.
LONG = 0.002
#: The exit code of a child that was refused in a sentence.
SAID_NO = 3


@dataclass(frozen=True)
class Moment:
    """The ``turn``-th time (from 1) that a line is come to, and so many seconds later."""

    file: str
    line: int
    turn: int
    later: float = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line} ({self.turn}) + {self.later * 1000:.1f} ms"


@dataclass(frozen=True)
class Step:
    """One line of a traced run: which, for which time, for how long, and in which functions of the package it was."""

    moment: Moment
    seconds: float
    within: tuple[str, ...]


def do(job: dict[str, Any]) -> None:
    """What a child does, in words that travel as JSON."""
    from breachtrail import pipeline
    from breachtrail.ledger import backup

    home, files = Path(job["home"]), [Path(file) for file in job["files"]]
    match job["do"]:
        case "ingest":
            pipeline.ingest(home, files)
        case "rebuild":
            pipeline.rebuild(home)
        case "restore":
            backup.restore(home, files[0], replace=True)
        case "backup":
            backup.back_up(home, files[0], replace=True)
        case "ask":
            with breachtrail.open(home) as ledger:
                assert ledger.ask("notices").rows


class Warm:
    """The process that children are forked of."""

    def __enter__(self) -> "Warm":
        source = os.pathsep.join([str(PACKAGE.parent), str(Path(__file__).parent)])
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": source},
        )
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.communicate()
        assert self._process.returncode == 0

    def run(self, what: str, home: Path, files: Sequence[Path], temporary: Path, **ground: Any) -> int:
        """How a child ended that had this to do: 0 (done), ``SAID_NO`` (in a sentence), or by which signal (negative).

        ground: what it has to live with: ``limit`` (bytes that a file may have), ``user`` (who is not root)
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"do": what, "home": str(home), "files": [*map(str, files)], "temporary": str(temporary), **ground}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def dies(self, moment: Moment, what: str, home: Path, files: Sequence[Path], temporary: Path) -> bool:
        """Whether a child was killed at the moment; else it did what it had to do, and never came to it."""
        ended = self.run(what, home, files, temporary, moment=vars(moment))
        assert ended in (0, -signal.SIGKILL), f"{moment}: a child ended with {ended}"
        return ended != 0

    def traced(self, what: str, home: Path, files: Sequence[Path], temporary: Path) -> list[Step]:
        """Every line of the package that a child comes to, in their order; it is not killed."""
        trace = temporary / "trace.json"
        assert self.run(what, home, files, temporary, trace=str(trace)) == 0
        lines = json.loads(trace.read_text())
        trace.unlink()
        turns: Counter[tuple[str, int]] = Counter()
        steps = []
        for file, line, seconds, within in lines:
            turns[file, line] += 1
            steps.append(Step(Moment(file, line, turns[file, line]), seconds, tuple(within)))
        return steps


def spread(steps: Sequence[Step], number: int) -> list[Moment]:
    """So many moments: a third within the lines that take long, the others over all lines, each at another of its turns
    (if there are not lines enough, at several)."""
    lines: dict[tuple[str, int], list[Moment]] = {}
    for step in steps:
        lines.setdefault((step.moment.file, step.moment.line), []).append(step.moment)
    within = _within([step for step in steps if step.seconds > LONG], max(number // 3, number - len(steps)))
    turns = [
        [each[(start * 7 + turn) % len(each)] for turn in range(len(each))] for start, each in enumerate(lines.values())
    ]
    rounds = [each[turn] for turn in range(max(map(len, turns))) for each in turns if turn < len(each)]
    left = number - len(within)
    if left < len(turns):
        rounds = [rounds[place * len(turns) // left] for place in range(left)]
    return [*rounds[:left], *within]


def _within(steps: Sequence[Step], number: int) -> list[Moment]:
    """Moments at equal distances of the time that these lines take together."""
    distance = sum(step.seconds for step in steps) / max(number, 1)
    moments, at = [], distance / 2
    for step in steps:
        while at < step.seconds:
            moments.append(Moment(step.moment.file, step.moment.line, step.moment.turn, at))
            at += distance
        at -= step.seconds
    return moments


# --- in the warm process, and in its children


def _serve() -> None:
    import zstandard  # noqa: F401

    from breachtrail import pipeline  # noqa: F401
    from breachtrail.ledger import backup, ladder  # noqa: F401
    from breachtrail.notices.vocabulary import Vocabulary
    from breachtrail.registers import workbook  # noqa: F401

    Vocabulary.load()
    for encoding in ("utf-8-sig", "cp1252"):  # a child that is nobody may not be able to read the library
        codecs.lookup(encoding)
    for line in sys.stdin:
        job = json.loads(line)
        reached, reach = os.pipe()
        child = os.fork()
        if not child:
            os.close(reached)
            _live(job, reach)
        os.close(reach)
        select.select([reached], [], [])
        if os.read(reached, 1):
            time.sleep(job["moment"]["later"])
            os.kill(child, signal.SIGKILL)
        os.close(reached)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _live(job: dict[str, Any], reach: int) -> None:
    code = 1
    try:
        os.environ["TMPDIR"] = job["temporary"]
        tempfile.tempdir = None
        lines: list[list[Any]] = []
        if "limit" in job:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (job["limit"], job["limit"]))
        if "user" in job:
            os.setgroups([])
            os.setgid(job["user"])
            os.setuid(job["user"])
        if "moment" in job:
            _trace(_dying(Moment(**job["moment"]), reach))
        if "trace" in job:
            _trace(_noting(lines))
        do(job)
        sys.settrace(None)
        if "trace" in job:
            Path(job["trace"]).write_text(json.dumps(lines))
        code = 0
    except BreachTrailError as refusal:
        code = SAID_NO if isinstance(refusal, LedgerError | BackupError) and "\n" not in str(refusal) else 1
    except BaseException:
        sys.settrace(None)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _trace(see: Callable[[FrameType], None]) -> None:
    """Have ``see`` called before each line of the package, in all threads."""

    def line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            see(frame)
        return line

    def call(frame: FrameType, event: str, _: object) -> Any:
        return line if frame.f_code.co_filename.startswith(str(PACKAGE)) else None

    threading.settrace(call)
    sys.settrace(call)


def _file(frame: FrameType) -> str:
    return Path(frame.f_code.co_filename).relative_to(PACKAGE).as_posix()


def _dying(moment: Moment, reach: int) -> Callable[[FrameType], None]:
    turns, name = [0], str(PACKAGE / moment.file)

    def see(frame: FrameType) -> None:
        if frame.f_lineno == moment.line and frame.f_code.co_filename == name:
            turns[0] += 1
            if turns[0] == moment.turn:
                if not moment.later:
                    os.kill(os.getpid(), signal.SIGKILL)
                os.write(reach, b"!")

    return see


def _noting(lines: list[list[Any]]) -> Callable[[FrameType], None]:
    last: dict[int, tuple[list[Any], float]] = {}

    def see(frame: FrameType) -> None:
        now, thread = time.perf_counter(), threading.get_ident()
        if thread in last:
            noted, start = last[thread]
            noted[2] = now - start
        within, outer = [], frame
        while outer is not None:
            if outer.f_code.co_filename.startswith(str(PACKAGE)):
                within.append(outer.f_code.co_qualname)
            outer = outer.f_back
        noted = [_file(frame), frame.f_lineno, 0.0, within]
        lines.append(noted)
        last[thread] = (noted, time.perf_counter())

    return see


if __name__ == "__main__":
    _serve()
