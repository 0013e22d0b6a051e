"""What the figures of an answer will come to: those of the forecast and of growth, for whatever both can be asked."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

import breachtrail
from breachtrail.cli import app
from breachtrail.errors import QuestionError


def call(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["ask", *words, "--expected", "--home", str(home)])


@pytest.fixture
def often(foretold_home: Path):
    with breachtrail.open(foretold_home) as ledger:
        yield ledger


def test_each_row_has_the_forecast_of_its_period(often: breachtrail.Ledger) -> None:
    answer = often.ask("notices", by="month", year=2024)
    [told] = often.expected(answer)
    outlook = often.forecast(*(row["month"] for row in answer.records()))
    assert told.intervals == tuple(one.final for one in outlook.forecasts)
    assert [row["notices"] for row in answer.records()] == [one.shown for one in outlook.forecasts]
    assert told.within is None
    assert told.score == outlook.score is not None


def test_individuals_are_told_within_a_year(often: breachtrail.Ledger) -> None:
    notices, individuals = often.expected(
        often.ask("notices", "individuals", by="quarter", submitted_from="2024-07-01")
    )
    assert (notices.measure, individuals.measure) == ("notices", "individuals")
    assert individuals.intervals == tuple(often.growth(name).total for name in ("2024-Q3", "2024-Q4"))
    assert individuals.within == 365
    assert individuals.score == often.growth("2024-Q3").score


@pytest.mark.parametrize(
    "asked",
    [{"year": 2024}, {"month": "2024-12"}, {"submitted_from": "2024-10-01", "submitted_to": "2024-12-31"},
     {"where": ["quarter=2024-Q4"]}],
)  # fmt: skip
def test_one_period_needs_no_dimension(often: breachtrail.Ledger, asked: dict[str, object]) -> None:
    name = {"year": "2024", "month": "2024-12"}.get(next(iter(asked)), "2024-Q4")
    [told] = often.expected(often.ask("notices", **asked))
    assert told.intervals == (often.forecast(name).forecasts[0].final,)


def test_it_is_told_of_the_day_of_the_answer(often: breachtrail.Ledger) -> None:
    [then] = often.expected(often.ask("notices", year=2024, as_of="2024-03-01"))
    [now] = often.expected(often.ask("notices", year=2024))
    assert str(then.as_of) == "2024-02-25"
    assert then.intervals != now.intervals


@pytest.mark.parametrize(
    ("measures", "asked", "why"),
    [
        (["median"], {"year": 2024}, "median"),
        (["notices", "largest"], {"year": 2024}, "largest"),
        (["notices"], {}, "name one"),
        (["notices"], {"by": "state"}, "not by state"),
        (["notices"], {"by": ["year", "month"]}, "not by year and month"),
        (["notices"], {"year": 2024, "where": ["state=TX"]}, "state=TX"),
        (["notices"], {"year": 2024, "view": "archive"}, "not of archive"),
        (["notices"], {"by": "year", "same_days": True}, "same days"),
        (["notices"], {"by": "month", "submitted_from": "2024-01-02"}, "cuts a month"),
        (["notices"], {"by": "year", "submitted_to": "2024-06-30"}, "cuts a year"),
        (["notices"], {"submitted_from": "2024-01-01", "submitted_to": "2024-05-31"}, "name one"),
        (["notices"], {"by": "month", "year": 2019}, "No notice is known"),
        (["individuals"], {"by": "month"}, "at once"),
        (["notices"], {"by": "year", "where": ["month=2024-02"]}, "month=2024-02 cuts a year"),
        (["notices"], {"where": ["year=2023,2024"]}, "name one"),
        (["notices"], {"where": ["year=2024"], "submitted_from": "2024-02-01"}, "name one"),
        (["notices"], {"by": "month", "where": ["month!=2024-02"]}, "not of those with month!=2024-02"),
    ],
)
def test_what_no_estimate_knows_is_refused_in_a_sentence(
    often: breachtrail.Ledger, monkeypatch: pytest.MonkeyPatch, measures: list[str], asked: dict[str, object], why: str
) -> None:
    monkeypatch.setattr("breachtrail.questions.expected.MOST_GROWING", 5)
    answer = often.ask(*measures, **asked)
    with pytest.raises(QuestionError, match=why):
        often.expected(answer)


def test_the_command_writes_the_same_in_every_dress(often: breachtrail.Ledger, tmp_path: Path) -> None:
    asked = ["notices", "individuals", "--by", "year"]
    notices, individuals = often.expected(often.ask("notices", "individuals", by="year"))
    told = json.loads(call(often.home, *asked, "--format", "json").stdout)
    assert [tuple(one.values()) for one in told["expected"]["notices"]["intervals"]] == [
        one.quantiles for one in notices.intervals
    ]
    assert told["expected"]["individuals"]["within_days"] == 365
    assert told["expected"]["individuals"]["score"]["of"] == "revisions"
    assert all(one["method"] for one in told["expected"].values())
    rows = list(csv.DictReader(io.StringIO(call(often.home, *asked, "--format", "csv").stdout)))
    assert [int(row["individuals_expected_high"]) for row in rows] == [one.high for one in individuals.intervals]
    assert {row["notices_expected_method"] for row in rows} == {"forecast"}
    file = tmp_path / "told.parquet"
    assert call(often.home, *asked, "--format", "parquet", "-o", str(file)).exit_code == 0
    kept = duckdb.sql(f"SELECT notices_expected_median, notices_expected_score FROM '{file}' ORDER BY year").fetchall()
    assert notices.score is not None
    assert kept == [(one.median, notices.score.score) for one in notices.intervals]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_has_its_score_below(foretold_home: Path, language: str) -> None:
    told = call(foretold_home, "notices", "individuals", "--year", "2024", "--lang", language).output
    for word in {"en": ["In the end", "Within a year", "weighted interval score", "would be revised"],
                 "zh": ["最终", "一年内", "加权区间评分", "通报被修订"]}[language]:  # fmt: skip
        assert word in told
