"""A run of sync against the stand-in: what is appended, what is refused by name, what is kept for the next try."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock
from lived import sixty_days
from made_up import Row as Made
from made_up import export

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import LedgerBusy, QuestionError
from breachtrail.ledger.store import Store
from breachtrail.registers.fetch import Clock, Manners
from breachtrail.simulate.portal import Portal, State, Switches
from breachtrail.sync import Run, Wishes, planned, sync

MORNING = datetime(2026, 8, 3, 7, tzinfo=ZoneInfo("America/New_York"))
DAY = timedelta(days=1)
STATES = list(sixty_days(seed=5)[0].values())


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(STATES[0], Switches(uipanel=True)) as running:
        yield running


def wishes(portal: Portal, **more: object) -> Wishes:
    return Wishes(portal=portal.url, manners=Manners(tries=4, total=1e6), **more)


def run(home: Path, portal: Portal, at: datetime = MORNING, **more: object) -> Run:
    return sync(home, wishes(portal, **more), now=lambda: at, clock=Clock(sleep=lambda seconds: None))


def shown(home: Path) -> int:
    with breachtrail.open(home) as ledger:
        return len(ledger.notices())


def change(portal: Portal, kind: str, edit: Callable[[bytes], bytes]) -> None:
    portal.change(
        lambda asked, answer: dataclasses.replace(answer, body=edit(answer.body)) if asked == kind else answer
    )


def test_a_first_run_makes_a_ledger(own_home: Path, portal: Portal) -> None:
    done = run(own_home, portal)
    size = len(STATES[0].under_investigation) + len(STATES[0].archive)
    assert (done.outcome, sum(done.rows.values()), shown(own_home)) == ("new", size, size)
    with breachtrail.open(own_home) as ledger:
        looks = ledger.coverage()
    assert {look.view for look in looks} == {"under_investigation", "archive"}
    assert {(look.taken_not_before, look.taken_not_after, look.taken_on) for look in looks} == {(MORNING.date(),) * 3}
    assert {look.fetched_from for look in looks} == {portal.url.rstrip("/")}
    assert not any(look.derived for look in looks)


def test_a_day_has_one_look(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    portal.forget()
    again = run(own_home, portal, MORNING + timedelta(hours=9))
    assert (again.outcome, again.reason, portal.log) == ("nothing_new", "looked", ())


def test_the_day_is_that_of_the_register(own_home: Path, portal: Portal) -> None:
    """Two in the morning in London is the evening before in Washington."""
    run(own_home, portal, datetime(2026, 8, 4, 2, tzinfo=ZoneInfo("Europe/London")))
    with breachtrail.open(own_home) as ledger:
        assert {str(look.taken_on) for look in ledger.coverage()} == {"2026-08-03"}


def test_other_digits_in_the_header_are_nothing_new(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    head = Store(own_home).head()
    done = run(own_home, portal, MORNING + DAY)
    bodies = {entry.answered for entry in portal.log if entry.kind == "export"}
    assert (done.outcome, done.reason) == ("nothing_new", "")
    assert Store(own_home).head() == head
    assert len([entry for entry in portal.log if entry.kind == "export"]) == 4
    assert bodies


@pytest.mark.parametrize("forgotten", [True, False])
def test_what_the_ledger_says_counts_whatever_the_last_run_remembers(
    own_home: Path, portal: Portal, forgotten: bool
) -> None:
    """Without its memory, or with another snapshot brought in by hand since, a run looks into the ledger itself."""
    run(own_home, portal)
    if forgotten:
        (own_home / "sync" / "us_hhs_ocr.json").unlink()
    else:
        shorter = export(own_home.parent / "2026-08-04_archive.csv", [Made(submitted_on="05/14/2024")])
        pipeline.ingest(own_home, [shorter])
    done = run(own_home, portal, MORNING + 2 * DAY)
    assert (done.brought is None) == forgotten
    assert done.outcome == ("nothing_new" if forgotten else "new")


def test_a_day_on_which_one_list_changed_keeps_both(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    portal.show(State(under_investigation=STATES[0].under_investigation[1:], archive=STATES[0].archive))
    done = run(own_home, portal, MORNING + DAY)
    assert (done.outcome, done.days[0].missing) == ("new", 1)
    # The second look without it says that it is gone, though the bytes are those of the day before.
    again = run(own_home, portal, MORNING + 2 * DAY)
    assert (again.outcome, again.days[0].unlisted) == ("new", 1)
    assert run(own_home, portal, MORNING + 3 * DAY).brought is None


def test_what_one_view_brought_is_used_by_the_next_run_of_the_day(own_home: Path, portal: Portal) -> None:
    portal.fail("server_error", kind="view_change", times=4)
    failed = run(own_home, portal)
    assert (failed.outcome, failed.reason, len(failed.setbacks)) == ("unreachable", "not_now", 3)
    assert not Store(own_home).exists
    assert planned(own_home, wishes(portal), MORNING)["kept"] == ("under_investigation",)
    portal.forget()
    done = run(own_home, portal, MORNING + timedelta(hours=3))
    assert (done.outcome, done.reused) == ("new", ("under_investigation",))
    assert [entry.kind for entry in portal.log] == ["list_page", "view_change", "export"]
    assert shown(own_home) == len(STATES[0].under_investigation) + len(STATES[0].archive)
    assert list((own_home / "sync" / "us_hhs_ocr").iterdir()) == []


def test_a_view_that_stayed_alone_is_a_look_at_that_view(own_home: Path, portal: Portal) -> None:
    portal.fail("server_error", kind="view_change", times=4)
    run(own_home, portal)
    portal.show(STATES[1])
    done = run(own_home, portal, MORNING + DAY)
    assert done.outcome == "new"
    with breachtrail.open(own_home) as ledger:
        assert [(str(look.taken_on), look.view) for look in ledger.coverage()] == [
            ("2026-08-03", "under_investigation"),
            ("2026-08-04", "archive"),
            ("2026-08-04", "under_investigation"),
        ]
        assert len(ledger.notices()) == len(STATES[1].under_investigation) + len(STATES[1].archive)


def test_the_page_is_the_second_road_where_the_export_keeps_failing(own_home: Path, portal: Portal) -> None:
    portal.fail("page_for_file", kind="export", times=50)
    done = run(own_home, portal)
    assert (done.outcome, [one.fault for one in done.setbacks]) == ("new", ["page_for_export"] * 2)
    _, engine = Store(own_home).read()
    with engine:
        assert engine.execute("SELECT count(*) FROM record").fetchone() == (sum(done.rows.values()),)


def test_record_ids_join_the_rows_of_the_same_day(own_home: Path, portal: Portal) -> None:
    done = run(own_home, portal, road="both")
    _, engine = Store(own_home).read()
    with engine:
        (records, notices, texts) = engine.execute(
            "SELECT (SELECT count(*) FROM record), count(*), count(description) FROM version"
        ).fetchone()
    assert records == notices == sum(done.rows.values())
    assert texts == sum(row.cells[8] not in ("", "\\N") for row in STATES[0].archive)


#: What the stand-in does to its answers → the fault by name, and words that lead to the place to mend.
CHANGES: dict[str, tuple[str, Callable[[bytes], bytes], str, tuple[str, ...]]] = {
    "another picture": ("list_page", lambda body: body.replace(b"csv.png", b"csv-2.svg"), "changed_form",
                        ("csv.png", "csv-2.svg", "page.py")),
    "another form": ("list_page", lambda body: body.replace(b'id="ocrForm"', b'id="reportForm"'), "changed_form",
                     ("a form ocrForm", "reportForm", "page.py")),
    "another table": ("list_page", lambda body: body.replace(b"ocrForm:reportResultTable", b"ocrForm:grid"), "changed_form",
                      ("ocrForm:reportResultTable", "ocrForm:grid", "page.py")),
    "tabs by other names": ("list_page", lambda body: body.replace(b":archiveTab", b":closedTab"), "changed_form",
                            ("archiveTab", "Archive", "page.py")),
    "a new column": ("export", lambda body: b"".join(line + b',"x"\n' if line.endswith(b'"') and line.count(b'","') == 8 else line + b"\n"
                     for line in body.replace(b'Web Description"', b'Web Description"').split(b"\n")).replace(b'Description","x"',
                     b'Description","Ransom Paid"'), "new_column", ("Ransom Paid", "register.yml")),
    "another heading": ("export", lambda body: body.replace(b'"Type of Breach"', b'"Kind of Breach"', 1), "changed_header",
                        ("Kind of Breach instead of Type of Breach", "register.yml")),
    "a new category": ("export", lambda body: body.replace(b'"Theft"', b'"Ransomware"'), "new_category",
                       ("Ransomware", "vocabulary.yml", "breach_types")),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_of_structure_stops_with_what_to_do(own_home: Path, portal: Portal, case: str) -> None:
    kind, edit, fault, words = CHANGES[case]
    run(own_home, portal)
    head = Store(own_home).head()
    portal.show(STATES[1])
    change(portal, kind, edit)
    done = run(own_home, portal, MORNING + DAY)
    assert (done.outcome, done.reason) == ("refused", fault), done.message
    assert [word for word in words if word not in done.message] == []
    assert "Nothing was appended" in done.message
    assert Store(own_home).head() == head
    assert done.kept is not None
    assert done.message in (done.kept / "why.txt").read_text(encoding="utf-8")
    assert any(path.stat().st_size > 1000 for path in done.kept.iterdir())
    assert fault in (own_home / "sync" / "us_hhs_ocr.json").read_text(encoding="utf-8") or done.message in (
        own_home / "runs.log"
    ).read_text(encoding="utf-8")


def test_a_new_category_is_taken_once_the_vocabulary_knows_it(own_home: Path, portal: Portal, monkeypatch) -> None:
    """What was fetched on the day is kept, so the run after the mending asks the portal for nothing."""
    from breachtrail.notices.vocabulary import Vocabulary

    change(portal, "export", lambda body: body.replace(b'"Theft"', b'"Larceny"'))
    assert run(own_home, portal).reason == "new_category"
    portal.forget()
    vocabulary = Vocabulary.load()
    told = vocabulary.spellings

    def spellings(column: str) -> dict[str, str]:
        return {**told(column), **({"larceny": "Theft"} if column == "breach_type" else {})}

    monkeypatch.setattr(type(vocabulary), "spellings", lambda self, column: spellings(column))
    done = run(own_home, portal, MORNING + timedelta(hours=1))
    assert (done.outcome, set(done.reused)) == ("new", {"under_investigation", "archive"})
    assert [entry.kind for entry in portal.log] == []


def test_a_fall_stops_the_append_until_somebody_believes_it(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    portal.show(State(under_investigation=STATES[0].under_investigation[:70], archive=STATES[0].archive))
    done = run(own_home, portal, MORNING + DAY)
    assert (done.outcome, done.reason) == ("refused", "fall")
    assert "--most-fall" in done.message
    share = done.message.rpartition("--most-fall ")[2].rstrip("`.")
    assert run(own_home, portal, MORNING + timedelta(days=1, hours=1), most_fall=float(share)).outcome == "new"


def test_cases_that_are_closed_in_a_heap_are_no_fall(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    first = STATES[0]
    closed = [*first.under_investigation[:40], *first.archive]
    portal.show(State(under_investigation=first.under_investigation[40:], archive=closed))
    assert run(own_home, portal, MORNING + DAY).outcome == "new"


def test_another_list_than_before_is_not_appended(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    portal.show(list(sixty_days(seed=99)[0].values())[59])
    done = run(own_home, portal, MORNING + DAY)
    assert (done.outcome, done.reason) == ("refused", "unlike")


def test_an_empty_second_list_is_looked_at_like_any_other(own_home: Path, portal: Portal) -> None:
    done = run(own_home, portal, register="us_hhs_ocr_part2")
    assert (done.outcome, done.rows) == ("nothing_new", {"under_investigation": 0, "archive": 0})
    with breachtrail.open(own_home) as ledger:
        assert [(look.view, look.rows) for look in ledger.coverage("us_hhs_ocr_part2")] == [
            ("archive", 0),
            ("under_investigation", 0),
        ]
        assert ledger.ask("notices", register="us_hhs_ocr_part2").rows[0][0] == 0
    assert run(own_home, portal).outcome == "new"
    assert run(own_home, portal, MORNING + DAY, register="us_hhs_ocr_part2").brought is None


def test_what_another_register_brought_that_day_is_not_counted(own_home: Path, portal: Portal) -> None:
    run(own_home, portal)
    done = run(own_home, portal, register="us_hhs_ocr_part2")
    assert (done.outcome, [one.new for one in done.days]) == ("nothing_new", [0])


def test_nobody_there(own_home: Path) -> None:
    lost = Wishes(portal="http://127.0.0.1:9/ocr/breach/", manners=Manners(tries=2))
    done = sync(own_home, lost, now=lambda: MORNING, clock=Clock(sleep=lambda seconds: None))
    assert (done.outcome, done.reason, done.kept) == ("unreachable", "unreachable", None)
    assert "UNREACHABLE: no connection" in (own_home / "runs.log").read_text(encoding="utf-8")


def test_a_plan_sends_nothing(own_home: Path, portal: Portal) -> None:
    plan = planned(own_home, wishes(portal), MORNING)
    assert plan["views"] == ("under_investigation", "archive")
    assert plan["pages"][0] == f"{portal.url}breach_report_hip.jsf"
    assert portal.log == ()
    assert not own_home.exists()


def test_one_run_at_a_time(own_home: Path, portal: Portal) -> None:
    own_home.mkdir()
    with FileLock(own_home / "sync.lock"), pytest.raises(LedgerBusy, match="one at a time"):
        run(own_home, portal)


def test_refusals_do_not_heap_up(own_home: Path, portal: Portal) -> None:
    change(portal, "list_page", lambda body: body.replace(b"csv.png", b"x.png"))
    for hour in range(12):
        run(own_home, portal, MORNING + timedelta(hours=hour))
    assert len(list((own_home / "refused").iterdir())) == 10


@pytest.mark.parametrize("address", ["ftp://x/", "ocrportal", ""])
def test_an_address_that_is_none(address: str) -> None:
    if address:
        with pytest.raises(QuestionError, match="is none"):
            _ = Wishes(portal=address).address
    else:
        assert Wishes().address == "https://ocrportal.hhs.gov/ocr/breach/"
    assert Wishes(portal="http://127.0.0.1:80").address == "http://127.0.0.1:80/ocr/breach/"
    assert Wishes(portal="http://127.0.0.1/ocr/breach/breach_report.jsf").address == "http://127.0.0.1/ocr/breach/"
