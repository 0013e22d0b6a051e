"""The laws of the ledger (docs/design.md, section 6) over made-up lives of a register.

A history is a register's life as somebody saw it: on each day one view or the other, both, or a file of both; notices
come, are revised, renamed, moved and lost, come back, or say less than before. Names, days and counts are drawn from a
few, so that twins, near-twins and placeholders are the rule and not the exception.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import Row, export

import breachtrail
from breachtrail import pipeline
from breachtrail.ledger.store import Store

#: One example is many ingests: an eighth of the profile's examples will do.
lawful = settings(max_examples=max(6, settings.default.max_examples // 8))

NAMES = [
    *("Alpha Family Clinic", "Alpha Family Clinic of Springfield", "ALPHA FAMILY CLINIC, LLC"),
    *("Beta Imaging Partners", "Gamma Health Plan", "Clínica Niño"),
]
COUNTS = [500, 501, 600, 700, 1234, 99_000]
TEXTS = ["", "Somebody took a laptop.", "A server was left open."]
#: Each view has a row of its own that nothing happens to, for no view is ever empty.
ANCHORS = {
    "under_investigation": Row("Open Anchor", state="ME", submitted_on=date(2024, 1, 2)),
    "archive": Row("Old Anchor", state="ME", submitted_on=date(2024, 1, 2)),
}

rows = st.builds(
    Row,
    name=st.sampled_from(NAMES),
    state=st.sampled_from(["TX", "CA", ""]),
    individuals=st.sampled_from(COUNTS),
    submitted_on=st.sampled_from([date(2024, 1, day) for day in (5, 6, 9)]),
    locations=st.sampled_from(["Email", "Network Server", "Email, Laptop"]),
    description=st.sampled_from(TEXTS),
)
fates = st.sampled_from(["stays"] * 6 + ["revised", "renamed", "moves", "goes", "says less", "told", "returns"])


@dataclass(frozen=True)
class Look:
    """What one day's files showed: view → rows."""

    day: date
    lists: dict[str, list[Row]]

    @property
    def is_whole(self) -> bool:
        return {"under_investigation", "archive"} == set(self.lists)


@st.composite
def histories(draw: st.DrawFn, fewest: int = 2, most: int = 4) -> list[Look]:
    shown: dict[str, list[Row]] = {
        "under_investigation": draw(st.lists(rows, max_size=4)),
        "archive": draw(st.lists(rows, max_size=3)),
    }
    lost: list[Row] = []
    looks, day = [], date(2024, 3, 1)
    for _ in range(draw(st.integers(fewest, most))):
        day += timedelta(draw(st.integers(1, 30)))
        shown = {view: [*live(draw, shown, view, lost), *draw(st.lists(rows, max_size=2))] for view in shown}
        lists = {view: [*listed, ANCHORS[view]] for view, listed in shown.items()}
        seen = draw(st.sampled_from(["under_investigation", "archive", "whole", "whole", "both"]))
        if seen == "both":
            lists = {"both": [row for listed in lists.values() for row in listed]}
        looks.append(Look(day, lists if seen in ("whole", "both") else {seen: lists[seen]}))
    return looks


def live(draw: st.DrawFn, shown: dict[str, list[Row]], view: str, lost: list[Row]) -> list[Row]:
    """One view's rows after some time; what moves goes to the end of the other view."""
    stayed = []
    for row in shown[view]:
        match draw(fates):
            case "revised":
                stayed.append(replace(row, individuals=draw(st.sampled_from(COUNTS))))
            case "renamed":
                stayed.append(replace(row, name=draw(st.sampled_from(NAMES))))
            case "says less":
                stayed.append(replace(row, state="", description="", individuals=""))
            case "told":
                stayed.append(replace(row, description=draw(st.sampled_from(TEXTS))))
            case "moves":
                shown[next(other for other in shown if other != view)].append(row)
            case "goes":
                lost.append(row)
            case "returns" if lost:
                stayed += [row, lost.pop()]
            case _:
                stayed.append(row)
    return stayed


def write(folder: Path, history: list[Look]) -> list[Path]:
    """One file for each view of each day, the oldest day first."""
    return [
        export(folder / f"{look.day}_{view}.csv", listed) for look in history for view, listed in look.lists.items()
    ]


def of_day(files: list[Path], look: Look) -> list[Path]:
    return [file for file in files if file.name.startswith(str(look.day))]


def ingest(home: Path, files: list[Path]) -> None:
    assert [file.refused for file in pipeline.ingest(home, files).files if file.refused] == []


def known(home: Path, as_of: date) -> list[dict[str, Any]]:
    """Everything that is said of notices as known at the end of a day, but for the ids."""
    with breachtrail.open(home) as ledger:
        told = ledger.notices(as_of=as_of, where=["status!="], order="name")
    return sorted(({**notice, "id": "", "known_until": None} for notice in told), key=repr)


def content(home: Path) -> str:
    return Store(home).head().content


def broken(home: Path) -> list[str]:
    return [law.name for law in pipeline.verify(home) if not law.holds]


@lawful
@given(histories())
def test_rows_are_conserved_and_every_row_of_a_whole_day_is_a_notice(history: list[Look]) -> None:
    with TemporaryDirectory() as folder:
        home = Path(folder) / "ledger"
        ingest(home, write(Path(folder), history))
        assert broken(home) == []
        with breachtrail.open(home) as ledger:
            rows_seen = {(look.taken_on, look.view): look.rows for look in ledger.coverage()}
            assert rows_seen == {
                (look.day, view): len(listed) for look in history for view, listed in look.lists.items()
            }
            for look in history:
                counted = ledger.ask("notices", as_of=look.day).records()[0]["notices"]
                if look.is_whole:
                    assert counted == sum(map(len, look.lists.values()))
                else:
                    assert counted >= max(map(len, look.lists.values()))


@lawful
@given(histories(fewest=3))
def test_the_past_stands(history: list[Look]) -> None:
    with TemporaryDirectory() as folder:
        home = Path(folder) / "ledger"
        files = write(Path(folder), history)
        past: dict[date, list[dict[str, Any]]] = {}
        ids: set[str] = set()
        for look in history:
            ingest(home, of_day(files, look))
            for day, answer in past.items():
                assert known(home, day) == answer
            past[look.day] = known(home, look.day)
            with breachtrail.open(home) as ledger:
                ids |= {notice["id"] for notice in ledger.notices(where=["status!="])}
                assert all(len(ledger.show(id)) == 1 for id in ids)


@lawful
@given(histories(fewest=3), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_ledger_and_leave_every_id_valid(
    history: list[Look], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        straight, mixed = Path(folder) / "straight", Path(folder) / "mixed"
        files = write(Path(folder), history)
        ingest(straight, files)
        order = [*files, chance.choice(files)]
        chance.shuffle(order)
        ids: set[str] = set()
        while order:
            portion, order = order[: (cut := chance.randint(1, 2))], order[cut:]
            ingest(mixed, portion)
            with breachtrail.open(mixed) as ledger:
                ids |= {notice["id"] for notice in ledger.notices(where=["status!="])}
        assert content(mixed) == content(straight)
        head = Store(mixed).head()
        ingest(mixed, files)
        assert Store(mixed).head() == head
        with breachtrail.open(mixed) as ledger:
            assert all(len(ledger.show(id)) == 1 for id in ids)
        pipeline.rebuild(mixed)
        assert content(mixed) == content(straight)
        with breachtrail.open(mixed) as ledger:
            assert all(len(ledger.show(id)) == 1 for id in ids)


@lawful
@given(histories(fewest=3), st.data())
def test_an_older_snapshot_that_turns_up_late_changes_no_earlier_day_and_no_later_whole_one(
    history: list[Look], data: st.DataObject
) -> None:
    late = data.draw(st.sampled_from(history[:-1]))
    with TemporaryDirectory() as folder:
        home = Path(folder) / "ledger"
        files = write(Path(folder), history)
        ingest(home, [file for file in files if file not in of_day(files, late)])
        others = [look for look in history if look is not late]
        before = {look.day: known(home, look.day) for look in others}
        with breachtrail.open(home) as ledger:
            notices = {look.day: ledger.ask("notices", as_of=look.day).records() for look in others}
        ingest(home, of_day(files, late))
        with breachtrail.open(home) as ledger:
            for look in others:
                if look.day < late.day:
                    assert known(home, look.day) == before[look.day]
                elif look.is_whole:
                    assert ledger.ask("notices", as_of=look.day).records() == notices[look.day]


@lawful
@given(histories(fewest=2))
def test_one_notice_is_never_two_and_two_are_never_one(history: list[Look]) -> None:
    """On a whole day each notice of the day is one row of it, in the view where it stands, with that row's figures."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "ledger"
        ingest(home, write(Path(folder), history))
        for look in filter(lambda look: look.is_whole, history):
            with breachtrail.open(home) as ledger:
                told = ledger.notices(as_of=look.day)
            for view, listed in look.lists.items():
                rows_told = Counter(
                    (notice["submitted_on"], notice["locations"][0]) for notice in told if notice["status"] == view
                )
                assert rows_told == Counter((row.submitted_on, row.locations.split(",")[0]) for row in listed)
                counts = Counter(notice["individuals"] for notice in told if notice["status"] == view)
                assert counts >= Counter(row.individuals for row in listed if row.individuals != "")


def test_the_histories_are_worth_their_name() -> None:
    """That the strategy reaches what the laws are about, in the examples of this very run."""
    seen: Counter[str] = Counter()

    @settings(max_examples=60, database=None, derandomize=True)
    @given(histories(fewest=3))
    def look_at(history: list[Look]) -> None:
        seen["a view alone"] += any(len(look.lists) == 1 and "both" not in look.lists for look in history)
        seen["both in one"] += any("both" in look.lists for look in history)
        seen["whole"] += sum(look.is_whole for look in history) > 1
        all_rows = [row for look in history for listed in look.lists.values() for row in listed]
        seen["twins"] += max(Counter((row.name, row.submitted_on) for row in all_rows[:8]).values(), default=0) > 1
        seen["a blank"] += any(row.individuals == "" for row in all_rows)

    look_at()
    assert {what for what, times in seen.items() if times >= 3} == {
        "a view alone",
        "both in one",
        "whole",
        "twins",
        "a blank",
    }
