"""What the commands say: the same figures in both languages, from phrases alone."""

import re
from typing import Any

import pytest

from breachtrail.ledger import rungs
from breachtrail.ledger.laws import Law
from breachtrail.notices.vocabulary import LANGUAGES
from breachtrail.pipeline import FileResult, Ingested
from breachtrail.wording import changes, terminal
from breachtrail.wording.phrases import Phrases

EN = Phrases.of("en")


def test_figures_are_printed_to_the_digit() -> None:
    printed = {
        ("individuals", 289_846_372): "289,846,372", ("notices", 0): "0", ("median", None): "–", ("median", 1500.0): "1,500",
        ("mean", 12.34): "12.3", ("mean", 401_140.2): "401,140", ("share", 0.6734): "67.3%", ("individuals_share", 0.0): "0%",
        ("notices_per_million", 0.0509): "0.1", ("posting_delay", 12.0): "12",
    }  # fmt: skip
    assert {key: terminal.figure(*key, EN) for key in printed} == printed


def test_a_name_is_printed_as_it_was_filed(ledger: Any) -> None:
    for language in LANGUAGES:
        _, rows, _ = terminal.answer_table(ledger.ask("notices", by="name"), language)
        assert "iOta Care" in [row[0] for row in rows]


def test_a_table_has_labels_in_the_readers_language(ledger: Any) -> None:
    answer = ledger.ask("notices", by=["state", "breach_type"], where="state=TX")
    assert terminal.answer_table(answer, "en") == (
        ["State", "Breach type", "Notices"], [["Texas", "Hacking or IT incident", "2"]], [False, False, True],
    )  # fmt: skip
    assert terminal.answer_table(answer, "zh")[:2] == (
        ["州", "泄露类型", "泄露通报"],
        [["得克萨斯州", "黑客/IT事件", "2"]],
    )


def figures_in(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*", text)


def test_both_languages_say_the_same_figures(ledger: Any) -> None:
    answer = ledger.ask("notices", "individuals", by="state", as_of="2024-09-01")
    english, chinese = (terminal.answer_table(answer, language)[1] for language in LANGUAGES)
    assert [row[1:] for row in english] == [row[1:] for row in chinese]
    assert len(terminal.answer_notes(answer, "en")) == len(terminal.answer_notes(answer, "zh"))


def test_a_document_holds_the_answer_and_its_sentences(ledger: Any) -> None:
    answer = ledger.ask("notices", by="year", where=["state=TX,NY"], view="archive", as_of="2024-09-01")
    document = terminal.answer_document(answer, "zh")
    assert document["rows"] == answer.records()
    assert document["question"]["conditions"] == ["state=TX,NY"]
    assert document["sql"] == answer.sql
    assert [caveat["code"] for caveat in document["caveats"]] == [caveat.code for caveat in answer.caveats]
    assert all(re.search(r"[\u4e00-\u9fff]", caveat["text"]) for caveat in document["caveats"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_can_be_said(ledger: Any, language: str) -> None:
    found = ledger.notices()
    tables = [
        terminal.notices_table(found, language),
        terminal.coverage_table(ledger.coverage(), language),
        changes.table(ledger.changes("2024-06-01"), language),
        *(
            terminal.trail_table(one["trail"], ledger.coverage(), language)
            for name in ("alpha", "two ways")
            for one in ledger.show(name)
        ),
    ]
    for columns, rows, right in tables:
        assert rows
        assert {len(columns)} == {len(right)} | {len(row) for row in rows}
        assert all(isinstance(cell, str) for row in rows for cell in row)
    assert terminal.notice_heading(ledger.show("territory")[0], language).startswith("Territory Partners\n")


def test_pages_are_counted_from_the_first_row(ledger: Any) -> None:
    answer = ledger.ask("notices", "individuals")
    notes = [terminal.page_notes(answer, shown, page, 4, "en")[0] for shown, page in ((4, 1), (2, 2), (0, 3))]
    assert [figures_in(note)[:2] for note in notes] == [["1", "4"], ["5", "6"], ["0", "0"]]


def test_why_a_total_moved_adds_up(ledger: Any) -> None:
    found = ledger.changes("2024-06-01", "2024-12-01")
    assert changes.notes(found, "en") == [
        "Why the total moved by +700 individuals: 1 new (+700), 1 revised (+500), 1 gone (−500), 0 back. "
        "Besides, 0 renamed and 0 moved between lists."
    ]
    columns, types, rows = changes.rows(found)
    assert {len(columns), len(types)} | {len(row) for row in rows} == {12}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rung_law_and_rule_has_its_words(language: str) -> None:
    phrases = Phrases.of(language)
    known = [value for name, value in vars(rungs).items() if name.isupper() and isinstance(value, str)]
    assert len(known) > 5
    for rung in [*known, "new", "absent", "absent, by a derived file"]:
        assert phrases.say(f"rung.{rung.replace(' ', '_').replace(',', '')}")
    for name in ("seal", "conservation", "intervals_tile", "ids", "sources", "raw", "rebuild"):
        for holds in (True, False):
            assert phrases.say(f"law.{name}") in terminal.law_line(Law(name, holds, 2, 3), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fate_of_a_file_is_said(language: str) -> None:
    fates = [
        FileResult(
            "a.csv", rows=12, accepted=11, held=1, view="archive", taken_on=terminal.date(2024, 6, 1), dress="CSV"
        ),
        FileResult("b.csv", known=True),
        FileResult("c.csv", refused="c.csv is no export."),
    ]
    lines = [terminal.file_line(fate, language) for fate in fates]
    assert figures_in(lines[0])[:3] == ["12", "11", "1"]
    assert "b.csv" in lines[1]
    assert "c.csv is no export." in lines[2]
    assert terminal.ingested_lines(Ingested(), language) == [Phrases.of(language).say("terminal.nothing_new")]
