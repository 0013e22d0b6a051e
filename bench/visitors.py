"""Many visitors at once at one server of the loopback: how long each answer takes, and whether it is one.

    python bench/visitors.py PORT CLIENTS VISITS FILE    (FILE: a path of the site on each line; says what came of it as JSON)

Each client keeps its connection, as a browser does, and asks for the next path as soon as it has its answer.
"""

import asyncio
import json
import sys
import time
from pathlib import Path


async def visit(port: int, asked: list[str], taken: list[float], failed: list[str]) -> None:
    """One client, which asks for all of these in turn."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for path in asked:
        start = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        taken.append(time.perf_counter() - start)
        if b" 200 " not in head.partition(b"\r\n")[0]:
            failed.append(f"{path}: {head.partition(bytes([13]))[0].decode()}")
    writer.close()


async def main(port: int, clients: int, visits: int, paths: list[str]) -> None:
    """All of them at once."""
    taken: list[float] = []
    failed: list[str] = []
    start = time.perf_counter()
    shares = [[paths[place % len(paths)] for place in range(client, visits, clients)] for client in range(clients)]
    done = await asyncio.gather(*(visit(port, share, taken, failed) for share in shares), return_exceptions=True)
    failed += [repr(one) for one in done if isinstance(one, BaseException)]
    seconds = time.perf_counter() - start
    taken.sort()
    told = {
        "seconds": seconds,
        "visits": len(taken),
        "median": taken[len(taken) // 2],
        "p99": taken[len(taken) * 99 // 100],
    }
    print(json.dumps({**told, "failed": failed[:5], "lost": len(failed)}))


if __name__ == "__main__":
    port, clients, visits, file = sys.argv[1:]
    asyncio.run(main(int(port), int(clients), int(visits), Path(file).read_text(encoding="utf-8").split()))
