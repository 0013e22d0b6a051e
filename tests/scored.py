"""How well a ledger of made-up exports follows each notice, judged by the maker's truth.

A *link* is a notice listed on a day that was listed on an earlier one: the ledger should go on with the notice that it
had for it. It shows what it did only where it opened a version; a row without one said nothing new, and goes on with
the notice that said the same. So each day is walked in turn, with the ledger's notice of every notice of the maker:

right      the version belongs to the ledger's notice of this notice
missed     the ledger took the row for a new notice
wrong      it belongs to another one's
undecided  it belongs to another one's which said the same in everything readable, as equal twins do: nobody could tell
unseen     the row says something else than before, and no version was opened
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from breachtrail.ledger.store import Store
from breachtrail.simulate import Made


@dataclass
class Score:
    """Links by rung and verdict; ``equal`` links said the same as before, in the same view, and needed no version."""

    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    equal: int = 0
    examples: list[tuple[str, str, int, int]] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        return Score(self.links + other.links, self.equal + other.equal, self.examples + other.examples)

    def count(self, verdict: str) -> int:
        return sum(count for (_, judged), count in self.links.items() if judged == verdict)

    @property
    def precision(self) -> float:
        """Of the links that the ledger made, and that somebody could decide, the share that is right."""
        right = self.equal + self.count("right")
        return right / (right + self.count("wrong"))

    @property
    def recall(self) -> float:
        """Of the links that there are, and that somebody could decide, the share that the ledger made."""
        right = self.equal + self.count("right")
        return right / (right + self.count("wrong") + self.count("missed") + self.count("unseen"))

    @property
    def recall_of_changed(self) -> float:
        """The same, of the links alone over which something changed."""
        right = self.count("right")
        return right / (right + self.count("wrong") + self.count("missed") + self.count("unseen"))


def score(home: Path, made: Made) -> Score:
    """Walk the days of the ledger in ``home``, which holds all of ``made``."""
    found = Score()
    ledger_of: dict[int, int] = {}  # the maker's notice → the ledger's
    holder: dict[int, int] = {}  # and back
    said: dict[int, int] = {}  # the maker's notice → what it said when it was last listed
    for rows in _days(home, made):
        opened = {notice: (theirs, rung) for notice, _, theirs, rung in rows if theirs is not None}
        before, said_before = dict(ledger_of), dict(said)
        taken = {theirs for theirs, _ in opened.values()}
        for notice, content, _, _ in rows:
            said[notice] = content
            if notice in opened:
                theirs, rung = opened[notice]
                if notice in before:
                    verdict = _verdict(notice, theirs, rung, before, holder, said_before)
                    found.links[rung, verdict] += 1
                    if verdict not in ("right", "undecided"):
                        found.examples.append((rung, verdict, notice, holder.get(theirs, 0)))
                ledger_of[notice] = theirs
            elif notice not in before:
                found.links["none", "wrong"] += 1
                found.examples.append(("none", "wrong", notice, 0))
            elif content == said_before[notice]:
                found.equal += 1
            else:
                found.links["none", "unseen"] += 1
                found.examples.append(("none", "unseen", notice, 0))
        # A notice whose ledger notice went to an equal one today goes on with that one's.
        for notice, _, _, _ in rows:
            if notice not in opened and ledger_of.get(notice) in taken:
                other = next((one for one, (theirs, _) in opened.items() if theirs == ledger_of[notice]), notice)
                if other in before and before[other] not in taken:
                    ledger_of[notice] = before[other]
        holder = {theirs: notice for notice, theirs in ledger_of.items()}
    return found


def _verdict(
    notice: int, theirs: int, rung: str, before: dict[int, int], holder: dict[int, int], said: dict[int, int]
) -> str:
    if before[notice] == theirs:
        return "right"
    if rung == "new":
        return "missed"
    return "undecided" if theirs in holder and said[holder[theirs]] == said[notice] else "wrong"


def _days(home: Path, made: Made) -> list[list[tuple[int, int, int | None, str | None]]]:
    """For each day every listed row: the maker's notice, what it says, the ledger's notice and rung if a version was opened."""
    _, engine = Store(home).read()
    with engine:
        engine.execute("SET VARIABLE truth = $truth", {"truth": str(made.truth / "*_*.parquet")})
        rows = engine.execute(
            """SELECT snapshot.taken_on, truth.notice, truth.content, version.notice, version.rung
            FROM read_parquet(getvariable('truth')) AS truth JOIN snapshot ON snapshot.fetched_from = truth.file
            LEFT JOIN version ON version.snapshot = snapshot.snapshot AND version.row = truth.row ORDER BY ALL"""
        ).fetchall()
    days: dict[object, list[tuple[int, int, int | None, str | None]]] = {}
    for day, *row in rows:
        days.setdefault(day, []).append(tuple(row))
    return list(days.values())
