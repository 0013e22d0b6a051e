"""What may become of the count of one notice within a year, by its age and whether it stands at 500 or 501."""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from breachtrail.errors import QuestionError
from breachtrail.estimates.interval import Interval
from breachtrail.estimates.score import Chances
from breachtrail.ledger import asof
from breachtrail.ledger.store import Head
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.questions import revised
from breachtrail.questions.growth import HORIZON, past
from breachtrail.questions.outlook import Known


@dataclass(frozen=True)
class Prospect:
    """A notice's count, and what may become of it within ``HORIZON`` days of ``as_of``.

    age:     days since submission
    chance:  that it is revised; base: of all notices of less than two years alike
    becomes: what it is then, if it is revised; of so many revisions of such counts (``alike``). None where none was seen
    score:   of such chances, told on earlier looks; None where none can be judged
    """

    id: str
    name: str
    as_of: date
    submitted_on: date
    individuals: int
    placeholder: bool
    age: int
    chance: float
    base: float
    becomes: Interval | None
    alike: int
    score: Chances | None
    judged_since: date | None
    head: Head


def prospect(ledger: duckdb.DuckDBPyConnection, register: str, known: Known, wanted: str, head: Head) -> Prospect:
    """The prospect of the notice with this id, or former id, as shown on the last look of ``known``.

    Raises QuestionError where there is none by that day, where it gives no count or day, and where too little is known.
    """
    notice = asof.by_id(ledger, wanted)
    if notice is None:
        raise QuestionError(
            f"No notice has the id {wanted!r}. `breachtrail show NAME` tells the ids.", "no_notice", seen=wanted[:120]
        )
    count = revised.count_of(ledger, register, notice["id"], known.as_of)
    if count is None:
        raise QuestionError(
            f"The register {register!r} shows no notice {notice['id']} with a count and a day of submission on {known.as_of}, "
            "so nothing can be said of how that count may move.",
            "no_count",
            day=known.as_of,
        )
    name, individuals, submitted_on = count
    told = past(ledger, register, known, head)
    age, placeholder = (known.as_of - submitted_on).days, individuals in PLACEHOLDERS
    became = told.fitted.become(individuals)
    chance = told.fitted.chance(np.array([placeholder]), np.array([float(age)]), HORIZON)
    return Prospect(
        notice["id"], name, known.as_of, submitted_on, individuals, placeholder, age, float(chance[0]), told.base,
        Interval.of(became) if len(became) else None, len(became), told.hindsight.chances, told.hindsight.since, head,
    )  # fmt: skip
