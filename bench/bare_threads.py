"""Statements from many threads, each with a bare DuckDB connection of its own; says visits a second, as JSON.

python bench/bare_threads.py GENERATION THREADS FILE    (FILE: a list of statements as JSON)
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb


def main(generation: str, threads: int, statements: list[str]) -> None:
    """Run all of them."""
    connections = [duckdb.connect(generation, read_only=True).cursor() for _ in range(threads)]
    taken: list[float] = []

    def run(place: int) -> None:
        for sql in statements[place::threads]:
            start = time.perf_counter()
            connections[place].execute(sql).fetchall()
            taken.append(time.perf_counter() - start)

    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(threads)))
    seconds = time.perf_counter() - start
    taken.sort()
    print(json.dumps({"seconds": seconds, "visits": len(taken), "median": taken[len(taken) // 2]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))
