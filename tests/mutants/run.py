"""Reads many thousand mutants and says how each kind ended; every fault is made small and kept, with the way to repeat it.

``make fuzz`` runs it; ``python tests/mutants/run.py --seed A --only 4711`` repeats one. Findings go to a folder of the
system, as a mutant may hold lines of real exports.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutants import oracle, smaller, whole
from mutants.made import mutant

BATCH = 200
#: Of so many mutants one is brought into a ledger, too.
WHOLE = 250
#: Address space of a reader; what a program apart may take is set by itself.
MEMORY = 4 * 1024**3
#: A reader that says nothing for so long hangs.
SILENCE = 90.0


def work(told: argparse.Namespace, start: int, stop: int, skip: set[int], state: Any, out: Connection) -> None:
    """Read the mutants from ``start`` to ``stop``, and send verdicts; ``state`` says which is being read since when."""
    warnings.simplefilter("error")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with tempfile.TemporaryDirectory() as folder:
        judge, ledger = oracle.Oracle(Path(folder)), None

        def starting(number: int) -> None:
            state[0], state[1] = number, time.time()

        for first in range(start, stop, BATCH):
            made = [
                mutant(told.seed, n, real=told.real) for n in range(first, min(first + BATCH, stop)) if n not in skip
            ]
            verdicts = judge.judge(made, starting)
            for one, verdict in zip(made, verdicts, strict=True):
                if one.number % WHOLE == 0:
                    starting(one.number)
                    ledger = ledger or whole.Whole(Path(folder))
                    try:
                        verdict.faults += ledger.faults(one)
                    except Exception as error:  # whatever it is, it is a fault
                        verdict.faults.append(f"in a ledger: {type(error).__name__}: {str(error).splitlines()[:1]}")
            out.send(verdicts)
    out.close()


def verdicts(told: argparse.Namespace) -> Iterator[oracle.Verdict]:
    """The verdict on each mutant, from as many readers as were asked for; a reader that falls or hangs is a fault."""
    stretches = [
        (start, min(start + 10 * BATCH, told.mutants)) for start in range(told.first, told.mutants, 10 * BATCH)
    ]
    waiting: list[tuple[int, int, set[int]]] = [(start, stop, set()) for start, stop in reversed(stretches)]
    busy: dict[Any, tuple[Any, Any, int, int, set[int]]] = {}
    context = multiprocessing.get_context("spawn")
    while waiting or busy:
        while waiting and len(busy) < told.jobs:
            start, stop, skip = waiting.pop()
            state = context.Array("d", [start, time.time()])
            mine, theirs = context.Pipe(duplex=False)
            process = context.Process(target=work, args=(told, start, stop, skip, state, theirs))
            process.start()
            theirs.close()
            busy[mine] = (process, state, start, stop, skip)
        ready = multiprocessing.connection.wait(list(busy), timeout=5)
        for mine in list(busy):
            process, state, start, stop, skip = busy[mine]
            if mine in ready:
                try:
                    found = mine.recv()
                    busy[mine] = (process, state, min(start + BATCH, stop), stop, skip)
                    yield from found
                    continue
                except EOFError:
                    process.join()
            elif time.time() - state[1] > SILENCE:
                process.kill()
                process.join()
            else:
                continue
            del busy[mine]
            if start < stop:
                number = int(state[0])
                why = f"the reader fell (code {process.exitcode}) or hung"
                yield oracle.Verdict(number, mutant(told.seed, number, real=told.real).kind, "fell", faults=[why])
                waiting.append((start, stop, {*skip, number}))


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--mutants", type=int, default=100_000)
    words.add_argument("--seed", default="A")
    words.add_argument(
        "--first", type=int, default=0, help="the number of the first; --mutants is that behind the last"
    )
    words.add_argument("--jobs", type=int, default=1)
    words.add_argument("--only", type=int, help="read this one alone, and say all of it")
    words.add_argument("--made-up", dest="real", action="store_false", help="spoil no real exports")
    words.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir()) / "breachtrail-mutants")
    told = words.parse_args()
    if told.only is not None:
        return repeat(told)
    told.findings.mkdir(parents=True, exist_ok=True)
    began, ends, faults, twice, slowest, largest = time.time(), Counter[tuple[str, str]](), 0, 0, [], []
    for done, verdict in enumerate(verdicts(told), 1):
        ends[verdict.kind, verdict.end] += 1
        slowest = sorted([*slowest, (verdict.seconds, verdict.number, verdict.kind)])[-3:]
        largest = sorted([*largest, (verdict.memory, verdict.number, verdict.kind)])[-3:]
        twice += verdict.swift
        if verdict.faults:
            faults += 1
            say(verdict, told)
        if done % 1000 == 0:
            print(f"{done:,} mutants, {faults} with faults, {time.time() - began:.0f} s", flush=True)
        if done % 1000 == 0 or done == told.mutants - told.first:
            summary = {
                "mutants": done, "seed": told.seed, "seconds": round(time.time() - began), "faults": faults, "read in two ways": twice,
                "ends": {f"{kind}: {end}": count for (kind, end), count in sorted(ends.items())}, "slowest": slowest,
                "largest": largest,
            }  # fmt: skip
            (told.findings / f"summary-{told.seed}-{told.first}.json").write_text(json.dumps(summary, indent=1))
    print(json.dumps(summary, indent=1))
    return 1 if faults else 0


def say(verdict: oracle.Verdict, told: argparse.Namespace) -> None:
    """Print a fault, and keep it with the command that repeats it."""
    again = f"python tests/mutants/run.py --seed {told.seed} --only {verdict.number}{'' if told.real else ' --made-up'}"
    print(f"{verdict.number} {verdict.kind}: {'; '.join(verdict.faults)[:500]}\n  {again}", flush=True)
    folder = told.findings / f"{told.seed}-{verdict.number}"
    folder.mkdir(exist_ok=True)
    (folder / "verdict.json").write_text(json.dumps({**asdict(verdict), "again": again}, indent=1))
    (folder / oracle.NAME).write_bytes(mutant(told.seed, verdict.number, real=told.real).told)


def repeat(told: argparse.Namespace) -> int:
    """One mutant again: its steps, the verdict, and the smallest file that still has a fault."""
    warnings.simplefilter("error")
    made = mutant(told.seed, told.only, real=told.real)
    with tempfile.TemporaryDirectory() as folder:
        judge = oracle.Oracle(Path(folder))
        (verdict,) = judge.judge([made])
        faults = whole.Whole(Path(folder)).faults(made) if not verdict.faults else []
        print(made.steps, json.dumps(asdict(verdict), indent=1), *faults, sep="\n")
        if verdict.faults:
            small = smaller.smallest(told.seed, made, lambda one: bool(judge.judge([one])[0].faults), real=told.real)
            print(f"smallest: {len(small.told):,} bytes\n{small.told[:3000]!r}\n{judge.judge([small])[0].faults}")
    return 1 if verdict.faults or faults else 0


if __name__ == "__main__":
    sys.exit(main())
