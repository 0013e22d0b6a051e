import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from breachtrail.wording import rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert rows.safe_cell(text) == "'" + text
    assert rows.safe_cell([text, "b"]) == f"'{text}, b"


@pytest.mark.parametrize("value", [-3, 1.5, None, date(2024, 1, 2), "a=b", "", "Alpha, Inc."])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert rows.safe_cell(value) is value


def test_csv_comes_back_as_it_went(tmp_path) -> None:
    text = rows.as_csv(("name", "types", "n"), [('A "b", c\nd', ["Theft", "Loss"], None), ("非", [], -7)])
    assert "\r" not in text
    assert list(csv.reader(io.StringIO(text))) == [
        ["name", "types", "n"],
        ['A "b", c\nd', "Theft, Loss", ""],
        ["非", "", "-7"],
    ]


def test_json_keeps_text_and_writes_days_as_text() -> None:
    written = rows.as_json({"day": date(2024, 1, 2), "n": Decimal("1.5"), "views": ("a",), "name": "非", "none": None})
    assert "非" in written
    assert json.loads(written) == {"day": "2024-01-02", "n": 1.5, "views": ["a"], "name": "非", "none": None}
