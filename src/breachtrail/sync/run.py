"""One run: what the portal shows today is fetched, held to what is known, and appended; or not, and the log says why.

A day has one look: once every view was fetched on a day, other runs of that day ask nothing. What one view brought is
kept while another fails, and used by the next run of the same day. A view that stayed alone to the end of its day is
appended by the next day's first run, for it is an honest look at that one view.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from breachtrail import pipeline
from breachtrail.errors import (
    BreachTrailError,
    FileRefused,
    LedgerBusy,
    PortalError,
    PortalUnreachable,
    QuestionError,
)
from breachtrail.ledger.append import Appended
from breachtrail.ledger.store import Head
from breachtrail.registers import provenance, register
from breachtrail.registers.fetch import Client, Clock, Manners, Visitor, patiently
from breachtrail.registers.listing import Listing
from breachtrail.registers.register import Register
from breachtrail.sync import guard, kept, runlog
from breachtrail.sync.before import Before, head_of
from breachtrail.sync.kept import Kept
from breachtrail.sync.runlog import Memory
from breachtrail.wording import runs

#: Faults of an export that may be the export's alone: the page's own table is then tried as another road.
_OF_THE_EXPORT = ("page_for_export", "no_export", "torn_export", "incomplete", "no_rows", "too_large")
#: So many tries by the export fail before the other road is taken.
_PATIENCE = 2
#: How the lists are taken: by the export, and by the page's table where that keeps failing; by one of them; by both.
ROADS = ("auto", "csv", "list", "both")
#: The road, and what of a look it brings.
_ROADS = {"list": (("list", "look"),), "both": (("csv", "look"), ("list", "records"))}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What a run is asked for.

    portal:    the address below which the portal's pages lie; else the register's own
    road:      one of ``ROADS``
    most_fall: the share of its rows that a list may lose, beyond what the other list gained
    """

    register: str = "us_hhs_ocr"
    portal: str = ""
    road: str = "auto"
    most_fall: float = guard.MOST_FALL
    manners: Manners = field(default_factory=Manners)
    visitor: Visitor = field(default_factory=lambda: Visitor(""))
    language: str = "en"

    @property
    def of(self) -> Register:
        """The register. Raises QuestionError where it has no portal that could be asked."""
        found = register.load(self.register)
        if not found.portal:
            raise QuestionError(f"The register {self.register!r} has no portal that BreachTrail can ask.")
        return found

    @property
    def address(self) -> str:
        """Where the portal's pages lie. Raises QuestionError for what is no address."""
        told = self.portal or str(self.of.portal["address"])
        parts = urlsplit(told)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise QuestionError(f"A portal has an address like {self.of.portal['address']}; {told!r} is none.")
        return urljoin(told, "./" if parts.path.strip("/") else "/ocr/breach/")


@dataclass(frozen=True)
class Setback:
    """A try that failed: its number, the fault by name, the sentence, seconds until the next, requests sent by then."""

    number: int
    fault: str
    message: str
    wait: float
    asked: int = 0


@dataclass
class Run:
    """What a run came to.

    outcome:  new, nothing_new, refused (nothing of the answer is taken) or unreachable (there was none)
    reason:   why, where it is not plain: the fault by name, or ``looked`` if the day's look was taken before
    message:  the sentence, for refused and unreachable; kept: the folder with what the portal sent
    rows:     view → notices that it shows; reused: views that an earlier run of the day had brought
    brought:  what was appended last; days: what the days that were fetched changed in this register
    """

    register: str
    moment: datetime
    outcome: str = "nothing_new"
    reason: str = ""
    message: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    reused: tuple[str, ...] = ()
    setbacks: list[Setback] = field(default_factory=list)
    brought: pipeline.Ingested | None = None
    days: list[Appended] = field(default_factory=list)
    kept: Path | None = None
    asked: tuple[str, ...] = ()

    @property
    def head(self) -> Head | None:
        """The ledger's head after it, where it appended something."""
        return self.brought.head if self.brought else None


def sync(
    home: Path,
    wishes: Wishes,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(ZoneInfo("UTC")),
    clock: Clock | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Run:
    """Bring the ledger in ``home`` up to date from the portal. Whatever the portal does ends in a ``Run`` and its log.

    Raises LedgerBusy where another run is under way, and what ``pipeline.ingest`` raises of the ledger itself.
    """
    of = wishes.of
    run = Run(of.name, now().astimezone(ZoneInfo(of.timezone)))
    with _alone(home):
        memory = runlog.recall(home, of.name)
        before = Before(home, of.name, run.moment.date(), memory)
        try:
            _append_left_over(home, wishes, run, progress)
            if memory.has_looked(run.moment.date(), of.views):
                run.reason = "looked"
                run.rows = {view: look.rows for view, look in memory.looks.items()}
            else:
                _look(home, wishes, run, before, memory, clock or Clock(), progress)
        except (PortalError, FileRefused) as error:
            _refuse(home, run, error)
        except BreachTrailError as error:
            runlog.write(home, run.moment, [runs.broken_line(of.name, str(error), wishes.language)])
            raise
        line = runs.run_line(run, wishes.language)
        runlog.write(home, run.moment, [line, *runs.details(run, wishes.language)])
        if run.reason != "looked":
            memory.ran_at, memory.outcome, memory.said = run.moment, run.outcome, line
            runlog.remember(home, of.name, memory)
    return run


def planned(home: Path, wishes: Wishes, now: datetime) -> dict[str, tuple[str, ...]]:
    """What ``sync`` would ask for, and send nothing: ``pages`` in their order, ``views`` to take, ``kept`` ones."""
    of = wishes.of
    day = now.astimezone(ZoneInfo(of.timezone)).date()
    if runlog.recall(home, of.name).has_looked(day, of.views):
        return {"pages": (), "views": (), "kept": of.views}
    have = tuple(Kept(home, of.name, day))
    return {
        "pages": tuple(urljoin(wishes.address, page) for page in of.portal["pages"]),
        "views": tuple(view for view in of.views if view not in have),
        "kept": have,
    }


def _look(
    home: Path, wishes: Wishes, run: Run, before: Before, memory: Memory, clock: Clock, progress: Progress
) -> None:
    """Take the day's look, and remember it."""
    of, day = wishes.of, run.moment.date()
    roads = _ROADS.get(wishes.road, (("csv", "look"),))
    lists = [Kept(home, of.name, day, what) for _, what in roads]
    run.reused = tuple(lists[0])
    with kept.until_taken(home, of.name, day, lists):
        with Client(wishes.address, wishes.visitor, wishes.manners.towards(wishes.address), clock) as client:
            for (road, _), have in zip(roads, lists, strict=True):
                _fetch(client, wishes, run, road, have, before, progress)
        _append(home, wishes, run, before, day, lists, progress)
    for view, taken in lists[-1].items():
        memory.looks[view] = runlog.Look(run.moment, taken.rows, before.digest(taken.body))
    after = Before(home, of.name, day + timedelta(days=1), Memory())
    memory.waits = after.waits if run.brought else before.waits
    memory.head = head_of(home)


def _fetch(client: Client, wishes: Wishes, run: Run, road: str, have: Kept, before: Before, progress: Progress) -> None:
    """Every view as the portal shows it now, by one road. Raises PortalError."""

    def failed(number: int, error: PortalError, wait: float) -> None:
        run.setbacks.append(Setback(len(run.setbacks) + 1, error.fault, str(error), wait, len(client.asked)))

    try:
        patiently(client, _attempt(client, wishes, run, road, have, before, progress), failed)
    finally:
        run.asked = tuple(client.asked)
    run.rows = {view: taken.rows for view, taken in have.items()}


def _attempt(
    client: Client, wishes: Wishes, run: Run, road: str, have: Kept, before: Before, progress: Progress
) -> Callable[[], None]:
    """One try; where the export failed some times, and the road is left to us, it is by the page's table."""
    look = import_module(f"breachtrail.registers.{wishes.register}.portal").look
    first = len(run.setbacks)

    def attempt() -> None:
        failed = sum(one.fault in _OF_THE_EXPORT for one in run.setbacks[first:])
        other = wishes.road == "auto" and failed >= _PATIENCE
        taken_by = "list" if other else road
        look(client, wishes.of, taken_by, have, before.rows, lambda step: progress(step, len(client.asked), 0))

    return attempt


def _append(
    home: Path,
    wishes: Wishes,
    run: Run,
    before: Before,
    day: date,
    looks: Sequence[Mapping[str, Listing]],
    progress: Progress,
) -> None:
    """Append what was fetched, all of it or nothing; nothing where it says just what the last look said."""
    of = wishes.of
    found = [(view, listing) for look in looks for view, listing in look.items()]
    if not before.waits and all(before.rows(view, listing.body) is not None for view, listing in found):
        return
    with TemporaryDirectory(prefix="breachtrail-") as folder:
        paths = [_written(Path(folder), of, day, view, listing, wishes.address) for view, listing in found]
        done = pipeline.ingest(
            home,
            paths,
            register_name=of.name,
            approve=lambda engine, readings, judged: guard.judge(engine, readings, judged, of, wishes.most_fall),
            progress=progress,
        )
    refused = [result.refused for result in done.files if result.refused]
    if refused:
        raise FileRefused(" ".join(refused))
    run.brought = done
    run.days += [one for one in done.days if (one.register, one.day) == (of.name, day)]
    if any(one.new + one.changed + one.closed + one.missing + one.unlisted for one in run.days):
        run.outcome = "new"


def _append_left_over(home: Path, wishes: Wishes, run: Run, progress: Progress) -> None:
    """A view that an earlier day brought, while the other failed to its end, is a look at that view on that day."""
    of = wishes.of
    for day in kept.days(home, of.name):
        if day >= run.moment.date():
            continue
        try:
            if left := dict(Kept(home, of.name, day)):
                _append(home, wishes, run, Before(home, of.name, day, Memory()), day, [left], progress)
        except (PortalError, FileRefused) as error:
            run.setbacks.append(Setback(0, getattr(error, "fault", "refused"), str(error), 0.0))
        kept.let_go(home, of.name, day)


def _written(folder: Path, of: Register, day: date, view: str, listing: Listing, address: str) -> Path:
    """The list as a file, and its line in the manifest beside it, so that it is read like any other."""
    path = folder / f"{of.name}_{day}_{view}{'_records' if listing.has_record_ids else ''}.csv"
    path.write_bytes(listing.body)
    manifest = folder / provenance.MANIFEST
    if not manifest.exists():
        manifest.write_text("file\tview\ttaken_on\torigin_repository\n", encoding="utf-8")
    with manifest.open("a", encoding="utf-8") as lines:
        lines.write(f"{path.name}\t{view}\t{day}\t{address.rstrip('/')}\n")
    return path


def _refuse(home: Path, run: Run, error: BreachTrailError) -> None:
    run.outcome = "unreachable" if isinstance(error, PortalUnreachable) else "refused"
    run.reason = error.fault if isinstance(error, PortalError) else "refused"
    run.message = str(error)
    seen = dict(error.seen) if isinstance(error, PortalError) else {}
    if run.outcome == "refused":
        for view, listing in Kept(home, run.register, run.moment.date()).items():
            seen.setdefault(f"{view}.csv", listing.body)
    if seen:
        run.kept = kept.refuse(home, run.register, run.moment, run.message, seen)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / "sync.lock", timeout=0):
            yield
    except Timeout:
        raise LedgerBusy(
            f"Another run is asking the portal for {home}; one at a time. Try again when it has finished."
        ) from None
