"""What the law's clock has to know of a breach, taken from the answers of a report.

Discovered is the first day on which anybody of the workforce, or an agent, knew of it or should have (45 CFR 164.404(a)(2)).
So an associate that is an agent discovers for the entity; of any other the entity learns when it is told.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from breachtrail.intake import residents
from breachtrail.intake.field import Answers, told
from breachtrail.intake.refusal import count, day

_BY_ASSOCIATE = ("associate", "associate_for_many")


@dataclass(frozen=True, slots=True)
class Delay:
    """What an official stated (45 CFR 164.412). until: None where it was said by word of mouth, without a writing."""

    stated_on: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Incident:
    """A breach, for the clock.

    discovered_on:           when it was discovered for the covered entity
    associate_discovered_on: when the associate discovered it; None where none is involved, or it does not say
    individuals:             all of them; None where that is not known yet
    residents:               state → individuals; None where that is not known
    """

    discovered_on: dt.date
    associate_discovered_on: dt.date | None = None
    individuals: int | None = None
    residents: Mapping[str, int] | None = None
    delay: Delay | None = None


def of(answers: Answers) -> Incident | None:
    """The incident of a report; None while it does not say when the breach was discovered."""
    own = day(answers, "discovered_start")
    if own is None:
        return None
    is_agent = told(answers, "is_agent") == "Yes"
    filer = told(answers, "filer")
    associate = own if filer in _BY_ASSOCIATE else day(answers, "associate_discovered_on")
    discovered = own
    if filer in _BY_ASSOCIATE and not is_agent:
        # Not told yet: the entity's clock is shown as if it ran, for it is the earliest that it can be.
        discovered = day(answers, "told_on") or own
    elif is_agent and associate is not None:
        discovered = min(own, associate)
    counts = residents.parsed(told(answers, "residents")) or None
    return Incident(discovered, associate, count(answers, "individuals"), counts, _delay(answers))


def _delay(answers: Answers) -> Delay | None:
    stated = day(answers, "delay_stated_on")
    if stated is None:
        return None
    until = day(answers, "delay_until")
    if told(answers, "delay") == "written" and until is None:
        return None
    return Delay(stated, until)
