"""What is told of a notice's past: never a day on which nobody looked, and never more than the looks tell."""

from datetime import date
from typing import Any

import pytest
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.ledger.trails import last_look, look_before
from breachtrail.wording import trail
from breachtrail.wording.phrases import Phrases

EN = Phrases.of("en")


def lived(register: MadeUpRegister) -> tuple[list[dict[str, Any]], list[Any]]:
    """A notice that is first a placeholder, grows twice, moves to the archive and is gone in the end."""
    old, other = Row(name="Old Clinic", submitted_on=date(2022, 1, 4)), Row(name="Other Clinic")
    row = Row(name="Growing Clinic", individuals=501)
    grown, more = Row(name="Growing Clinic", individuals=2_000), Row(name="Growing Clinic", individuals=5_000)
    register.look("2024-05-20", under_investigation=[other], archive=[old])
    register.look("2024-06-01", under_investigation=[other, row], archive=[old])
    register.look("2024-06-10", under_investigation=[other, row])
    register.look("2024-06-20", archive=[old])
    register.look("2024-09-01", under_investigation=[other, grown], archive=[old])
    register.look("2025-01-01", under_investigation=[other], archive=[old, more])
    register.look("2025-03-01", under_investigation=[other], archive=[old])
    with breachtrail.open(register.home) as ledger:
        return ledger.show("growing")[0]["trail"], ledger.coverage()


def test_a_change_lies_between_two_looks_at_its_own_list(register: MadeUpRegister) -> None:
    versions, looks = lived(register)
    days = [(str(look_before(versions, place, looks)), str(one["known_from"])) for place, one in enumerate(versions)]
    assert days == [
        ("2024-05-20", "2024-06-01"),
        ("2024-06-10", "2024-09-01"),  # the look at the archive of June 20 could not have shown it
        ("2024-09-01", "2025-01-01"),
        ("2025-01-01", "2025-03-01"),
    ]
    assert str(last_look(versions, 0, looks)) == "2024-06-10"
    when, told = trail.between(versions, 1, looks, EN)
    assert when == "Between June 10, 2024 and September 1, 2024"
    assert "83 days lie between" in told
    assert "the first that does not" in trail.between(versions, 3, looks, EN)[1]


def test_before_the_first_look_there_is_none(register: MadeUpRegister) -> None:
    register.look("2024-06-01", under_investigation=[Row()], archive=[Row(name="Old Clinic")])
    with breachtrail.open(register.home) as ledger:
        [notice], looks = ledger.show("example"), ledger.coverage()
    assert look_before(notice["trail"], 0, looks) is None
    assert "Nothing was looked at before" in trail.between(notice["trail"], 0, looks, EN)[1]
    assert trail.chart(notice["trail"], looks, phrases=EN, name="x", as_of=date(2024, 6, 1)) is None


def version(individuals: int | None, status: str = "archive", day: date = date(2024, 6, 1)) -> dict[str, Any]:
    return {"individuals": individuals, "status": status, "known_from": day}


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ([1_200, 1_200], "with 1,200 individuals; the number was not changed since."),
        ([500, 1_200], "with the placeholder 500; revised once, now 1,200."),
        ([501, 2_000, 5_000], "revised 2 times, now 5,000: 2.5 times the first that was counted, 2,000."),
        ([1_200, 3_600, 2_400], "with 1,200 individuals; revised 2 times, now 2,400: 2 times the first."),
        ([1_200, 900], "revised once, now 900: down 25% on the first."),
        ([1_200, 500], "revised once, now 500, a placeholder."),
        ([None, 900], "without a number; revised once, now 900."),
    ],
)
def test_the_story_is_told_in_a_sentence(numbers: list[int | None], says: str) -> None:
    assert trail.story([version(number) for number in numbers], EN).endswith(says)


def test_what_is_gone_was_last_seen_with_its_number(register: MadeUpRegister) -> None:
    versions, looks = lived(register)
    assert "last seen with 5,000" in trail.story(versions, EN)
    drawn = trail.chart(versions, looks, phrases=EN, name="x", as_of=date(2025, 3, 1))
    assert drawn is not None
    assert drawn.table.rows == (
        ("2024-06-01", "2024-06-10", "501*"), ("2024-09-01", "2024-09-01", "2,000"), ("2025-01-01", "2025-01-01", "5,000"),
    )  # fmt: skip
    assert "* 500 or 501" in drawn.caption
