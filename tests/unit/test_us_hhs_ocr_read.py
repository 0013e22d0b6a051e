"""Which cell of a row of the portal's exports holds which column of a notice."""

import pytest
from made_up import PORTAL

from breachtrail.errors import FileRefused
from breachtrail.registers.register import Layout, load
from breachtrail.registers.us_hhs_ocr.read import layout

HEADER = list(PORTAL.values())
PLACES = {column: place for place, column in enumerate(PORTAL)}
OLD_LIST = [
    *("Number", "Name of Covered Entity", "State", "Business Associate Involved", "Individuals Affected"),
    *("Date of Breach", "Type of Breach", "Location of Breached Information", "Date Posted or Updated", "Summary"),
]


def read(header: list[str]) -> Layout:
    return layout(load("us_hhs_ocr"), header, "a.csv")


def test_the_export_as_downloaded_is_read_whole() -> None:
    found = read(HEADER)
    assert found.places == PLACES
    assert (found.width, found.unread, found.derived) == (9, (), False)
    assert (found.associate_name, found.status) == (None, None)


@pytest.mark.parametrize(
    "dressed",
    [
        [word.upper() for word in HEADER],
        [word.replace(" ", "_").lower() for word in HEADER],
        [word.replace(" ", ".") for word in HEADER],
        [f" {word}\n" for word in HEADER],
    ],
)
def test_case_blanks_and_punctuation_of_a_header_do_not_matter(dressed: list[str]) -> None:
    assert read(dressed).places == PLACES


def test_columns_may_stand_in_any_order() -> None:
    found = read(HEADER[::-1])
    assert found.places == {column: 8 - place for column, place in PLACES.items()}


@pytest.mark.parametrize("broken", [(0, 7), (0,), (7,), (3, 4)])
def test_headers_that_the_portal_broke_are_told_by_their_place(broken: tuple[int, ...]) -> None:
    header = [
        f"javax.faces.component.UIPanel@{place:x}5f2e1e" if place in broken else word
        for place, word in enumerate(HEADER)
    ]
    found = read(header)
    assert found.places == PLACES
    assert not found.derived


@pytest.mark.parametrize(
    "header",
    [
        ["javax.faces.component.UIPanel@1", *HEADER[2:], "Web Description"],
        ["javax.faces.component.UIPanel@1", HEADER[2], HEADER[1], *HEADER[3:]],
        [*(f"javax.faces.component.UIPanel@{place}" for place in range(3)), *HEADER[3:]],
        ["javax.faces.component.UIPanel@1", *HEADER[1:], "Year"],
    ],
    ids=["one column less", "two columns swapped", "three broken", "one column more"],
)
def test_a_broken_header_is_not_guessed_where_the_others_do_not_stand_in_their_places(header: list[str]) -> None:
    with pytest.raises(FileRefused, match="Name of Covered Entity"):
        read(header)


@pytest.mark.parametrize("lost", ["name", "state", "individuals", "submitted_on", "breach_types", "locations"])
def test_a_file_without_one_of_the_columns_that_make_a_notice_is_refused(lost: str) -> None:
    with pytest.raises(FileRefused, match=PORTAL[lost]):
        read([word for word in HEADER if word != PORTAL[lost]])


@pytest.mark.parametrize("lost", ["entity_type", "business_associate", "description"])
def test_a_file_without_another_column_is_read_and_marked_as_derived(lost: str) -> None:
    found = read([word for word in HEADER if word != PORTAL[lost]])
    assert lost not in found.places
    assert set(found.places) == set(PORTAL) - {lost}
    assert found.derived


def test_columns_that_people_add_are_known_and_strange_ones_are_named() -> None:
    found = read(["rownames", *HEADER, "Year", "Threat Actor"])
    assert found.places == {column: place + 1 for column, place in PLACES.items()}
    assert found.unread == ("Threat Actor",)
    assert found.width == 12


def test_a_status_column_says_which_view_a_row_belongs_to() -> None:
    found = read([*HEADER, "Status"])
    assert found.status == 9
    assert found.derived
    assert found.unread == ()


def test_the_list_of_2009_to_2014_names_an_associate_and_knows_no_submission() -> None:
    found = read(OLD_LIST)
    assert found.associate_name == 3
    assert found.places["description"] == 9
    assert not {"submitted_on", "business_associate", "entity_type"} & set(found.places)
    assert found.unread == ()


def test_a_header_of_odd_letters_is_quoted_in_few() -> None:
    with pytest.raises(FileRefused) as refusal:
        read(["\ufffe\uffff" * 50] * 6)
    assert len(str(refusal.value)) < 650


def test_a_table_of_all_versions_is_no_list() -> None:
    with pytest.raises(FileRefused, match="is a table of all versions"):
        read(["id", "known_from", "known_until", "status", "name", "state"])
