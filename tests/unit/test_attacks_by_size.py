"""Files that mean harm by their size: all are brought in by one program, whose memory is measured, and all are refused."""

import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attacked import NAME, packed
from made_up import table
from mutants import books

HEADER = ",".join(table([])[0]) + "\n"
START = "Clinic,TX,Health Plan,600,05/14/2024,Theft,Email,No,"


def _hole(path: Path, before: str, after: str) -> None:
    """A cell of a gigabyte that takes no room on the disk: all of it is NUL."""
    with path.open("wb") as file:
        file.write(before.encode())
        file.truncate(1024**3)
        file.seek(0, os.SEEK_END)
        file.write(after.encode())


def _bomb(path: Path) -> None:
    """300 MB of one letter in less than two."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w") as file,
    ):
        file.write(HEADER.encode())
        for _ in range(300):
            file.write(b"x" * 1_000_000)


def _lying(path: Path) -> None:
    """The same, said to be small."""
    _bomb(path)
    told = bytearray(path.read_bytes())
    struct.pack_into("<L", told, told.rindex(b"PK\x01\x02") + 24, 1000)
    path.write_bytes(told)


def _shared(path: Path) -> None:
    """One text of a megabyte, told in a thousand cells."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><v>1</v></c></row>' for row in range(1, 1001)
    )
    whole = books._parts(books.xlsx([["a", "b"]], Random(1)))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    whole["xl/worksheets/sheet1.xml"] = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>".encode()
    whole["xl/sharedStrings.xml"] = f"<sst {space}><si><t>{'x' * 1_000_000}</t></si></sst>".encode()
    packed(path, whole)


LARGE: dict[str, tuple[str, Callable[[Path], Any], str]] = {
    "a cell of a gigabyte": (".csv", lambda path: _hole(path, HEADER + START, "\n"), "more than 8,000,000 letters"),
    "a gigabyte of nothing": (".csv", lambda path: _hole(path, "\0", ""), "is empty"),
    "a cell of 30 MB": (".csv", lambda path: path.write_text(HEADER + START + "x" * 30_000_000 + "\n"), "8,000,000 letters"),
    "a header of 50 million columns": (".csv", lambda path: path.write_text("," * 50_000_000), "8,000,000 letters"),
    "a row of 7 million cells": (".csv", lambda path: path.write_text(HEADER + "," * 7_000_000 + "\n"), "1,000 cells"),
    "a header of a million": (".csv", lambda path: path.write_text(HEADER[:-1] + ",x" * 10**6 + "\n" + START), "1,000 cells"),
    "quotes and nothing else": (".csv", lambda path: path.write_text(HEADER + '"' * 20_000_001), "8,000,000 letters"),
    "a bomb": (".zip", _bomb, "unpacks to more than 268,435,456 bytes"),
    "a bomb that lies": (".zip", _lying, "it is damaged"),
    "30,000 members": (".zip", lambda path: packed(path, {f"{number}.csv": b"" for number in range(30_000)}), "more members"),
    "a text told a thousand times": (".xlsx", _shared, "more letters than any list"),
    "a page nested too deep": (".html", lambda path: path.write_text("<table><tr><td>" + "<div>" * 10**6), "truncated"),
    "a page too large": (".html", lambda path: path.write_text("<table>" + " " * 70_000_000), "more than 67,108,864 bytes"),
}  # fmt: skip
_BRING = """
import json, re, sys
from pathlib import Path
from breachtrail import pipeline
for path in map(Path, sys.argv[2:]):
    refused = pipeline.ingest(Path(sys.argv[1]), [path]).files[0].refused
    # What getrusage tells began with the process that started this one.
    most = re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1]
    print(json.dumps([path.stem, refused, int(most) // 1024]))
"""


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """For each large file its refusal, and the megabytes that had been taken by then."""
    folder = tmp_path_factory.mktemp("large")
    paths = []
    for place, (ending, make, _) in enumerate(LARGE.values()):
        paths.append(folder / f"{place:02d} {NAME}{ending}")
        make(paths[-1])
    command = [sys.executable, "-c", _BRING, str(folder / "home"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    for path in paths:
        path.unlink()
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {what: (refused, most) for what, (_, refused, most) in zip(LARGE, told, strict=True)}


@pytest.mark.parametrize("what", LARGE)
def test_what_is_too_large_is_refused_within_400_megabytes(brought: dict[str, tuple[str, int]], what: str) -> None:
    refused, most = brought[what]
    assert LARGE[what][2] in refused
    assert len(refused) < 400
    assert most < 400
