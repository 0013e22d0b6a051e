"""A made-up register with all that a page must bear, and its site as plain files."""

from datetime import date
from functools import partial
from pathlib import Path

from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.web.published import Published, publish

URL = "https://example.org/breaches/"

LAKE = Row("Lakeside Hospital", "TX", individuals=500, submitted_on=date(2024, 5, 14))
HARBOR = Row("Harbor Clinic", "OH", individuals=4_500_000, submitted_on=date(2024, 5, 20), locations="Email")
MARKUP = Row('<script>alert("1")</script> & Co.', "CA", individuals=2600, submitted_on=date(2023, 11, 2))
HAN = Row("Clínica Señorial", "", individuals="", submitted_on=date(2023, 11, 3), breach_types="Theft, Loss")
NEW = Row("Meadow Health Plan", "TX", "Health Plan", 7100, date(2024, 7, 1))


def looked_at(register: MadeUpRegister) -> MadeUpRegister:
    """Three looks: a figure is revised and a name is changed on the second, a notice is new on the third."""
    register.look("2024-06-01", under_investigation=[LAKE, HARBOR], archive=[MARKUP, HAN])
    later = Row("Harbor Clinic, Inc.", "OH", individuals=6_100_000, submitted_on=date(2024, 5, 20), locations="Email")
    register.look("2024-06-20", under_investigation=[LAKE, later], archive=[MARKUP, HAN])
    return register


def look_again(register: MadeUpRegister) -> None:
    """One more notice, everything else as it was."""
    later = Row("Harbor Clinic, Inc.", "OH", individuals=6_100_000, submitted_on=date(2024, 5, 20), locations="Email")
    register.look("2024-07-20", under_investigation=[NEW, LAKE, later], archive=[MARKUP, HAN])


def made(ground: Path) -> None:
    """A ledger with all of that and many more notices, in ``ground/ledger``, and its site in ``ground/site``."""
    register = looked_at(MadeUpRegister(ground / "ledger"))
    look_again(register)
    register.look("2024-08-01", archive=[Row(f"Group Practice {n}", "FL", individuals=600 + n) for n in range(70)])
    site(register.home, ground / "site", url=URL)


def site(home: Path, folder: Path, **asked: object) -> Published:
    """The site of a ledger, in a folder."""
    return publish(partial(breachtrail.open, home), folder, **asked)  # type: ignore[arg-type]
