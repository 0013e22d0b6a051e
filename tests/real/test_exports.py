"""Every real export: all of it is read, nothing is dropped, and a whole day's figures are those of its files.

The files are counted here a second time, by the csv module (calamine for the workbook) and with none of the package's
own reading.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import python_calamine

import breachtrail
from breachtrail import pipeline
from breachtrail.ledger import rungs
from breachtrail.ledger.asof import Coverage
from breachtrail.ledger.store import Store
from breachtrail.notices.shape import PLACEHOLDERS

DAY, COUNT, STATUS = "Breach Submission Date", "Individuals Affected", "Status"
#: Days on which files show everything that the register had.
WHOLE_DAYS = [
    *("2016-04-09", "2017-09-06", "2019-04-13", "2020-01-11", "2020-02-11", "2021-01-08", "2021-03-13", "2021-04-08"),
    *("2022-06-10", "2023-06-03", "2024-07-06", "2024-10-16", "2026-07-09"),
]
Figures = dict[int, tuple[int, int]]


@pytest.fixture(scope="module")
def ledger(real_ledger: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(real_ledger) as opened:
        yield opened


@pytest.fixture(scope="module")
def looks(ledger: breachtrail.Ledger) -> dict[str, Coverage]:
    """SHA-256, as much of it as a snapshot's id has → the snapshot."""
    return {look.snapshot.rpartition("/")[2]: look for look in ledger.coverage()}


def lines_of(path: Path) -> list[list[str]]:
    """Header and rows."""
    if path.suffix == ".xls":
        sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return [[str(cell) for cell in line] for line in sheet.to_python()]
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return [line for line in csv.reader(io.StringIO(text, newline="")) if line]


def rows_of(path: Path) -> list[dict[str, str]]:
    header, *lines = lines_of(path)
    return [dict(zip(map(str.strip, header), line, strict=True)) for line in lines]


def day_of(row: dict[str, str]) -> date:
    text = row[DAY].strip()
    if "-" in text:
        return date.fromisoformat(text[:10])
    return datetime.strptime(text, "%m/%d/%y" if len(text.rpartition("/")[2]) == 2 else "%m/%d/%Y").date()


def count_of(row: dict[str, str]) -> int:
    text = row[COUNT].replace(",", "").strip()
    return int(float(text)) if text else 0


def test_every_file_of_the_manifest_is_a_snapshot(manifest: list[dict[str, str]], looks: dict[str, Coverage]) -> None:
    assert len(looks) == len(manifest) == 31
    for line in manifest:
        look = looks[line["sha256"][:16]]
        window = tuple(date.fromisoformat(line[name]) for name in ("taken_on", "not_before", "not_after"))
        assert (look.taken_on, look.taken_not_before, look.taken_not_after) == window
        assert look.view in (line["view"], "all")
        assert (look.view == "all") == (line["not_after"] < "2017-07-27")


def test_rows_of_every_file_are_those_accepted_and_those_held(
    manifest: list[dict[str, str]], exports: list[Path], looks: dict[str, Coverage]
) -> None:
    told = {line["file"]: looks[line["sha256"][:16]] for line in manifest}
    counted = {path.name: len(lines_of(path)) - 1 for path in exports}
    assert {name: look.rows for name, look in told.items()} == counted
    assert {name: look.accepted + look.held for name, look in told.items()} == counted
    assert {line["file"]: int(line["rows"]) for line in manifest} == counted


def test_held_rows_are_few_and_each_has_its_reason(manifest: list[dict[str, str]], ledger: breachtrail.Ledger) -> None:
    held = ledger.held()
    assert len(held) == sum(look.held for look in ledger.coverage())
    assert len(held) <= sum(int(line["rows"]) for line in manifest) / 10_000
    assert all(row["field"] and row["rule"] for row in held)


def test_only_what_was_made_of_an_export_is_marked_as_derived(
    manifest: list[dict[str, str]], looks: dict[str, Coverage]
) -> None:
    derived = [line["file"] for line in manifest if looks[line["sha256"][:16]].derived]
    assert derived == ["2026-07-09_both_derived.csv"]


def shown_on(day: str, manifest: list[dict[str, str]], folder: Path) -> list[dict[str, str]]:
    """The rows of a day, each notice once: of a file of both views only what no file of one view shows beside it."""
    files = [line for line in manifest if line["taken_on"] == day]
    views = {line["view"] for line in files}
    rows = []
    for line in files:
        for row in rows_of(folder / line["file"]):
            if not (
                line["view"] == "both" and row.get(STATUS) == "Under Investigation" and "under_investigation" in views
            ):
                rows.append(row)
    return rows


def figures_of(rows: list[dict[str, str]]) -> Figures:
    notices, individuals = Counter[int](), Counter[int]()
    for row in rows:
        notices[day_of(row).year] += 1
        individuals[day_of(row).year] += count_of(row)
    return {year: (notices[year], individuals[year]) for year in notices}


@pytest.mark.parametrize("day", WHOLE_DAYS)
def test_a_whole_day_has_the_figures_of_its_files(
    manifest: list[dict[str, str]], shared: Path, ledger: breachtrail.Ledger, day: str
) -> None:
    expected = figures_of(shown_on(day, manifest, shared / "data" / "ocr"))
    answer = ledger.ask("notices", "individuals", by="year", as_of=day)
    assert {row["year"]: (row["notices"], row["individuals"]) for row in answer.records()} == expected
    assert len(expected) >= 8


def test_the_days_above_are_all_on_which_everything_was_shown(manifest: list[dict[str, str]]) -> None:
    views = defaultdict(set)
    for line in manifest:
        views[line["taken_on"]].add(line["view"])
    assert WHOLE_DAYS == [day for day, seen in views.items() if "both" in seen or len(seen) == 2]


def test_one_view_has_the_figures_of_its_file(
    manifest: list[dict[str, str]], shared: Path, ledger: breachtrail.Ledger
) -> None:
    for line in manifest:
        if line["view"] != "both" and line["taken_on"] != "2026-07-09":
            rows = shown_on(line["taken_on"], [line], shared / "data" / "ocr")
            answer = ledger.ask("notices", "individuals", by="year", as_of=line["taken_on"], view=line["view"])
            told = {row["year"]: (row["notices"], row["individuals"]) for row in answer.records()}
            assert (line["file"], told) == (line["file"], figures_of(rows))


def test_no_notice_ever_changed_its_submission_date(real_ledger: Path) -> None:
    _, engine = Store(real_ledger).read()
    with engine:
        found = engine.execute(
            "SELECT notice.id FROM version JOIN notice USING (notice) GROUP BY notice.id HAVING count(DISTINCT submitted_on) > 1"
        ).fetchall()
    assert found == []


def test_no_placeholder_ever_joined_two_names(ledger: breachtrail.Ledger) -> None:
    by_count = [row for row in ledger.doubtful() if row["rung"] in (rungs.SAME_COUNT, rungs.SAME_COUNT_OTHER_STATE)]
    assert len(by_count) > 20
    assert [row for row in by_count if {row["individuals"], row["individuals_before"]} & set(PLACEHOLDERS)] == []


def test_the_real_ledger_keeps_every_law(real_ledger: Path) -> None:
    assert [law.name for law in pipeline.verify(real_ledger) if not law.holds] == []


def test_a_real_file_twice_changes_nothing(real_ledger: Path, exports: list[Path]) -> None:
    before = Store(real_ledger).head()
    result = pipeline.ingest(real_ledger, exports[::-1])
    assert all(file.known for file in result.files)
    assert result.head == before == Store(real_ledger).head()


def test_real_files_one_by_one_and_backwards_give_the_same_ledger(
    real_ledger: Path, exports: list[Path], tmp_path: Path
) -> None:
    some = exports[-6:]
    together, backwards = tmp_path / "together", tmp_path / "backwards"
    pipeline.ingest(together, some)
    for path in reversed(some):
        pipeline.ingest(backwards, [path])
    assert Store(backwards).head().content == Store(together).head().content
