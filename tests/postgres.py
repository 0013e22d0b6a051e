"""A PostgreSQL of one's own in a temporary folder, on a unix socket, for as long as a test wants it.

The server refuses to run as root, so it runs as a user without rights where the tests are root's. It does not wait for the
disk: what the tests do to it is to kill it, and then the system still has what it wrote.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is; None where it is not installed."""
    places = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    found = (shutil.which(name, path=place) for place in places)
    return next(filter(None, found), shutil.which(name))


def _parent(pid: int) -> int:
    """Whose child a running program is; 0 where it is gone."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(parent)


def _is_alive(pid: int) -> bool:
    return _parent(pid) != 0


class Postgres:
    """One server. ``url(name)`` is a fresh database in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="breachtrail-postgres-"))
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user:
            os.chown(self.folder, pwd.getpwnam(self._user).pw_uid, -1)
        self._databases = 0
        told = ["--username=office", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._run(program("initdb"), "--pgdata", str(self.folder / "cluster"), *told)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        told = {"fsync": "off", "listen_addresses": "", "unix_socket_directories": self.folder, "max_connections": "80"}
        command = [
            program("postgres"),
            "-D",
            self.folder / "cluster",
            *(f"--{name}={value}" for name, value in told.items()),
        ]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command, user=self._user, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
            )
        for _ in range(600):
            if self._run(program("psql"), *self._to("postgres"), "-c", "SELECT 1", check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text(encoding="utf-8")[-2000:])

    def url(self) -> str:
        """The address of a new and empty database."""
        self._databases += 1
        name = f"office{self._databases}"
        self._run(program("psql"), *self._to("postgres"), "-c", f"CREATE DATABASE {name}")
        return f"postgresql://office@/{name}?host={self.folder}"

    def kill(self) -> None:
        """As a machine without power does: the server and all that it started are gone at once.

        Each of its children has a group of its own, so they are killed one by one, and the server stands still meanwhile.
        """
        self._server.send_signal(signal.SIGSTOP)
        children = self._children()
        for one in (*children, self._server.pid):
            os.kill(one, signal.SIGKILL)
        self._server.wait()
        for _ in range(600):
            if not any(_is_alive(one) for one in children):
                break
            time.sleep(0.01)
        (self.folder / "cluster" / "postmaster.pid").unlink(missing_ok=True)

    def _children(self) -> list[int]:
        """The server's own children, in which the sessions live."""
        return [int(one.name) for one in Path("/proc").glob("[0-9]*") if _parent(int(one.name)) == self._server.pid]

    def stop(self) -> None:
        """End it, and take its folder away."""
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _to(self, database: str) -> list[str]:
        return ["-h", str(self.folder), "-U", "office", "-d", database, "-qAtX"]

    def _run(self, *command: str | None, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, user=self._user, check=check, capture_output=True, cwd="/")
