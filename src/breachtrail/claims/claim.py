"""A claim: a published sentence with a figure in it, as a question to the ledger and what it says the answer is."""

from dataclasses import dataclass
from enum import StrEnum

from breachtrail.claims.figure import Figure
from breachtrail.questions.question import Question


class ClaimKind(StrEnum):
    """How the figure of a claim stands to the answers.

    COUNT:  the figure is the answer to ``question``
    SHARE:  the figure is the answer to ``question`` as a share of the answer to ``whole``
    CHANGE: the figure is by how much the answer to ``question`` differs from that to ``whole`` (an earlier period), as
            a share of the latter; ``direction`` says which way
    TIMES:  the figure is the answer to ``question`` divided by the answer to ``whole``
    RANK:   no figure; what ``question`` asks of stands at ``rank`` among all values of ``ranked``
    """

    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"
    TIMES = "times"
    RANK = "rank"


class Aside(StrEnum):
    """Why a number is not about the register."""

    YEAR = "year"
    DAY = "day"
    TIME_SPAN = "time_span"
    PHONE = "phone"
    MONEY = "money"
    LAW = "law"
    VERSION = "version"
    ADDRESS = "address"
    NUMBERING = "numbering"
    NAME = "name"
    THRESHOLD = "threshold"
    PEOPLE = "people"
    OTHER_THING = "other_thing"
    OTHER_SOURCE = "other_source"
    OTHER_COUNTRY = "other_country"
    NO_NUMBER = "no_number"


class Unsure(StrEnum):
    """Why a figure was not understood."""

    NOTHING_COUNTED = "nothing_counted"
    UNKNOWN_CONDITION = "unknown_condition"
    UNKNOWN_PERIOD = "unknown_period"
    UNKNOWN_COMPARISON = "unknown_comparison"
    TWO_READINGS = "two_readings"


@dataclass(frozen=True)
class Claim:
    """What the article says, as a question.

    start, end:   the clause that says it
    question:     what is claimed of, without ``as_of``; one measure; the organisation is not among its conditions
    whole:        what a share is a share of, or what a change or a multiple is measured against; None for the others
    direction:    of a change: ``up`` or ``down``; else ''
    rank, ranked: the place that the sentence gives to it (1 for the first), and the column among whose values
                  (``state``, ``entity_type``, ``breach_type``, ``location``, ``month``, ``name``); a count may have them too
    organisation: the organisation's name as it is written; '' where the claim is of none
    """

    figure: Figure | None
    start: int
    end: int
    kind: ClaimKind
    question: Question
    whole: Question | None = None
    direction: str = ""
    rank: int | None = None
    ranked: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Read:
    """Every number of an article, once: ``claims`` (those with a figure), ``not_about_the_register`` or ``not_understood``."""

    claims: tuple[Claim, ...]
    not_about_the_register: tuple[tuple[Figure, Aside], ...]
    not_understood: tuple[tuple[Figure, Unsure], ...]
