"""No cell that we write is a formula, and what we wrote is read as it was meant: in Python and in SQL alike."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachtrail.notices import formula

SIGNS = "=+-@\t\r\n '\"\u00a0\ufeff＝－a1"
texts = st.lists(st.one_of(st.text(SIGNS, max_size=6), st.text(max_size=20)), min_size=1, max_size=60)


@pytest.mark.parametrize(
    "text", ["=1+1", "+Plus Clinic", "-", "@SUM(A1)", "\tx", "\rx", "\nx", '  =1', '"=1"', "'=1", "\u00a0-x", "＝1", '" +1']
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_written_with_an_apostrophe(text: str) -> None:
    assert formula.disarmed(text) == "'" + text


@pytest.mark.parametrize("text", ["", "A-B", "O'Neil", "'quoted'", '"quoted"', " x", "3M", "1-2", "非", "a=b", "a\n=b"])
def test_what_it_would_not_run_stays_as_it_is(text: str) -> None:
    assert formula.disarmed(text) == text


@given(texts)
def test_what_is_written_is_read_as_it_was_meant(some: list[str]) -> None:
    some = [text.replace("\0", "") for text in some]
    with duckdb.connect() as engine:
        read = engine.execute(
            f"SELECT text, cell, {formula.as_meant_sql('cell')}, {formula.as_meant_sql('text')} FROM (SELECT text, "
            f"{formula.disarmed_sql('text')} AS cell FROM (SELECT unnest($some) AS text))",
            {"some": some},
        ).fetchall()
    for text, cell, meant, untouched in read:
        assert cell == formula.disarmed(text)
        assert cell.lstrip(' \u00a0\u200b\ufeff"')[:1] not in (*"=+-@＝＋－＠\t\r\n",)
        assert meant == text
        assert untouched == text or formula.disarmed(untouched) == text
