"""A report as somebody files it, and the people around it: shared by the tests of a register of one's own."""

import datetime as dt
from typing import Any

from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import Role

NOW = dt.datetime(2026, 8, 3, 16, tzinfo=dt.UTC)
FILER = Actor("f1", "Fay Filer", Role.FILER, "north")
STRANGER = Actor("f2", "Sam Stranger", Role.FILER, "south")
REVIEWER = Actor("r1", "Rae Reviewer", Role.REVIEWER)
PUBLISHER = Actor("p1", "Pat Publisher", Role.PUBLISHER)
AUDITOR = Actor("a1", "Ari Auditor", Role.AUDITOR)
ADMINISTRATOR = Actor("m1", "Max Minder", Role.ADMINISTRATOR)
EVERYBODY = (FILER, STRANGER, REVIEWER, PUBLISHER, AUDITOR, ADMINISTRATOR)


def block(whose: str, name: str, state: str = "TX") -> dict[str, str]:
    """Name, address and point of contact of an organisation."""
    told = {
        "name": name, "street": "1 Elm Street", "city": "Springfield", "state": state, "zip": "75001",
        "first_name": "Robin", "last_name": "Contactperson", "email": "robin.contactperson@example.org",
        "phone": "555 010 0199", "phone_usage": "work",
    }  # fmt: skip
    return {f"{whose}_{field}": answer for field, answer in told.items()}


def answers(name: str = "Made-up Clinic", individuals: int = 741, **changed: Any) -> dict[str, Any]:
    """A whole report of a covered entity that files for itself."""
    whole = {
        "filer": "covered_entity", **block("entity", name), "entity_type": "Healthcare Provider",
        "affecting": "500_or_more" if individuals >= 500 else "fewer_than_500",
        "breach_start": "2026-06-01", "breach_end": "2026-06-03",
        "discovered_start": "2026-06-10", "discovered_end": "2026-06-10",
        "individuals": str(individuals), "is_estimate": "No", "breach_type": "Hacking/IT Incident",
        "locations": ["Network Server", "Email"], "phi": ["clinical"], "phi_clinical": ["medications"],
        "description": "Somebody came in through a mail account.", "safeguards": ["none"],
        "notice_start": "2026-07-20", "notice_end": "2026-08-01", "substitute_notice": "No", "media_notice": "No",
        "actions": ["passwords"], "delay": "none", "attested": "true_and_accurate", "attested_by": "Robin Contactperson",
    }  # fmt: skip
    return whole | changed


def filed(session: Any, actor: Actor = FILER, now: dt.datetime = NOW, **changed: Any) -> str:
    """Begin, fill in and file; the id of the report."""
    from breachtrail.intake import filing

    begun = filing.begin(session, actor, now)
    filing.save(session, actor, begun.id, answers(**changed), now)
    filing.file(session, actor, begun.id, now)
    return begun.id


def published(session: Any, report_id: str, now: dt.datetime = NOW) -> None:
    """Take up, accept and publish."""
    from breachtrail.intake import decision, report

    for actor, what in ((REVIEWER, "take"), (REVIEWER, "accept"), (PUBLISHER, "publish")):
        seen = report.read(session, actor, report_id).version
        decision.decide(session, actor, report_id, what, "It is whole.", now, seen=seen)
