"""An export is judged by its body: what is none, what is torn, and which columns have changed, by name."""

import pytest

from breachtrail.errors import PortalChanged, PortalError, PortalMisled
from breachtrail.registers.fetch import Reply
from breachtrail.registers.register import load
from breachtrail.registers.us_hhs_ocr.export import content, enough, judged

NAMES = [names[0] for names in load("us_hhs_ocr").columns.values()]
ROW = ["Alder", "TX", "Health Plan", "700", "03/01/2024", "Theft", "Email", "No", 'a "text"\nof two\rlines']


def csv(header: list[str] = NAMES, *rows: list[str]) -> bytes:
    return "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in (header, *rows)
    ).encode()


def told(body: bytes, status: int = 200, register: str = "us_hhs_ocr"):
    return judged(Reply("http://x/list.jsf", status, "text/csv", body), load(register), "archive")


def test_a_whole_export_is_taken_to_the_byte() -> None:
    body = csv(NAMES, ROW, ROW)
    assert (told(body).body, told(body).rows) == (body, 2)


def spoilt(digits: str) -> list[str]:
    panel = f"javax.faces.component.UIPanel@{digits}"
    return [panel, *NAMES[1:7], panel, NAMES[8]]


def test_the_digits_in_a_spoilt_header_mean_nothing() -> None:
    one, other = csv(spoilt("495f2e1e"), ROW), csv(spoilt("1a"), ROW)
    assert told(one).rows == 1
    assert one != other
    assert content(one) == content(other)
    assert content(one) != content(csv(spoilt("1a"), [*ROW[:8], "javax.faces.component.UIPanel@1a"]))


@pytest.mark.parametrize(
    ("body", "status", "fault"),
    [
        (b"<!DOCTYPE html><html>Breach Report Results</html>", 200, "page_for_export"),
        (b"<!DOCTYPE html><html><a>View HIPAA Breach Reports</a></html>", 200, "front_page"),
        (b"Service is down", 200, "no_export"),
        (b"", 200, "no_export"),
        (csv(NAMES, ROW), 404, "no_export"),
        (csv(NAMES, ROW)[:-20], 200, "torn_export"),
        (csv(NAMES, ROW, ROW[:4]), 200, "torn_export"),
        (csv(NAMES, ROW) + b"\xff\n", 200, "torn_export"),
    ],
)
def test_what_is_no_export_is_not_taken(body: bytes, status: int, fault: str) -> None:
    with pytest.raises(PortalMisled) as refusal:
        told(body, status)
    assert refusal.value.fault == fault
    assert list(refusal.value.seen.values()) == [body]


CHANGED = {
    "new_column": ([*NAMES, "Ransom Paid"], "'Ransom Paid'"),
    "lost_column": (NAMES[:8], "Web Description"),
    "changed_header": ([*NAMES[:5], "Kind of Breach", *NAMES[6:]], "Kind of Breach instead of Type of Breach"),
    "in another order": ([NAMES[1], NAMES[0], *NAMES[2:]], "another order"),
    "all cells spoilt": (["javax.faces.component.UIPanel@1"] * 9, "instead of Name of Covered Entity"),
    "spoilt: new_column": ([*spoilt("1"), "Ransom Paid"], "Ransom Paid"),
    "spoilt: lost_column": (spoilt("1")[:8], "Web Description"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_a_changed_header_is_told_apart_by_name(case: str) -> None:
    header, said = CHANGED[case]
    with pytest.raises(PortalChanged) as refusal:
        told(csv(header, ROW[: len(header)] + ["x"] * (len(header) - 9)))
    assert refusal.value.fault == (case.rpartition(" ")[2] if "_" in case else "changed_header")
    assert said.strip("'") in str(refusal.value)
    assert "register.yml" in str(refusal.value)


def test_the_second_list_of_the_portal_has_columns_of_its_own() -> None:
    names = [names[0] for names in load("us_hhs_ocr_part2").columns.values()]
    assert told(csv(names), register="us_hhs_ocr_part2").rows == 0
    with pytest.raises(PortalChanged):
        told(csv(names))


@pytest.mark.parametrize(
    ("rows", "counted", "register", "fault"),
    [
        (7, 7, "us_hhs_ocr", ""),
        (7, None, "us_hhs_ocr", ""),
        (6, 7, "us_hhs_ocr", "incomplete"),
        (0, 7, "us_hhs_ocr", "no_rows"),
        (7, 0, "us_hhs_ocr", "no_rows"),
        (0, 0, "us_hhs_ocr", "no_rows"),
        (0, 0, "us_hhs_ocr_part2", ""),
        (0, 7, "us_hhs_ocr_part2", "no_rows"),
    ],
)
def test_a_list_is_as_long_as_the_page_says(rows: int, counted: int | None, register: str, fault: str) -> None:
    found = ""
    try:
        enough(rows, counted, load(register), "archive", {})
    except PortalError as error:
        found = error.fault
    assert found == fault
