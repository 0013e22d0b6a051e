"""A site over a made-up register, served on the loopback as a visitor meets it; every name of it is invented, some to do harm."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import uvicorn
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.web.app import create_app

#: Names that would do something if they were taken for anything but names.
HOSTILE = (
    "<script>alert('x')</script> Clinic",
    '=HYPERLINK("http://example.test","Clinic")',
    "Clinic \u202egro.evil\u202c",
    'Clinic & "Sons" <b>bold</b>',
    "A" * 600,
)
GROWING = Row(name="Growing Health Network", state="MN", individuals=500, submitted_on=date(2024, 7, 19))
FIRST, SECOND, LAST = "2024-11-06", "2024-12-08", "2026-07-09"
_STATES = ("TX", "CA", "OH", "NY", "", "FL")
_TYPES = ("Hacking/IT Incident", "Theft", "Unauthorized Access/Disclosure", "Hacking/IT Incident, Theft")
_PLACES = ("Email", "Network Server", "Laptop", "Email, Network Server")


def rows(many: int, since: date) -> list[Row]:
    """So many ordinary notices, one every five days."""
    return [
        Row(
            name=f"Example {kind} {place}",
            state=_STATES[place % 6],
            entity_type=("Healthcare Provider", "Health Plan", "Business Associate")[place % 3],
            individuals=501 + place * place * 17 % 90_000,
            submitted_on=since + timedelta(5 * place),
            breach_types=_TYPES[place % 4],
            locations=_PLACES[place % 4],
            business_associate=("Yes", "No")[place % 2],
        )
        for place in range(many)
        for kind in [("Hospital", "Clinic", "Dental Group", "Laboratory")[place % 4]]
    ]


def made(home: Path) -> MadeUpRegister:
    """A register of three looks, in which counts are revised, cases move, and some names are hostile."""
    register = MadeUpRegister(home)
    old, open_ = rows(70, date(2023, 1, 3)), rows(40, date(2024, 2, 1))
    hostile = [
        Row(name=name, submitted_on=date(2024, 8, 1 + place), individuals=700) for place, name in enumerate(HOSTILE)
    ]
    register.look(FIRST, under_investigation=[*open_, GROWING, *hostile], archive=old)
    grown = replace(GROWING, individuals=100_000_000)
    register.look(SECOND, under_investigation=[*open_[5:], grown, *hostile], archive=[*old, *open_[:5]])
    grown = replace(GROWING, individuals=192_700_000)
    newer = rows(60, date(2025, 8, 30))
    register.look(LAST, under_investigation=[*open_[20:], grown, *hostile, *newer], archive=[*old, *open_[:20]])
    return register


@contextmanager
def served(home: Path, **options: float) -> Iterator[str]:
    """The site over a ledger, by an own server on a free port of the loopback; the address without a slash at its end."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    options = {"visits_a_minute": 1_000_000, **options}
    app = create_app(lambda: breachtrail.open(home), **options)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        app.state.site.close()
