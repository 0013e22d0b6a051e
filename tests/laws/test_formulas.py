"""What we write as CSV runs nowhere, and read again it gives the notices that the ledger has."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import MadeUpRegister, Row

from breachtrail import pipeline
from breachtrail.notices import formula
from breachtrail.wording import rows, terminal

#: What may begin a name; the first is what nobody would think of.
BEGINNINGS = ["", "=1+", "+", "-", "@", "'", "'=", "''+", '"', '"=', "' -", "＝", "A", "3-", "\u200b="]
texts = st.builds(lambda start, rest: start + rest, st.sampled_from(BEGINNINGS), st.text("ab =+-@'\",é\n", max_size=8))
SAID = (
    "name",
    "state",
    "entity_type",
    "individuals",
    "submitted_on",
    "breach_types",
    "locations",
    "business_associate",
    "description",
)


def notices(register: MadeUpRegister) -> list[tuple[Any, ...]]:
    with register.open() as ledger:
        return sorted((tuple(one[column] for column in SAID) for one in ledger.notices()), key=str)


def table_of(register: MadeUpRegister) -> str:
    """As ``breachtrail notices --rows 0 --format csv`` writes it."""
    columns, _ = terminal.NOTICE_COLUMNS
    with register.open() as ledger:
        return rows.as_csv(columns, [[one[name] for name in columns] for one in ledger.notices()])


def runs(cell: str) -> bool:
    """As a spreadsheet sees it, blanks and quotes before it aside."""
    return cell.lstrip(' \u00a0\u200b\ufeff"')[:1] in (*"=+-@＝＋－＠\t\r\n",) and cell[:1] != ""


@settings(max_examples=6)
@given(st.lists(st.tuples(texts, texts), min_size=10, max_size=30))
def test_our_table_is_read_as_the_notices_that_it_was_written_from(some: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        first, second = (MadeUpRegister(Path(folder) / name / "ledger") for name in ("first", "second"))
        told = [
            Row(name=f"{name}x", description=text, individuals=600 + place) for place, (name, text) in enumerate(some)
        ]
        first.look("2024-06-01", archive=[Row(name="Sound"), *told])
        text = table_of(first)
        cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
        assert not [cell for cell in cells if runs(cell)]
        path = Path(folder) / "2024-06-01_both.csv"
        path.write_text(text, encoding="utf-8", newline="")
        result = pipeline.ingest(second.home, [path]).files[0]
        assert (result.refused, result.held, result.unread) == ("", 0, ())
        assert notices(second) == notices(first)


def test_the_table_of_all_versions_runs_nowhere_and_is_no_list(register: MadeUpRegister, tmp_path: Path) -> None:
    names = [f"{start}x" for start in BEGINNINGS]
    register.look("2024-06-01", archive=[Row(name=name, description=name) for name in names])
    path = tmp_path / "2024-06-02_both.csv"
    with register.open() as ledger:
        ledger.export(path)
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert not [cell for line in lines for cell in line.values() if runs(cell)]
    assert {line["name"] for line in lines} == {formula.disarmed(name) for name in register.names()}
    (result,) = pipeline.ingest(register.home, [path]).files
    assert "is a table of all versions" in result.refused


def test_figures_stay_figures() -> None:
    assert rows.as_csv(("a", "b"), [(-3, -1.5), (None, "-3")]) == "a,b\n-3,-1.5\n,'-3\n"


@pytest.mark.parametrize("written", ["'=Clinic", "'-", "'+1", "'@a"])
def test_the_apostrophe_of_another_hand_is_taken_off_as_well(register: MadeUpRegister, written: str) -> None:
    register.look("2024-06-01", archive=[Row(name=written), Row(name="'tis Clinic", individuals=700)])
    assert register.names() == sorted([written[1:], "'tis Clinic"])


def test_a_table_of_ours_of_another_day_changes_nothing(register: MadeUpRegister, tmp_path: Path) -> None:
    """It says what the ledger says, so it is no revision, and the ids stay."""
    register.look("2024-06-01", archive=[Row(name="=A"), Row(name="B"), Row(name="-", individuals=9000)])
    path = tmp_path / "2024-06-02_both.csv"
    path.write_text(table_of(register), encoding="utf-8")
    with register.open() as ledger:
        before = [one["id"] for one in ledger.notices()]
    assert not pipeline.ingest(register.home, [path]).files[0].refused
    with register.open() as ledger:
        assert [one["id"] for one in ledger.notices()] == before
        assert {len(one["trail"]) for name in ("=A", "B") for one in ledger.show(name)} == {1}


def test_exports_made_up_run_nowhere(tmp_path: Path) -> None:
    from breachtrail.simulate import exports
    from breachtrail.simulate.life import Life

    made = exports.write(tmp_path / "made", Life(notices=200, snapshots=1, seed=1))
    for path in made.files:
        with path.open(encoding="utf-8", newline="") as file:
            assert not [cell for line in csv.reader(file) for cell in line if runs(cell)]
