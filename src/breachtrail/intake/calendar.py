"""The open deadlines of a report as a calendar file (iCalendar, RFC 5545), which any calendar takes in and reminds of."""

import datetime as dt

from icalendar import Alarm, Calendar, Event

from breachtrail.intake import clock
from breachtrail.intake.report import Report
from breachtrail.wording.phrases import Phrases

#: Days before a deadline on which a calendar reminds of it.
_REMIND = (14, 3)


def calendar(report: Report, now: dt.datetime, language: str) -> bytes:
    """One event of a whole day for each deadline that is not met. Names of people are not in it."""
    phrases = Phrases.of(language)
    written = Calendar()
    written.add("prodid", "-//BreachTrail//intake//EN")
    written.add("version", "2.0")
    for one in clock.still_open(report, now):
        said = phrases.say(f"clock.duty.{one.duty}")
        event = Event()
        event.add("uid", f"{report.id}-{one.duty}@breachtrail")
        event.add("dtstamp", now.astimezone(dt.UTC))
        event.add("dtstart", one.due_on)
        event.add("dtend", one.due_on + dt.timedelta(days=1))
        number = report.tracking_number or phrases.say("clock.draft")
        event.add("summary", phrases.say("clock.event", duty=said, number=number))
        event.add("description", _description(one, phrases))
        for days in _REMIND:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", said)
            alarm.add("trigger", dt.timedelta(days=-days))
            event.add_component(alarm)
        written.add_component(event)
    return bytes(written.to_ical())


def _description(one: clock.Deadline, phrases: Phrases) -> str:
    told = [phrases.say("clock.source", citation=one.citation), clock.edition(phrases)]
    if one.not_before:
        told.append(phrases.say("clock.not_before", until=one.not_before))
    if not one.is_certain:
        told.append(phrases.say("clock.perhaps"))
    return "\n".join([*told, phrases.say("clock.no_advice")])
