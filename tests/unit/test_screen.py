"""The rules: what is accepted, how it then reads, and what is held, with the cell, the rule and what was seen.

Rows go the way that all rows go, through ``pipeline.ingest``, and are looked at through the ledger's two doors.
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made_up import PORTAL, MadeUpRegister, Row, table

from breachtrail import pipeline

TAKEN = "2024-06-01"
CLEAN = Row(name="A Clean Clinic")


def ingest(register: MadeUpRegister, *rows: Row, **dress: Any) -> pipeline.FileResult:
    (result,) = pipeline.ingest(register.home, [register.write(TAKEN, "archive", rows, **dress)]).files
    assert result.refused == ""
    assert result.rows == result.accepted + result.held == len(rows)
    return result


def accepted(register: MadeUpRegister) -> list[dict[str, Any]]:
    with register.open() as ledger:
        return ledger.notices(order="name")


def held(register: MadeUpRegister) -> list[tuple[int, str, str, str]]:
    with register.open() as ledger:
        return [(row["row"], row["field"], row["rule"], row["seen"]) for row in ledger.held()]


def said(register: MadeUpRegister, columns: list[str], *rows: Row, **dress: Any) -> dict[str, list[Any]]:
    """What the ledger says of rows that must all be accepted: name → the columns asked for."""
    ingest(register, *rows, **dress)
    assert held(register) == []
    with register.open() as ledger:
        return {notice["name"]: [notice[column] for column in columns] for notice in ledger.notices(order="name")}


HELD = {
    "no_name": ("name", "", ""),
    "no_name of blanks": ("name", " \t\u00a0", ""),
    "no_name but a null": ("name", "\\N", ""),
    "no_submission": ("submitted_on", "", ""),
    "no_submission but a null": ("submitted_on", "NULL", ""),
    "unreadable_count in words": ("individuals", "unknown", "unknown"),
    "unreadable_count in pieces": ("individuals", "12.5", "12.5"),
    "unreadable_count below nothing": ("individuals", "-500", "-500"),
    "unreadable_count about": ("individuals", "500+", "500+"),
    "unreadable_count of a machine": ("individuals", "1e6", "1e6"),
    "unreadable_count beyond measure": ("individuals", "9" * 30, "9" * 30),
    "impossible_count": ("individuals", "1000000001", "1000000001"),
    "unreadable_day in words": ("submitted_on", "last May", "last May"),
    "unreadable_day that is none": ("submitted_on", "02/30/2024", "02/30/2024"),
    "unreadable_day of a spreadsheet": ("submitted_on", "45412", "45412"),
    "too_early": ("submitted_on", "09/22/2009", "09/22/2009"),
    "after_taken": ("submitted_on", "06/02/2024", "06/02/2024"),
    "unknown_word for a state": ("state", "ZZ", "ZZ"),
    "unknown_word for who filed": ("entity_type", "Dentist", "Dentist"),
    "unknown_word for a type": ("breach_types", "Sabotage", "Sabotage"),
    "unknown_word among known ones": ("locations", "Email, Cloud Nine", "Cloud Nine"),
    "unknown_word for yes or no": ("business_associate", "Perhaps", "Perhaps"),
}


def test_a_row_that_cannot_be_read_honestly_is_held_with_the_reason(register: MadeUpRegister) -> None:
    odd = [replace(CLEAN, **{column: cell}) for column, cell, _ in HELD.values()]
    ingest(register, CLEAN, *odd, CLEAN)
    assert held(register) == [
        (row, column, what.split()[0], seen) for row, (what, (column, _, seen)) in enumerate(HELD.items(), start=2)
    ]
    assert [notice["name"] for notice in accepted(register)] == [CLEAN.name] * 2


def test_every_rule_is_tried_and_has_its_phrase(repository: Any) -> None:
    import yaml

    phrases = yaml.safe_load((repository / "src/breachtrail/wording/texts/en/rule.yml").read_text(encoding="utf-8"))
    assert {what.split()[0] for what in HELD} | {"width"} == set(phrases)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_row_of_another_width_is_held_as_it_stands(register: MadeUpRegister, encoding: str) -> None:
    path = register.write(TAKEN, "archive", [CLEAN])
    whole = table([replace(CLEAN, name="Café")])[1]
    lines = [whole[:5], [*whole, "and more"], whole]
    path.write_bytes(path.read_bytes() + "".join(",".join(line) + "\n" for line in lines).encode(encoding))
    (result,) = pipeline.ingest(register.home, [path]).files
    assert (result.rows, result.accepted, result.held) == (4, 2, 2)
    assert held(register) == [(2, "row", "width", "5"), (3, "row", "width", "10")]
    with register.open() as ledger:
        assert [json.loads(row["raw"]) for row in ledger.held()] == lines[:2]


def test_a_held_row_is_kept_whole(register: MadeUpRegister) -> None:
    odd = Row(name='  "Odd", it is ', individuals="many", description="two\nlines")
    ingest(register, CLEAN, odd)
    with register.open() as ledger:
        (row,) = ledger.held()
    assert json.loads(row["raw"]) == table([odd])[1]
    assert row["snapshot"].startswith(f"us_hhs_ocr/{TAKEN}/archive/")


def test_a_row_that_breaks_several_rules_is_held_once(register: MadeUpRegister) -> None:
    ingest(register, CLEAN, Row(name="", individuals="x", submitted_on="", state="ZZ", locations="Moon"))
    assert len(held(register)) == 1


BLANK = ("", " ", "\\N", "NULL", "NaN", "\u00a0", "\u200b", "\r\n")


def test_a_blank_is_no_reason_to_hold(register: MadeUpRegister) -> None:
    columns = ["state", "entity_type", "individuals", "breach_types", "locations", "business_associate", "description"]
    rows = [Row(name=f"Blank {place}", **dict.fromkeys(columns, nothing)) for place, nothing in enumerate(BLANK)]
    assert said(register, columns, *rows) == {row.name: [None] * len(columns) for row in rows}


COUNTS = {
    **{"1200": 1200, "4237.0": 4237, "4237.": 4237, "1,234": 1234, "192,700,000": 192_700_000, " 501 ": 501, "0": 0},
    **{"007": 7, "1000000000": 1_000_000_000, "3,998,163.00": 3_998_163},
}


def test_counts_in_any_dress(register: MadeUpRegister) -> None:
    rows = [Row(name=f"Counted {place}", individuals=cell) for place, cell in enumerate(COUNTS)]
    assert [one for (one,) in said(register, ["individuals"], *rows).values()] == list(COUNTS.values())


DAYS = [
    *("05/14/2024", "5/14/2024", "05/14/24", "2024-05-14", "2024-05-14 00:00:00", "2024-05-14T00:00:00", "20240514"),
    *("5/14/2024 0:00", "05/14/2024 12:00:00 AM", "May 14, 2024", " 05/14/2024 ", "2024/05/14", "2024/5/14"),
    *("14-May-2024", "14-May-24"),
]


@pytest.mark.parametrize("cell", DAYS)
def test_days_in_any_dress(register: MadeUpRegister, cell: str) -> None:
    assert said(register, ["submitted_on"], replace(CLEAN, submitted_on=cell)) == {CLEAN.name: [date(2024, 5, 14)]}


def test_day_and_month_are_told_apart_by_the_whole_file(register: MadeUpRegister) -> None:
    ingest(register, replace(CLEAN, submitted_on="13/02/2024"), Row(name="B", submitted_on="03/02/2024"))
    assert [notice["submitted_on"] for notice in accepted(register)] == [date(2024, 2, 13), date(2024, 2, 3)]


def test_without_a_number_above_twelve_the_month_comes_first_as_in_the_portal(register: MadeUpRegister) -> None:
    assert said(register, ["submitted_on"], Row(submitted_on="03/02/2024")) == {Row.name: [date(2024, 3, 2)]}


def test_a_file_of_both_orders_holds_what_could_be_read_either_way(register: MadeUpRegister) -> None:
    days = ["13/02/2024", "02/14/2024", "03/02/2024", "2024-03-04"]
    ingest(register, *(Row(name=f"Clinic {place}", submitted_on=day) for place, day in enumerate(days)))
    rules = {row: (rule, seen) for row, _, rule, seen in held(register)}
    assert rules[3] == ("unreadable_day", "03/02/2024")
    assert not {2, 4} & set(rules)
    assert {notice["submitted_on"] for notice in accepted(register)} >= {date(2024, 2, 14), date(2024, 3, 4)}


def test_years_of_two_digits_are_of_this_century(register: MadeUpRegister) -> None:
    ingest(register, *(Row(submitted_on=cell) for cell in ("05/14/09", "12/01/09", "01/02/10", "5/4/24")))
    assert [(row, rule) for row, _, rule, _ in held(register)] == [(1, "too_early")]
    assert sorted(notice["submitted_on"].year for notice in accepted(register)) == [2009, 2010, 2024]


def test_the_limits_of_days_are_the_duty_to_report_and_the_day_of_the_file(register: MadeUpRegister) -> None:
    ingest(register, replace(CLEAN, submitted_on=date(2009, 9, 23)), replace(CLEAN, submitted_on=date(2024, 6, 1)))
    assert held(register) == []


def test_padding_is_no_part_of_a_name(register: MadeUpRegister) -> None:
    padded = ["  Plain Clinic ", "\u00a0Plain Clinic\u200b", "Plain Clinic\r\n", "\tPlain Clinic"]
    ingest(register, *(Row(name=name) for name in padded))
    assert {notice["name"] for notice in accepted(register)} == {"Plain Clinic"}


SOUND = ["Café Clinic", "St. Mary’s – North", "Clínica Niño", "Château Santé", "L'Hôpital", "Niña’s “Home", "SÃO Care"]


def test_broken_letters_are_mended_and_sound_ones_left_alone(register: MadeUpRegister) -> None:
    broken = [name.encode("utf-8").decode("cp1252") for name in SOUND if "”" not in name]
    ingest(register, *(Row(name=name) for name in broken), *(Row(name=name) for name in SOUND))
    assert not set(broken) & set(SOUND)
    assert [notice["name"] for notice in accepted(register)] == sorted(SOUND * 2, key=str.lower)


def test_broken_letters_in_a_description_are_mended_too(register: MadeUpRegister) -> None:
    right = "The clinic’s staff “lost” a laptop."
    broken = right.replace("’", "â€™").replace("“", "â€œ").replace("”", "â€\u009d")
    assert said(register, ["description"], Row(description=broken)) == {Row.name: [right]}


WORDS: list[tuple[str, str, Any]] = [
    ("state", "tx", "TX"),
    ("entity_type", " business associate ", "Business Associate"),
    ("entity_type", "Healthcare Clearing House", "Healthcare Clearing House"),
    ("business_associate", "yes", "Yes"),
    ("breach_types", "Theft", ["Theft"]),
    ("breach_types", "THEFT,Loss", ["Loss", "Theft"]),
    ("breach_types", "Unauthorized Access/Disclosure", ["Unauthorized Access/Disclosure"]),
    ("locations", "Network Server, Email", ["Email", "Network Server"]),
    ("locations", "Email,\nNetwork Server", ["Email", "Network Server"]),
    ("locations", "Email,  Network Server ,", ["Email", "Network Server"]),
    ("locations", "Email, Email", ["Email"]),
]


def test_words_are_those_of_the_vocabulary(register: MadeUpRegister) -> None:
    rows = [Row(name=f"Word {place:02}", **{column: cell}) for place, (column, cell, _) in enumerate(WORDS)]
    ingest(register, *rows)
    assert held(register) == []
    assert [
        (column, cell, notice[column]) for (column, cell, _), notice in zip(WORDS, accepted(register), strict=True)
    ] == WORDS


def test_a_column_that_the_file_does_not_carry_is_unknown_and_no_reason_to_hold(register: MadeUpRegister) -> None:
    columns = [column for column in PORTAL if column not in ("entity_type", "business_associate", "description")]
    ingest(register, CLEAN, columns=columns)
    (notice,) = accepted(register)
    assert [notice[column] for column in ("entity_type", "business_associate", "description")] == [None] * 3
    assert notice["individuals"] == 1200


OLD_LIST = ("name", "state", "business_associate", "individuals", "breach_types", "locations", "description")
OLD_HEADER = [
    *("Name of Covered Entity", "State", "Business Associate Involved", "Individuals Affected", "Type of Breach"),
    *("Location of Breached Information", "Summary"),
]


def test_the_list_of_2009_to_2014_is_read_with_the_submission_unknown(register: MadeUpRegister) -> None:
    rows = [
        Row(name="A Clinic", business_associate="Some Vendor"),
        Row(name="B Clinic", business_associate="", description="Why."),
    ]
    ingest(register, *rows, columns=OLD_LIST, header=OLD_HEADER, extra={"Date of Breach": "3/4/2013"})
    assert held(register) == []
    assert accepted(register) == []  # notices are asked for by submission, and these have none
    assert [register.said(column, "A Clinic") for column in ("business_associate", "submitted_on")] == [["Yes"], [None]]
    assert [register.said(column, "B Clinic") for column in ("business_associate", "description")] == [["No"], ["Why."]]
