"""Why a field refuses what was typed, in words of both languages; what a whole report needs, and what it does not ask."""

import datetime as dt

import pytest
from filed import answers, block

from breachtrail.intake import entities, residents
from breachtrail.intake.field import FIELDS, PAGES, by_name, chosen, told
from breachtrail.intake.refusal import _MAY_BE_AHEAD, _NOT_BEFORE, REASONS, refusals
from breachtrail.wording.phrases import Phrases

TODAY = dt.date(2026, 8, 3)
LIST = "name,state,entity_type,individuals\nOne Clinic,TX,Healthcare Provider,300\nTwo Plan,Ohio,,\n"


def test_a_whole_report_is_refused_nothing() -> None:
    assert refusals(answers(), today=TODAY) == {}
    for filer in ("associate", "entity_for_associate"):
        assert refusals(answers(filer=filer, **block("associate", "Made-up Vendor")), today=TODAY) == {}
    many = {"filer": "associate_for_many", **block("associate", "Made-up Vendor"), "entities": LIST}
    assert refusals(answers(**many), today=TODAY) == {}


@pytest.mark.parametrize("name", [name for name, field in by_name().items() if field.required(answers())])
def test_each_field_that_is_needed_is_missed(name: str) -> None:
    without = {field: answer for field, answer in answers().items() if field != name}
    found = refusals(without, today=TODAY)
    assert found.get(name) == "missing"
    assert (
        refusals({**answers(), name: [] if isinstance(answers()[name], list) else "  "}, today=TODAY).get(name)
        == "missing"
    )


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("filer", "nobody", "option"),
        ("breach_type", "Other", "option"),
        ("locations", ["Email", "Attic"], "option"),
        ("locations", "Email", "option"),
        ("entity_name", ["a"], "option"),
        ("entity_name", "x" * 201, "long"),
        ("description", "x" * 4001, "long"),
        ("entity_name", "a\nb", "control"),
        ("entity_name", "a\u202eb", "control"),
        ("breach_start", "06/01/2026", "day"),
        ("breach_start", "2026-02-30", "day"),
        ("breach_start", "20260601", "day"),
        ("discovered_start", "2026-08-04", "day_ahead"),
        ("breach_end", "2026-05-31", "before_breach_start"),
        ("discovered_start", "2026-05-31", "before_breach_start"),
        ("discovered_end", "2026-06-09", "before_discovered_start"),
        ("notice_start", "2026-06-09", "before_discovered_start"),
        ("notice_end", "2026-07-19", "before_notice_start"),
        ("individuals", "0", "count"),
        ("individuals", "-5", "count"),
        ("individuals", "1e3", "count"),
        ("individuals", "٧٤١", "count"),
        ("individuals", "10000000000", "count"),
        ("individuals", "499", "band"),
        ("affecting", "fewer_than_500", "band"),
        ("entity_email", "robin", "email"),
        ("entity_email", "a@b,c@d.org", "email"),
        ("entity_phone", "call me", "phone"),
        ("entity_zip", "7500", "zip"),
        ("residents", "nowhere 5", "residents"),
        ("residents", "TX 5\nTexas 6", "residents"),
        ("residents", "TX 700\nOK 42", "residents_sum"),
        ("safeguards", ["none", "technical"], "none_and_others"),
    ],
)
def test_a_field_says_why_it_refuses(name: str, typed, reason: str) -> None:
    assert reason in refusals(answers() | {name: typed}, today=TODAY).values()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("individuals", "741,000"),
        ("notice_end", "2026-12-31"),
        ("entity_zip", "75001-1234"),
        ("entity_phone", "+1 (555) 010-0199 ext. 12"),
        ("entity_phone", "(555) 010-0199"),
        ("description", "First line\r\nsecond line"),
        ("entity_name", "St. Mary’s Hôpital, 圣玛丽"),
        ("residents", "TX 700\nOhio: 41\n"),
    ],
)
def test_what_is_right_is_let_pass(name: str, typed: str) -> None:
    assert refusals(answers() | {name: typed}, today=TODAY) == {}


def test_what_is_not_asked_is_not_refused_and_not_told() -> None:
    beside = answers(associate_name="x" * 999, delay_until="never", delay="none")
    assert refusals(beside, today=TODAY) == {}
    assert told(beside, "associate_name") == ""
    written = refusals(answers(delay="written"), today=TODAY)
    assert written == dict.fromkeys(("delay_stated_on", "delay_until", "delay_official"), "missing")


def test_a_page_is_judged_alone() -> None:
    assert set(refusals({}, "general", today=TODAY)) == {"filer"}
    assert all(by_name()[name].page == "breach" for name in refusals({}, "breach", today=TODAY))
    assert {field.page for field in FIELDS} == set(PAGES)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name\nOne", "entities_header"),
        ("name,state,colour\nOne,TX,red", "entities_header"),
        ("name,state\nOne", "entities_csv"),
        ('name,state\n"One,TX', "entities_csv"),
        ("name,state\n,TX", "entities_name"),
        ("name,state\nOne,Atlantis", "entities_state"),
        ("name,state,entity_type\nOne,TX,Business Associate", "entities_type"),
        ("name,state,individuals\nOne,TX,few", "count"),
        ("name,state\nOne,TX\none,Texas", "entities_twice"),
        ("name,state\n", "missing"),
    ],
)
def test_a_list_of_entities_says_which_line_and_why(text: str, reason: str) -> None:
    _, flaws = entities.parsed(text)
    assert reason in [flaw.reason for flaw in flaws]
    if reason not in ("missing", "entities_header"):
        assert max(flaw.line for flaw in flaws) == (1 if '"' in text else text.count("\n") + 1)


def test_a_list_of_entities_is_read() -> None:
    found, flaws = entities.parsed("\ufeff" + LIST.replace("\n", "\r\n"))
    assert flaws == []
    assert [(one.name, one.state, one.entity_type, one.individuals) for one in found] == [
        ("One Clinic", "TX", "Healthcare Provider", 300), ("Two Plan", "OH", "", None)
    ]  # fmt: skip


def test_residents_are_read_as_people_type_them() -> None:
    assert residents.parsed("TX 1,200\n\n new york: 7\nPuerto Rico = 3") == {"TX": 1200, "NY": 7, "PR": 3}
    assert residents.parsed("TX") is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_field_option_and_reason_has_its_words(language: str) -> None:
    phrases = Phrases.of(language)
    for field in FIELDS:
        assert field.label(phrases)
        assert field.hint(phrases)
        assert all(field.option_label(option, phrases) for option in field.options)
    assert all(phrases.say(f"filing.refused.{reason}") for reason in REASONS)


def test_what_is_known_from_memory_is_marked() -> None:
    doubtful = {field.name for field in FIELDS if not field.confirmed}
    assert {"entity_type", "phi_clinical", "substitute_size", "media_states", "actions"} <= doubtful
    assert by_name()["safeguards"].unconfirmed_options == ("administrative", "physical", "technical")
    assert all(set(field.unconfirmed_options) <= set(field.options) for field in FIELDS)


def test_the_tables_of_the_form_name_its_own_fields() -> None:
    assert {*_NOT_BEFORE, *_NOT_BEFORE.values(), *_MAY_BE_AHEAD} <= by_name().keys()
    for field in FIELDS:
        assert all(set(wanted) <= set(by_name()[other].options) for other, wanted in field.asked_if.items())
        assert not field.options or len(set(field.options)) == len(field.options)
    assert chosen({"phi": ["other"]}, "phi") == ["other"]
