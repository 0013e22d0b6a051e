"""The register's own record ids: the first rung of matching, where lists show them; whatever else they show."""

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up import MadeUpRegister, Row

from breachtrail import pipeline
from breachtrail.ledger.raw import sha256
from breachtrail.ledger.store import Store

ALPHA = Row(name="Alpha Clinic", individuals="1200", submitted_on="05/20/2024")
BETA = Row(name="Beta Health", individuals="700", submitted_on="05/13/2024")
Listed = list[tuple[str, Row]]


def write(register: MadeUpRegister, day: str, view: str, rows: Listed) -> Path:
    """A list as it is read from the portal's page: the export's columns with the record id before them."""
    plain = register.write(f"{day} plain", view, [row for _, row in rows])
    header, *lines = plain.read_text(encoding="utf-8").splitlines()
    path = plain.with_name(f"{day}_{view}_records.csv")
    told = [f'"Record Id",{header}', *(f'"{record}",{line}' for (record, _), line in zip(rows, lines, strict=True))]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    plain.unlink()
    return path


def look(register: MadeUpRegister, day: str, *, rows: Listed, view: str = "under_investigation") -> None:
    done = pipeline.ingest(register.home, [write(register, day, view, rows)])
    assert [one.refused for one in done.files if one.refused] == []


def notices(register: MadeUpRegister) -> list[tuple[str, list[str]]]:
    """Each notice as its record ids and the rungs of its versions, oldest first."""
    _, engine = Store(register.home).read()
    with engine:
        return engine.execute(
            "SELECT coalesce((SELECT string_agg(record_id, '+' ORDER BY known_from) FROM record "
            "WHERE record.notice = version.notice), ''), list(rung ORDER BY known_from) FROM version GROUP BY notice ORDER BY notice"
        ).fetchall()


def test_a_record_is_the_same_notice_whatever_else_it_says(register: MadeUpRegister) -> None:
    look(register, "2024-06-01", rows=[("7", ALPHA), ("8", BETA)])
    other = replace(ALPHA, name="Quite Another Name", individuals="9000000", state="NY")
    look(register, "2024-06-02", rows=[("7", other), ("8", BETA)])
    assert sorted(notices(register)) == [("7", ["new", "same record"]), ("8", ["new"])]


def test_two_records_in_a_view_are_two_notices_however_alike(register: MadeUpRegister) -> None:
    """One goes and an equal one comes: without record ids nobody could tell."""
    look(register, "2024-06-01", rows=[("7", ALPHA), ("8", BETA)])
    look(register, "2024-06-02", rows=[("9", ALPHA), ("8", BETA)])
    assert sorted(notices(register))[0][0] == "7"
    assert [record for record, _ in sorted(notices(register))] == ["7", "8", "9"]


def test_equal_twins_that_change_places_are_told_apart(register: MadeUpRegister) -> None:
    twins = [replace(ALPHA, individuals="500"), replace(ALPHA, individuals="500")]
    look(register, "2024-06-01", rows=[("7", twins[0]), ("9", twins[1]), ("8", BETA)])
    look(register, "2024-06-02", rows=[("9", replace(ALPHA, individuals="4000")), ("7", twins[0]), ("8", BETA)])
    told = dict(notices(register))
    assert (told["9"], told["7"]) == (["new", "same record"], ["new"])


def test_ids_that_were_given_anew_join_nothing(register: MadeUpRegister) -> None:
    """The portal numbers its records again: the same number, another name and day. The ladder goes on as without."""
    look(register, "2024-06-01", rows=[("7", ALPHA), ("8", BETA)])
    look(register, "2024-06-02", rows=[("8", ALPHA), ("7", replace(BETA, individuals="900"))])
    assert len(notices(register)) == 2
    assert sorted(rungs for _, rungs in notices(register)) == [["new"], ["new", "same name"]]


def test_a_move_between_views_may_give_another_id(register: MadeUpRegister) -> None:
    look(register, "2024-06-01", rows=[("7", ALPHA), ("8", BETA)])
    paths = [
        write(register, "2024-06-02", "under_investigation", [("8", BETA)]),
        write(register, "2024-06-02", "archive", [("1007", ALPHA)]),
    ]
    pipeline.ingest(register.home, paths)
    assert sorted(notices(register)) == [("7+1007", ["new", "same content"]), ("8", ["new"])]


def test_a_move_that_changes_the_count_too_is_followed_by_name_and_day(register: MadeUpRegister) -> None:
    look(register, "2024-06-01", rows=[("7", ALPHA), ("8", BETA)])
    paths = [
        write(register, "2024-06-02", "under_investigation", [("8", BETA)]),
        write(register, "2024-06-02", "archive", [("1007", replace(ALPHA, individuals="4000"))]),
    ]
    pipeline.ingest(register.home, paths)
    assert sorted(notices(register)) == [("7+1007", ["new", "same name"]), ("8", ["new"])]


def test_an_id_given_for_a_row_that_two_other_files_show_too_stays_valid(register: MadeUpRegister) -> None:
    """The row of the list gives way to that of one export, and this to that of another; the id was given for the first."""
    listed = write(register, "2024-06-02", "archive", [("7", ALPHA)])
    others: list[Path] = []
    for number in range(200):  # in the order of a day's files, which is that of their hashes
        path = register.write(f"2024-06-02 {number}", "archive", [replace(ALPHA, description=f"Closed {number}.")])
        if sha256(path) > sha256((others or [listed])[-1]):
            others.append(path)
        if len(others) == 2:
            break
    for path in (listed, *others, register.write("2024-06-01", "archive", [replace(ALPHA, individuals="900")])):
        pipeline.ingest(register.home, [path], taken=date.fromisoformat(path.name[:10]))
    assert [law.name for law in pipeline.verify(register.home) if not law.holds] == []
    _, engine = Store(register.home).read()
    with engine:
        assert engine.execute("SELECT count(*) FROM alias").fetchone() == (1,)


def test_the_export_of_the_day_lends_its_rows_the_ids(register: MadeUpRegister) -> None:
    """The export has the descriptions, the list the ids: one notice has both, whichever file comes first."""
    closed = replace(ALPHA, description="It was closed.")
    paths = [
        register.write("2024-06-01", "archive", [closed, BETA]),
        write(register, "2024-06-01", "archive", [("7", replace(ALPHA, description="")), ("8", BETA)]),
    ]
    heads = set()
    for order in itertools.permutations(paths):
        home = register.home.with_name(order[0].stem)
        for path in order:
            pipeline.ingest(home, [path])
        heads.add(Store(home).head().content)
    assert len(heads) == 1
    register.home = home
    _, engine = Store(home).read()
    with engine:
        assert engine.execute("SELECT count(*), count(description) FROM version").fetchone() == (2, 1)
    assert sorted(record for record, _ in notices(register)) == ["7", "8"]


@pytest.fixture
def some_days(register: MadeUpRegister) -> list[Path]:
    """Days with ids and without, renames, a twin, a move, a notice that goes."""
    twin = replace(ALPHA, individuals="501")
    return [
        register.write("2024-06-01", "under_investigation", [ALPHA, twin, BETA]),
        write(register, "2024-06-02", "under_investigation", [("7", ALPHA), ("9", twin), ("8", BETA)]),
        register.write("2024-06-03", "under_investigation", [replace(ALPHA, individuals="2000"), twin, BETA]),
        write(register, "2024-06-04", "under_investigation", [("9", replace(twin, name="Omega"))]),
        write(register, "2024-06-04", "archive", [("7", replace(ALPHA, individuals="2000", description="Closed."))]),
        register.write("2024-06-04", "archive", [replace(ALPHA, individuals="2000", description="Closed.")]),
        register.write("2024-06-05", "under_investigation", [replace(twin, name="Omega")]),
        register.write("2024-06-05", "archive", [replace(ALPHA, individuals="2000", description="Closed.")]),
    ]


def test_in_any_order_and_rebuilt_the_ledger_is_the_same(register: MadeUpRegister, some_days: list[Path]) -> None:
    """One after the other, the last days first: ids are given for rows that other files of the day show too."""
    pipeline.ingest(register.home, some_days)
    other = register.home.with_name("the other way")
    for path in some_days[4:] + some_days[:4]:
        pipeline.ingest(other, [path])
    assert Store(other).head().content == Store(register.home).head().content
    assert [law.name for law in pipeline.verify(other) if not law.holds] == []
    assert sorted(notices(register))[0][0] == "7"
    assert dict(notices(register))["9"][-1] == "same record"


def test_what_is_known_of_a_record_is_forgotten_with_its_day(register: MadeUpRegister) -> None:
    """An older snapshot turns up: the days after it are lived through again, and ids are learnt again."""
    look(register, "2024-06-05", rows=[("7", ALPHA)])
    look(register, "2024-06-02", rows=[("7", replace(ALPHA, individuals="800"))])
    _, engine = Store(register.home).read()
    with engine:
        assert engine.execute("SELECT record_id, known_from::VARCHAR FROM record").fetchall() == [("7", "2024-06-02")]
    assert notices(register) == [("7", ["new", "same record"])]
