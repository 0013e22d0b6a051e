"""Somebody who files, in a loop, as a server does for many: begun, filed, amended; what was answered is told line by line.

Run as a program: ``python office_at_work.py ADDRESS NAME [COUNT]``. A line is written only after the database has said that it
keeps what it tells of: ``filed NUMBER VERSION INDIVIDUALS``. Whoever reads the lines knows what must never be lost.
"""

import sys
from collections.abc import Iterator

from filed import NOW, answers

from breachtrail.errors import IntakeError
from breachtrail.intake import filing
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import Role
from breachtrail.intake.store import Store


def work(store: Store, name: str, count: int) -> Iterator[tuple[str, int, int]]:
    """File ``count`` reports, each with a correction before and an addendum after: tracking number, version, individuals."""
    actor = Actor(name, name, Role.FILER, name)
    for turn in range(count):
        with store.begin() as session:
            begun = filing.begin(session, actor, NOW)
            filing.save(session, actor, begun.id, answers(name, 500 + turn), NOW)
        with store.begin() as session:
            filing.save(session, actor, begun.id, {"individuals": str(600 + turn)}, NOW)
        with store.begin() as session:
            number = filing.file(session, actor, begun.id, NOW)
        yield number, 1, 600 + turn
        with store.begin() as session:
            filing.addendum(session, actor, number, NOW)
            filing.save(
                session, actor, begun.id, {"individuals": str(9000 + turn), "attested": "true_and_accurate"}, NOW
            )
            filing.file(session, actor, begun.id, NOW)
        yield number, 2, 9000 + turn


if __name__ == "__main__":
    address, name, count = sys.argv[1], sys.argv[2], int((*sys.argv, "1000000")[3])
    try:
        with Store.open(address) as store:
            for told in work(store, name, count):
                sys.stdout.write(f"{' '.join(map(str, told))}\n")
                sys.stdout.flush()
    except IntakeError as error:
        sys.exit(f"{type(error).__name__}: {error}")
