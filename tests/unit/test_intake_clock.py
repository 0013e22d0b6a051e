"""The law's clock, to the day: the dates of the rule's text, its edges, its delays, and how it is told."""

import datetime as dt

import pytest
from filed import FILER, NOW, answers, filed
from icalendar import Calendar

from breachtrail.intake import calendar, clock, filing, report
from breachtrail.intake.incident import Delay, Incident, of

day = dt.date.fromisoformat


def owed(**said):
    return {one.duty: one for one in clock.owed(Incident(**said))}


@pytest.mark.parametrize(
    ("discovered", "due"),
    [
        *((2022, "2023-03-01"), (2023, "2024-02-29"), (2024, "2025-03-01"), (2025, "2026-03-01"), (2026, "2027-03-01")),
        *((2027, "2028-02-29"), (2028, "2029-03-01"), (2031, "2032-02-29"), (2015, "2016-02-29"), (2019, "2020-02-29")),
    ],
)
@pytest.mark.parametrize("month_and_day", ["01-01", "07-15", "12-31"])
def test_the_log_of_a_year_is_due_on_the_sixtieth_day_of_the_next(
    discovered: int, due: str, month_and_day: str
) -> None:
    found = owed(discovered_on=day(f"{discovered}-{month_and_day}"), individuals=499)
    assert found["year_end"].due_on == day(due)
    assert found["year_end"].citation == "45 CFR 164.408(c)"


@pytest.mark.parametrize(
    ("discovered", "due"), [("2024-01-01", "2024-03-01"), ("2025-01-01", "2025-03-02"), ("2024-02-21", "2024-04-21")]
)
def test_sixty_days_are_calendar_days(discovered: str, due: str) -> None:
    found = owed(discovered_on=day(discovered), individuals=501, residents={"TX": 501})
    assert {duty: one.due_on for duty, one in found.items()} == dict.fromkeys(
        ("individuals", "media", "secretary"), day(due)
    )


@pytest.mark.parametrize(
    ("individuals", "residents", "duties"),
    [
        (499, {"TX": 499}, {"individuals", "year_end"}),
        (500, {"TX": 500}, {"individuals", "secretary"}),
        (501, {"TX": 501}, {"individuals", "secretary", "media"}),
        (600, {"TX": 300, "OK": 300}, {"individuals", "secretary"}),
        (None, None, {"individuals"}),
    ],
)
def test_five_hundred_in_all_and_more_than_five_hundred_of_a_state(individuals, residents, duties) -> None:
    found = owed(discovered_on=day("2026-05-01"), individuals=individuals, residents=residents)
    assert found.keys() == duties
    assert all(one.is_certain for one in found.values())


@pytest.mark.parametrize(
    ("individuals", "residents", "perhaps"),
    [
        (501, None, True),
        (500, None, False),
        (900, {"TX": 300}, True),
        (800, {"TX": 300}, True),
        (799, {"TX": 299, "OK": 299}, False),
    ],
)
def test_where_nobody_says_who_lives_where_the_media_are_owed_notice_perhaps(individuals, residents, perhaps) -> None:
    found = owed(discovered_on=day("2026-05-01"), individuals=individuals, residents=residents)
    assert ("media" in found) is perhaps
    assert not perhaps or not found["media"].is_certain


@pytest.mark.parametrize(
    ("delay", "due", "not_before"),
    [
        (Delay(day("2026-05-10"), day("2026-09-30")), "2026-09-30", "2026-09-30"),
        (Delay(day("2026-05-10"), day("2026-05-20")), "2026-06-30", "2026-05-20"),
        (Delay(day("2026-05-10"), None), "2026-06-30", "2026-06-09"),
        (Delay(day("2026-06-20"), None), "2026-07-20", "2026-07-20"),
        (Delay(day("2026-07-01"), day("2026-12-31")), "2026-06-30", None),
    ],
)
def test_an_officials_word_moves_the_last_day_but_mends_no_missed_one(delay, due: str, not_before) -> None:
    found = owed(discovered_on=day("2026-05-01"), individuals=500, delay=delay)["individuals"]
    assert (found.due_on, found.not_before) == (day(due), day(not_before) if not_before else None)


def test_before_the_rule_was_in_force_nothing_was_owed() -> None:
    assert owed(discovered_on=day("2009-09-22"), individuals=900) == {}
    assert owed(discovered_on=day("2009-09-23"), individuals=900)


@pytest.mark.parametrize(
    ("said", "discovered", "associate"),
    [
        ({}, "2026-06-10", None),
        ({"filer": "associate"}, "2026-06-10", "2026-06-10"),
        ({"filer": "associate", "told_on": "2026-07-01"}, "2026-07-01", "2026-06-10"),
        ({"filer": "associate", "told_on": "2026-07-01", "is_agent": "Yes"}, "2026-06-10", "2026-06-10"),
        ({"filer": "entity_for_associate", "associate_discovered_on": "2026-06-05"}, "2026-06-10", "2026-06-05"),
        (
            {"filer": "entity_for_associate", "associate_discovered_on": "2026-06-05", "is_agent": "Yes"},
            "2026-06-05",
            "2026-06-05",
        ),
    ],
)
def test_an_agents_discovery_is_the_entitys(said, discovered: str, associate) -> None:
    found = of(answers(**said))
    assert (found.discovered_on, found.associate_discovered_on) == (
        day(discovered),
        day(associate) if associate else None,
    )


def test_an_associate_owes_the_entity_notice_within_sixty_days() -> None:
    found = owed(discovered_on=day("2026-07-01"), associate_discovered_on=day("2026-06-10"), individuals=900)
    assert (found["entity"].due_on, found["entity"].citation) == (day("2026-08-09"), "45 CFR 164.410(b)")
    assert found["individuals"].due_on == day("2026-08-30")


def read(office, now=NOW, **changed):
    return report.read(office, FILER, filed(office, now=now, **changed))


def test_what_is_done_in_time_is_met_and_what_is_not_is_late(office) -> None:
    found = {one.duty: one for one in clock.due(read(office), NOW)}
    assert (found["individuals"].met_on, found["individuals"].is_late) == (day("2026-08-01"), False)
    assert (found["secretary"].met_on, found["secretary"].is_late) == (day("2026-08-03"), False)
    late = {one.duty: one for one in clock.due(read(office, now=NOW + dt.timedelta(days=7)), NOW)}
    assert (late["secretary"].met_on, late["secretary"].is_late) == (day("2026-08-10"), True)
    planned = read(office, notice_end="2026-08-20")
    assert next(one for one in clock.due(planned, NOW) if one.duty == "individuals").is_late


@pytest.mark.parametrize(
    ("now", "is_late"), [("2026-08-10T03:59:59+00:00", False), ("2026-08-10T04:00:00+00:00", True)]
)
def test_a_last_day_ends_at_midnight_where_the_register_is_kept(office, now: str, is_late: bool) -> None:
    moment = dt.datetime.fromisoformat(now)
    begun = filing.begin(office, FILER, NOW)
    draft = filing.save(office, FILER, begun.id, {"discovered_start": "2026-06-10", "individuals": "900"}, NOW)
    assert clock.next_due(draft, moment).due_on == day("2026-08-09")
    assert clock.next_due(draft, moment).is_late is is_late


def test_a_draft_that_says_no_discovery_has_no_clock(office) -> None:
    assert clock.due(filing.begin(office, FILER, NOW), NOW) == ()
    assert clock.next_due(filing.begin(office, FILER, NOW), NOW) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_calendar_holds_what_is_open_and_names_nobody(office, language: str) -> None:
    shown = read(office, notice_end="2026-08-09", residents="TX 741")
    written = calendar.calendar(shown, NOW, language)
    events = Calendar.from_ical(written).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [day("2026-08-09")] * 2
    assert [len(event.walk("VALARM")) for event in events] == [2, 2]
    assert all(shown.tracking_number in str(event["summary"]) for event in events)
    assert "45 CFR 164.404(b)" in str(events[0]["description"])
    assert b"Contactperson" not in written
    assert b"example.org" not in written
