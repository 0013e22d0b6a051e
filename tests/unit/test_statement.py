"""The SQL of a question, by what it gives; its literals and other engines: tests/real/test_statements.py."""

from datetime import date
from typing import Any

import pytest
from asked import figures

from breachtrail.questions import statement
from breachtrail.questions.question import Question


def test_only_versions_known_then_are_counted(ledger: Any) -> None:
    found = {
        day: ledger.ask("notices", "individuals", year=2024, as_of=day).rows[0]
        for day in ("2024-06-01", "2024-08-31", "2024-09-01", "2024-12-01", "2025-01-02")
    }
    assert found == {
        "2024-06-01": (3, 2_001_500),
        "2024-08-31": (3, 2_001_500),  # nothing was looked at since
        "2024-09-01": (4, 2_002_700),  # Alpha + 500, Late Care + 700; Two Ways left its list and still counts
        "2024-12-01": (3, 2_002_200),  # and is in none now
        "2025-01-02": (3, 2_002_200),
    }


def test_the_period_includes_both_its_ends(ledger: Any) -> None:
    asked = {"submitted_from": "2024-01-10", "submitted_to": "2024-03-05"}
    assert ledger.ask("notices", **asked).value() == 2
    assert ledger.ask("notices", submitted_from="2024-01-11", submitted_to="2024-03-04").value() == 0


def test_a_view_counts_what_stands_in_it(ledger: Any) -> None:
    assert [ledger.ask("notices", view=view).value() for view in ("under_investigation", "archive")] == [4, 2]


def test_the_same_days_of_every_year(ledger: Any) -> None:
    assert figures(ledger.ask("notices", by="year", as_of="2024-06-01")) == {2023: 3, 2024: 3}
    assert figures(ledger.ask("notices", by="year", as_of="2024-06-01", same_days=True)) == {2023: 2, 2024: 3}
    days = {
        day: figures(ledger.ask("notices", by="year", as_of=day, same_days=True))[2023]
        for day in ("2024-12-29", "2024-12-30")
    }
    assert days == {"2024-12-29": 2, "2024-12-30": 3}  # the day itself is one of them


def test_the_largest_is_of_those_with_a_count(ledger: Any) -> None:
    answer = ledger.ask("median", "mean", "largest", "placeholders", "individuals")
    sizes = [1500, 2_000_000, 700, 501, 3000]
    (found,) = answer.records()
    assert found == {
        "median": 1500,
        "mean": sum(sizes) / 5,
        "largest": 2_000_000,
        "placeholders": 1,
        "individuals": sum(sizes),
    }


def test_nothing_to_count_is_nothing_and_not_an_error(ledger: Any) -> None:
    answer = ledger.ask("notices", "individuals", "median", "share", "notices_per_million", year=2010)
    assert answer.rows == ((0, 0, None, None, None),)
    assert ledger.ask("notices", by="state", year=2010).rows == ()


def test_several_values_of_a_cell_count_once_under_each(ledger: Any) -> None:
    asked = {"as_of": "2024-06-01", "year": 2024}
    by_type = ledger.ask("notices", "share", "individuals_share", by="breach_type", **asked)
    assert {row[0]: row[1] for row in by_type.rows} == {
        "Hacking/IT Incident": 1, "Loss": 1, "Theft": 1, "Unauthorized Access/Disclosure": 1,
    }  # fmt: skip
    assert sum(row[2] for row in by_type.rows) == pytest.approx(4 / 3)
    assert sum(row[3] for row in by_type.rows) == pytest.approx((2_001_500 + 500) / 2_001_500)
    assert ledger.ask("notices", **asked).value() == 3


def test_two_lists_are_split_against_each_other(ledger: Any) -> None:
    answer = ledger.ask("notices", by=["breach_type", "location"], as_of="2024-06-01", where="name~two ways")
    assert answer.rows == (("Loss", "Email", 1), ("Loss", "Laptop", 1), ("Theft", "Email", 1), ("Theft", "Laptop", 1))


def test_information_loses_no_notice(ledger: Any) -> None:
    assert figures(ledger.ask("notices", by="information_type")) == {
        "names": 1,
        "ssn": 1,
        "no description": 4,
        "none named": 1,
    }


def test_rows_are_sorted_by_the_dimensions(ledger: Any) -> None:
    rows = ledger.ask("notices", by=["year", "state"]).rows
    assert list(rows) == sorted(rows)
    assert len(rows) > 3


def test_days_open_end_where_a_case_leaves_the_open_list(ledger: Any) -> None:
    asked = {"where": "name~two ways"}
    assert ledger.ask("days_open", as_of="2024-06-30", **asked).value() == (date(2024, 6, 30) - date(2024, 2, 20)).days
    assert ledger.ask("days_open", as_of="2024-11-30", **asked).value() == (date(2024, 9, 1) - date(2024, 2, 20)).days


def test_the_posting_delay_is_told_only_where_two_looks_lie_close(ledger: Any) -> None:
    """Late Care is first seen on 2024-09-01, three months after the look before."""
    assert ledger.ask("posting_delay").value() is None


def test_a_look_a_month_later_tells_the_posting_delay(tmp_path) -> None:
    from made_up import MadeUpRegister, Row

    register = MadeUpRegister(tmp_path / "home")
    old, new = Row("Old", submitted_on=date(2024, 3, 1)), Row("New", submitted_on=date(2024, 5, 20))
    register.look("2024-05-10", under_investigation=[old])
    register.look("2024-06-01", under_investigation=[new, old])
    with register.open() as opened:
        assert opened.ask("posting_delay").value() == 12
        assert opened.ask("posting_delay", as_of="2024-05-10").value() is None


def test_parameters_are_only_those_that_the_question_has() -> None:
    question = Question(("notices",), as_of=date(2024, 12, 8), submitted_from=date(2024, 1, 1))
    values = statement.parameters(question)
    assert (values["first"], values["last"], values["same_days"]) == (date(2024, 1, 1), None, "12-08")
    assert "submitted_on >= $first" in statement.frame(question)
    assert "$last" not in statement.frame(question)
