"""A ledger of which every trail was read at once: what pages ask a notice at a time is answered from there."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from breachtrail.ledger.asof import Coverage, Row
from breachtrail.ledger.trails import Trails, last_changed
from breachtrail.questions.ask import Answer
from breachtrail.questions.people import People
from breachtrail.registers.published import PublishedRow, published_rows
from breachtrail.report.ledger import Day
from breachtrail.web.ledger import Ledger
from breachtrail.web.many import Many

if TYPE_CHECKING:
    from breachtrail.questions.growth import Growth
    from breachtrail.questions.outlook import Outlook

#: Answers that are kept: a page is made in both languages from the same ones.
_MOST_TOLD = 1_000


class Preloaded:
    """Answers as the ledger does, as of one day, the newest one known or an earlier one."""

    def __init__(self, ledger: Ledger, trails: Trails, day: date) -> None:
        self._ledger, self._aliases = ledger, trails.aliases
        self._looks = [look for look in ledger.coverage() if look.taken_on <= day]
        self._trails = {id: until for id, trail in trails.trails.items() if (until := _until(trail, day))}
        self._of_key: dict[str, list[str]] = defaultdict(list)
        self._key_of: dict[str, str] = {}
        for id, trail in self._trails.items():
            self._key_of.update((version["name"], version["key"]) for version in trail)
            for key in dict.fromkeys(version["key"] for version in trail):
                self._of_key[key].append(id)
        self._published: dict[str, Mapping[int, PublishedRow]] = {}
        self._told: OrderedDict[str, Any] = OrderedDict()
        self._many = Many(ledger, (version["submitted_on"] for trail in self._trails.values() for version in trail))

    def __getattr__(self, name: str) -> Any:
        """Whatever is not asked a notice at a time is asked of the ledger itself."""
        return getattr(self._ledger, name)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every notice known by the day."""
        return tuple(self._trails)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Former ids of notices that are known by the day."""
        return tuple(former for former, id in self._aliases.items() if id in self._trails)

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of every organisation known by the day."""
        return tuple(key for key in self._of_key if key)

    @property
    def former_names(self) -> dict[str, list[str]]:
        """By notice the names that it had and has no more."""
        return {
            id: names
            for id, trail in self._trails.items()
            if (names := [name for name in {one["name"]: one["key"] for one in trail} if name != trail[-1]["name"]])
        }

    def ask(self, *measures: str, **asked: Any) -> Answer:
        """Figures, as the ledger gives them."""
        return cast(Answer, self._once(self._many.ask, *measures, **asked))

    def changes(self, *days: Day, **asked: Any) -> list[Row]:
        """Changes, as the ledger gives them."""
        return cast(list[Row], self._once(self._many.changes, *days, **asked))

    def notices(self, **asked: Any) -> list[Row]:
        """Notices, as the ledger gives them."""
        return cast(list[Row], self._once(self._many.notices, **asked))

    def people(self, **asked: Any) -> People:
        """Between which bounds the people behind the records lie, as the ledger tells it."""
        return cast(People, self._once(self._ledger.people, **asked))

    def forecast(self, *periods: str, **asked: Any) -> "Outlook":
        """What periods will come to, as the ledger forecasts it."""
        return cast("Outlook", self._once(self._ledger.forecast, *periods, **asked))

    def growth(self, asked: str, **told: Any) -> "Growth":
        """What a period's individuals will grow by, as the ledger tells it."""
        return cast("Growth", self._once(self._ledger.growth, asked, **told))

    def notice(self, id: str) -> Row | None:
        """The notice with this id or former id, with its trail; None if there is none."""
        known = self._aliases.get(id, id)
        trail = self._trails.get(known)
        return {**trail[-1], "id": known, "trail": trail} if trail else None

    def filed_by(self, name: str, as_of: Day = None, register: str | None = None) -> list[Row]:
        """Notices that were ever filed under this name, as known on the day, the newest first."""
        key = self.organisation_key(name)
        filed = ((id, self._trails[id][-1]) for id in (self._of_key[key] if key else ()))
        rows = [{**last, "id": id} for id, last in filed if last["known_until"] is None]
        return sorted(rows, key=lambda row: (-(row["submitted_on"] or date.min).toordinal(), row["id"]))

    def organisation_key(self, name: str) -> str:
        """The letters and digits of a name."""
        return self._key_of.get(name, name)

    def published(self, snapshot: str, row: int) -> PublishedRow | None:
        """A row as the register published it; each file is read once."""
        if snapshot not in self._published:
            wanted = {one["row"] for trail in self._trails.values() for one in trail if one["snapshot"] == snapshot}
            self._published[snapshot] = published_rows(self._ledger.home, snapshot, wanted)
        return self._published[snapshot].get(row)

    def notice_since(self, id: str) -> date:
        """The last day on which anything changed about a notice, or about another that was filed under its name."""
        trail = self._trails[self._aliases.get(id, id)]
        return max(last_changed(trail), self.key_since(trail[-1]["key"]))

    def key_since(self, key: str) -> date:
        """The last day on which anything changed that was filed under this name."""
        return max(last_changed(self._trails[id]) for id in self._of_key[key])

    def as_of(self, day: date) -> "Preloaded":
        """The same, looked at as on an earlier day since when nothing changed."""
        other = Preloaded.__new__(Preloaded)
        other.__dict__ = {**self.__dict__, "_looks": [look for look in self._looks if look.taken_on <= day]}
        return other

    def coverage(self, register: str | None = None) -> list[Coverage]:
        """Every snapshot up to the day, oldest first."""
        return self._looks

    def _once(self, ask: Callable[..., Any], *told: Any, **asked: Any) -> Any:
        key = repr((ask.__name__, told, sorted(asked.items())))
        if key not in self._told:
            self._told[key] = ask(*told, **asked)
            if len(self._told) > _MOST_TOLD:
                self._told.popitem(last=False)
        return self._told[key]


def _until(trail: list[Row], day: date) -> list[Row]:
    """A trail as far as it was known at the end of a day."""
    known = [version for version in trail if version["known_from"] <= day]
    if known and known[-1]["known_until"] and known[-1]["known_until"] > day:
        known[-1] = {**known[-1], "known_until": None}
    return known
