"""A ledger that was read at once answers as the ledger itself."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import breachtrail
from breachtrail.web.preloaded import Preloaded


@pytest.fixture(scope="module")
def ledger(published_site: tuple[Path, Path]) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(published_site[0]) as ledger:
        yield ledger


def read(ledger: breachtrail.Ledger, day: date | None = None) -> Preloaded:
    return Preloaded(ledger, ledger.trails(), day or ledger.coverage()[-1].taken_on)


def told(row: dict[str, object], of: dict[str, object]) -> dict[str, object]:
    return {name: row[name] for name in of if name != "trail"}


def test_every_notice_has_the_trail_that_the_ledger_tells(ledger: breachtrail.Ledger) -> None:
    known = read(ledger)
    assert len(known.ids) == ledger.ask("notices").value()
    for id in known.ids:
        one, other = known.notice(id), ledger.notice(id)
        assert one is not None
        assert other is not None
        assert [told(version, as_told) for version, as_told in zip(one["trail"], other["trail"], strict=True)] == other[
            "trail"
        ]
        assert one["id"] == other["id"] == id


@pytest.mark.parametrize("day", [date(2024, 6, 10), date(2024, 6, 20), date(2024, 8, 1)])
def test_what_was_filed_under_a_name_is_what_the_ledger_finds(ledger: breachtrail.Ledger, day: date) -> None:
    known = read(ledger, day)
    for name in ("Harbor Clinic", "harbor clinic, INC.", "Clínica Señorial", "Group Practice 7"):
        key = ledger.organisation_key(name)
        expected = ledger.filed_by(key, day)
        found = known.filed_by(key, day)
        assert [told(row, as_told) for row, as_told in zip(found, expected, strict=True)] == [
            {**row, "known_until": None} if "known_until" in row else row for row in expected
        ]


def test_answers_changes_and_lists_are_the_ledger_s(ledger: breachtrail.Ledger) -> None:
    known = read(ledger)
    for _ in range(2):
        assert (
            known.ask("notices", by="state", as_of=date(2024, 7, 20)).rows
            == ledger.ask("notices", by="state", as_of="2024-07-20").rows
        )
        assert known.changes("2024-06-01", "2024-06-20") == ledger.changes("2024-06-01", "2024-06-20")
        assert known.notices(where=["state=TX"]) == ledger.notices(where=["state=TX"])
        assert known.named(["harbor"]) == ledger.named(["harbor"])


def test_nothing_changed_since_the_day_that_is_told(ledger: breachtrail.Ledger) -> None:
    known = read(ledger)
    [harbor] = [id for id in known.ids if "harbor" in id]
    assert known.notice_since(harbor) == known.key_since("harborclinic") == date(2024, 6, 20)
    [lake] = [id for id in known.ids if "lakeside" in id]
    assert known.notice_since(lake) == date(2024, 6, 1)
    assert known.as_of(date(2024, 6, 1)).coverage()[-1].taken_on == date(2024, 6, 1)


def test_former_names_are_told_and_a_published_row_is_read(ledger: breachtrail.Ledger) -> None:
    known = read(ledger)
    [harbor] = [id for id in known.ids if "harbor" in id]
    assert known.former_names == {harbor: ["Harbor Clinic"]}
    notice = known.notice(harbor)
    assert notice is not None
    for version in notice["trail"]:
        assert known.published(version["snapshot"], version["row"]) == ledger.published(
            version["snapshot"], version["row"]
        )
