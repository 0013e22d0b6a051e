"""Sixty days of the portal with everything going wrong: the ledger ends equal to the truth, and the log names each fault."""

import itertools
import random
from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from lived import FIRST, sixty_days

import breachtrail
from breachtrail.ledger.laws import hold
from breachtrail.ledger.store import Store
from breachtrail.registers.fetch import Clock, Manners
from breachtrail.simulate.portal import FAULTS, Portal, State, Switches
from breachtrail.sync import Run, Wishes, sync

EASTERN = ZoneInfo("America/New_York")
#: What the stand-in does → what can be seen of it from outside.
_LOST = {"front_page", "session_lost", "page_for_export", "page_for_part", "tab_not_changed"}
SEEN_AS = {
    "session_lost": _LOST,
    "view_expired": _LOST,
    "other_node": _LOST,
    "redeployed": _LOST,
    "cached_page": _LOST,
    "bare_front_page": _LOST,
    "page_for_file": {"page_for_export", "page_for_part"},
    "tab_unmoved": {"tab_not_changed", "page_for_export"},
    "error_page": {"error_page", "unknown_page"},
    "empty_list": {"no_rows"},
    "short_list": {"incomplete"},
    "half_row": {"torn_export"},
    "cut_off": {"cut_off"},
    "dropped": {"cut_off"},
    "slow": {"timed_out"},
    "maintenance": {"unknown_page", "page_for_export", "page_for_part"},
    "forbidden": {"forbidden"},
    "too_many": {"not_now"},
    "server_error": {"not_now"},
    "bad_gateway": {"not_now"},
    "unavailable": {"not_now"},
    "wrong_list": {"wizard_page"},
}
PLANNED = sorted(FAULTS)
#: Until then three buttons, from then on tabs.
RELAUNCH = 20
MANNERS = Manners(answer=1.5, tries=9, total=1e6)


def plan() -> dict[int, list[str]]:
    """Day → the faults of that day, each at least five times in all; two only where there is a list to be empty or stale."""
    chance, planned = random.Random(7), {}
    for fault, _ in itertools.product(PLANNED, range(5)):
        first = RELAUNCH if fault in ("empty_list", "cached_page") else 0
        planned.setdefault(chance.randrange(first, 60), []).append(fault)
    return planned


def rows_of(state: State) -> Counter[tuple[object, ...]]:
    """What a state shows, as the ledger should tell it: name without dress, count, day, view."""
    return Counter(
        (" ".join(row.cells[0].split()), int(row.cells[3]), row.cells[4], row.cells[1], row.cells[5], view)
        for view in ("under_investigation", "archive")
        for row in getattr(state, view)
    )


def known(ledger: breachtrail.Ledger, day: date) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            " ".join(one["name"].split()),
            one["individuals"],
            f"{one['submitted_on']:%m/%d/%Y}",
            one["state"] or "",
            one["breach_types"][0],
            one["status"],
        )
        for one in ledger.notices(as_of=day)
    )


def misnamed(befell: list[str | None], run: Run) -> list[tuple[str, list[str]]]:
    """Tries that failed under a name that none of the faults which befell them can have, and faults that nobody noticed.

    befell: for each request, in order, the fault that befell it
    """
    faults, first = [], 0
    for one in run.setbacks:
        there = [fault for fault in befell[first : one.asked] if fault]
        if not any(one.fault in SEEN_AS[fault] for fault in there):
            faults.append((one.fault, there))
        first = one.asked
    unseen = [fault for fault in befell[first:] if fault]
    return [*faults, *([("nothing", unseen)] if unseen else [])]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory):
    """The sixty days, fetched: the home, the states, the register, the faults that happened, the runs."""
    states, register = sixty_days()
    home, planned = tmp_path_factory.mktemp("sixty"), plan()
    happened, runs, wrong = Counter(), [], []
    with Portal(next(iter(states.values())), Switches.of_2025()) as portal:
        portal.delay = 2.0
        for place, (day, state) in enumerate(states.items()):
            if place == RELAUNCH:
                portal.switch(Switches())
            portal.show(state)
            for number, fault in enumerate(planned.get(place, [])):
                portal.fail(fault, after=(place + number) % 2 if fault not in ("view_expired",) else 0)
            road = "both" if place % 12 == 11 else "list" if place % 12 == 5 else "auto"
            moment = datetime.combine(day, time(7), EASTERN)
            wishes = Wishes(portal=portal.url, road=road, manners=MANNERS)
            runs.append(sync(home, wishes, now=lambda at=moment: at, clock=Clock(sleep=lambda seconds: None)))
            happened.update(entry.fault for entry in portal.fired)
            wrong += [(day, *one) for one in misnamed([entry.fault for entry in portal.log], runs[-1])]
            portal.forget()
    return home, states, register, happened, runs, wrong


def test_each_failure_happened_at_least_five_times(lived) -> None:
    _, _, _, happened, *_ = lived
    assert {fault: happened[fault] for fault in PLANNED if happened[fault] < 5} == {}


def test_each_failure_is_named_rightly(lived) -> None:
    *_, wrong = lived
    assert wrong == []


def test_every_day_was_fetched(lived) -> None:
    *_, runs, _ = lived
    assert [(run.moment, run.message) for run in runs if run.outcome not in ("new", "nothing_new")] == []


def test_each_day_reads_as_the_portal_showed_it(lived) -> None:
    home, states, *_ = lived
    with breachtrail.open(home) as ledger:
        for day, state in states.items():
            assert known(ledger, day) == rows_of(state), day


def test_there_is_one_notice_for_each_record_and_no_other(lived) -> None:
    home, _states, register, *_ = lived
    _, engine = Store(home).read()
    with engine:
        (notices,) = engine.execute("SELECT count(*) FROM notice").fetchone()
        pairs = engine.execute("SELECT record_id, notice FROM record").fetchall()
        counts = dict(
            engine.execute(
                "SELECT notice, list(individuals ORDER BY known_from) FROM version "
                "WHERE status NOT IN ('missing', 'unlisted') GROUP BY notice"
            ).fetchall()
        )
    assert notices == len(register.ever)
    assert len(pairs) == len({record for record, _ in pairs}) == len({notice for _, notice in pairs})
    assert {int(record) for record, _ in pairs} <= register.ever.keys()
    assert len(pairs) > 0.9 * notices
    for record, notice in pairs:
        told = [one.individuals for one in register.ever[int(record)]]
        assert _turns(counts[notice]) == _turns(told), record


def _turns(counts: list[int]) -> list[int]:
    return [count for count, _ in itertools.groupby(counts)]


def test_the_ledger_keeps_its_laws(lived) -> None:
    home, *_ = lived
    head, engine = Store(home).read()
    with engine:
        assert [law.name for law in hold(engine, head) if not law.holds] == []


def test_the_log_has_a_line_for_each_day(lived) -> None:
    home, _, _, _, runs, _ = lived
    lines = (home / "runs.log").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.startswith("2026-")]) == 60
    assert len([line for line in lines if line.startswith("    try ")]) == sum(len(run.setbacks) for run in runs)
    assert lines[0].startswith(f"{FIRST} 07:00 EDT  us_hhs_ocr: new: ")
