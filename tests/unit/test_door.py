"""The Python door: ``breachtrail.open`` and what the Ledger that it gives can do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asked import TWO_WAYS, small_register
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.errors import BreachTrailError, LedgerMissing, QuestionError


def test_a_folder_without_a_ledger_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing, match=r"There is no ledger in .*breachtrail ingest"):
        breachtrail.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_home_is_told_or_found_in_the_environment(asked_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BreachTrailError):
        breachtrail.open()
    monkeypatch.setenv("BREACHTRAIL_HOME", str(asked_home))
    with breachtrail.open() as found, breachtrail.open(str(asked_home)) as told:
        assert found.ask("notices").rows == told.ask("notices").rows


def test_an_open_ledger_stays_what_it_was(tmp_path: Path) -> None:
    register = small_register(tmp_path / "home", until="2024-06-30")
    with register.open() as before:
        small_register(tmp_path / "home")
        assert before.ask("individuals", year=2024).value() == 2_001_500
        with register.open() as after:
            assert after.ask("individuals", year=2024).value() == 2_002_200
            assert after.ask("individuals", year=2024, as_of="2024-06-01").value() == 2_001_500
            assert before.head.generation < after.head.generation


def test_notices_and_figures_speak_of_the_same(ledger: Any) -> None:
    for asked in (
        {},
        {"year": 2024},
        {"where": {"state": "TX"}},
        {"as_of": "2024-06-01", "view": "archive"},
        {"where": "status=unlisted"},
    ):
        found = ledger.notices(**asked)
        answer = ledger.ask("notices", "individuals", **asked)
        assert answer.rows == ((len(found), sum(one["individuals"] or 0 for one in found)),)


def test_notices_come_in_the_order_asked_for_and_in_pages(ledger: Any) -> None:
    sizes = [one["individuals"] for one in ledger.notices()]
    assert sizes == [2_000_000, 3000, 1500, 700, 501, None]
    assert [one["individuals"] for one in ledger.notices(limit=2, offset=1)] == sizes[1:3]
    assert ledger.notices(limit=2, offset=6) == []
    assert next(one["name"] for one in ledger.notices(order="name")) == "=Cell, Inc."
    assert ledger.notices(order="submitted_on")[0]["name"] == "iOta Care"
    assert ledger.notices(order="first_seen")[0]["name"] == "iOta Care"
    with pytest.raises(QuestionError, match=r"cannot be sorted by 'colour'\. They can by: individuals"):
        ledger.notices(order="colour")


def test_a_trail_tells_each_version_and_when_we_learnt_it(ledger: Any) -> None:
    (notice,) = ledger.show("two ways")
    assert notice["name"] == TWO_WAYS.name
    assert [(one["known_from"], one["status"]) for one in notice["trail"]] == [
        (date(2024, 6, 1), "under_investigation"),
        (date(2024, 9, 1), "closed"),
        (date(2024, 12, 1), "missing"),
        (date(2025, 1, 2), "unlisted"),
    ]
    assert ledger.show(notice["id"])[0]["trail"] == notice["trail"]
    with pytest.raises(QuestionError, match="No notice has the id 'nobody at all'"):
        ledger.show("nobody at all")


def test_changes_tell_what_moved_the_total(ledger: Any) -> None:
    found = ledger.changes("2024-06-01", "2024-09-01")
    assert {(one["after"]["name"], one["kind"], one["gained"]) for one in found} == {
        ("iOta Care", "appeared", 700), ("Alpha Clinic", "changed", 500), ("Two Ways Plan", "moved", 0),
    }  # fmt: skip
    before, after = (ledger.ask("individuals", as_of=day).value() for day in ("2024-06-01", "2024-09-01"))
    assert sum(one["gained"] for one in found) == after - before
    (gone,) = ledger.changes("2024-09-01")
    assert (gone["kind"], gone["gained"], gone["before"]["individuals"]) == ("gone", -500, 500)
    assert ledger.changes("2024-06-01", "2024-09-01", where={"state": "OK"}) == [
        one for one in found if one["kind"] == "appeared"
    ]


def test_changes_need_two_days_in_their_order(ledger: Any) -> None:
    with pytest.raises(QuestionError, match="Changes need a day since when"):
        ledger.changes(None)
    with pytest.raises(QuestionError, match="turn them round"):
        ledger.changes("2024-09-01", "2024-06-01")


def test_coverage_held_and_doubtful(ledger: Any) -> None:
    looks = ledger.coverage()
    assert [(look.view, look.taken_on, look.rows) for look in looks][:2] == [
        ("archive", date(2024, 6, 1), 2), ("under_investigation", date(2024, 6, 1), 4),
    ]  # fmt: skip
    assert all(look.rows == look.accepted + look.held for look in looks)
    assert ledger.held() == []
    assert ledger.doubtful() == []


def test_show_finds_a_well_known_name_in_chinese_letters(tmp_path: Path) -> None:
    """The vocabulary says which words of the register a Chinese name stands for."""
    register = MadeUpRegister(tmp_path / "home")
    register.look("2024-06-01", archive=[Row("Centers for Medicare & Medicaid Services"), Row("Another Clinic")])
    with register.open() as ledger:
        assert [one["name"] for one in ledger.show("Medicare & Medicaid服务中心")] == [
            "Centers for Medicare & Medicaid Services"
        ]
        with pytest.raises(QuestionError):
            ledger.show("不存在的机构")
