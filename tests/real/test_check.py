"""The article that stands in the trap, and our own reports, against the real exports."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import breachtrail
from breachtrail.claims.check import check
from breachtrail.claims.checked import Checked
from breachtrail.claims.load import load
from breachtrail.claims.reading import read
from breachtrail.claims.tolerance import Manner
from breachtrail.claims.verdict import AGAINST, Reason, Verdict
from breachtrail.report.report import write

IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
Check = Callable[..., Checked]


@pytest.fixture(scope="module")
def checked(real_ledger: Path) -> Check:
    def call(path: Path, day: date | None = None) -> Checked:
        article = load(path, day)
        with breachtrail.open(real_ledger) as ledger:
            return check(ledger, article, read(article))

    return call


@pytest.fixture(scope="module")
def trap(checked: Check, shared: Path) -> Checked:
    return checked(shared / "articles" / "2025-01-23_shushi_zh.md")


def test_every_figure_of_the_article_is_found(trap: Checked) -> None:
    assert trap.day == date(2025, 1, 23)
    assert trap.not_understood == ()
    different = {(one.claim.question, one.claim.organisation, one.figure is None) for one in trap.claims}
    assert len(different) == 32  # 31 figures and a rank; some figures are said more than once
    assert {one.claim.organisation for one in trap.claims} - {""} >= {
        "Medicare & Medicaid服务中心",
        "Kaiser Permanente",
        "Geisinger",
    }
    assert sum(bool(one.claim.organisation) for one in trap.claims) == 13
    assert any(one.claim.rank == 1 and one.claim.ranked == "state" for one in trap.claims)


def test_the_article_is_consistent_only_with_the_open_cases_alone(trap: Checked) -> None:
    assert trap.offered is not None
    assert trap.offered.reading.code == "open_alone"
    assert trap.offered.gained == trap.offered.left >= 12
    assert trap.offered.explained >= 17
    assert trap.offered.plainly <= 5
    totals = [one for one in trap.claims if one.figure is not None and one.figure.value == 585]
    assert {one.verdict for one in totals} == {Verdict.ONLY_IF}
    assert totals[0].standing is not None
    low, high = totals[0].standing.bracket.low, totals[0].standing.bracket.high
    assert 655 <= low <= 662
    assert 730 <= high <= 740


def test_exact_counts_lie_in_the_brackets_of_the_open_list(trap: Checked) -> None:
    """585 and sixteen others: the very figures, without any tolerance; a count of everything admits a handful."""
    exact = {
        one.claim.question: one
        for one in trap.claims
        if one.figure is not None and not one.claim.organisation and one.claim.question.measures == ("notices",)
    }
    assert len(exact) == 17
    inside = {"open": 0, "all": 0}
    for one in exact.values():
        assert one.figure is not None
        assert one.standing is not None
        opened = next(test.bracket for test in one.tried if test.reading.code == "open_alone")
        inside["open"] += opened.low <= one.figure.value <= opened.high
        inside["all"] += one.standing.bracket.low <= one.figure.value <= one.standing.bracket.high
    assert inside["open"] >= 15
    assert inside["all"] <= 5


def test_the_organisations_hold_and_it_is_said_how_they_were_printed(trap: Checked) -> None:
    organisations = {one.claim.organisation: one for one in trap.claims if one.claim.organisation}
    assert {one.verdict for one in organisations.values()} <= {Verdict.HOLDS, Verdict.CONSISTENT}
    manners = {name: one.judgement.manner for name, one in organisations.items()}
    assert manners["Kaiser Permanente"] is Manner.EXACT
    assert manners["Medicare & Medicaid服务中心"] is Manner.ROUNDED
    assert manners["Concentra Health Services"] is manners["Geisinger"] is Manner.TRUNCATED


def test_the_corrected_figures_are_said_each_as_it_is(checked: Check) -> None:
    """Totals inside their brackets, health plans far outside theirs, Pennsylvania by one."""
    found = checked(Path(__file__).parents[1] / "claims" / "texts" / "corrected-2024.md", date(2025, 1, 23))
    by_figure = {one.figure.text: one for one in found.claims if one.figure is not None}
    assert by_figure["720"].verdict is by_figure["186 million"].verdict is Verdict.CONSISTENT
    assert [one.figure and one.figure.text for one in found.claims if one.verdict in AGAINST] == ["100"]
    plans, pennsylvania = by_figure["100"].standing, by_figure["31"].standing
    assert plans is not None
    assert pennsylvania is not None
    assert (68 <= plans.bracket.low <= 70, 77 <= plans.bracket.high <= 80) == (True, True)
    assert pennsylvania.bracket.high in (29, 30)
    assert by_figure["31"].judgement.reason is Reason.JUST_OUTSIDE


MONTH = {"year": 2024, "month": 7, "as_of": "2024-10-16"}
SCOPES = [
    {"year": 2024},
    {"year": 2022},
    {"year": 2024, "as_of": "2024-12-08"},
    {"year": 2019, "as_of": "2020-02-11"},
    MONTH,
]
#: Each writes a whole report; an ordinary run writes these.
CHOSEN = [("en", SCOPES[2]), ("zh", SCOPES[1]), ("en", MONTH), ("zh", MONTH)]
ALL = [(language, scope) for language in ("en", "zh") for scope in SCOPES]


@pytest.mark.parametrize(
    ("language", "scope"),
    ALL if IS_DEEP else CHOSEN,
    ids=lambda one: one if isinstance(one, str) else "-".join(map(str, one.values())),
)
def test_our_own_report_passes(checked: Check, real_ledger: Path, tmp_path: Path, scope: dict, language: str) -> None:
    """Nothing in a report speaks against the register that it was written from.

    As HTML too (which draws its charts, and takes long) for a month; with ``HYPOTHESIS_PROFILE=deep`` for all.
    """
    files = [tmp_path / "report.md", *([tmp_path / "report.html"] if "month" in scope or IS_DEEP else [])]
    with breachtrail.open(real_ledger) as ledger:
        write(ledger, **scope, language=language, path=files[0], also=files[-1] if len(files) > 1 else None)
    for path in files:
        found = checked(path, date.fromisoformat(scope["as_of"]) if "as_of" in scope else None)
        wrong = [
            (one.figure and one.figure.text, found.article.text[one.claim.start : one.claim.end])
            for one in found.claims
            if one.verdict in AGAINST
        ]
        assert wrong == [], path.name
        assert sum(one.verdict is Verdict.HOLDS for one in found.claims) >= 10
