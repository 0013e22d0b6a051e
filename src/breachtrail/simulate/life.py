"""What is asked of a made register: how large, how often looked at, and how much happens between two looks."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from breachtrail.errors import QuestionError

#: The day of the last snapshot, if none is named.
LAST_DAY = date(2026, 7, 1)
#: More snapshots than any archive of the portal has.
MOST_SNAPSHOTS = 2_000
MOST_NOTICES = 100_000_000


@dataclass(frozen=True)
class Life:
    """A register's life. Every rate is a share, between 0 and 1, of the notices listed, from one snapshot to the next.

    The rates left alone are those of the portal, where a snapshot is taken about once a month. On its way to the archive
    more is changed in a notice; that comes on top (``on_archiving`` in marginals.yml).

    notices:   submitted until the last snapshot; those of its last days are not posted yet
    snapshots: how many, or their days
    until:     day of the last snapshot, where days are not named
    new:       how much the register grows from one snapshot to the next, which says how far they lie apart, where days
               are not named
    revised:   count changed, most of them among what was submitted last; renamed: another name, a few with another count;
    respelled: the same name in another dress; recoded: another type or location; withdrawn: taken from the list
    resolved:  placeholders, of 500 or 501, that get their number
    twins:     share of notices that one filer filed with others on the same day
    transit:   share of moves to the archive that are in neither list for one snapshot
    one_list:  everything in the archive, so one file a snapshot
    texts:     descriptions on what is archived
    """

    notices: int = 10_000
    seed: int = 1
    snapshots: int | Sequence[date] = 6
    until: date = LAST_DAY
    new: float = 0.01
    revised: float = 0.0006
    renamed: float = 0.0002
    respelled: float = 0.0005
    recoded: float = 0.0002
    withdrawn: float = 0.0001
    resolved: float = 0.06
    twins: float = 0.015
    transit: float = 0.02
    one_list: bool = False
    texts: bool = True

    def __post_init__(self) -> None:
        """Raises QuestionError for what no register can be."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, float) and not 0 <= value <= 1:
                raise QuestionError(f"{field.name} is a share between 0 and 1, for instance 0.01; {value} is none.")
        if not 1 <= self.notices <= MOST_NOTICES:
            raise QuestionError(f"A register of {self.notices:,} notices cannot be made; 1 to {MOST_NOTICES:,} can.")
        named = [] if isinstance(self.snapshots, int) else list(self.snapshots)
        count = self.snapshots if isinstance(self.snapshots, int) else len(named)
        if not 1 <= count <= MOST_SNAPSHOTS:
            raise QuestionError(f"{count:,} snapshots cannot be made; 1 to {MOST_SNAPSHOTS:,} can.")
        if sorted(set(named)) != named:
            raise QuestionError("The days of the snapshots must follow each other, each named once.")
