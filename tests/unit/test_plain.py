"""Rows just as the portal writes them are read as the screen would read them, in the order of the file."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import PORTAL, Row, export

from breachtrail import pipeline
from breachtrail.notices import plain
from breachtrail.registers import files

#: Cells that are nearly what the portal writes, and some that are: each may be plain, but none may be read otherwise.
ODD = {
    "name": [
        "A",
        " A",
        "A ",
        "A\u00a0",
        "Clínica",
        "ClÃ­nica",
        "NULL",
        "",
        "\\N",
        "Ａ",
        "A\x7f",
        '"A"',
        "A, B",
        "a\tb",
        "'=A",
        "'A",
        "=A",
    ],
    "state": ["TX", "tx", " TX", "", "Texas", "ZZ", "NULL"],
    "entity_type": ["Health Plan", "health plan", "", "Healthcare Clearinghouse", "Clinic"],
    "individuals": [
        "500",
        "0",
        "0500",
        " 500",
        "500.0",
        "1,200",
        "1e3",
        "-5",
        "5_0",
        "999999999",
        "9999999999",
        "",
        "٣",
    ],
    "submitted_on": ["05/14/2024", "5/14/2024", "2024-05-14", "05/14/24", "02/30/2024", "01/01/2009", "12/31/2024", ""],
    "breach_types": ["Theft", "Loss, Theft", "Theft, Loss", "Theft,Loss", "Theft, Theft", "", "theft", "Sabotage"],
    "locations": ["Email", "Email, Laptop", "Laptop, Email", "E-mail", "", "Other", "Other Portable Electronic Device"],
    "business_associate": ["Yes", "No", "", "TRUE", "yes", "Perhaps"],
    "description": ["", "Stolen.", " Stolen.", "Two\nlines", "It’s", "Itâ€™s", "\\N", "NaN", "\u200bA", "'-A", "'tis"],
}
rows = st.lists(
    st.builds(
        Row, **{column: st.one_of(st.just(getattr(Row(), column)), st.sampled_from(ODD[column])) for column in ODD}
    ),
    min_size=1,
    max_size=6,
)


def content(folder: Path, file: Path) -> Any:
    pipeline.ingest(folder, [file])
    found = sorted((folder / "ledger").glob("*.duckdb"))
    if not found:
        return None
    with duckdb.connect(str(found[-1]), read_only=True) as engine:
        return [engine.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in ("version", "snapshot", "held")]


@settings(max_examples=settings.default.max_examples // 3)  # each makes two ledgers
@given(rows)
def test_what_is_plain_is_read_as_the_screen_reads_it(some: list[Row]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        anchor = Row(name="Anchor", submitted_on=date(2024, 1, 31))
        file = export(Path(folder) / "2024-06-01_archive.csv", [anchor, *some], quoted=True)
        swift = content(Path(folder) / "swift", file)
        patch.setattr(files, "clean_csv", lambda path: None)
        patient = content(Path(folder) / "patient", file)
    assert swift == patient


def test_the_portals_own_rows_are_plain(tmp_path: Path) -> None:
    """Else the test above compares the patient way with itself."""
    row = Row(submitted_on=date(2024, 5, 14), description="Somebody took a laptop.", locations="Email, Laptop")
    file = export(tmp_path / "2024-06-01_archive.csv", [row, replace(row, name="Clínica")], quoted=True)
    with duckdb.connect() as engine:
        plain.start(engine)
        relation = "read_csv($path, header=true, all_varchar=true, names=$names)"
        names = [f"c{place}" for place in range(len(PORTAL))]
        places = {column: place for place, column in enumerate(PORTAL)}
        plain.read(engine, relation, {"path": str(file), "names": names}, places, 9, 1, date(2024, 6, 1))
        found = engine.execute("SELECT name, individuals, locations, cells FROM reading").fetchall()
    assert found[0] == ("Example Clinic", 1200, "Email, Laptop", None)
    assert found[1][3] is not None


def test_rows_keep_the_order_of_their_file_however_many_read_it(tmp_path: Path) -> None:
    """A row's number is its place in ``reading``: were it read in any other order, every trail would lead astray."""
    file = tmp_path / "2024-06-01_archive.csv"
    header = ", ".join(f"'{name}' AS c{place}" for place, name in enumerate(PORTAL.values()))
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT {header} UNION ALL SELECT 'Clinic ' || i, 'TX', 'Health Plan', (500 + i)::VARCHAR, '05/14/2024', 'Theft', "
            f"'Email', 'No', repeat('long ago ', 12) || i FROM range(600_000) AS t(i)) TO '{file}' (HEADER false, FORCE_QUOTE *)"
        )
        before = file.read_bytes()[:200]
        assert before.startswith(b'"Name of Covered Entity"')
    pipeline.ingest(tmp_path / "home", [file])
    with duckdb.connect(str(next((tmp_path / "home" / "ledger").glob("*.duckdb"))), read_only=True) as engine:
        [(rows, astray)] = engine.execute(
            "SELECT count(*), count(*) FILTER (WHERE individuals <> 499 + row) FROM version"
        ).fetchall()
    assert (rows, astray) == (600_000, 0)
