"""One made-up register for the tests of asking: small enough to count by hand, with one notice for each trap.

Looked at on four days; the rows are those of ``VIEWS_OF``. What a reader can count in them:

* 2024-06-01, both views: six notices. Territory Partners stands without a state; Blank Count, filed by ``=Cell``, gives no
  number; Two Ways names two types and two places; two notices stand at 500 and 501.
* 2024-09-01, the open list alone: Alpha rises from 1,000 to 1,500, Two Ways has left (closed), Late Care is new.
* 2024-12-01, both views: Two Ways is in neither (missing). 2025-01-02, both views: so again (unlisted).
"""

from datetime import date
from pathlib import Path
from typing import Any

from made_up import MadeUpRegister, Row

ALPHA = {"name": "Alpha Clinic", "individuals": 1000, "submitted_on": date(2024, 1, 10)}
TWO_WAYS = Row("Two Ways Plan", "CA", "Health Plan", 500, date(2024, 2, 20), "Theft, Loss", "Email, Laptop", "Yes")
TERRITORY = Row(
    "Territory Partners", "", "Business Associate", 2_000_000, date(2024, 3, 5),
    "Unauthorized Access/Disclosure", "Email", "Yes",
)  # fmt: skip
BLANK_COUNT = Row(
    "=Cell, Inc.", "NY", individuals="", submitted_on=date(2023, 12, 30), breach_types="Theft", locations="Paper/Films"
)
LATE = Row("iOta Care", "OK", individuals=700, submitted_on=date(2024, 8, 12), breach_types="Theft", locations="")
ARCHIVED = (
    Row("Epsilon Hospital", "TX", individuals=501, submitted_on=date(2023, 5, 5),
        description="The names and Social Security numbers of patients were involved."),
    Row("Zeta Lab", "PR", individuals=3000, submitted_on=date(2023, 5, 6), description="A box was lost."),
)  # fmt: skip

VIEWS_OF = {
    "2024-06-01": {"under_investigation": [Row(**ALPHA), TWO_WAYS, TERRITORY, BLANK_COUNT], "archive": ARCHIVED},
    "2024-09-01": {"under_investigation": [LATE, TERRITORY, Row(**{**ALPHA, "individuals": 1500}), BLANK_COUNT]},
    "2024-12-01": {"under_investigation": [LATE, TERRITORY, Row(**{**ALPHA, "individuals": 1500}), BLANK_COUNT], "archive": ARCHIVED},
    "2025-01-02": {"under_investigation": [LATE, TERRITORY, Row(**{**ALPHA, "individuals": 1500}), BLANK_COUNT], "archive": ARCHIVED},
}  # fmt: skip


def small_register(home: Path, until: str = "9999") -> MadeUpRegister:
    """The register above with a ledger in ``home`` that holds all days up to ``until``."""
    register = MadeUpRegister(home)
    for day, views in VIEWS_OF.items():
        if day <= until:
            register.look(day, views)
    return register


def figures(answer: Any) -> dict[Any, Any]:
    """An answer by one dimension and one measure as value → figure."""
    return dict(answer.rows)
