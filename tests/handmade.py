"""Claims made by hand, and a made-up register in which they can be checked.

Looked at on 2025-02-01 and 2025-04-01, both views each time. Of 2024 it shows 37 notices, every third of them archived;
between the two looks one case of Texas is closed, and a late one of Florida comes in. Mega Health is the largest.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.claims.article import Article, Block, BlockKind
from breachtrail.claims.check import check
from breachtrail.claims.checked import Checked, Checking
from breachtrail.claims.claim import Claim, ClaimKind, Read
from breachtrail.claims.figure import Figure, Hedge, Unit
from breachtrail.questions import condition
from breachtrail.questions.question import Question

FIRST, BETWEEN, SECOND = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)
STATES = {"TX": 12, "CA": 9, "NY": 7, "FL": 5, "IL": 4}
MEGA = Row("Mega Health, Inc.", "TX", "Business Associate", 2_350_236, date(2024, 6, 30), business_associate="Yes")


def rows() -> list[Row]:
    """The notices of 2024, in a fixed order; the first is Mega Health."""
    found = [MEGA]
    for state, many in STATES.items():
        for number in range(many - (state == "TX")):
            found.append(
                Row(
                    f"Clinic {state} {number}", state, individuals=1000 + 10 * number,
                    submitted_on=date(2024, 1, 5) + timedelta(days=7 * number),
                    locations="Email, Laptop" if number == 1 else "Email" if number % 2 else "Network Server",
                    business_associate="Yes" if state == "CA" else "No",
                )
            )  # fmt: skip
    return found


def claimed_register(home: Path) -> MadeUpRegister:
    """The register above, with a ledger in ``home``."""
    register = MadeUpRegister(home)
    every = rows()
    archived = every[2::3]
    still_open = [row for row in every if row not in archived]
    register.look(str(FIRST), under_investigation=still_open, archive=archived)
    moved = next(row for row in still_open if row.name == "Clinic TX 5")
    late = Row("Late Clinic", "FL", individuals=700, submitted_on=date(2024, 12, 30))
    after = [row for row in still_open if row is not moved]
    register.look(str(SECOND), under_investigation=[*after, late], archive=[*archived, moved])
    return register


def figure(
    value: Any, hedge: str = "exact", step: Any = 1, unit: str = "notices", upper: Any = None, text: str = ""
) -> Figure:
    """A figure that stands nowhere in particular."""
    ends = Fraction(str(upper)) if upper is not None else None
    return Figure(0, 1, text or str(value), Fraction(str(value)), Fraction(str(step)), Hedge(hedge), Unit(unit), ends)


def question(*written: str, measure: str = "notices", year: int | None = 2024, view: str | None = None) -> Question:
    """A question of a year."""
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    return Question((measure,), (), tuple(map(condition.parse, written)), first, last, None, view)


def claim(value: Any, *written: str, **how: Any) -> Claim:
    """A claim that ``value`` is the answer to a question of 2024.

    hedge, step: of the figure; measure, year, view: of the question; the rest are fields of the claim
    """
    of_figure = {name: how.pop(name) for name in ("hedge", "step", "upper") if name in how}
    of_question = {name: how.pop(name) for name in ("measure", "year", "view") if name in how}
    fields = {"kind": ClaimKind.COUNT, **how}
    told = figure(value, **of_figure) if value is not None else None
    return Claim(told, 0, 1, question=question(*written, **of_question), **fields)


def article(text: str = "", day: date | None = FIRST, language: str = "en") -> Article:
    """An article of one paragraph."""
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),) if text else ()
    return Article(text, "A title", language, day, "told" if day else "", "text", blocks)


def checked(ledger: breachtrail.Ledger, claims: Iterable[Claim], day: date | None = FIRST, **how: Any) -> Checked:
    """What comes of these claims."""
    return check(ledger, article(day=day), Read(tuple(claims), (), ()), **how)


def one(ledger: breachtrail.Ledger, some: Claim, day: date | None = FIRST) -> Checking:
    """What comes of one claim."""
    [found] = checked(ledger, [some], day).claims
    return found
