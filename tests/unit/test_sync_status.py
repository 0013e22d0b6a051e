"""How it stands with each view."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from breachtrail.sync import runlog, status
from breachtrail.sync.runlog import Look, Memory

AT = datetime(2026, 8, 3, 11, tzinfo=UTC)


def remembered(home: Path, **looks: Look) -> None:
    runlog.remember(home, "us_hhs_ocr", Memory(dict(looks), AT, "new", "said"))


def test_where_nothing_was_ever_fetched_it_is_overdue(tmp_path: Path) -> None:
    told = status(tmp_path, AT)
    assert (told.views, told.runs, told.is_overdue) == ([], [], True)


def test_a_view_is_due_a_day_after_and_overdue_after_a_day_and_a_half(tmp_path: Path) -> None:
    remembered(tmp_path, under_investigation=Look(AT, 733), archive=Look(AT - timedelta(hours=20), 7055))
    told = status(tmp_path, AT + timedelta(hours=17))
    open_view, archive = told.views
    assert (open_view.view, open_view.rows, open_view.hours, open_view.due) == (
        "under_investigation",
        733,
        17,
        date(2026, 8, 4),
    )
    assert str(open_view.fetched_at) == "2026-08-03 07:00:00-04:00"
    assert [one.is_overdue for one in (open_view, archive)] == [False, True]
    assert told.is_overdue


def test_a_view_that_never_came_is_overdue(tmp_path: Path) -> None:
    remembered(tmp_path, under_investigation=Look(AT, 733))
    told = status(tmp_path, AT)
    assert [(one.view, one.fetched_at is None, one.is_overdue) for one in told.views] == [
        ("under_investigation", False, False),
        ("archive", True, True),
    ]
