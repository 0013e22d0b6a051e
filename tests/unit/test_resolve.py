"""Whose notice a name in an article means."""

from collections.abc import Callable
from pathlib import Path

import pytest
from handmade import question
from made_up import MadeUpRegister, Row

import breachtrail
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


Found = Callable[..., list[Organisation]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = MadeUpRegister(tmp_path_factory.mktemp("resolve") / "home")
    register.look("2024-06-01", under_investigation=ROWS[:4], archive=ROWS[4:])
    return register.home


@pytest.fixture
def found(home: Path) -> Found:
    def call(*names: str, year: int | None = 2024) -> list[Organisation]:
        with breachtrail.open(home) as ledger:
            return resolve.found(ledger, [(name, question(measure="individuals", year=year)) for name in names])

    return call


def test_the_vocabulary_knows_the_well_known_in_both_tongues(found: Found) -> None:
    chinese, short, english = found("Medicare & Medicaid服务中心", "CMS", "Kaiser Permanente")
    assert chinese.names == short.names == ("Centers for Medicare & Medicaid Services",)
    assert english.names == ("Kaiser Foundation Health Plan, Inc.",)


def test_the_largest_of_several_names_comes_first(found: Found) -> None:
    [one] = found("Ascension Health")
    assert one.names[0] == "Ascension Health"


def test_another_spelling_is_found_by_likeness(found: Found) -> None:
    [one] = found("Lakeside Women's Clinics")
    assert one.names == ("Lakeside Womens Clinic",)


def test_the_letters_of_a_name_within_chinese(found: Found) -> None:
    [one] = found("Acme Diagnostics公司")
    assert one.names == ("Acme Diagnostics LLC",)


def test_nobody_is_nobody(found: Found) -> None:
    """Neither are a few letters with which some names begin."""
    assert [one.condition for one in found("Entirely Unknown Hospital", "某医院", "Lak", "IN")] == [None] * 4


def test_outside_the_period_is_said(found: Found) -> None:
    assert [one.in_period for one in found("Acme Diagnostics")] == [True]
    assert [one.in_period for one in found("Acme Diagnostics", year=2020)] == [False]


def test_names_of_several_are_unsure(found: Found) -> None:
    imaging, acme = found("Imaging", "Acme Diagnostics")
    assert imaging.is_unsure
    assert not acme.is_unsure


def test_nothing_wanted_is_nothing_found(found: Found) -> None:
    assert found() == []
