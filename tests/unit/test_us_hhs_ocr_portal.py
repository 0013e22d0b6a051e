"""Visits to the stand-in: both views arrive complete, whatever the portal is like; and a list is known from another."""

import csv
import io
from collections.abc import Iterator

import pytest

from breachtrail.errors import PortalChanged, PortalMisled
from breachtrail.registers.fetch import Client, Manners, Visitor
from breachtrail.registers.listing import Listing
from breachtrail.registers.register import load
from breachtrail.registers.us_hhs_ocr.portal import look
from breachtrail.simulate.portal import Portal, Row, State, Switches


def row(record: int, name: str, text: str = "") -> Row:
    day = f"{record % 12 + 1:02}/{record % 28 + 1:02}/2024"
    return Row(record, (name, "TX", "Health Plan", str(record), day, "Theft", "Email", "No", text))


OPEN = [row(10_000 + place, f"Open {place} ") for place in range(230)]
ARCHIVED = [row(20_000 + place, f"Closed {place}", f'It was "closed".\nTwice {place}.') for place in range(105)]
STATE = State(under_investigation=OPEN, archive=ARCHIVED)
HIPAA, PART2 = load("us_hhs_ocr"), load("us_hhs_ocr_part2")

MODES = {
    "tabs": Switches(),
    "tabs, one node, a good header": Switches(nodes=1, uipanel=False),
    "tabs, states that stay": Switches(renewed=False),
    "tabs, multipart": Switches(multipart=True, urlencoded=False),
    "tabs, no rewriting, other numbers": Switches(rewriting=False, numbering=5, nodes=3),
    "tabs, ids of the archive's own": Switches(own_archive_ids=True),
    "tabs, few states kept": Switches(views=2),
    "buttons": Switches.of_2025(),
    "buttons, spoilt header": Switches.of_2025(uipanel=True, own_archive_ids=False),
    "buttons, urlencoded": Switches.of_2025(multipart=False),
}


@pytest.fixture(params=MODES)
def portal(request: pytest.FixtureRequest) -> Iterator[Portal]:
    with Portal(STATE, MODES[request.param]) as running:
        yield running


def client(portal: Portal) -> Client:
    return Client(portal.url, Visitor("0"), Manners(pause=0.0))


def cells(listing: Listing) -> list[tuple[str, ...]]:
    return [tuple(line) for line in csv.reader(io.StringIO(listing.body.decode(), newline=""))][1:]


def test_both_views_arrive_complete_by_the_export(portal: Portal) -> None:
    have: dict[str, Listing] = {}
    with client(portal) as visitor:
        look(visitor, HIPAA, "csv", have)
    assert cells(have["under_investigation"]) == [one.cells for one in OPEN]
    assert cells(have["archive"]) == [one.cells for one in ARCHIVED]
    assert len({entry.cookies.get("JSESSIONID") for entry in portal.log if entry.method == "POST"}) == 1
    assert {entry.node for entry in portal.log if entry.kind == "export"} == {portal.log[-1].node}


def test_both_views_arrive_complete_with_record_ids_by_the_table(portal: Portal) -> None:
    have: dict[str, Listing] = {}
    with client(portal) as visitor:
        look(visitor, HIPAA, "list", have)
    for view, rows in (("under_investigation", OPEN), ("archive", ARCHIVED)):
        assert have[view].has_record_ids
        assert cells(have[view]) == [(str(one.record), *one.cells) for one in rows]


def test_what_is_there_already_is_not_asked_for(portal: Portal) -> None:
    have = {"under_investigation": Listing(b'"a"\n"1"\n', 1)}
    with client(portal) as visitor:
        look(visitor, HIPAA, "csv", have)
    assert [entry.kind for entry in portal.log].count("export") == 1
    assert cells(have["archive"]) == [one.cells for one in ARCHIVED]


def test_an_empty_second_list_is_an_honest_one() -> None:
    with Portal(STATE) as portal, client(portal) as visitor:
        have: dict[str, Listing] = {}
        look(visitor, PART2, "csv", have)
    assert {view: listing.rows for view, listing in have.items()} == {"under_investigation": 0, "archive": 0}


def test_an_old_portal_has_no_second_list() -> None:
    gone = pytest.raises(PortalChanged, match=r"none of the addresses .*breach_report_part2\.jsf")
    with Portal(STATE, Switches.of_2025()) as portal, client(portal) as visitor, gone:
        look(visitor, PART2, "csv", {})


def test_the_list_of_another_register_is_not_taken() -> None:
    with Portal(STATE) as portal, client(portal) as visitor:
        portal.change(lambda kind, answer: _renamed(answer) if kind == "list_page" else answer)
        with pytest.raises(PortalMisled, match="Name of Part 2 Program") as refusal:
            look(visitor, HIPAA, "csv", {})
    assert refusal.value.fault == "other_list"


def _renamed(answer):
    import dataclasses

    return dataclasses.replace(answer, body=answer.body.replace(b"Name of Covered Entity", b"Name of Part 2 Program"))


@pytest.mark.parametrize("road", ["csv", "list"])
@pytest.mark.parametrize("kept_by", ["csv", "list"])
def test_equal_lists_are_a_tab_that_did_not_change(road: str, kept_by: str) -> None:
    with Portal(STATE) as portal, client(portal) as visitor:
        have: dict[str, Listing] = {}
        look(visitor, HIPAA, kept_by, have)
        del have["archive"]
        visitor.forget()
        portal.show(State(under_investigation=ARCHIVED, archive=OPEN))
        with pytest.raises(PortalMisled) as refusal:
            look(visitor, HIPAA, road, have)
    assert refusal.value.fault == "tab_not_changed"
    assert list(have) == ["under_investigation"]


def test_other_rows_than_those_asked_for_are_not_taken() -> None:
    import dataclasses

    with Portal(STATE) as portal, client(portal) as visitor:
        portal.change(
            lambda kind, answer: (
                dataclasses.replace(answer, body=answer.body.replace(b'data-ri="100"', b'data-ri="0"'))
                if kind == "paging"
                else answer
            )
        )
        with pytest.raises(PortalMisled) as refusal:
            look(visitor, HIPAA, "list", {})
    assert refusal.value.fault == "wrong_page"


def test_a_record_that_comes_twice_shifted_while_it_was_read() -> None:
    with Portal(STATE) as portal, client(portal) as visitor:
        shown: list[bytes] = []

        def shift(kind, answer):
            import dataclasses

            if kind != "paging":
                return answer
            shown.append(answer.body)
            return dataclasses.replace(answer, body=answer.body.replace(b'data-rk="10100"', b'data-rk="10099"'))

        portal.change(shift)
        with pytest.raises(PortalMisled) as refusal:
            look(visitor, HIPAA, "list", {})
    assert shown
    assert refusal.value.fault == "shifted"
