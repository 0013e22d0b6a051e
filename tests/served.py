"""`breachtrail intake serve` as a server of its own, and systems of filers that file through it until it, or its database, is gone.

Each system comes from an address of the loopback of its own and with a key of its own, so that no rate of one stops another.
"""

import datetime as dt
import os
import socket
import subprocess
import sys
import threading
import time

import httpx
from filings import WHOLE

from breachtrail.intake import account as accounts
from breachtrail.intake.permissions import Role
from breachtrail.intake.secret import ADDRESS, KEY, new_key
from breachtrail.intake.store import Store


class Server:
    """One serving program; ``kill`` ends it as a machine without power does."""

    def __init__(self, database: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = database
        self._environment = {**os.environ, ADDRESS: self.address, KEY: new_key()}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-c", "from breachtrail.cli import main; main()", "intake", "serve"]
        told = ["--port", str(self.port), "--database", self.database]
        self._serving = subprocess.Popen(
            [*command, *told],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(1200):
            try:
                httpx.get(f"{self.address}/sign-in", timeout=10)
            except httpx.TransportError:
                assert self._serving.poll() is None, self._serving.stderr and self._serving.stderr.read()
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the office did not begin to serve within a minute")

    def kill(self) -> str:
        """Gone at once; what it had written to its terminal."""
        self._serving.kill()
        return self._serving.communicate()[1]


class System(threading.Thread):
    """A filer's system: it files, corrects and adds until an answer does not come, or is a refusal.

    told: tracking number, version and individuals of every filing that was answered; refused: the answer that ended it
    """

    def __init__(self, server: Server, number: int) -> None:
        super().__init__(daemon=True)
        self.server, self.number = server, number
        self.told: list[tuple[str, int, str]] = []
        self.refused: httpx.Response | None = None
        self.has_filed = threading.Event()
        with Store.open(server.database) as store, store.begin() as session:
            now = dt.datetime.now(dt.UTC)
            account, _ = accounts.invite(
                session, None, f"f{number}@example.org", f"Filer {number}", Role.FILER, f"o{number}", now
            )
            self._key = accounts.make_key(session, accounts.one(session, account.id), "a system", now)

    def run(self) -> None:
        """File until something ends it."""
        at = f"127.0.{1 + self.number // 250}.{1 + self.number % 250}"
        headers = {"authorization": f"Bearer {self._key}"}
        with httpx.Client(
            base_url=f"{self.server.address}/api",
            headers=headers,
            timeout=60,
            transport=httpx.HTTPTransport(local_address=at),
        ) as client:
            try:
                self._file(client)
            except httpx.TransportError:
                pass  # the server is gone
            except httpx.HTTPStatusError as error:
                self.refused = error.response
            finally:
                self.has_filed.set()

    def _file(self, client: httpx.Client) -> None:
        def asked(method: str, path: str, **body: object) -> dict[str, str]:
            return client.request(method, path, json=body or None).raise_for_status().json()

        for turn in range(1_000):
            path = f"/reports/{asked('POST', '/reports', **WHOLE)['id']}"
            for version, individuals in ((1, str(600 + turn)), (2, str(9_000 + turn))):
                if version == 2:
                    asked("POST", "/addenda", tracking_number=self.told[-1][0])
                asked("PATCH", path, individuals=individuals, attested="true_and_accurate")
                number = asked("POST", f"{path}/file")["tracking_number"]
                self.told.append((number, version, individuals))
                self.has_filed.set()


def at_work(server: Server, first: int, many: int = 2) -> list[System]:
    """Systems that file, each of which has filed at least once, or failed."""
    systems = [System(server, first + n) for n in range(many)]
    for one in systems:
        one.start()
    for one in systems:
        one.has_filed.wait(60)
    return systems
