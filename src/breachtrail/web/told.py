"""What the API answers with, each field with its meaning, type and unit; the examples are made up."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

_EXAMPLE_ID = "ocr-2024-05-14-example-clinic-1a2b"


class Told(BaseModel):
    """The root: nothing more is told than is described."""

    model_config = ConfigDict(extra="forbid")


class Head(Told):
    """Which state of the ledger an answer comes from."""

    generation: int = Field(description="Number of the sealed state.", examples=[12])
    content: str = Field(description="Hash of all that it says.", examples=["0f" * 32])


class Caveat(Told):
    """What a reader must know beside a figure."""

    code: str = Field(examples=["records_not_people"])
    text: str = Field(examples=["Individuals are records, not people; one person can be in several breaches."])


class Look(Told):
    """One snapshot: one list of the register as fetched at one moment."""

    snapshot: str = Field(description="Its id.")
    view: str = Field(description="The list that it shows.", examples=["archive"])
    taken_on: date
    taken_not_before: date = Field(description="It is known to have been taken between this day …")
    taken_not_after: date = Field(description="… and this one; the same where the day is known.")
    rows: int = Field(description="Rows of the file.")
    accepted: int
    held: int = Field(description="Rows that could not be read honestly, outside every count.")
    derived: bool = Field(description="Somebody made the file from the register's exports.")


class Notice(Told):
    """One notice as known on the day of the answer."""

    id: str = Field(description="Ours; it never changes.", examples=[_EXAMPLE_ID])
    name: str | None = Field(description="Who filed, as published.", examples=["Example Clinic"])
    state: str | None = Field(description="USPS code of the filer's state; none for most territories.", examples=["TX"])
    entity_type: str | None = Field(examples=["Healthcare Provider"])
    individuals: int | None = Field(
        description="Records of individuals; 500 and 501 stand for not known yet.", examples=[1200]
    )
    submitted_on: date | None = Field(description="What the register says of itself.")
    breach_types: list[str] | None = Field(examples=[["Hacking/IT Incident"]])
    locations: list[str] | None = Field(examples=[["Network Server"]])
    business_associate: str | None = Field(examples=["No"])
    description: str | None
    status: str = Field(description="Where the register shows it.", examples=["under_investigation"])
    first_seen: date = Field(description="The first snapshot that shows it.")
    known_from: date = Field(description="Since when it reads so.")


class Version(Told):
    """One state of a notice, with the time during which it was known."""

    known_from: date
    known_until: date | None = Field(description="The day on which another version became known; none for the last.")
    status: str
    name: str | None
    state: str | None
    entity_type: str | None
    individuals: int | None
    submitted_on: date | None
    breach_types: list[str] | None
    locations: list[str] | None
    business_associate: str | None
    description: str | None
    snapshot: str | None = Field(description="The snapshot that first showed it; none where no row showed the notice.")
    row: int | None = Field(description="Its row in the file of that snapshot.")
    rung: str = Field(description="How the row was recognised as this notice.", examples=["same name"])


class Trail(Told):
    """A notice with every version of it, oldest first."""

    head: Head
    notice: Notice
    trail: list[Version]


class Notices(Told):
    """A page of notices; ``next`` is the cursor of the page behind it, none on the last."""

    head: Head
    as_of: date
    total: int = Field(description="How many notices fit, on all pages.")
    next: str | None
    notices: list[Notice]


class Interval(Told):
    """What may be: between low and high in nine cases of ten, between lower and upper in one of two."""

    low: int = Field(examples=[740])
    lower: int = Field(examples=[786])
    median: int = Field(examples=[824])
    upper: int = Field(examples=[863])
    high: int = Field(examples=[923])


class Score(Told):
    """What forecasts made in the same way on earlier looks were worth, judged by what came."""

    forecasts: int = Field(description="How many of them.", examples=[92])
    within_50: float = Field(description="Share whose interval of 50% held what came.", examples=[0.54])
    within_90: float = Field(description="Share whose interval of 90% held what came.", examples=[0.88])
    score: float = Field(description="Mean weighted interval score; the smaller the better.", examples=[2.2])
    as_it_stands: float = Field(description="The same of the figure as it stood.", examples=[9.8])
    judged_since: date = Field(description="The first look on which such a forecast was made.")


class JudgedScore(Score):
    """The same, and what it counts."""

    of: str = Field(description="notices or revisions.", examples=["notices"])


class Expected(Told):
    """What the figures of one measure will come to."""

    as_of: date = Field(description="The day of the last look that was known.")
    within_days: int | None = Field(description="Days after it for which this holds; none: in the end.")
    intervals: list[Interval] = Field(description="One for each row, in its order.")
    method: str = Field(description="How it was made, in words.")
    score: JudgedScore | None = Field(description="None where no earlier forecast can be judged yet.")


class Answer(Told):
    """What came of a question."""

    head: Head
    as_of: date
    question: str = Field(description="In words.")
    columns: list[str]
    rows: list[dict[str, Any]]
    caveats: list[Caveat]
    sql: str = Field(description="The statement that gave the rows; it runs on the ledger's file in a bare DuckDB.")
    expected: dict[str, Expected] | None = Field(
        default=None, description="By measure, if `expected` was asked for: what the figures will come to."
    )


class Change(Told):
    """What the register says differently of one notice."""

    id: str
    kind: str = Field(description="appeared, returned, gone, changed; moved where only the list is another.")
    differs: list[str] = Field(description="The columns in which the two differ.")
    gained: int = Field(description="What the change adds to the individuals of the register.")
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Changes(Told):
    """What changed between the ends of two days, the weightiest first."""

    head: Head
    since: date
    until: date
    total: int
    changes: list[Change]


class Coverage(Told):
    """What was looked at, and when."""

    head: Head
    newest: date
    looks: list[Look]


class Item(Told):
    """A measure or a dimension of the catalogue."""

    name: str
    type: str
    meaning: str
    sql: str
    foretold: str | None = Field(
        default=None, description="By which estimate it is told what its figures will come to: forecast or growth."
    )


class Catalogue(Told):
    """What can be asked."""

    measures: list[Item]
    dimensions: list[Item]


class Problem(Told):
    """What was not possible, and why (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["That cannot be answered"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["state is never 'XX'. Its values: …"])
