"""Which view a file shows and on which day it was taken: told, from a manifest beside it, or from its name."""

from datetime import date
from pathlib import Path

import pytest
from made_up import Row, export

from breachtrail.errors import SnapshotUnknown
from breachtrail.ledger.raw import Sidecar, sha256
from breachtrail.registers import provenance
from breachtrail.registers.register import load

COLUMNS = ["file", "view", "taken_on", "not_before", "not_after", "origin_repository", "origin_path", "sha256"]


def of(path: Path, taken: date | None = None, view: str | None = None) -> Sidecar:
    return provenance.of(path, load("us_hhs_ocr"), taken=taken, view=view)


def file(folder: Path, name: str) -> Path:
    return export(folder / name, [Row()])


def manifest(path: Path, **line: str) -> None:
    line = {"file": path.name, **line}
    text = "\t".join(COLUMNS) + "\n" + "\t".join(line.get(column, "") for column in COLUMNS) + "\n"
    (path.parent / "MANIFEST.tsv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "view", "day"),
    [
        ("2024-06-01_under_investigation.csv", "under_investigation", date(2024, 6, 1)),
        ("2024-06-01_archive.csv", "archive", date(2024, 6, 1)),
        ("20240601 Under Investigation.xls", "under_investigation", date(2024, 6, 1)),
        ("ARCHIVE-2024_06_01.csv", "archive", date(2024, 6, 1)),
        ("breaches_both_2024-06-01.csv", "both", date(2024, 6, 1)),
        ("all-2016-06-01.csv", "all", date(2016, 6, 1)),
    ],
)
def test_a_name_may_say_it_all(tmp_path: Path, name: str, view: str, day: date) -> None:
    found = of(file(tmp_path, name))
    assert (found.view, found.taken_on, found.taken_not_before, found.taken_not_after) == (view, day, day, day)
    assert (found.register, found.file_name, found.fetched_from) == ("us_hhs_ocr", name, name)
    assert found.sha256 == sha256(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["archive.csv", "archive_2024-13-01.csv", "archive_2024-02-31.csv", "archive_120240601.csv"]
)
def test_a_name_without_a_day_is_asked_for_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(SnapshotUnknown, match="--taken"):
        of(file(tmp_path, name))


@pytest.mark.parametrize("name", ["2024-06-01.csv", "breach_report_2024-06-01.csv", "small_2024-06-01.csv"])
def test_a_name_without_a_view_is_asked_for_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(SnapshotUnknown, match="--view"):
        of(file(tmp_path, name))


def test_a_view_that_the_register_does_not_have_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SnapshotUnknown, match="'drafts'"):
        of(file(tmp_path, "2024-06-01_archive.csv"), view="drafts")


def test_what_is_told_goes_before_manifest_and_name(tmp_path: Path) -> None:
    path = file(tmp_path, "2024-06-01_archive.csv")
    manifest(path, view="archive", taken_on="2024-06-02", not_before="2024-05-01", not_after="2024-07-01")
    found = of(path, taken=date(2024, 6, 3), view="both")
    assert (found.view, found.taken_on) == ("both", date(2024, 6, 3))
    assert found.taken_not_before == found.taken_not_after == date(2024, 6, 3)


def test_the_manifest_goes_before_the_name_and_brings_the_window_and_the_source(tmp_path: Path) -> None:
    path = file(tmp_path, "2024-06-01_archive.csv")
    manifest(
        path,
        view="under_investigation",
        taken_on="2024-06-02",
        not_before="2024-05-01",
        not_after="2024-07-01",
        origin_repository="someone/somewhere",
        origin_path="in/a.csv",
        sha256=sha256(path),
    )
    found = of(path)
    assert (found.view, found.taken_on) == ("under_investigation", date(2024, 6, 2))
    assert (found.taken_not_before, found.taken_not_after) == (date(2024, 5, 1), date(2024, 7, 1))
    assert found.fetched_from == "someone/somewhere/in/a.csv"


def test_other_bytes_than_the_manifest_lists_are_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "2024-06-01_archive.csv")
    manifest(path, view="archive", taken_on="2024-06-01", sha256="0" * 64)
    with pytest.raises(SnapshotUnknown, match=sha256(path)[:12]):
        of(path)


def test_a_file_that_the_manifest_does_not_list_speaks_for_itself(tmp_path: Path) -> None:
    manifest(file(tmp_path, "2024-06-01_archive.csv"), view="archive", taken_on="2024-06-01")
    assert of(file(tmp_path, "2024-08-01_under_investigation.csv")).taken_on == date(2024, 8, 1)


@pytest.mark.parametrize(("day", "view"), [("2017-07-26", "all"), ("2017-07-27", "both")])
def test_before_the_portal_had_two_views_a_file_shows_all(tmp_path: Path, day: str, view: str) -> None:
    assert of(file(tmp_path, f"{day}_both.csv")).view == view


def test_the_identity_of_a_snapshot_is_register_view_day_and_bytes(tmp_path: Path) -> None:
    path = file(tmp_path, "2024-06-01_archive.csv")
    copy = tmp_path / "elsewhere" / "archive 20240601.csv"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    assert of(copy).id == of(path).id
    others = [of(path, view="both"), of(path, taken=date(2024, 6, 2)), of(export(path, [Row(name="Another")]))]
    assert len({of(copy).id, *(other.id for other in others)}) == 4
