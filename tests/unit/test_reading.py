"""Articles to claims: sentence by sentence in both languages, and what carries over from one to the next."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from claimed import line, lines, sentence
from written import as_docx, as_pdf

from breachtrail.claims.claim import Aside, ClaimKind, Unsure
from breachtrail.claims.load import from_bytes, from_text
from breachtrail.claims.reading import MOST_FIGURES, read

SENTENCES = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "claims" / "sentences.yml").read_text(encoding="utf-8")
)
CASES = [(one["text"], one["read"]) for language in ("en", "zh") for one in SENTENCES[language]]
DAY = date(2025, 1, 23)


def claims(text: str, day: date | None = DAY) -> list[str]:
    return [line(claim) for claim in read(from_text(text, day)).claims]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_a_sentence(text: str, expected: list[str]) -> None:
    assert lines(sentence(text)) == expected


def test_the_title_gives_the_period_and_a_heading_takes_its_place() -> None:
    text = "# Breaches in 2024\n\nProviders reported 520 breaches.\n\n## 2023\n\nProviders reported 450 breaches.\n"
    assert claims(text) == [
        "count exact 520: notices, entity_type=Healthcare Provider, 2024",
        "count exact 450: notices, entity_type=Healthcare Provider, 2023",
    ]


def test_a_period_holds_to_the_end_of_its_paragraph() -> None:
    text = "# Breaches in 2024\n\nIn March 2024, Texas reported 9 breaches. Ohio reported 4.\n\nTexas reported 56 breaches.\n"
    assert claims(text) == [
        "count exact 9: notices, state=TX, 2024-03-01..2024-03-31",
        "count exact 4: notices, state=OH, 2024-03-01..2024-03-31",
        "count exact 56: notices, state=TX, 2024",
    ]


def test_a_text_that_goes_on_to_a_longer_period_speaks_of_that() -> None:
    text = "# 2024年上半年泄露回顾\n\n截至10月中旬，2024年已累计上报537起。\n\n医疗服务提供者384起、健康计划66起。\n"
    assert claims(text)[-1] == "count exact 66: notices, entity_type=Health Plan, 2024"


def test_without_any_period_a_count_is_not_understood() -> None:
    found = read(from_text("Providers reported 520 breaches.", None))
    assert [why for _, why in found.not_understood] == [Unsure.UNKNOWN_PERIOD]


@pytest.mark.parametrize(("day", "year"), [(date(2025, 1, 23), "2024"), (date(2023, 6, 10), "2022")])
def test_last_year_is_told_from_the_day_of_publication(day: date, year: str) -> None:
    assert claims("There were 720 breaches last year.", day) == [f"count exact 720: notices, {year}"]


def test_an_organisation_is_remembered_within_its_paragraph() -> None:
    text = "# 2024\n\n2024年最大规模的泄露事件“锁定”Change Healthcare。该公司遭受的攻击致使约1亿人信息失窃。\n\n该公司在50个州有业务。\n"
    assert claims(text)[-1] == "count about 1亿: individuals, 2024; of Change Healthcare"


def test_items_take_unit_and_period_from_what_introduces_them() -> None:
    text = "# Report\n\nBreaches by state in June 2024:\n\n- Texas: 6\n- Ohio – 4 (7%)\n"
    assert claims(text) == [
        "count exact 6: notices, state=TX, 2024-06-01..2024-06-30",
        "count exact 4: notices, state=OH, 2024-06-01..2024-06-30",
        "share exact 7%: notices, state=OH, 2024-06-01..2024-06-30; against notices, 2024-06-01..2024-06-30",
    ]


def test_a_count_after_a_sentence_on_a_part_may_be_of_that_part() -> None:
    text = "# Breaches in 2024\n\nHacking was on the rise. A further 480 incidents were seen.\n"
    assert [why for _, why in read(from_text(text, DAY)).not_understood] == [Unsure.TWO_READINGS]


def test_those_are_the_ones_counted_last() -> None:
    text = "# Breaches in 2024\n\nProviders reported 520 breaches. Of those, 400 involved hacking.\n"
    assert (
        claims(text)[-1]
        == "count exact 400: notices, breach_type=Hacking/IT Incident, entity_type=Healthcare Provider, 2024"
    )


def test_a_rank_without_a_figure_is_a_claim_of_its_own() -> None:
    found = read(from_text("# 2024年\n\n近500起为黑客/IT事件，其次为未经授权的访问或披露。", DAY))
    ranks = [claim for claim in found.claims if claim.kind is ClaimKind.RANK]
    assert [(claim.rank, claim.ranked, str(claim.question.conditions[0])) for claim in ranks] == [
        (2, "breach_type", "breach_type=Unauthorized Access/Disclosure")
    ]


def test_numbers_of_links_are_kept_apart_and_those_of_addresses_are_none() -> None:
    text = (
        "# 2024\n\n720 breaches in 2024, see https://example.org/2024/585.\n\n[5 more stories](https://example.org/5)\n"
    )
    found = read(from_text(text, DAY))
    assert [(figure.text, why) for figure, why in found.not_about_the_register] == [
        ("2024", Aside.YEAR),
        ("2024", Aside.YEAR),
        ("5", Aside.OTHER_SOURCE),
    ]


def test_a_heap_of_figures_is_no_sentence() -> None:
    found = read(from_text("In 2024, breaches " + "12 " * (MOST_FIGURES + 1), DAY))
    assert not found.claims
    assert len(found.not_understood) == MOST_FIGURES + 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_reads_alike_in_every_format(language: str) -> None:
    title, *paragraphs = {
        "en": [
            "Breaches in 2024",
            "Providers reported 520 breaches, affecting 90 million people.",
            "Texas had 56 breaches.",
        ],
        "zh": ["2024年泄露回顾", "医疗服务提供者上报520起，影响9000万人。", "德州56起。"],
    }[language]
    markdown = f"# {title}\n\n" + "\n\n".join(paragraphs)
    html = f"<article><h1>{title}</h1>{''.join(f'<p>{one}</p>' for one in paragraphs)}</article>"
    files = {"a.md": markdown.encode(), "a.html": html.encode(), "a.txt": markdown.removeprefix("# ").encode()}
    files["a.docx"] = as_docx(title, paragraphs)
    if language == "en":
        files["a.pdf"] = as_pdf([[title, " ", paragraphs[0], " ", paragraphs[1]]])
    read_from = {
        name: [line(claim) for claim in read(from_bytes(raw, name, DAY)).claims] for name, raw in files.items()
    }
    assert len(read_from["a.md"]) == 3
    assert all(told == read_from["a.md"] for told in read_from.values()), read_from
