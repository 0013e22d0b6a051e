"""Every caveat can occur, where it should and not where it should not, and is said in both languages."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asked import BLANK_COUNT, TWO_WAYS
from made_up import PORTAL, MadeUpRegister, Row

from breachtrail import pipeline
from breachtrail.notices.vocabulary import LANGUAGES
from breachtrail.wording import terminal
from breachtrail.wording.phrases import Phrases

OLD = {"as_of": "2024-06-01"}
NO_DAY = [column for column in PORTAL if column != "submitted_on"]


def codes(answer: Any) -> list[str]:
    return [caveat.code for caveat in answer.caveats]


def test_one_view_alone_is_half_a_total(ledger: Any) -> None:
    answer = ledger.ask("notices", view="under_investigation", **OLD)
    assert answer.caveat("one_view").values == {"view": "under_investigation", "others": ["archive"]}
    assert ledger.ask("notices", **OLD).caveat("one_view") is None


def test_a_view_that_was_last_seen_earlier_is_named(ledger: Any) -> None:
    assert ledger.ask("notices", as_of="2024-09-01").caveat("view_older").values == {
        "view": "archive",
        "taken_on": date(2024, 6, 1),
    }
    assert ledger.ask("notices", as_of="2024-12-01").caveat("view_older") is None
    assert ledger.ask("notices", as_of="2024-09-01", view="under_investigation").caveat("view_older") is None


def test_a_fresh_period_will_grow_and_an_old_one_not(ledger: Any) -> None:
    assert ledger.ask("notices", month="2024-05", **OLD).caveat("fresh").values["days"] == 1
    assert "fresh" not in codes(ledger.ask("notices", month="2024-03", **OLD))
    assert "fresh" in codes(ledger.ask("notices", **OLD))


@pytest.mark.parametrize("dimension", ["breach_type", "location", "information_type"])
def test_several_values_are_counted_and_said(ledger: Any, dimension: str) -> None:
    answer = ledger.ask("share", by=dimension, **OLD)
    assert answer.caveat("several_values").values == {"dimension": dimension, "notices": 1, "of": 6}
    assert sum(row[1] for row in answer.rows) > 1
    assert "several_values" not in codes(ledger.ask("share", by=dimension, where="name~alpha", **OLD))
    assert "several_values" not in codes(ledger.ask("share", by="state", **OLD))


def test_placeholders_and_blank_counts_are_numbered(ledger: Any) -> None:
    answer = ledger.ask("individuals", **OLD)
    assert answer.caveat("placeholders").values == {"notices": 2}
    assert answer.caveat("without_count").values == {"notices": 1}
    assert answer.caveat("records_not_people") is not None
    assert codes(ledger.ask("notices", where=f"name={BLANK_COUNT.name}", month="2023-12")) == []


def test_what_left_a_list_is_counted_until_every_list_was_looked_at(ledger: Any) -> None:
    asked = {"where": f"name={TWO_WAYS.name}"}
    assert ledger.ask("notices", as_of="2024-09-01", **asked).caveat("closed").values == {"notices": 1}
    for day in ("2024-12-01", "2025-01-02"):
        answer = ledger.ask("notices", as_of=day, **asked)
        assert answer.value() == 0
        assert answer.caveat("not_shown").values == {"notices": 1}
        assert answer.caveat("closed") is None
    assert ledger.ask("notices", where=["status=unlisted"]).caveat("not_shown") is None


def test_a_view_never_seen_is_named(tmp_path: Path) -> None:
    register = MadeUpRegister(tmp_path / "home")
    register.look("2024-06-01", under_investigation=[Row()])
    with register.open() as opened:
        assert opened.ask("notices").caveat("view_unobserved").values == {"view": "archive"}
        assert "view_unobserved" not in codes(opened.ask("notices", view="under_investigation"))


def odd_ledger(folder: Path) -> Any:
    """A list of 2014 without submission days; a list whose day is known as a window; a file that somebody made of both."""
    register = MadeUpRegister(folder / "home")
    files = [
        register.write("2014-01-01", "both", [Row("Old Clinic")], columns=NO_DAY, extra={"Date of Breach": "1/5/2013"}),
        register.write("2024-06-03", "under_investigation", [Row("New Clinic")]),
        register.write("2024-08-01", "both", [Row("New Clinic", status="Archived")], columns=[*PORTAL, "status"]),
    ]
    (register.folder / "MANIFEST.tsv").write_text(
        "file\ttaken_on\tnot_before\tnot_after\n2024-06-03_under_investigation.csv\t2024-06-03\t2024-05-28\t2024-06-09\n"
    )
    assert [one.refused for one in pipeline.ingest(register.home, files).files if one.refused] == []
    return register.open()


def test_what_is_odd_about_files_is_said(tmp_path: Path) -> None:
    with odd_ledger(tmp_path) as opened:
        assert opened.ask("notices", as_of="2014-01-01").value() == 0
        assert opened.ask("notices", as_of="2014-01-01").caveat("undated").values == {"notices": 1}
        window = {"not_before": date(2024, 5, 28), "not_after": date(2024, 6, 9), "view": "under_investigation"}
        for day in ("2024-06-03", "2024-06-09"):
            assert opened.ask("notices", as_of=day).caveat("inside_window").values == window
        assert opened.ask("notices", as_of="2024-05-28").caveat("inside_window").values == window
        assert opened.ask("notices", as_of="2024-06-10").caveat("inside_window") is None
        assert opened.ask("notices", as_of="2024-08-01").caveat("derived_file").values["taken_on"] == date(2024, 8, 1)
        assert opened.ask("notices", as_of="2024-06-09", view="under_investigation").caveat("derived_file") is None


def test_every_caveat_can_occur_and_is_said_in_both_languages(ledger: Any, tmp_path: Path) -> None:
    unseen = MadeUpRegister(tmp_path / "unseen")
    unseen.look("2024-06-01", under_investigation=[Row()])
    undivided = MadeUpRegister(tmp_path / "undivided")
    undivided.look("2024-06-01", both=[Row()])
    with undivided.open() as whole:
        assert whole.ask("notices", view="archive").caveat("view_undivided").values == {"view": "archive", "notices": 1}
    with odd_ledger(tmp_path) as odd, unseen.open() as half:
        answers = [
            ledger.ask(
                "notices", "individuals", "notices_per_million", "posting_delay", "days_open", by="location", **OLD
            ),
            ledger.ask("notices", as_of="2024-09-01", view="archive"),
            ledger.ask("individuals", as_of="2024-09-01"),
            ledger.ask("notices"),
            *(odd.ask("notices", as_of=day) for day in ("2014-01-01", "2024-06-05", "2024-08-01")),
            half.ask("notices"),
        ]
    phrases = {key.removeprefix("caveat.") for key in Phrases.of("en").keys if key.startswith("caveat.")}
    assert {code for answer in answers for code in codes(answer)} == phrases - {"view_undivided"}
    for language in LANGUAGES:
        for answer in answers:
            notes = terminal.answer_notes(answer, language)
            assert len(notes) == len(answer.caveats) + 2
            assert all(note.strip() for note in notes)
