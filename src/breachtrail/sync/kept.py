"""What a day has brought so far, and what was refused: files in the ledger's home, for the next try and for a person.

``sync/<register>/<day>/<what>/<view>.csv`` is a list that was fetched whole while another failed; it is not asked for
again on that day. What: ``look``, or ``records`` where record ids were fetched on top. ``refused/<moment>-<register>/``
holds what the portal sent when nothing was taken, with the reason; the newest few stay.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from breachtrail.ledger.raw import sha256
from breachtrail.registers.listing import Listing

#: So many refusals are kept, and of each so many bytes.
MOST_REFUSALS = 10
LARGEST_REFUSAL = 32 * 1024**2
_WHY = "why.txt"


class Kept(MutableMapping[str, Listing]):
    """The lists of one day: view → list. They are written down where the run does not come to its end."""

    def __init__(self, home: Path, register: str, day: date, what: str = "look") -> None:
        self._folder = home / "sync" / register / str(day) / what
        self._found: dict[str, Listing] = {}
        for path in sorted(self._folder.glob("*.csv")):
            told = _rows(path)
            if told is not None:
                self._found[path.stem] = Listing(path.read_bytes(), told)

    def __getitem__(self, view: str) -> Listing:
        return self._found[view]

    def __setitem__(self, view: str, listing: Listing) -> None:
        self._found[view] = listing

    def __delitem__(self, view: str) -> None:
        del self._found[view]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def write_down(self) -> None:
        """Keep them for the next run of the day."""
        for view, listing in self._found.items():
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{view}.csv"
            path.write_bytes(listing.body)
            told = {"rows": listing.rows, "sha256": hashlib.sha256(listing.body).hexdigest()}
            path.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")


@contextmanager
def until_taken(home: Path, register: str, day: date, lists: Sequence[Kept]) -> Iterator[None]:
    """What was fetched stays for the next run of the day, unless all of it is taken by the end of the context."""
    try:
        yield
    except BaseException:
        for one in lists:
            one.write_down()
        raise
    let_go(home, register, day)


def let_go(home: Path, register: str, day: date) -> None:
    """What was kept of a day has arrived, or is not wanted any more."""
    shutil.rmtree(home / "sync" / register / str(day), ignore_errors=True)


def days(home: Path, register: str) -> list[date]:
    """The days of which something is kept, oldest first."""
    found = []
    for folder in (home / "sync" / register).glob("*-*-*"):
        try:
            found.append(date.fromisoformat(folder.name))
        except ValueError:
            continue
    return sorted(found)


def refuse(home: Path, register: str, moment: datetime, why: str, seen: Mapping[str, bytes]) -> Path:
    """Keep what the portal sent, with the reason; the folder."""
    folder = home / "refused" / f"{moment:%Y-%m-%dT%H%M%S}-{register}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _WHY).write_text(f"{why}\n", encoding="utf-8")
    left = LARGEST_REFUSAL
    for name, body in seen.items():
        (folder / Path(name).name).write_bytes(body[:left])
        left = max(0, left - len(body))
    for old in sorted(path for path in folder.parent.iterdir() if path.is_dir())[:-MOST_REFUSALS]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _rows(path: Path) -> int | None:
    """How many rows a kept file has; None where a kill left it half written."""
    try:
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return int(told["rows"]) if told["sha256"] == sha256(path) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
