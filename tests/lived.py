"""Sixty days of a small register, made up by hand: what the portal shows on each, and which record is which.

Small on purpose, so that a test can fetch every day of it. What happens is what PORTAL.md tells of the real one: notices
are posted late and slot into the middle of the list, counts are rewritten in place, placeholders get their number, cases
move to the archive and get a text there, names are respelled, one filer files several times on a day, one notice goes.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from breachtrail.simulate.portal import Row, State

FIRST = date(2026, 5, 4)
_STATES = ("TX", "CA", "NY", "OH", "")
_TYPES = ("Hacking/IT Incident", "Theft", "Unauthorized Access/Disclosure")
_PLACES = ("Email", "Network Server", "Laptop, Paper/Films")
_WORDS = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Pine", "Rowan")
_KINDS = ("Hospital", "Clinic", "Dental Group", "Health Plan", "Billing", "Home Care", "Laboratory", "Pharmacy")


@dataclass(frozen=True)
class Notice:
    """One notice as the portal shows it now."""

    record: int
    name: str
    state: str
    individuals: int
    submitted_on: date
    type: str
    place: str
    archived: bool = False
    text: str = ""

    @property
    def row(self) -> Row:
        day = f"{self.submitted_on:%m/%d/%Y}"
        cells = (
            self.name,
            self.state,
            "Healthcare Provider",
            str(self.individuals),
            day,
            self.type,
            self.place,
            "No",
            self.text,
        )
        return Row(self.record, cells)  # fmt: skip


@dataclass
class Register:
    """A register that lives on, day by day."""

    chance: random.Random
    notices: dict[int, Notice] = field(default_factory=dict)
    ever: dict[int, list[Notice]] = field(default_factory=dict)

    @property
    def state(self) -> State:
        newest = sorted(self.notices.values(), key=lambda one: (-one.submitted_on.toordinal(), one.record))
        return State(
            under_investigation=[one.row for one in newest if not one.archived],
            archive=[one.row for one in newest if one.archived],
        )

    def file(self, day: date) -> None:
        """A notice submitted on ``day``; now and then two of one filer, with different counts."""
        name = (
            f"{self.chance.choice(_WORDS)} {self.chance.choice(_WORDS)} {self.chance.choice(_KINDS)} {len(self.ever)}"
        )
        told = Notice(
            0, name, self.chance.choice(_STATES), self.chance.choice((500, 501, self.chance.randint(502, 99_000))), day,
            self.chance.choice(_TYPES), self.chance.choice(_PLACES),
        )  # fmt: skip
        for place in range(2 if self.chance.random() < 0.1 else 1):
            record = 1_300_000 + len(self.ever)
            self.notices[record] = replace(told, record=record, individuals=told.individuals + 7 * place)
            self.ever[record] = []

    def live(self, day: date) -> None:
        """What happens until the end of ``day``."""
        for _ in range(self.chance.randint(0, 3)):
            self.file(day - timedelta(days=self.chance.randint(7, 29)))
        for one in self.chance.sample(sorted(self.notices), 6):
            told, luck = self.notices[one], self.chance.random()
            if luck < 0.3:
                more = {"individuals": self.chance.randint(502, 9_000_000)}
            elif luck < 0.4:
                more = {"name": told.name.replace(" ", "  ") + ", Inc."}
            elif luck < 0.8 and not told.archived:
                text = "\\N" if luck < 0.45 else f'{told.name} said "stolen".\nOCR\rclosed it. ' + "Text. " * 20
                more = {"archived": True, "text": text[:3995]}
            else:
                continue
            self.notices[one] = replace(told, **more)
        if day == FIRST + timedelta(days=25):
            del self.notices[min(self.notices)]
        for record, one in self.notices.items():
            self.ever[record].append(one)


def sixty_days(seed: int = 1) -> tuple[Mapping[date, State], Register]:
    """The states of sixty days, and the register with all that it ever showed."""
    register = Register(random.Random(seed))
    for _ in range(90):
        register.file(FIRST - timedelta(days=register.chance.randint(30, 700)))
    states = {}
    for place in range(60):
        day = FIRST + timedelta(days=place)
        register.live(day)
        states[day] = register.state
    return states, register
