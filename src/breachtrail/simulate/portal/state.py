"""What the portal's lists hold on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from breachtrail.errors import QuestionError
from breachtrail.simulate.portal.lists import HIPAA, PART2, VIEWS, BreachList


class Row(NamedTuple):
    """A row of a list: the record id that only the pages show (``data-rk``), and its cells as text, in the columns' order."""

    record: int
    cells: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class State:
    """The rows of every view of both lists, each in the order in which the portal shows them (newest first).

    Late rows, figures changed in place and moves between the views are simply the next state; a record id stays with its
    row. Raises QuestionError for a row with too few or too many cells, or a record id given twice.
    """

    under_investigation: Sequence[Row] = ()
    archive: Sequence[Row] = ()
    part2_under_investigation: Sequence[Row] = ()
    part2_archive: Sequence[Row] = ()

    def __post_init__(self) -> None:
        for breach_list in (HIPAA, PART2):
            rows = [row for view in VIEWS for row in self.rows(breach_list, view)]
            width = len(breach_list.columns)
            unfit = next((row for row in rows if len(row.cells) != width), None)
            if unfit:
                raise QuestionError(
                    f"A row of the {breach_list.name} list has {width} cells; {unfit} has {len(unfit.cells)}."
                )
            if len({row.record for row in rows}) < len(rows):
                raise QuestionError(
                    f"Two rows of the {breach_list.name} list have the same record id; each has its own."
                )

    @classmethod
    def of(cls, under_investigation: Iterable[Sequence[str]] = (), archive: Iterable[Sequence[str]] = ()) -> "State":
        """A state of rows without record ids: they are numbered from 1,300,001, open ones first."""
        rows = [[tuple(cells) for cells in view] for view in (under_investigation, archive)]
        first = 1_300_001
        return cls(
            [Row(first + place, cells) for place, cells in enumerate(rows[0])],
            [Row(first + len(rows[0]) + place, cells) for place, cells in enumerate(rows[1])],
        )

    def rows(self, breach_list: BreachList, view: str) -> Sequence[Row]:
        return getattr(self, view if breach_list is HIPAA else f"part2_{view}")  # type: ignore[no-any-return]
