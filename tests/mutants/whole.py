"""A mutant brought into a ledger that holds a list already: a refusal leaves it as it was, and the laws hold after all."""

import shutil
import tempfile
from pathlib import Path

from made_up import Row, export

import breachtrail
from breachtrail import pipeline
from mutants.made import Mutant
from mutants.oracle import NAME, _unfit_for_people


class Whole:
    """A ledger with one list in it; every mutant gets a copy of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.before = folder, folder / "before"
        rows = [Row(name=f"Clinic {number}", individuals=600 + number) for number in range(30)]
        for view in ("archive", "under_investigation"):
            path = export(folder / f"2024-06-01_{view}.csv", rows if view == "archive" else rows[:3])
            pipeline.ingest(self.before, [path])
        self.content = _content(self.before)

    def faults(self, one: Mutant) -> list[str]:
        """What is wrong with the ledger after ``one`` was brought in."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            home, path = Path(folder) / "home", Path(folder) / NAME
            shutil.copytree(self.before, home)
            path.write_bytes(one.told)
            result = pipeline.ingest(home, [path]).files[0]
            content, faults = _content(home), []
            if result.refused:
                faults += _unfit_for_people(result.refused)
                if content != self.content:
                    faults.append("a refused file changed the ledger")
            elif result.rows != result.accepted + result.held or not result.accepted:
                faults.append(f"{result.rows} rows, {result.accepted} accepted, {result.held} held")
            with breachtrail.open(home) as ledger:
                if not result.refused and len(ledger.held()) != result.held:
                    faults.append(f"{result.held} rows are held, and {len(ledger.held())} are there")
            if one.number % 5 == 0:
                faults += [f"the law {law.name} is broken" for law in pipeline.verify(home) if not law.holds]
            return faults


def _content(home: Path) -> str:
    with breachtrail.open(home) as ledger:
        return ledger.head.content
