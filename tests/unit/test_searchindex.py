"""The list that a browser searches: every notice, in few bytes, and nothing in it can end a script."""

import json
from datetime import date
from typing import Any

from breachtrail.ledger.store import Head
from breachtrail.web import searchindex

HEAD = Head(7, "abc")
DAY = date(2024, 7, 1)


def row(name: str | None, tail: str, **told: Any) -> dict[str, Any]:
    plain = {
        "name": name, "id": tail, "state": "TX", "entity_type": "Healthcare Provider", "business_associate": None,
        "status": "archive", "breach_types": ["Theft", "Loss"], "locations": None, "individuals": 500,
        "submitted_on": date(2024, 5, 14),
    }  # fmt: skip
    return {**plain, **told}


def listed(*rows: dict[str, Any], former: dict[str, list[str]] | None = None) -> dict[str, Any]:
    text = searchindex.written(rows, former or {}, DAY, HEAD).decode()
    assert text.startswith("breachtrailNotices(")
    return dict(json.loads(text[len("breachtrailNotices(") : -len(");\n")]))


def test_an_id_is_left_out_as_far_as_name_and_day_give_it() -> None:
    found = listed(
        row("Lakeside Hospital, Inc.", "ocr-2024-05-14-lakeside-hospital-inc-3f9a"),
        row("A" * 60, f"ocr-2024-05-14-{'a' * 40}-0001"),
        row("Renamed Hospital", "ocr-2024-05-14-lakeside-hospital-inc-0002"),
        row("Clínica", "ocr-2024-05-14-clinica-0003"),
        row(None, "ocr-2024-05-14-unnamed-0004"),
    )
    assert found["id"] == [
        "3f9a", "0001", "ocr-2024-05-14-lakeside-hospital-inc-0002", "ocr-2024-05-14-clinica-0003", "ocr-2024-05-14-unnamed-0004",
    ]  # fmt: skip


def test_values_are_numbers_of_a_list_and_days_are_steps() -> None:
    found = listed(
        row("A", "ocr-x-1"), row("B", "ocr-x-2", state=None, submitted_on=date(2024, 5, 1)),
        row("C", "ocr-x-3", submitted_on=None, individuals=None), row("D", "ocr-x-4", submitted_on=date(2024, 4, 30)),
    )  # fmt: skip
    assert (found["values"]["state"], found["state"]) == (["TX", ""], [0, 1, 0, 0])
    assert (found["values"]["breach_type"], found["breach_type"]) == ([["Theft", "Loss"]], [0, 0, 0, 0])
    assert found["values"]["location"] == [[""]]
    assert found["submitted_on"] == [date.max.toordinal() - date(2024, 5, 14).toordinal(), 13, None, 1]
    assert found["individuals"] == [500, 500, None, 500]


def test_former_names_and_printed_ones_stand_beside_the_present_one() -> None:
    found = listed(row("Change Healthcare, Inc.", "ocr-x-1"), row("B", "ocr-x-2"), former={"ocr-x-2": ["Old B"]})
    assert found["name"] == ["Change Healthcare, Inc.", "B"]
    assert found["former"] == {"1": ["Old B"]}
    assert found["printed"]["en"] == {"0": "Change Healthcare"}


def test_no_name_can_end_the_script() -> None:
    name = "</script><!-- \u2028 \u2029 '\"\\"
    text = searchindex.written([row(name, "ocr-x-1")], {}, DAY, HEAD).decode()
    assert not {"<", "\u2028", "\u2029"} & set(text)
    assert listed(row(name, "ocr-x-1"))["name"] == [name]


def test_the_same_list_has_the_same_version_and_another_one_another() -> None:
    one, other = (searchindex.written([row(name, "ocr-x-1")], {}, DAY, HEAD) for name in "ab")
    assert searchindex.version(one) == searchindex.version(bytes(one)) != searchindex.version(other)
