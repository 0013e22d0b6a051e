"""The two lists that the portal shows, and the columns of each."""

from dataclasses import dataclass

#: The views of a list, by the names that the rest of BreachTrail has for them.
VIEWS = ("under_investigation", "archive")


@dataclass(frozen=True)
class BreachList:
    """One list of the portal.

    name:      hipaa or part2
    page:      its page since 2026, below ``/ocr/breach/``
    columns:   header cells, in the order of the export; the last two are in the table, hidden
    sortable:  how many of them, from the left, sort the table
    panels:    header cells (by place) that the export of 2026 writes as ``javax.faces.component.UIPanel@…``
    """

    name: str
    page: str
    columns: tuple[str, ...]
    sortable: int
    panels: tuple[int, ...]


_END = ("Individuals Affected", "Breach Submission Date", "Type of Breach", "Location of Breached Information")
HIPAA = BreachList(
    "hipaa",
    "breach_report_hip.jsf",
    ("Name of Covered Entity", "State", "Covered Entity Type", *_END, "Business Associate Present", "Web Description"),
    sortable=5,
    panels=(0, 7),
)
PART2 = BreachList(
    "part2",
    "breach_report_part2.jsf",
    ("Name of Part 2 Program", "State", *_END, "Qualified Service Organization Present", "Web Description"),
    sortable=4,
    panels=(0, 6),
)
#: The page of all lists until 2026; since then it sends on to the front page.
OLD_PAGE = "breach_report.jsf"
