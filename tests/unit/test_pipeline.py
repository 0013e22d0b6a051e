"""The whole day: files of any dress in, one sealed generation out; what is refused leaves the ledger as it was."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest
from made_up import PORTAL, MadeUpRegister, Row, export, table, workbook

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import LedgerBroken, LedgerMissing
from breachtrail.ledger.raw import Raw
from breachtrail.ledger.store import Head, Store

ROWS = [
    Row(
        name="Clínica “Niño”, Inc.", individuals=4237, submitted_on=date(2024, 5, 28), locations="Email, Network Server"
    ),
    Row(name="Plain Plan", entity_type="Health Plan", state="", individuals="", submitted_on=date(2024, 5, 13)),
    Row(name="Told Lab", individuals=501, submitted_on=date(2024, 4, 30), description="One line.\nAnother, of “two”."),
]
DAY = "2024-06-01"


def content(home: Path) -> list[tuple[Any, ...]]:
    """What the ledger says of its notices, in whatever dress the file came."""
    columns = [column for column in PORTAL if column != "description"]
    with breachtrail.open(home) as ledger:
        return [
            (*(notice[column] for column in columns), " ".join((notice["description"] or "").split()))
            for notice in ledger.notices(order="name")
        ]


def head(home: Path) -> Head:
    return Store(home).head()


# --- any dress


def sheet(path: Path, rows: list[Row]) -> Path:
    return workbook(path, [list(line) for line in table(rows)])


def zipped(path: Path, rows: list[Row]) -> Path:
    with ZipFile(path, "w") as archive:
        archive.write(export(path.with_suffix(".csv"), rows), "breach_report.csv")
    return path


def csv(**dress: Any) -> Callable[[Path, list[Row]], Path]:
    return lambda path, rows: export(path, rows, **dress)


UIPANEL = [
    f"javax.faces.component.UIPanel@{place}f" if place in (0, 7) else word for place, word in enumerate(PORTAL.values())
]
DRESSES = {
    "as downloaded": csv(quoted=True),
    "with a mark": csv(encoding="utf-8-sig", ends="\r\n"),
    "cp1252": csv(encoding="cp1252", ends="\r\n"),
    "bare returns": csv(encoding="cp1252", ends="\r"),
    "UTF-16": csv(encoding="utf-16", ends="\r\n"),
    "ISO days": csv(day="%Y-%m-%d"),
    "days with a time": csv(day="%Y-%m-%d 00:00:00"),
    "day before month": csv(day="%d/%m/%Y"),
    "years of two digits": csv(day="%m/%d/%y"),
    "broken header": csv(header=UIPANEL),
    "columns of somebody's own": csv(extra={"Year": "2024", "Remark": "none"}),
    "columns in another order": csv(columns=tuple(reversed(PORTAL))),
    "a workbook": sheet,
    "a zip": zipped,
}


def dressed(row: Row) -> Row:
    """A row as a spreadsheet and a wrong encoding leave it."""
    return replace(
        row,
        name=f"  {row.name} ".encode().decode("cp1252"),
        individuals=f"{row.individuals:,}.0" if row.individuals else "\\N",
        state=row.state or "\\N",
    )


@pytest.mark.parametrize("dress", DRESSES)
def test_the_same_rows_in_any_dress_are_the_same_notices(tmp_path: Path, dress: str) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    pipeline.ingest(plain, [export(tmp_path / f"{DAY}_archive.csv", ROWS)])
    folder = tmp_path / "dressed"
    folder.mkdir()
    file = DRESSES[dress](folder / f"{DAY}_archive.x", ROWS)
    (result,) = pipeline.ingest(other, [file]).files
    assert (result.refused, result.rows, result.accepted, result.held) == ("", 3, 3, 0)
    assert content(other) == content(plain)
    assert len(content(plain)) == 3


def test_a_dress_says_what_it_was_and_which_columns_were_not_read(register: MadeUpRegister) -> None:
    file = register.write(DAY, "archive", ROWS, encoding="cp1252", ends="\r\n", extra={"Remark": "x", "Year": "2024"})
    (result,) = pipeline.ingest(register.home, [file]).files
    assert (result.dress, result.unread) == ("CSV, cp1252, CRLF", ("Remark",))
    with register.open() as ledger:
        (look,) = ledger.coverage()
    assert (look.dress, look.unread) == (result.dress, result.unread)


def test_another_dress_on_a_later_day_revises_nothing(register: MadeUpRegister) -> None:
    plain = [replace(row, name=row.name.replace("“", "'").replace("”", "'")) for row in ROWS]
    pipeline.ingest(register.home, [register.write(DAY, "archive", plain)])
    later = register.write(
        "2024-07-01", "archive", [dressed(row) for row in plain], encoding="utf-8-sig", ends="\r\n", day="%Y-%m-%d"
    )
    (day,) = pipeline.ingest(register.home, [later]).days
    assert (day.listed, day.new, day.changed, day.missing + day.closed) == (3, 0, 0, 0)


# --- refusals


def truncated(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n").rsplit(",", 3)[0], encoding="utf-8")


def two_in_a_zip(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    with ZipFile(path, "w") as archive:
        archive.writestr("one.csv", text)
        archive.writestr("two.csv", text)


REFUSED: dict[str, Callable[[Path], Any]] = {
    "an HTML page": lambda path: path.write_text("<!DOCTYPE html><html><body>Session expired</body></html>"),
    "JSON": lambda path: path.write_text('{"rows": []}'),
    "nothing": lambda path: path.write_bytes(b""),
    "a header alone": lambda path: export(path, []),
    "a file cut in a row": truncated,
    "a file cut in a quotation": lambda path: path.write_text(path.read_text(encoding="utf-8")[:-20]),
    "another register": lambda path: path.write_text("Organization Name,Reported Date,Affected\nExample,1/2/2024,5\n"),
    "a workbook that is none": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 4096),
    "a workbook of something else": lambda path: workbook(path, [["Month", "Rain"], ["May", 12]]),
    "two exports in a zip": two_in_a_zip,
    "a file that is gone": Path.unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> MadeUpRegister:
    """A register looked at on two days; for tests that leave it as it is."""
    register = MadeUpRegister(tmp_path_factory.mktemp("grown") / "ledger")
    register.look("2024-06-01", under_investigation=ROWS, archive=[Row(name="Old")])
    register.look("2024-07-01", under_investigation=ROWS[1:], archive=[Row(name="Old"), ROWS[0]])
    return register


@pytest.mark.parametrize("day", ["2024-08-01", "2024-05-30"], ids=["new", "late"])
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_export_is_refused_with_a_sentence_and_the_ledger_is_as_it_was(
    grown: MadeUpRegister, what: str, day: str
) -> None:
    before = head(grown.home)
    path = grown.write(day, "archive", [Row(name="Said", description="Said and, as it is, done with it.")])
    REFUSED[what](path)
    result = pipeline.ingest(grown.home, [path])
    (file,) = result.files
    assert path.name in file.refused
    assert file.refused.endswith(".")
    assert "\n" not in file.refused
    assert (file.rows, file.accepted, file.held) == (0, 0, 0)
    assert result.head == before == head(grown.home)
    assert len(Raw(grown.home).sidecars()) == 4
    assert not list((grown.home / "raw").glob("*.pending"))


def test_a_refusal_does_not_keep_the_other_files_out(register: MadeUpRegister) -> None:
    bad = register.write("2024-06-15", "archive", ROWS)
    bad.write_text("<html>")
    good = [register.write(day, "archive", ROWS) for day in ("2024-06-01", "2024-07-01")]
    result = pipeline.ingest(register.home, [good[0], bad, good[1]])
    assert sorted((file.name, bool(file.refused)) for file in result.files) == [
        ("2024-06-01_archive.csv", False),
        ("2024-06-15_archive.csv", True),
        ("2024-07-01_archive.csv", False),
    ]
    assert len(Raw(register.home).sidecars()) == 2


def test_where_everything_is_refused_no_ledger_is_made(register: MadeUpRegister) -> None:
    bad = register.write(DAY, "archive", ROWS)
    bad.write_text("{}")
    assert pipeline.ingest(register.home, [bad]).head is None
    with pytest.raises(LedgerMissing):
        register.open()


def test_a_file_of_unknown_day_is_refused_and_told_what_to_add(register: MadeUpRegister) -> None:
    file = export(register.folder / "breach_report.csv", ROWS)
    (result,) = pipeline.ingest(register.home, [file], view="archive").files
    assert "--taken" in result.refused
    (result,) = pipeline.ingest(register.home, [file], view="archive", taken=date(2024, 6, 1)).files
    assert (result.refused, result.taken_on, result.view) == ("", date(2024, 6, 1), "archive")


def test_the_same_bytes_are_not_taken_for_two_views(grown: MadeUpRegister) -> None:
    before = head(grown.home)
    copy = shutil.copy(grown.folder / "2024-06-01_archive.csv", grown.folder / "2024-08-01_under_investigation.csv")
    (result,) = pipeline.ingest(grown.home, [Path(copy)]).files
    assert "same bytes" in result.refused
    assert head(grown.home) == before


# --- conservation


def test_rows_of_a_file_are_those_accepted_and_those_held(register: MadeUpRegister) -> None:
    rows = [*ROWS, Row(individuals="many"), Row(name=""), Row(submitted_on="soon"), *ROWS]
    (result,) = register.look(DAY, archive=rows).files
    assert (result.rows, result.accepted, result.held) == (9, 6, 3)
    with register.open() as ledger:
        (look,) = ledger.coverage()
        assert (look.rows, look.accepted, look.held) == (9, 6, 3)
        assert len(ledger.held()) == 3
        assert ledger.ask("notices").records() == [{"notices": 6}]


# --- once is enough, in any order


def test_a_file_that_is_in_already_changes_nothing(grown: MadeUpRegister) -> None:
    before = head(grown.home)
    for name in ("2024-06-01_archive.csv", "2024-07-01_under_investigation.csv"):
        shutil.copy(grown.folder / name, grown.folder / f"copy of {name}")
        result = pipeline.ingest(grown.home, [grown.folder / name, grown.folder / f"copy of {name}"])
        assert [file.known for file in result.files] == [True, True]
        assert result.head == before == head(grown.home)


def test_a_file_named_twice_in_one_run_is_read_once(register: MadeUpRegister) -> None:
    file = register.write(DAY, "archive", ROWS)
    result = pipeline.ingest(register.home, [file, file])
    assert sorted(one.known for one in result.files) == [False, True]
    with register.open() as ledger:
        assert len(ledger.coverage()) == 1


def test_files_may_come_in_one_run_or_in_many_and_in_any_order(grown: MadeUpRegister, tmp_path: Path) -> None:
    files = sorted(path for path in grown.folder.glob("2024-0[67]-01_*.csv"))
    assert len(files) == 4
    for place, order in enumerate((files, files[::-1], [files[1], files[3], files[0], files[2]])):
        home = tmp_path / str(place)
        for file in order:
            pipeline.ingest(home, [file])
        assert head(home).content == head(grown.home).content
    pipeline.ingest(tmp_path / "at once", files[::-1])
    assert head(tmp_path / "at once").content == head(grown.home).content


# --- rebuild and verify


def test_a_rebuild_gives_the_same_ledger(grown: MadeUpRegister, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    shutil.copytree(grown.home, home)
    shutil.rmtree(home / "ledger")
    rebuilt = pipeline.rebuild(home)
    assert rebuilt.head == head(home)
    assert head(home).content == head(grown.home).content
    assert content(home) == content(grown.home)


def test_a_rebuild_needs_raw_bytes(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing, match="no raw bytes"):
        pipeline.rebuild(tmp_path)


def test_a_sound_ledger_is_verified(grown: MadeUpRegister) -> None:
    laws = pipeline.verify(grown.home)
    assert [law.name for law in laws] == [
        *(
            "seal",
            "conservation",
            "intervals_tile",
            "ids",
            "sources",
            "versions",
            "words",
            "aliases",
            "records",
            "population",
        ),
        *("log", "raw", "rebuild"),
    ]
    assert all(law.holds for law in laws)
    assert (laws[-2].broken, laws[-2].of) == (0, 4)


@pytest.fixture
def copy(grown: MadeUpRegister, tmp_path: Path) -> Path:
    return shutil.copytree(grown.home, tmp_path / "copy")


def spoil_bytes(home: Path) -> None:
    path = sorted((home / "raw").glob("*.zst"))[0]
    path.write_bytes(path.read_bytes()[:-1])


def lose_bytes(home: Path) -> None:
    sorted((home / "raw").glob("*.zst"))[0].unlink()


def lose_sidecar(home: Path) -> None:
    sorted((home / "raw").glob("*.json"))[0].unlink()


@pytest.mark.parametrize("spoil", [spoil_bytes, lose_bytes, lose_sidecar])
def test_spoilt_raw_bytes_are_noticed(copy: Path, spoil: Callable[[Path], None]) -> None:
    spoil(copy)
    broken = {law.name: law.broken for law in pipeline.verify(copy) if not law.holds}
    assert broken == {"raw": 1}


def test_spoilt_raw_bytes_cannot_be_rebuilt_from_and_the_ledger_stays(copy: Path) -> None:
    before = head(copy)
    spoil_bytes(copy)
    with pytest.raises(LedgerBroken, match="restore them from a copy"):
        pipeline.rebuild(copy)
    assert head(copy) == before


def test_a_generation_that_somebody_changed_is_noticed(copy: Path) -> None:
    with duckdb.connect(str(Store(copy).path(head(copy).generation))) as engine:
        engine.execute("UPDATE version SET individuals = individuals + 1")
    broken = {law.name for law in pipeline.verify(copy) if not law.holds}
    assert broken == {"seal"}


def test_a_broken_ledger_is_mended_by_a_rebuild(copy: Path, grown: MadeUpRegister) -> None:
    Store(copy).path(head(copy).generation).write_bytes(b"spoilt")
    with pytest.raises(LedgerBroken):
        breachtrail.open(copy)
    pipeline.rebuild(copy)
    assert content(copy) == content(grown.home)


def test_progress_is_told(register: MadeUpRegister) -> None:
    told: list[tuple[str, int, int]] = []
    files = [register.write(day, "archive", ROWS) for day in ("2024-06-01", "2024-07-01")]
    pipeline.ingest(register.home, files, progress=lambda *step: told.append(step))
    assert {"2024-06-01_archive.csv", "2024-07-01_archive.csv"} <= {what for what, _, _ in told}
