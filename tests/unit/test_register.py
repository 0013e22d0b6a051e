"""What a register folder provides, and which register's export a file is."""

from datetime import date

import pytest
from made_up import PORTAL

from breachtrail.errors import FileRefused
from breachtrail.notices.shape import NAMES
from breachtrail.registers import register


def test_the_portal_is_among_the_registers() -> None:
    assert "us_hhs_ocr" in register.names()


@pytest.mark.parametrize("name", register.names())
def test_every_folder_says_what_its_register_is(name: str) -> None:
    described = register.load(name)
    assert described.name == name
    assert described.id_prefix
    assert described.id_prefix.isascii()
    assert set(described.title) == {"en", "zh"}
    assert described.url.startswith("https://")
    assert set(described.columns) <= set(NAMES)
    assert len(described.views) == len(set(described.views)) > 0
    assert isinstance(described.views_since, date)


def test_the_portal_has_two_views_since_july_2017() -> None:
    portal = register.load("us_hhs_ocr")
    assert portal.views == ("under_investigation", "archive")
    assert (portal.views_since.year, portal.views_since.month) == (2017, 7)
    assert portal.threshold == 500


def test_a_header_is_recognised_without_being_told_whose_it_is() -> None:
    found, layout = register.recognise(list(PORTAL.values()), "a.csv")
    assert found.name == "us_hhs_ocr"
    assert layout.width == len(PORTAL)


@pytest.mark.parametrize("wanted", [None, "us_hhs_ocr"])
def test_the_export_of_another_register_is_refused_by_name_and_column(wanted: str | None) -> None:
    header = ["Organization Name", "Date(s) of Breach", "Reported Date"]
    with pytest.raises(FileRefused) as refusal:
        register.recognise(header, "elsewhere.csv", wanted)
    said = str(refusal.value)
    assert said.startswith("elsewhere.csv is no export of HHS OCR breach portal")
    assert "'Individuals Affected'" in said
    assert "'Organization Name'" in said
