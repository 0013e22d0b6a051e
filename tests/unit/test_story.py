"""The year in review over a made-up register, of which a reader can count everything (see ``asked.py``)."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.errors import QuestionError
from breachtrail.ledger.movement import Movement, gained
from breachtrail.report import story
from breachtrail.report.scope import Scope
from breachtrail.report.section import Figure, Listing, Note, Paragraph, Points, Section
from breachtrail.wording import question
from breachtrail.wording.phrases import Phrases

Tell = Callable[..., story.Story]
LONG_PAST = Row("Long Past Care", submitted_on=date(2020, 2, 2))


@pytest.fixture
def tell(ledger: breachtrail.Ledger) -> Tell:
    """The story of the small register: ``tell(2024, as_of=…, language=…)``."""
    return lambda year, month=None, as_of=None, language="en": told(ledger, year, month, as_of, language)


def told(
    ledger: breachtrail.Ledger, year: int, month: int | None = None, as_of: str | None = None, language: str = "en"
) -> story.Story:
    return story.tell(ledger, Scope.of(ledger, year, month, as_of), Phrases.of(language))


def section(of: story.Story, key: str) -> Section:
    return next(one for one in of.sections if one.key == key)


def text(of: story.Story, key: str) -> str:
    """Everything that a section says in sentences."""
    blocks = section(of, key).blocks
    return " ".join(" ".join(block.sentences) for block in blocks if isinstance(block, Paragraph | Note | Points))


def table(of: story.Story, key: str) -> Listing:
    return next(block for block in section(of, key).blocks if isinstance(block, Listing))


def register(home: Path, **looks: dict[str, list[Row]]) -> Iterator[breachtrail.Ledger]:
    made = MadeUpRegister(home)
    for day, views in looks.items():
        made.look(day.removeprefix("on_").replace("_", "-"), views)
    with made.open() as ledger:
        yield ledger


# The whole


def test_the_title_and_the_standfirst_hold_the_figures_of_the_year(tell: Tell) -> None:
    of = tell(2024)
    assert of.title == "US health data breaches in 2024: 3 notices, more than 2 million records"
    assert "Territory Partners, accounts for 2 million of the records, 99.9%" in " ".join(of.standfirst)
    assert tell(2024, language="zh").title == "美国医疗业2024年上报3起数据泄露，超200万人次受影响"


def test_the_sections_stand_in_the_order_of_the_article(tell: Tell) -> None:
    assert [one.key for one in tell(2024).sections] == list(story.SECTIONS)


def test_both_tongues_say_the_same_things(tell: Tell) -> None:
    for year, as_of in ((2024, None), (2023, None), (2024, "2024-06-01"), (2025, None)):
        english, chinese = tell(year, as_of=as_of), tell(year, as_of=as_of, language="zh")
        assert len(english.standfirst) == len(chinese.standfirst)
        for one, other in zip(english.sections, chinese.sections, strict=True):
            assert [block.kind for block in one.blocks] == [block.kind for block in other.blocks]
            assert [answer.sql for answer in one.answers] == [answer.sql for answer in other.answers]
            assert [len(block.rows) for block in one.blocks if isinstance(block, Listing)] == [
                len(block.rows) for block in other.blocks if isinstance(block, Listing)
            ]


def test_every_section_with_a_figure_shows_how_it_was_counted(tell: Tell) -> None:
    of = tell(2024)
    assert all(one.counted for one in of.sections)
    counted = section(of, "associates").counted
    assert counted[1].title == (
        "notices and individuals affected, where entity type is business associate; "
        "submitted January 1, 2024 to December 31, 2024; as known on January 2, 2025"
    )
    assert counted[1].sql.startswith("WITH counted AS")


def test_progress_is_told_of_each_section(ledger: breachtrail.Ledger) -> None:
    seen: list[tuple[str, int, int]] = []
    story.tell(ledger, Scope.of(ledger, 2024), Phrases.of("zh"), lambda what, done, of: seen.append((what, done, of)))
    assert seen[0] == ("总量", 0, len(story.SECTIONS))
    assert [done for _, done, _ in seen] == list(range(len(story.SECTIONS) + 1))


def test_a_month_leaves_out_what_makes_no_sense_for_a_month(tell: Tell) -> None:
    of = tell(2024, month=3)
    assert not story.OF_A_YEAR & {one.key for one in of.sections}
    assert of.title.startswith("US health data breaches in March 2024: 1 notice, ")
    assert "per million" not in text(of, "states") + " ".join(table(tell(2024, month=1), "states").columns)


def test_a_month_that_is_none_is_refused(ledger: breachtrail.Ledger) -> None:
    with pytest.raises(QuestionError, match="13 is no month"):
        Scope.of(ledger, 2024, 13)


def test_a_day_before_the_first_look_is_refused(ledger: breachtrail.Ledger) -> None:
    with pytest.raises(QuestionError, match="Nothing is known as of 2024-05-31"):
        Scope.of(ledger, 2024, as_of="2024-05-31")


# What was not observed


def test_a_year_without_a_notice_says_so_and_no_more(tell: Tell) -> None:
    of = tell(2020)
    assert of.title == "US health data breaches in 2020: no notice is known"
    assert [one.key for one in of.sections] == ["method"]
    assert "shows no notice submitted in 2020" in of.standfirst[0]


def test_a_year_that_had_not_begun_at_the_last_look_is_not_called_empty(tell: Tell) -> None:
    assert tell(2026).standfirst[0] == "The register was last looked at on January 2, 2025, before 2026 began."


def test_a_year_that_is_not_over_is_told_so_far(tell: Tell) -> None:
    of = tell(2024, as_of="2024-06-01")
    assert of.title == "US health data breaches in 2024, so far: 3 notices, more than 2 million records"
    assert "2024 was not over when the register was last looked at, on June 1, 2024" in text(of, "totals")
    months = table(of, "months")
    assert [row[0] for row in months.rows] == ["January", "February", "March", "April", "May", "June"]
    assert "2024 is not complete yet" in text(of, "years")


def test_one_list_alone_is_told_as_too_small_everywhere(tmp_path: Path) -> None:
    rows = [Row(individuals=900), Row("Other Care", individuals=700)]
    for ledger in register(tmp_path / "home", on_2024_06_01={"under_investigation": rows}):
        of = told(ledger, 2024)
        assert "archive had not been looked at by then, so these figures are too small" in of.standfirst[-1]
        assert "No snapshot of the archive had been taken" in text(of, "totals")
        assert text(of, "trap").startswith("This report itself stands in the trap")
        assert "cannot be told" in text(of, "years")
        assert not [block for block in section(of, "years").blocks if isinstance(block, Figure)]
        assert "cannot be compared" in text(of, "before")


def test_a_register_with_a_single_list_knew_no_trap(tmp_path: Path) -> None:
    for ledger in register(tmp_path / "home", on_2016_04_09={"all": [Row(submitted_on=date(2015, 5, 5))]}):
        of = told(ledger, 2015)
        assert text(of, "trap").startswith("On that day the register still showed all notices in one list")
        assert text(of, "revisions").startswith("This ledger holds one look at the register, of April 9, 2016")
        assert text(of, "before") == "The register shows no notice submitted in 2014."


def test_notices_without_any_number_break_nothing(tmp_path: Path) -> None:
    rows = [Row(individuals="", state="", entity_type="", breach_types="", locations="", business_associate="")]
    for language in ("en", "zh"):
        for ledger in register(
            tmp_path / language, on_2025_03_01={"under_investigation": rows, "archive": [LONG_PAST]}
        ):
            of = told(ledger, 2024, language=language)
            assert "records" not in [one.key for one in of.sections]
            assert len(section(of, "largest").blocks) == 1


# The traps


def test_an_open_count_alone_is_called_a_trap_with_its_figures(tell: Tell) -> None:
    said = text(tell(2024, as_of="2024-06-01"), "trap")
    assert "all 3 notices of 2024 known here were still in the list" in said
    said = text(tell(2023), "trap")
    assert "gives 1 notice and 0 records for 2023 on January 2, 2025, instead of 3 notices and 3,501 records" in said
    assert "只有1起通报" in text(tell(2023, language="zh"), "trap")


def test_filer_and_involved_stand_side_by_side(tell: Tell) -> None:
    of = tell(2024, as_of="2024-06-01")
    assert "filed 1 of the 3 notices (33.3%). A business associate was involved in 2 (66.7%)" in text(of, "associates")
    assert [row[1:] for row in table(of, "associates").rows] == [
        ("1", "2,000,000"),
        ("2", "2,000,500"),
        ("3", "2,001,500"),
    ]


def test_several_values_in_a_cell_are_said_beside_the_shares(tell: Tell) -> None:
    of = tell(2024, as_of="2024-06-01")
    assert "1 of 3 notices names more than one breach type" in text(of, "causes")
    assert "1 of 3 notices names more than one location" in text(of, "whereabouts")


def test_descriptions_below_half_are_not_taken_for_the_whole(tell: Tell) -> None:
    said = text(tell(2024), "information")
    assert "none of the 3 notices has one" in said
    assert "The latest year with enough descriptions is 2023, when 2 of 3 notices have one (66.7%)" in said
    assert "OCR has published a description of 2 of the 3 notices" in text(tell(2023), "information")


def test_a_value_that_names_no_kind_is_no_kind(tell: Tell) -> None:
    assert [row[0] for row in table(tell(2023), "information").rows] == ["Names", "Social Security numbers"]
    assert [row[1:] for row in table(tell(2023), "information").rows] == [("1", "50%"), ("1", "50%")]


def test_a_number_is_told_with_the_days_on_which_it_was_seen(tell: Tell) -> None:
    said = text(tell(2024), "largest")
    assert "Alpha Clinic, submitted on January 10, 2024, was first seen with 1,000 (on June 1, 2024)" in said
    assert "then with 1,500 (on September 1, 2024)" in said
    assert "1,500" not in text(tell(2024, as_of="2024-06-01"), "largest")


# What moved the total


def test_changes_between_the_last_two_looks_add_up(ledger: breachtrail.Ledger, tell: Tell) -> None:
    said = text(tell(2024, as_of="2024-09-01"), "revisions")
    assert "on June 1, 2024 and September 1, 2024, the notices of 2024 went from 3 to 4" in said
    assert "1 notice is new, with 700 records. 1 number was revised, 1 upwards (by 500 in all)." in said
    changes = ledger.changes("2024-06-01", "2024-09-01", where={"year": [2024]})
    before, after = (ledger.ask("individuals", year=2024, as_of=day).value() for day in ("2024-06-01", "2024-09-01"))
    assert gained(changes) == after - before
    movement = Movement.of(changes)
    assert gained((*movement.appeared, *movement.returned, *movement.revised, *movement.gone)) == after - before


def test_nothing_that_moved_is_said_in_a_sentence(tell: Tell) -> None:
    said = text(tell(2024), "revisions")
    assert "stayed at 3 and their records at 2 million. Nothing about them changed." in said


def test_a_list_first_looked_at_on_the_later_day_is_named(tmp_path: Path) -> None:
    looks: dict[str, Any] = {
        "on_2024_06_01": {"under_investigation": [Row()]},
        "on_2024_07_01": {"under_investigation": [Row()], "archive": [Row("Old Care", submitted_on=date(2024, 1, 3))]},
    }
    for ledger in register(tmp_path / "home", **looks):
        assert "archive had not been looked at before July 1, 2024" in text(told(ledger, 2024), "revisions")


# The year before


def looks_of_two_years(*days: str) -> dict[str, dict[str, list[Row]]]:
    rows = [Row("Now Care", individuals=3000, submitted_on=date(2024, 3, 1)),
            Row("Then Care", individuals=1000, submitted_on=date(2023, 3, 1))]  # fmt: skip
    return {
        f"on_{day.replace('-', '_')}": {
            "under_investigation": [row for row in rows if str(row.submitted_on) < day], "archive": [LONG_PAST]
        }
        for day in days
    }  # fmt: skip


def test_the_year_before_is_asked_as_known_a_year_earlier(tmp_path: Path) -> None:
    for ledger in register(tmp_path / "home", **looks_of_two_years("2024-04-01", "2025-04-03")):
        of = told(ledger, 2024)
        said = text(of, "before")
        assert "2023 as it was known a year earlier, on April 3, 2024" in said
        assert (
            "2024 has 1 notice, 2023 had 1: unchanged. The records went from 1,000 to 3,000: 3 times as many." in said
        )
        assert "the cases under investigation (April 1, 2024) and the archive (April 1, 2024)" in said
        assert "seen at nearly the same age, 1 day apart" in said
        assert [row[1:] for row in table(of, "before").rows[:2]] == [("1", "1", "1"), ("3,000", "1,000", "1,000")]


def test_no_look_near_that_day_is_said_with_what_it_does(tmp_path: Path) -> None:
    for ledger in register(tmp_path / "home", **looks_of_two_years("2024-04-01", "2025-09-01")):
        said = text(told(ledger, 2024), "before")
        assert "No look lies near that day: 2023 was then seen 152 days younger than 2024 is now" in said


def test_a_year_not_seen_to_its_end_is_not_compared(tmp_path: Path) -> None:
    for ledger in register(tmp_path / "home", **looks_of_two_years("2023-06-01", "2024-12-08")):
        of = told(ledger, 2024)
        assert "2024 cannot be compared fairly with 2023 yet" in text(of, "before")
        assert not [block for block in section(of, "before").blocks if isinstance(block, Listing)]
        assert len(table(of, "months").columns) == 3


def test_a_year_before_the_first_look_is_told_as_known_now_alone(tmp_path: Path) -> None:
    for ledger in register(tmp_path / "home", **looks_of_two_years("2025-04-03")):
        said = text(told(ledger, 2024), "before")
        assert "needs 2023 as it was known a year earlier, on April 3, 2024. That cannot be told" in said
        assert "As known on April 3, 2025, 2023 has 1 notice with 1,000 records." in said


def test_a_year_that_nothing_precedes_is_compared_with_nothing(tell: Tell) -> None:
    assert text(tell(2023), "before") == "The register shows no notice submitted in 2022."


def test_the_year_in_which_the_duty_began_is_no_whole_year(tmp_path: Path) -> None:
    rows = [Row("First Care", submitted_on=date(2009, 11, 2)), Row("Next Care", submitted_on=date(2010, 3, 2))]
    for ledger in register(tmp_path / "home", on_2016_04_09={"all": rows}):
        of = told(ledger, 2010)
        assert text(of, "before").startswith(
            "2009 is no basis for a comparison: the duty to report began on September 23, 2009"
        )
        assert len(table(of, "months").columns) == 3
        months = table(told(ledger, 2009), "months")
        assert [row[0] for row in months.rows] == ["September", "October", "November", "December"]


# The words


def test_every_phrase_of_the_report_is_said_somewhere() -> None:
    """Each name of a key stands as a word of its section's file, or of what all sections share."""
    room = Path(story.__file__).parent
    shared = [
        room / "story.py",
        room / "split.py",
        Path(question.__file__),
        *(room / "templates").iterdir(),
        room / "draft.py",
    ]
    unsaid = []
    for key in Phrases.of("en").keys:
        top, _, rest = key.partition(".")
        if top != "report":
            continue
        own, *names = rest.split(".")
        files = [*shared, room / "sections" / f"{own}.py"]
        source = "".join(path.read_text(encoding="utf-8") for path in files if path.exists())
        if not all(re.search(rf"""["'.]{name}["'.{{]""", source) for name in names):
            unsaid.append(key)
    assert unsaid == []
