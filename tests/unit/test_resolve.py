"""Whose notice a name in an article means."""

from pathlib import Path

from claimed import question
from made_up import MadeUpRegister, Row

from breachtrail.claims import resolve
from breachtrail.claims.resolve import Organisation

ROWS = [
    Row("Ascension Health", individuals=5_466_931),
    Row("Ascension Borgess Hospital", individuals=900),
    Row("Centers for Medicare & Medicaid Services", individuals=3_112_815),
    Row("Kaiser Foundation Health Plan, Inc.", individuals=13_400_000),
    Row("CMS Energy Clinic", individuals=800),
    Row("Lakeside Womens Clinic", individuals=700),
    Row("Lakeview Imaging", individuals=2_000),
    Row("Northern Imaging", individuals=2_500),
    Row("Acme Diagnostics LLC", "CA", individuals=61_000),
]


def found(tmp_path: Path, *names: str, year: int | None = 2024) -> list[Organisation]:
    register = MadeUpRegister(tmp_path / "home")
    register.look("2024-06-01", under_investigation=ROWS[:4], archive=ROWS[4:])
    with register.open() as ledger:
        return resolve.found(ledger, [(name, question(measure="individuals", year=year)) for name in names])


def test_the_vocabulary_knows_the_well_known_in_both_tongues(tmp_path: Path) -> None:
    chinese, short, english = found(tmp_path, "Medicare & Medicaid服务中心", "CMS", "Kaiser Permanente")
    assert chinese.names == short.names == ("Centers for Medicare & Medicaid Services",)
    assert english.names == ("Kaiser Foundation Health Plan, Inc.",)


def test_the_largest_of_several_names_comes_first(tmp_path: Path) -> None:
    [one] = found(tmp_path, "Ascension Health")
    assert one.names[0] == "Ascension Health"


def test_another_spelling_is_found_by_likeness(tmp_path: Path) -> None:
    [one] = found(tmp_path, "Lakeside Women's Clinics")
    assert one.names == ("Lakeside Womens Clinic",)


def test_the_letters_of_a_name_within_chinese(tmp_path: Path) -> None:
    [one] = found(tmp_path, "Acme Diagnostics公司")
    assert one.names == ("Acme Diagnostics LLC",)


def test_nobody_is_nobody(tmp_path: Path) -> None:
    """Neither are a few letters with which some names begin."""
    assert [one.condition for one in found(tmp_path, "Entirely Unknown Hospital", "某医院", "Lak", "IN")] == [None] * 4


def test_outside_the_period_is_said(tmp_path: Path) -> None:
    assert [one.in_period for one in found(tmp_path, "Acme Diagnostics")] == [True]
    assert [one.in_period for one in found(tmp_path / "b", "Acme Diagnostics", year=2020)] == [False]


def test_names_of_several_are_unsure(tmp_path: Path) -> None:
    imaging, acme = found(tmp_path, "Imaging", "Acme Diagnostics")
    assert imaging.is_unsure
    assert not acme.is_unsure


def test_nothing_wanted_is_nothing_found(tmp_path: Path) -> None:
    assert found(tmp_path) == []
