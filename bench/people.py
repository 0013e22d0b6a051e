"""What sketching a list costs beside the engine's own rough count of the same people in the same file: processor time, in turns.

    python bench/people.py [ROWS]

The list is made up: eight columns, 3% of the given names with an accent, a hyphen or a second word. One line a run.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

ROWS = 100_000_000
BOUND = 3
_RUNS = 3


def main(rows: int = ROWS) -> None:
    """Write the list, then run both by turns, each in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        listed, key = Path(folder) / "list.csv", Path(folder) / "key"
        _write(listed, rows)
        print(f"{rows:,} rows, {listed.stat().st_size / 1e9:.1f} GB", flush=True)
        sketch = [str(Path(sys.executable).with_name("breachtrail")), "sketch"]
        _costs([*sketch, "--new-key", str(key)])
        for _ in range(_RUNS):
            rough = _costs([sys.executable, __file__, "--rough", str(listed)])
            ours = _costs([*sketch, str(listed), "--key", str(key), "-o", f"{listed}.sketch", "--replace"])
            told = f"rough count {rough[0]:.1f} s, {rough[1]:.2f} GiB; sketch {ours[0]:.1f} s, {ours[1]:.2f} GiB"
            print(f"{told}; {ours[0] / rough[0]:.2f} times (bound {BOUND})", flush=True)


def rough(listed: str) -> None:
    """The engine's own estimate."""
    source = "read_csv($path, all_varchar = true, header = true)"
    people = "(last_name, first_name, birth_date)"
    print(duckdb.execute(f"SELECT approx_count_distinct({people}) FROM {source}", {"path": listed}).fetchall())


def _write(path: Path, rows: int) -> None:
    letter = "chr((97 + hash(i * {0}) % 26)::INTEGER)"
    name = " || ".join(letter.format(odd) for odd in (3, 5, 7))
    duckdb.execute(f"""COPY (SELECT 'P' || i AS patient, 'Fam' || {name} AS last_name,
        (CASE WHEN i % 100 = 0 THEN 'Ana-Lucia' WHEN i % 100 = 1 THEN 'José' WHEN i % 100 = 2 THEN 'Mary Ann'
            WHEN i % 4 = 0 THEN 'JAMES' ELSE 'Maria' END) || {letter.format(11)} || {letter.format(13)} AS first_name,
        (DATE '1930-01-01' + (hash(i * 17) % 30000)::INTEGER)::VARCHAR AS birth_date, (hash(i) % 9999) || ' Main Street' AS street,
        'Springfield' AS city, 'TX' AS state, 10000 + hash(i) % 80000 AS zip
        FROM range({rows}) AS made(i)) TO '{path}' (HEADER)""")


def _costs(command: list[str]) -> tuple[float, float]:
    """Seconds of processor time, and the most memory in GiB of any child so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 2**20


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rough"]:
        rough(sys.argv[2])
    else:
        main(*map(int, sys.argv[1:]))
