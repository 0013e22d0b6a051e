"""The year in review of the real exports: what the hand-written one of January 2025 said, and what the ledger knows more.

Only facts are asserted: names of organisations, days, counts.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import breachtrail
from breachtrail.report import report, story
from breachtrail.report.scope import Scope
from breachtrail.report.section import Listing, Note, Paragraph, Points, Section
from breachtrail.wording.phrases import Phrases

LANGUAGES = ("en", "zh")
#: The thirteen organisations of the article, with their numbers rounded half up.
ORGANISATIONS = (
    ("Change Healthcare", "192.7 million", "1.927亿"),
    ("Kaiser Permanente", "13.4 million", "1340万"),
    ("Ascension Health", "5.5 million", "550万"),
    ("HealthEquity", "4.3 million", "430万"),
    ("Concentra Health Services", "4 million", "400万"),
    ("Centers for Medicare & Medicaid Services", "3.1 million", "310万"),
    ("Acadian", "2.9 million", "290万"),
    ("Sav-Rx", "2.8 million", "280万"),
    ("WebTPA", "2.5 million", "250万"),
    ("Integris Health", "2.4 million", "240万"),
    ("Medical Management Resource Group", "2.3 million", "230万"),
    ("Summit Pathology", "1.8 million", "180万"),
    ("Geisinger", "1.3 million", "130万"),
)
CHINESE = {"Centers for Medicare & Medicaid Services": "美国联邦医疗保险和医疗补助服务中心"}


@pytest.fixture(scope="module")
def ledger(real_ledger: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(real_ledger) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare(real_ledger: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = sorted((real_ledger / "ledger").glob("generation-*.duckdb"))[-1]
    with duckdb.connect(str(path), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def of_2024(ledger: breachtrail.Ledger) -> dict[str, story.Story]:
    """The year 2024 as known on 2026-07-09, in both languages."""
    return {language: told(ledger, 2024, as_of="2026-07-09", language=language) for language in LANGUAGES}


def told(
    ledger: breachtrail.Ledger, year: int, month: int | None = None, as_of: str | None = None, language: str = "en"
) -> story.Story:
    return story.tell(ledger, Scope.of(ledger, year, month, as_of), Phrases.of(language))


def section(of: story.Story, key: str) -> Section:
    return next(one for one in of.sections if one.key == key)


def text(of: story.Story, *keys: str) -> str:
    """Every sentence of these sections, or of all."""
    blocks = [block for one in of.sections if one.key in keys or not keys for block in one.blocks]
    return " ".join(" ".join(block.sentences) for block in blocks if isinstance(block, Paragraph | Note | Points))


def listings(of: Section) -> list[Listing]:
    return [block for block in of.blocks if isinstance(block, Listing)]


def summed(listing: Listing) -> dict[str, int]:
    """Individuals by published name."""
    sums: Counter[str] = Counter()
    for row in listing.rows:
        sums[row[0]] += int(row[1].replace(",", ""))
    return dict(sums)


def by_name(of: Section) -> dict[str, int]:
    """The same from the section's answer."""
    [answer] = [one for one in of.answers if one.question.dimensions == ("name",)]
    return {" ".join(row["name"].split()): row["individuals"] for row in answer.records()}


# 2024


def test_the_title_holds_both_totals(of_2024: dict[str, story.Story]) -> None:
    assert of_2024["en"].title == "US health data breaches in 2024: 741 notices, nearly 290 million records"
    assert of_2024["zh"].title == "美国医疗业2024年上报741起数据泄露，近2.9亿人次受影响"


def test_the_thirteen_organisations_stand_with_their_numbers(of_2024: dict[str, story.Story]) -> None:
    english, chinese = (text(of_2024[language], "largest") for language in LANGUAGES)
    for name, in_english, in_chinese in ORGANISATIONS:
        assert re.search(
            rf"{re.escape(name)}[^,.:]{{0,40}}?\D{re.escape(in_english)}|{name} of .*?: {in_english}", english
        ), name
        assert re.search(rf"{re.escape(CHINESE.get(name, name))}[^、]{{0,40}}?\D{in_chinese}", chinese), name


def test_every_notice_of_a_million_is_listed(of_2024: dict[str, story.Story], ledger: breachtrail.Ledger) -> None:
    known = ledger.notices(year=2024, as_of="2026-07-09", where=["individuals>=1000000"])
    for language in LANGUAGES:
        [listing] = listings(section(of_2024[language], "largest"))
        assert [(row[0], row[1]) for row in listing.rows] == [
            (" ".join(one["name"].split()), f"{one['individuals']:,}") for one in known
        ]


def test_change_healthcare_is_told_number_by_number(of_2024: dict[str, story.Story]) -> None:
    assert (
        "Change Healthcare, submitted on July 19, 2024, was first seen with the placeholder 500 (on October 16, 2024), then with "
        "100 million (on November 6, 2024), 190 million (on April 12, 2025) and 192.7 million (on April 15, 2026)."
    ) in text(of_2024["en"], "largest")
    assert (
        "首次出现时（2024年10月16日所见）的人数为占位数500，此后改为1亿（2024年11月6日所见）、1.9亿（2025年4月12日所见）"
        "和1.927亿（2026年4月15日所见）。"
    ) in text(of_2024["zh"], "largest")


def test_the_trap_is_told_unprompted(of_2024: dict[str, story.Story], ledger: breachtrail.Ledger) -> None:
    alone = ledger.ask("notices", year=2024, as_of="2026-07-09", view="under_investigation").value()
    assert f"gives {alone} notices" in text(of_2024["en"], "trap")
    assert f"2024年只有{alone}起通报" in text(of_2024["zh"], "trap")
    assert "a total needs both lists" in text(of_2024["en"], "trap")
    assert "必须两份名单相加" in text(of_2024["zh"], "trap")
    [listing] = listings(section(of_2024["en"], "trap"))
    assert ("November 6, 2024", "507", "585") in listing.rows
    assert ("December 8, 2024", "556", "659") in listing.rows


def test_both_truths_about_business_associates(of_2024: dict[str, story.Story]) -> None:
    assert "filed 118 of the 741 notices" in text(of_2024["en"], "associates")
    assert "involved in 222" in text(of_2024["en"], "associates")
    assert "由业务伙伴上报的有118起" in text(of_2024["zh"], "associates")


def test_what_was_exposed_cannot_be_told_yet(of_2024: dict[str, story.Story]) -> None:
    said = text(of_2024["en"], "information")
    assert "so far 66 of the 741 notices have one (8.9%)" in said
    assert "The latest year with enough descriptions is 2023" in said
    assert "741起通报中，目前只有66起附有说明" in text(of_2024["zh"], "information")


def test_the_year_before_is_seen_from_the_same_distance(
    of_2024: dict[str, story.Story], ledger: breachtrail.Ledger
) -> None:
    then = ledger.ask("notices", year=2023, as_of="2025-07-09").value()
    said = text(of_2024["en"], "before")
    assert "2023 as it was known a year earlier, on July 9, 2025" in said
    assert f"2023 had {then}" in said
    assert "No look lies near that day" in said


def test_chinese_is_printed_as_chinese(of_2024: dict[str, story.Story]) -> None:
    said = text(of_2024["zh"])
    assert "得克萨斯州60起" in said
    assert not re.findall(r"[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff][,;:?!]", said)
    assert not re.findall(r"\b(?:Texas|Hacking|Email|notice|million|unknown|stated|named|none)\b", said)


# Any year, any day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("year", "month", "as_of"),
    [
        (2024, None, None), (2015, None, None), (2009, None, None), (2026, None, None), (2024, 7, None),
        (2024, None, "2024-05-28"), (2019, None, "2019-04-13"), (2016, None, "2016-04-09"), (2017, None, "2017-09-06"),
        (2024, None, "2024-02-29"), (2024, 12, "2024-12-08"),
    ],
)  # fmt: skip
def test_every_figure_stands_in_an_answer_whose_sql_gives_it_in_a_bare_duckdb(
    ledger: breachtrail.Ledger,
    bare: duckdb.DuckDBPyConnection,
    year: int,
    month: int | None,
    as_of: str | None,
    language: str,
) -> None:
    of = told(ledger, year, month, as_of, language)
    numbers = Phrases.of(language).numbers
    for answer in of.answers if language == "en" else ():
        assert tuple(bare.execute(answer.sql).fetchall()) == answer.rows
    for one in of.sections:
        if one.key in ("revisions", "help", "method"):  # their tables list notices' versions, advice and snapshots
            continue
        figures = [
            value for answer in one.answers for row in answer.rows for value in row if isinstance(value, int | float)
        ]
        printed = {how(value) for value in figures for how in (numbers.count, numbers.decimal, numbers.percent)}
        for listing in listings(one):
            places = [place for place in range(len(listing.columns)) if place not in listing.texts]
            if one.key == "months":  # the band is an estimate, which no question has
                places = [place for place in places if listing.columns[place] != Phrases.of(language).say("chart.band")]
            if one.key == "largest":
                assert summed(listing) == by_name(one), "a name can stand for several notices"
                continue
            if one.key == "information":
                places = places[:1]  # a share of described notices, which no question has for its whole
            for row in listing.rows:
                assert {row[place] for place in places} <= printed | {"–", "0"}, (one.key, row)


@pytest.mark.parametrize("year", [2010, 2013, 2018, 2021, 2023, 2025])
def test_other_years_are_told_as_well(ledger: breachtrail.Ledger, year: int) -> None:
    english, chinese = (told(ledger, year, language=language) for language in LANGUAGES)
    assert [one.key for one in english.sections] == [one.key for one in chinese.sections] == list(story.SECTIONS)
    total = ledger.ask("notices", year=year).value()
    assert f"{total:,}" in english.title
    assert f"{total:,}" in chinese.title


def test_a_month_is_told_without_months_and_years(ledger: breachtrail.Ledger) -> None:
    of = told(ledger, 2024, 7, "2026-07-09")
    assert not story.OF_A_YEAR & {one.key for one in of.sections}
    assert of.title.startswith("US health data breaches in July 2024: 49 notices")


def test_an_early_day_knows_nothing_of_later_ones(ledger: breachtrail.Ledger) -> None:
    of = told(ledger, 2024, as_of="2024-05-28")
    assert of.title.startswith("US health data breaches in 2024, so far: 294 notices")
    assert "The last look at the archive was on June 3, 2023" in text(of, "totals")
    assert "was last looked at on June 3, 2023, before 2024 began" in text(of, "trap")
    assert "Change Healthcare" not in text(of) + str([listings(one) for one in of.sections])
    assert not re.search(r"202[56]", text(of, *(set(story.SECTIONS) - {"help", "states"})))


def test_an_open_list_alone_is_not_sold_as_the_whole(ledger: breachtrail.Ledger, tmp_path: Path, shared: Path) -> None:
    from breachtrail import pipeline

    pipeline.ingest(tmp_path / "home", [shared / "data" / "ocr" / "2024-12-08_under_investigation.csv"])
    with breachtrail.open(tmp_path / "home") as alone:
        of = told(alone, 2024)
        assert of.title.startswith("US health data breaches in 2024, so far: 556 notices")
        assert text(of, "trap").startswith("This report itself stands in the trap")


def test_an_old_export_alone_gives_a_shorter_report(tmp_path: Path, shared: Path) -> None:
    from breachtrail import pipeline

    pipeline.ingest(tmp_path / "home", [shared / "data" / "ocr" / "2016-04-09_both.csv"])
    with breachtrail.open(tmp_path / "home") as old:
        for language in LANGUAGES:
            of = told(old, 2015, language=language)
            assert "Anthem" in text(of, "largest")
            assert not listings(section(of, "revisions"))
            assert not listings(section(of, "before"))
            assert not listings(section(of, "trap"))


def test_the_files_hold_the_figures_to_the_digit(ledger: breachtrail.Ledger, tmp_path: Path) -> None:
    for language in LANGUAGES:
        for ending in ("html", "md"):
            path = report.write(
                ledger, year=2024, as_of="2026-07-09", language=language, path=tmp_path / f"{language}.{ending}"
            )
            written = path.read_text(encoding="utf-8")
            for figure in ("741", "289,846,372", "192,700,000", "118", "222", "13,400,000"):
                assert figure in written
            assert len(written.encode()) < 700_000
