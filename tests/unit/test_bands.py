"""Recent months and running years carry in the review the band in which they will end; what has settled carries none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import breachtrail
from breachtrail.report.draft import Draft
from breachtrail.report.scope import Scope
from breachtrail.report.section import Figure, Paragraph
from breachtrail.report.sections import months, years
from breachtrail.wording.chart import Table
from breachtrail.wording.phrases import Phrases

BAND = {"en": "In the end (nine of ten)", "zh": "最终（90%区间）"}


@pytest.fixture
def often(foretold_home: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(foretold_home) as ledger:
        yield ledger


def told(ledger: breachtrail.Ledger, section: object, language: str, as_of: str | None = None) -> tuple[Table, str]:
    """The table of the section's chart, and its paragraphs."""
    key = "months" if section is months else "years"
    draft = Draft(key, Scope.of(ledger, 2024, None, as_of), ledger, Phrases.of(language))
    section.tell(draft)  # type: ignore[attr-defined]
    blocks = draft.section().blocks
    [figure] = [one for one in blocks if isinstance(one, Figure)]
    return figure.chart.table, " ".join(" ".join(one.sentences) for one in blocks if isinstance(one, Paragraph))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_running_year_has_the_band_of_its_forecast(often: breachtrail.Ledger, language: str) -> None:
    table, words = told(often, years, language)
    [year] = often.forecast("2024").forecasts
    assert table.columns[-1] == BAND[language]
    assert [row[-1] for row in table.rows] == [
        "–",
        Phrases.of(language).say("estimate.between", low=year.final.low, high=year.final.high),
    ]
    assert {"en": "span what 2024 will come to", "zh": "图中细线表示2024年"}[language] in words


def test_the_same_figure_stands_in_the_months(often: breachtrail.Ledger) -> None:
    table, words = told(often, months, "en")
    december = often.forecast("2024-12").forecasts[0].final
    assert table.rows[-1][-1] == f"{december.low} to {december.high}"
    assert "“What is still to come” says how good such forecasts have been" in words


def test_without_a_score_there_is_no_band(often: breachtrail.Ledger) -> None:
    assert often.forecast("2024", as_of="2023-08-29").score is None
    draft = Draft("years", Scope.of(often, 2023, None, "2023-08-29"), often, Phrases.of("en"))
    years.tell(draft)
    assert "thin lines" not in " ".join(
        sentence for block in draft.section().blocks if isinstance(block, Paragraph) for sentence in block.sentences
    )
