"""What a day has brought so far: written down when a run fails, believed only if it is whole."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from breachtrail.registers.listing import Listing
from breachtrail.sync import kept
from breachtrail.sync.kept import Kept

DAY = date(2026, 8, 3)
LIST = Listing(b'"a"\n"1"\n', 1)


def test_a_run_that_fails_keeps_its_lists_for_the_next(tmp_path: Path) -> None:
    have = Kept(tmp_path, "us_hhs_ocr", DAY)
    have["archive"] = LIST
    with pytest.raises(ZeroDivisionError), kept.until_taken(tmp_path, "us_hhs_ocr", DAY, [have]):
        _ = 1 / 0
    assert dict(Kept(tmp_path, "us_hhs_ocr", DAY)) == {"archive": LIST}
    assert kept.days(tmp_path, "us_hhs_ocr") == [DAY]
    with kept.until_taken(tmp_path, "us_hhs_ocr", DAY, [have]):
        pass
    assert kept.days(tmp_path, "us_hhs_ocr") == []


def cut(path: Path) -> None:
    path.write_bytes(LIST.body[:-3])


def orphaned(path: Path) -> None:
    path.with_suffix(".json").unlink()


@pytest.mark.parametrize("spoil", [cut, orphaned])
def test_a_list_that_is_not_whole_is_not_believed(tmp_path: Path, spoil) -> None:
    have = Kept(tmp_path, "us_hhs_ocr", DAY)
    have["archive"] = have["under_investigation"] = LIST
    have.write_down()
    spoil(next(tmp_path.rglob("archive.csv")))
    assert list(Kept(tmp_path, "us_hhs_ocr", DAY)) == ["under_investigation"]


def test_the_newest_refusals_stay_and_none_leads_elsewhere(tmp_path: Path) -> None:
    for second in range(12):
        moment = datetime(2026, 8, 3, 7, 0, second, tzinfo=UTC)
        folder = kept.refuse(tmp_path, "us_hhs_ocr", moment, f"why {second}", {"../../page.html": b"x"})
    assert sorted(path.name for path in folder.iterdir()) == ["page.html", "why.txt"]
    found = sorted(path.name for path in (tmp_path / "refused").iterdir())
    assert (len(found), found[-1]) == (kept.MOST_REFUSALS, "2026-08-03T070011-us_hhs_ocr")


def test_a_refusal_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGEST_REFUSAL", 10)
    folder = kept.refuse(tmp_path, "r", datetime(2026, 8, 3, tzinfo=UTC), "why", {"a": b"x" * 8, "b": b"y" * 8})
    assert [(folder / name).stat().st_size for name in ("a", "b")] == [8, 2]
