"""Opens a file at arm's length: what reads it (``sheet``) runs as a program of its own, which may fall."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from breachtrail.registers import sheet

#: Cells of the block from a sheet's first to its last cell: a sheet's greatest height, some twenty columns wide.
MOST_CELLS = 20_000_000
#: Letters in all of them.
MOST_LETTERS = 512 * 1024**2
#: Bytes of memory, and seconds, that opening one may take.
MOST_MEMORY = 2 * 1024**3
LONGEST = 120


class Unfit(Exception):
    """The file cannot be opened, and why, in a few words."""


def rows(kind: str, path: Path, beside: Path | None) -> Iterator[list[Any]]:
    """What ``sheet`` writes of ``path``, a ``book`` or a ``page``. Raises Unfit.

    beside: the folder in which it lies meanwhile; else the system's for temporary files
    """
    with TemporaryDirectory(dir=beside) as folder:
        lines = Path(folder) / "rows.jsonl"
        most = [str(MOST_MEMORY), str(MOST_CELLS), str(MOST_LETTERS)]
        command = [sys.executable, sheet.__file__, kind, str(path), str(lines), *most]
        try:
            code = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=LONGEST).returncode
        except subprocess.TimeoutExpired:
            raise Unfit(f"not within {LONGEST} seconds") from None
        if code:
            why = lines.read_text(encoding="utf-8") if code == sheet.UNFIT else "it is damaged"
            raise Unfit(" ".join(why.split()))
        with lines.open(encoding="utf-8") as told:
            yield from map(json.loads, told)
