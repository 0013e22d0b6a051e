"""A question: what is asked, of which notices, and as known on which day."""

from dataclasses import dataclass
from datetime import date

from breachtrail.questions.condition import Condition

DEFAULT_REGISTER = "us_hhs_ocr"


@dataclass(frozen=True)
class Question:
    """What is asked.

    measures, dimensions: names of the catalogue; conditions: all of them must hold
    submitted_from, submitted_to: the days of submission, both included; None for no limit
    as_of:     the day at whose end the register is read; None for the newest day known
    view:      one view alone (``under_investigation`` or ``archive``); None for all that the register shows
    same_days: in every year only the days up to the month and day of ``as_of``, so that unfinished years compare
    """

    measures: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    submitted_from: date | None = None
    submitted_to: date | None = None
    as_of: date | None = None
    view: str | None = None
    register: str = DEFAULT_REGISTER
    same_days: bool = False
