"""What the public sees of the register: the columns of a notice, in two lists, and the years of the smaller ones.

From the whole report only these columns come out, and this is the only module that takes them out: whoever adds one says
here that it is public. Contact persons, addresses, days of breach and discovery, and the filer's own description stay
inside; the description of a notice in the archive is what the office wrote when it closed the case.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from breachtrail.intake import incident, setting
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import require
from breachtrail.intake.refusal import count
from breachtrail.intake.tables import Filed, Version
from breachtrail.notices.formula import disarmed

VIEWS = {"under_investigation": "public", "archive": "archive"}
#: The portal's nine columns, and the number of the notice in this register, by which it can be followed.
COLUMNS = (
    *("Record Number", "Name of Covered Entity", "State", "Covered Entity Type", "Individuals Affected"),
    *("Breach Submission Date", "Type of Breach", "Location of Breached Information", "Business Associate Present"),
    "Web Description",
)
_BY_ASSOCIATE = ("associate", "associate_for_many")
_ASSOCIATE = "Business Associate"


@dataclass(frozen=True, slots=True)
class YearSum:
    """Accepted reports below the threshold, of one year of discovery (45 CFR 164.408(c))."""

    year: int
    notices: int
    individuals: int


def rows(session: Session, view: str) -> list[tuple[str, ...]]:
    """The notices of a view as they stand, newest submission first: what was accepted, never what only was filed."""
    zone = ZoneInfo(setting.read(session).timezone)
    shown = _accepted().where(Filed.state == VIEWS[view]).order_by(Filed.filed_at.desc(), Filed.record.desc())
    return [_row(filed, version.answers, zone) for filed, version in session.execute(shown)]


def body(listed: Sequence[Sequence[str]]) -> bytes:
    """A view in the portal's dress: UTF-8, comma, LF, every cell quoted; no cell is a formula to a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([[disarmed(cell) for cell in row] for row in listed])
    return text.getvalue().encode()


def sums(session: Session, actor: Actor | None) -> list[YearSum]:
    """The smaller ones by year of discovery; without an actor it is the command line. Raises IntakeForbidden."""
    if actor is not None:
        require(actor.role, "sums.read")
    threshold = setting.read(session).threshold
    notices: Counter[int] = Counter()
    individuals: Counter[int] = Counter()
    for _, version in session.execute(_accepted().where(Filed.record.is_(None))):
        counted, found = count(version.answers, "individuals") or 0, incident.of(version.answers)
        if found and counted < threshold:
            notices[found.discovered_on.year] += 1
            individuals[found.discovered_on.year] += counted
    return [YearSum(year, notices[year], individuals[year]) for year in sorted(notices)]


def _accepted() -> Any:
    """Every report that was accepted once, with the version that was."""
    return select(Filed, Version).join(Version, and_(Version.report_id == Filed.id, Version.number == Filed.accepted))


def _row(filed: Filed, answers: Mapping[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    by_associate = answers["filer"] in _BY_ASSOCIATE
    whose = "associate" if by_associate else "entity"
    submitted = filed.filed_at.astimezone(zone) if filed.filed_at else None
    return (
        str(filed.record),
        " ".join(answers[f"{whose}_name"].split()),
        answers[f"{whose}_state"],
        _ASSOCIATE if by_associate else answers["entity_type"],
        str(count(answers, "individuals")),
        submitted.strftime("%m/%d/%Y") if submitted else "",
        answers["breach_type"],
        ", ".join(sorted(answers["locations"])),
        "No" if answers["filer"] == "covered_entity" else "Yes",
        filed.closing if filed.state == VIEWS["archive"] else "",
    )
