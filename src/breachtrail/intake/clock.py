"""The law's clock: which notice is due when, and what is late. It informs and cites; it gives no legal advice.

The rules are rules.yml. Every deadline is the last day that the law allows: notice is owed *without unreasonable delay*,
and that may be earlier. Where an official asked for a delay, notice may not be given before its end, and is not late
until then; a statement that came after the last day mends nothing. That a deadline moves to the end of a longer delay is our
reading of 45 CFR 164.412, which does not say how the two meet.
"""

import datetime as dt
import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from breachtrail.intake import incident as incidents
from breachtrail.intake.incident import Incident
from breachtrail.intake.refusal import day
from breachtrail.intake.report import Report
from breachtrail.wording.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty: days after what, for which breaches, and where it stands."""

    duty: str
    citation: str
    counts_from: str
    days: int
    when: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """All duties, with the edition of the text that they are taken from; ``unconfirmed``: what of it is known from memory alone."""

    title: str
    version: str
    in_force_from: dt.date
    rules: tuple[Rule, ...]
    delay_citation: str
    delay_days: int
    unconfirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty of one breach.

    due_on:     the last day
    not_before: the last day of a delay that an official asked for; None without one
    is_certain: False where the count per state is not known, and the duty is owed only if one state has more than 500
    """

    duty: str
    due_on: dt.date
    not_before: dt.date | None
    citation: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is owed, and how far it is done.

    met_on:  the day on which it was done, or is planned to be
    is_late: done after its last day, planned for after it, or not done though it is past
    """

    duty: str
    due_on: dt.date
    not_before: dt.date | None
    citation: str
    is_certain: bool
    met_on: dt.date | None
    is_late: bool


@functools.cache
def rules() -> Rules:
    """The rules as they stand in rules.yml."""
    text = (resources.files("breachtrail.intake") / "rules.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Rules(
        document["title"], str(document["version"]), document["in_force_from"],
        tuple(Rule(**rule) for rule in document["rules"]), document["delay"]["citation"], document["delay"]["days"],
        tuple(document["unconfirmed"]),
    )  # fmt: skip


def edition(phrases: Phrases) -> str:
    """Which text the rules are taken from, and what of that is not confirmed, in words."""
    found = rules()
    return phrases.say(
        "clock.edition",
        title=found.title,
        version=found.version,
        since=found.in_force_from,
        unconfirmed=found.unconfirmed,
    )


def owed(incident: Incident) -> tuple[Owed, ...]:
    """What is owed for a breach, in the order of the rules; nothing where it was discovered before they were in force."""
    if incident.discovered_on < rules().in_force_from:
        return ()
    found = []
    for rule in rules().rules:
        first = _counted_from(rule, incident)
        applies, is_certain = _applies(rule, incident)
        if first is None or not applies:
            continue
        due_on = first + dt.timedelta(days=rule.days)
        end = _delayed_until(incident)
        if end is None or incident.delay is None or incident.delay.stated_on > due_on:
            end = None
        found.append(Owed(rule.duty, max(due_on, end or due_on), end, rule.citation, is_certain))
    return tuple(found)


def due(report: Report, now: dt.datetime) -> tuple[Deadline, ...]:
    """What is owed for a report, and what of it is done, at the moment ``now``; nothing before it says when it was discovered."""
    incident = incidents.of(report.stands)
    if incident is None:
        return ()
    zone = ZoneInfo(report.timezone)
    today = now.astimezone(zone).date()
    filed_on = report.filed_at.astimezone(zone).date() if report.filed_at else None
    done = {
        "individuals": day(report.stands, "notice_end"),
        "media": day(report.stands, "media_notice_on"),
        "secretary": filed_on,
        "year_end": filed_on,
        "entity": day(report.stands, "told_on"),
    }
    return tuple(_deadline(one, done[one.duty], today) for one in owed(incident))


def still_open(report: Report, now: dt.datetime) -> tuple[Deadline, ...]:
    """The deadlines that are not met yet, past or to come."""
    today = now.astimezone(ZoneInfo(report.timezone)).date()
    return tuple(one for one in due(report, now) if one.met_on is None or one.met_on > today)


def next_due(report: Report, now: dt.datetime) -> Deadline | None:
    """The one that comes first of those that are not met; None where nothing is open."""
    return min(still_open(report, now), key=lambda one: one.due_on, default=None)


def _deadline(one: Owed, met_on: dt.date | None, today: dt.date) -> Deadline:
    reached = today if met_on is None else met_on
    is_late = one.is_certain and reached > one.due_on
    return Deadline(one.duty, one.due_on, one.not_before, one.citation, one.is_certain, met_on, is_late)


def _counted_from(rule: Rule, incident: Incident) -> dt.date | None:
    if rule.counts_from == "year_of_discovery":
        return dt.date(incident.discovered_on.year, 12, 31)
    if rule.counts_from == "associate_discovery":
        return incident.associate_discovered_on
    return incident.discovered_on


def _applies(rule: Rule, incident: Incident) -> tuple[bool, bool]:
    """Whether the duty is owed, and whether that is certain."""
    total = incident.individuals
    if rule.when == "always":
        return True, True
    if total is None:
        return False, False
    if rule.when == "total_at_least":
        return total >= rule.number, True
    if rule.when == "total_below":
        return total < rule.number, True
    if incident.residents is None:
        return total > rule.number, False
    unplaced = total - sum(incident.residents.values())
    if any(number > rule.number for number in incident.residents.values()):
        return True, True
    # Those whose state is not told may all live in one.
    return max(incident.residents.values()) + unplaced > rule.number and unplaced > 0, False


def _delayed_until(incident: Incident) -> dt.date | None:
    if incident.delay is None:
        return None
    by_word = incident.delay.stated_on + dt.timedelta(days=rules().delay_days)
    return incident.delay.until or by_word
