"""States of made-up registers and of files, and the days before a state."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from portals import row

from breachtrail.errors import QuestionError
from breachtrail.simulate import Life, write
from breachtrail.simulate.portal import State, days, export, past

UNTIL = date(2026, 7, 1)


def test_the_days_of_a_made_up_register_keep_their_records(tmp_path: Path) -> None:
    made = write(tmp_path, Life(notices=400, snapshots=3, new=0.05))
    states = days.of(tmp_path)
    assert [f"{day}_{view}.csv" for day in states for view in ("under_investigation", "archive")] == [
        path.name for path in made.files
    ]
    assert [len(rows) for state in states.values() for rows in (state.under_investigation, state.archive)] == list(
        made.rows
    )
    first, _, last = states.values()
    ids = [{row.record: row for row in (*state.under_investigation, *state.archive)} for state in (first, last)]
    shared = ids[0].keys() & ids[1].keys()
    assert len(shared) > 300
    assert all(ids[0][record].cells[4] == ids[1][record].cells[4] for record in shared)
    moved = {row.record for row in first.under_investigation} & {row.record for row in last.archive}
    assert moved


def test_the_rows_of_a_file_come_as_they_stand(tmp_path: Path) -> None:
    write(tmp_path, Life(notices=2000, snapshots=1))
    (state,) = days.of(tmp_path).values()
    (file,) = tmp_path.glob("*_archive.csv")
    assert file.read_bytes().split(b"\n", 1)[1] == export.body(state.archive)


def test_records_of_other_files_follow_name_and_day(tmp_path: Path) -> None:
    write(tmp_path / "made", Life(notices=300, snapshots=2, new=0.05, respelled=0, renamed=0))
    for file in (tmp_path / "made").glob("*.csv"):
        file.rename(tmp_path / file.name)  # away from the truth
    first, last = days.of(tmp_path).values()
    names = [
        {row.record: (row.cells[0].strip(), row.cells[4]) for row in (*state.under_investigation, *state.archive)}
        for state in (first, last)
    ]
    shared = names[0].keys() & names[1].keys()
    assert len(shared) > 250
    assert sum(names[0][record] == names[1][record] for record in shared) > 0.95 * len(shared)


def test_a_folder_without_exports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="holds no export"):
        days.of(tmp_path)


def register() -> State:
    opened = [
        row(place, f"Open {place}", 600 + place, f"{6 - place // 50:02d}/{28 - place % 28:02d}/2026")
        for place in range(200)
    ]
    closed = [
        row(1000 + place, f"Closed {place}", 600 + place, f"05/{1 + place % 28:02d}/2025", text="Why")
        for place in range(200)
    ]
    return State(
        sorted(opened, key=lambda one: one.cells[4], reverse=True),
        sorted(closed, key=lambda one: one.cells[4], reverse=True),
    )


def test_the_days_before_a_state_end_with_it() -> None:
    told = past.of(register(), UNTIL, 60)
    assert len(told) == 60
    assert max(told) == UNTIL
    last = told[UNTIL]
    assert (last.under_investigation, last.archive) == (register().under_investigation, register().archive)


def test_what_happens_on_the_days_before_is_what_was_seen_of_the_portal() -> None:
    told = list(past.of(register(), UNTIL, 60, moved=2, revised=1, transit=0.2).items())
    late = moved = revised = back = absent = 0
    for (_, before), (day, after) in pairwise(told):
        opened, archived = ({row.record: row for row in rows} for rows in (before.under_investigation, before.archive))
        here = {row.record: row for row in (*after.under_investigation, *after.archive)}
        late += sum(record not in opened and record not in archived for record in here)
        absent += sum(record not in here for record in (*opened, *archived))
        moved += sum(row.record in opened for row in after.archive)
        back += sum(row.record in archived for row in after.under_investigation)
        revised += sum(
            row.cells[3] != here[record].cells[3] for record, row in (opened | archived).items() if record in here
        )
        for record in here.keys() - opened.keys() - archived.keys():
            month, of_month, year = map(int, here[record].cells[4].split("/"))
            assert (day - date(year, month, of_month)).days >= 0
        assert all(not row.cells[-1] for row in after.under_investigation)
    assert late > 20
    assert moved > 80
    assert absent > 5
    assert revised > 40
    assert back == 0


def test_the_same_seed_makes_the_same_days() -> None:
    one, same, other = (past.of(register(), UNTIL, 5, seed=seed) for seed in (1, 1, 2))
    rows = [[state.under_investigation for state in told.values()] for told in (one, same, other)]
    assert rows[0] == rows[1] != rows[2]
