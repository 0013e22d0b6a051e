"""The law's clock over every day there is: leap years, zones, delays, and counts at their edges."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from breachtrail.intake import clock
from breachtrail.intake.incident import Delay, Incident
from breachtrail.intake.report import Report
from breachtrail.notices.vocabulary import Vocabulary

STATES = [value for value in Vocabulary.load().values("state") if value]
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2009, 9, 23), dt.date(2120, 12, 31))
counts = st.one_of(st.integers(1, 2000), st.sampled_from([499, 500, 501, 1000, 1001]))
residents = st.dictionaries(st.sampled_from(STATES), counts, min_size=1, max_size=6)
ZONES = ["America/New_York", "Pacific/Auckland", "America/Adak", "Asia/Kolkata", "Pacific/Guam", "UTC"]


@st.composite
def delays(draw) -> Delay:
    stated = draw(days)
    return Delay(stated, draw(st.none() | st.integers(0, 400).map(lambda more: stated + more * DAY)))


@st.composite
def incidents(draw) -> Incident:
    told = draw(st.none() | residents)
    total = sum(told.values()) + draw(st.integers(0, 600)) if told else draw(st.none() | counts)
    return Incident(draw(days), draw(st.none() | days), total, told, draw(st.none() | delays()))


def due(incident: Incident) -> dict[str, clock.Owed]:
    return {one.duty: one for one in clock.owed(incident)}


@given(incidents())
def test_each_individual_is_owed_notice_and_the_secretary_one_report(incident: Incident) -> None:
    found = due(incident)
    assert "individuals" in found
    assert ("entity" in found) == (incident.associate_discovered_on is not None)
    if incident.individuals is not None:
        assert ("secretary" in found) != ("year_end" in found)
        assert ("secretary" in found) == (incident.individuals >= 500)


@given(incidents())
def test_the_media_are_counted_state_by_state(incident: Incident) -> None:
    found = due(incident)
    largest = max(incident.residents.values()) if incident.residents else 0
    assert ("media" in found and found["media"].is_certain) == (largest > 500)
    if "media" in found:
        assert incident.individuals is not None
        assert incident.individuals > 500


@given(days, counts)
def test_without_a_delay_sixty_days_are_sixty_midnights(discovered: dt.date, individuals: int) -> None:
    found = due(Incident(discovered, None, individuals, None))
    counted = 0
    today = discovered
    while today < found["individuals"].due_on:
        today += DAY
        counted += 1
    assert counted == 60


@given(days, st.integers(1, 499))
def test_the_log_is_due_on_february_29_of_a_leap_year_and_else_on_march_1(
    discovered: dt.date, individuals: int
) -> None:
    last = due(Incident(discovered, None, individuals))["year_end"].due_on
    following = discovered.year + 1
    is_leap = following % 4 == 0 and (following % 100 != 0 or following % 400 == 0)
    assert last == (dt.date(following, 2, 29) if is_leap else dt.date(following, 3, 1))


@given(incidents())
def test_a_delay_never_makes_a_duty_due_earlier_and_ends_no_later_than_it_may(incident: Incident) -> None:
    without = due(
        Incident(incident.discovered_on, incident.associate_discovered_on, incident.individuals, incident.residents)
    )
    found = due(incident)
    assert found.keys() == without.keys()
    for duty, one in found.items():
        assert one.due_on >= without[duty].due_on
        if incident.delay is None or incident.delay.stated_on > without[duty].due_on:
            assert one.due_on == without[duty].due_on
            assert one.not_before is None
        elif incident.delay.until is None:
            assert one.not_before == incident.delay.stated_on + 30 * DAY
        if one.not_before is not None:
            assert one.not_before <= one.due_on


@given(days, st.integers(0, 400))
def test_a_later_discovery_is_never_due_earlier(discovered: dt.date, later: int) -> None:
    for individuals in (499, 500):
        first = due(Incident(discovered, None, individuals))
        second = due(Incident(discovered + later * DAY, None, individuals))
        assert all(first[duty].due_on <= second[duty].due_on for duty in first)


@given(days, st.sampled_from(ZONES), st.integers(-3 * 86_400, 3 * 86_400))
def test_late_begins_at_midnight_of_the_registers_zone(discovered: dt.date, zone: str, seconds: int) -> None:
    answers = {"filer": "covered_entity", "discovered_start": str(discovered), "individuals": "900"}
    draft = Report(
        id="x", organisation="o", state="draft", tracking_number=None, version=0, accepted=0, answers=answers, versions=(),
        reasons=(), made_at=dt.datetime.now(dt.UTC), filed_at=None, has_draft=True, is_pending=False, is_publishable=False,
        timezone=zone,
    )  # fmt: skip
    last = discovered + 60 * DAY
    midnight = dt.datetime.combine(last + DAY, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    moment = midnight + dt.timedelta(seconds=seconds)
    shown = clock.next_due(draft, moment.astimezone(ZoneInfo("Asia/Tokyo")))
    assert shown is not None
    assert shown.due_on == last
    assert shown.is_late == (seconds >= 0)
