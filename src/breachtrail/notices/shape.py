"""The columns of a notice: the one place that says which there are, of what type, and where each comes from.

Source of the public columns: HHS OCR breach portal, published under section 13402(e)(4) of the HITECH Act;
the duty to report 500 or more individuals is 45 CFR 164.408(b).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a notice.

    name:    as written in the ledger and in answers
    type:    DuckDB type in the ledger
    unit:    what one unit of it is; '' where it has none
    meaning: one sentence for a codebook
    """

    name: str
    type: str
    unit: str
    meaning: str


#: What a register says of a notice, in the order of the portal's own export.
COLUMNS: tuple[Column, ...] = (
    Column("name", "VARCHAR", "", "Name of the covered entity or business associate that filed, as published."),
    Column("state", "VARCHAR", "", "USPS code of the filer's state; empty for a territory or where not stated."),
    Column("entity_type", "VARCHAR", "", "Who filed: provider, plan, clearing house or business associate."),
    Column("individuals", "BIGINT", "records of individuals", "Individuals affected, as reported; empty if not said."),
    Column("submitted_on", "DATE", "day", "Day on which the breach was submitted to the register, as it says itself."),
    Column("breach_types", "VARCHAR[]", "", "Types of breach; several are possible (in practice until 2014)."),
    Column("locations", "VARCHAR[]", "", "Where the information was; several are possible."),
    Column("business_associate", "VARCHAR", "", "Whether a business associate was present: Yes or No."),
    Column("description", "VARCHAR", "", "The register's own text on the case, usually written when it is closed."),
)

#: Columns that hold several values in one cell; the separator in the portal's exports is a comma and a blank.
SEVERAL = ("breach_types", "locations")

#: Counts that filers enter while the real number is not known yet (the portal refuses to go without one).
PLACEHOLDERS = (500, 501)

#: No row can have been submitted before the interim final rule took effect (74 FR 42740).
FIRST_POSSIBLE_SUBMISSION = "2009-09-23"

#: A count above this is a slip of the pen: three times the residents of the United States.
LARGEST_POSSIBLE_COUNT = 1_000_000_000

NAMES = tuple(column.name for column in COLUMNS)
