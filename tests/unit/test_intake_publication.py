"""What goes out, and that it is read back as any register: columns, two views, one look a day, and no contact person."""

import csv
import datetime as dt

import pytest
from filed import FILER, NOW, PUBLISHER, REVIEWER, answers, block, filed, published

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import FileRefused, IntakeConflict, IntakeForbidden
from breachtrail.intake import decision, filing, listing, publication, report, setting
from breachtrail.intake.field import FIELDS
from breachtrail.registers import register

NEXT_DAY = NOW + dt.timedelta(days=1)


def decide(office, actor, one, what):
    decision.decide(
        office, actor, one, what, "Closed: a mail account.", NOW, seen=report.read(office, actor, one).version
    )


def test_the_columns_are_the_portals_behind_the_number_of_the_notice() -> None:
    portal = [names[0] for names in register.load("us_hhs_ocr").columns.values()]
    assert list(listing.COLUMNS) == ["Record Number", *portal]


@pytest.mark.parametrize(
    ("filer", "row"),
    [
        ("covered_entity", ["A Clinic", "TX", "Healthcare Provider", "No"]),
        ("entity_for_associate", ["A Clinic", "TX", "Healthcare Provider", "Yes"]),
        ("associate", ["A Vendor", "OH", "Business Associate", "Yes"]),
        ("associate_for_many", ["A Vendor", "OH", "Business Associate", "Yes"]),
    ],
)
def test_a_row_says_who_filed_and_whether_an_associate_was_there(office, filer: str, row: list[str]) -> None:
    said = {"filer": filer, "entities": "name,state\nA Clinic,TX\n", **block("associate", "A  Vendor ", "OH")}
    published(office, filed(office, name="A Clinic", **said))
    (written,) = listing.rows(office, "under_investigation")
    assert [*written[1:4], written[8]] == row


def test_only_the_columns_of_the_register_leave_the_store(office, tmp_path) -> None:
    """Every answer that is not public is marked, and no mark comes out."""
    public = {"entity_name", "entity_state", "entity_type", "individuals", "breach_type", "locations", "filer"}
    said = answers(individuals=741)
    marked = {
        field.name: f"secret-{field.name}" for field in FIELDS if field.kind in ("text", "long") and not field.shape
    }
    marked = {name: mark for name, mark in marked.items() if name in said and name not in public}
    one = filed(office, **marked, entity_email="secret@example.org", entity_phone="555 777 7777", entity_zip="99999")
    published(office, one)
    decide(office, PUBLISHER, one, "archive")
    done = publication.publish(office, tmp_path / "out", NOW)
    out = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir()).decode()
    assert len(marked) > 5
    assert not [word for word in ("secret", "777", "99999", "2026-06-", "06/0", "06/1") if word in out]
    assert sorted(done.rows.values()) == [0, 1]


def test_a_snapshot_is_read_back_as_the_register_own(office, tmp_path) -> None:
    out = tmp_path / "out"
    first, second, third = (filed(office, name=f"Clinic {n}", individuals=500 + n) for n in range(3))
    for one in (first, second, third):
        published(office, one)
    publication.publish(office, out, NOW)
    filing.addendum(office, FILER, report.read(office, FILER, first).tracking_number, NOW)
    filing.save(office, FILER, first, {"individuals": "192700000", "attested": "true_and_accurate"}, NOW)
    filing.file(office, FILER, first, NOW)
    decide(office, REVIEWER, first, "accept")
    decide(office, PUBLISHER, second, "archive")
    publication.publish(office, out, NEXT_DAY)
    pipeline.ingest(tmp_path / "ledger", sorted(out.glob("*.csv")), register_name="own")
    assert all(law.holds for law in pipeline.verify(tmp_path / "ledger"))
    with breachtrail.open(tmp_path / "ledger") as ledger:
        for day, people in (("2026-08-03", 1503), ("2026-08-04", 192700000 + 501 + 502)):
            (row,) = ledger.ask("notices", "individuals", register="own", as_of=day).rows
            assert tuple(row) == (3, people)


def test_a_formula_stays_a_name(office, tmp_path) -> None:
    published(office, filed(office, name="=1+1 Clinic"))
    done = publication.publish(office, tmp_path, NOW)
    text = next(iter(done.rows)).read_text(encoding="utf-8")
    assert '"\'=1+1 Clinic"' in text
    pipeline.ingest(tmp_path / "ledger", sorted(tmp_path.glob("*.csv")), register_name="own")
    with breachtrail.open(tmp_path / "ledger") as ledger:
        assert [notice["name"] for notice in ledger.notices(register="own")] == ["=1+1 Clinic"]


def test_the_portals_register_takes_no_export_of_ones_own(office, tmp_path) -> None:
    publication.publish(office, tmp_path, NOW)
    with pytest.raises(FileRefused, match="--register own"):
        register.recognise(list(listing.COLUMNS), "x.csv", "us_hhs_ocr")
    assert register.recognise(list(listing.COLUMNS), "x.csv")[0].name == "own"
    with pytest.raises(FileRefused, match="Record Number"):
        register.recognise(list(listing.COLUMNS[1:]), "x.csv", "own")


def test_a_register_is_published_once_a_day(office, tmp_path) -> None:
    published(office, filed(office))
    assert publication.publish(office, tmp_path, NOW).is_new
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert not publication.publish(office, tmp_path, NOW).is_new
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    published(office, filed(office))
    with pytest.raises(IntakeConflict, match="once a day"):
        publication.publish(office, tmp_path, NOW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert (
        publication.publish(office, tmp_path, NOW, replace=True).rows[tmp_path / "2026-08-03_under_investigation.csv"]
        == 2
    )
    publication.publish(office, tmp_path, NEXT_DAY)
    with (tmp_path / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        assert [line["rows"] for line in csv.DictReader(lines, delimiter="\t")] == ["0", "2", "0", "2"]


def test_a_list_of_other_files_is_left_alone(office, tmp_path) -> None:
    (tmp_path / "MANIFEST.tsv").write_text("file\tcolour\nx.csv\tred\n", encoding="utf-8")
    with pytest.raises(IntakeConflict, match="did not publish"):
        publication.publish(office, tmp_path, NOW)


def test_the_day_is_the_registers_own(office, tmp_path) -> None:
    setting.write(office, None, "timezone", "Pacific/Auckland")
    assert publication.publish(office, tmp_path, NOW).day == dt.date(2026, 8, 4)


def test_the_sums_are_the_offices(office) -> None:
    with pytest.raises(IntakeForbidden):
        listing.sums(office, FILER)
