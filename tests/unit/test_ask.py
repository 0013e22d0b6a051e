from datetime import date
from typing import Any

import duckdb
import pytest

from breachtrail.errors import QuestionError
from breachtrail.notices.population import residents
from breachtrail.questions import catalog


def refused(ledger: Any, *measures: str, **asked: Any) -> str:
    with pytest.raises(QuestionError) as refusal:
        ledger.ask(*(measures or ("notices",)), **asked)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_the_question_comes_back_filled_in(ledger: Any) -> None:
    answer = ledger.ask("breaches", "people", by="州")
    assert answer.question.measures == ("notices", "individuals")
    assert answer.question.dimensions == ("state",)
    assert answer.question.as_of == date(2025, 1, 2)
    assert answer.columns == ("state", "notices", "individuals")
    assert answer.types == ("VARCHAR", "BIGINT", "BIGINT")
    assert answer.head == ledger.head


def test_what_was_looked_at_by_then_is_told(ledger: Any) -> None:
    observed = ledger.ask("notices", as_of="2024-09-15").observed
    assert {view: look.taken_on for view, look in observed.items()} == {
        "under_investigation": date(2024, 9, 1),
        "archive": date(2024, 6, 1),
    }


def test_the_same_name_twice_is_one_column(ledger: Any) -> None:
    answer = ledger.ask("notices", "breaches", by=["year", "annual"])
    assert answer.columns == ("year", "notices")


def test_a_day_before_the_first_snapshot_has_no_answer(ledger: Any) -> None:
    assert "the first snapshot was taken on 2024-06-01" in refused(ledger, as_of="2024-05-31")
    assert ledger.ask("notices", as_of="2024-06-01").value() == 6


def test_a_day_after_the_last_snapshot_knows_what_the_last_one_showed(ledger: Any) -> None:
    assert ledger.ask("notices", as_of="2026-08-03").rows == ledger.ask("notices").rows


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"view": "both"}, "no view 'both'. It has: under_investigation, archive"),
        ({"by": "colour"}, "no dimension 'colour'"),
        ({"where": {"state": "Neverland"}}, "state is never 'Neverland'"),
        ({"as_of": "soon"}, "'soon' is no day"),
        ({"year": 2024, "month": "2024-04"}, "Name the period once"),
        (
            {"submitted_from": "2024-02-01", "submitted_to": "2024-01-01"},
            "ends (2024-01-01) before it begins (2024-02-01)",
        ),
        ({"register": "de_bsi"}, "knows nothing of the register 'de_bsi'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(ledger: Any, asked: dict[str, Any], why: str) -> None:
    assert why in refused(ledger, **asked)


def test_a_question_without_a_measure_is_refused(ledger: Any) -> None:
    with pytest.raises(QuestionError, match="Ask for at least one measure: notices"):
        ledger.ask()
    assert "no measure 'colour'" in refused(ledger, "colour")


def test_one_figure_is_taken_out_by_name(ledger: Any) -> None:
    answer = ledger.ask("notices", "individuals")
    assert (answer.value(), answer.value("individuals")) == (6, answer.rows[0][1])
    with pytest.raises(QuestionError, match="a row for each group"):
        ledger.ask("notices", by="year").value()


def test_a_view_of_a_time_with_one_list_is_refused(tmp_path) -> None:
    from made_up import MadeUpRegister, Row

    register = MadeUpRegister(tmp_path / "home")
    register.look("2016-01-01", both=[Row(submitted_on=date(2015, 5, 1))])
    with register.open() as opened:
        assert "one undivided list; ask without a view" in refused(opened, view="archive")
        assert opened.ask("notices").value() == 1


# Rates, against a calculation by hand over the facts in notices/population.csv.


def million(*states_and_years: tuple[str, int]) -> float:
    return sum(residents(state, year).number for state, year in states_and_years) / 1e6


def test_a_rate_by_state_is_per_million_residents_of_the_year(ledger: Any) -> None:
    answer = ledger.ask("notices_per_million", "individuals_per_million", by="state", year=2024)
    rates = {row[0]: row[1:] for row in answer.rows}
    assert rates["TX"] == pytest.approx((1 / million(("TX", 2024)), 1500 / million(("TX", 2024))))
    assert rates[""] == (None, None)  # a territory has no figures of residents, and no rate
    assert answer.caveat("residents").values == {"year": 2025}


def test_a_rate_over_several_years_divides_by_the_mean_of_their_residents(ledger: Any) -> None:
    asked = {"submitted_from": "2023-01-01", "submitted_to": "2024-12-31", "where": "state=TX"}
    mean = million(("TX", 2023), ("TX", 2024)) / 2
    assert ledger.ask("notices_per_million", **asked).value() == pytest.approx(2 / mean)
    assert ledger.ask("notices_per_million", where="state=TX,NY").value() == pytest.approx(
        3 / sum(sum(residents(state, year).number for year in range(2009, 2026)) / 17e6 for state in ("TX", "NY"))
    )


def test_a_rate_by_year_divides_by_the_residents_of_each(ledger: Any) -> None:
    rates = dict(ledger.ask("notices_per_million", by="year", where="state=TX").rows)
    assert rates == pytest.approx({year: 1 / million(("TX", year)) for year in (2023, 2024)})
    by_month = ledger.ask("notices_per_million", by=["state", "month"], where="state!=NY").records()
    assert {row["month"]: row["notices_per_million"] for row in by_month if row["state"] == "TX"} == pytest.approx(
        {"2023-05": rates[2023], "2024-01": rates[2024]}
    )


def test_a_rate_of_the_whole_leaves_territories_out_above_and_below(ledger: Any) -> None:
    states = {row["state"] for row in ledger.ask("notices", by="state").records()}
    assert {"", "PR"} < states
    with_rate = [
        state
        for state in catalog.Vocabulary.load().values("state")
        if state and state != "PR" and residents(state, 2024)
    ]
    assert len(with_rate) == 51
    everybody = million(*((state, 2024) for state in with_rate))
    assert ledger.ask("individuals_per_million", year=2024).value() == pytest.approx((1500 + 700) / everybody)


def test_the_sql_gives_the_same_rows_in_a_bare_duckdb(ledger: Any, asked_home) -> None:
    (path,) = sorted((asked_home / "ledger").glob("generation-*.duckdb"))[-1:]
    with duckdb.connect(str(path), read_only=True) as bare:
        for name in catalog.dimensions():
            answer = ledger.ask(*catalog.MEASURES, by=name, where=["state!=PR", "name~a"], as_of="2024-09-01")
            assert (
                "$" not in answer.sql.replace("$'", "").replace("$|", "").replace("$)", "")
                or name == "information_type"
            )
            assert tuple(bare.execute(answer.sql).fetchall()) == answer.rows
