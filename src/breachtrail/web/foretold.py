"""What the API answers with where it estimates, each field with its meaning and unit; the examples are made up."""

from datetime import date
from typing import Any

from pydantic import Field

from breachtrail.web.told import Head, Interval, Score, Told

_PERIOD = Field(description="A year, quarter or month of submission.", examples=["2026-Q3"])
_METHOD = Field(description="How it was made, in words.")
_BETWEEN = Field(description="The ends of the interval of 90%.", examples=[[61.0, 84.0]])


class Forecast(Told):
    """What one period will come to, in notices."""

    period: str = _PERIOD
    first: date
    last: date
    shown: int = Field(description="What the register shows of it.", examples=[359])
    late: Interval = Field(description="Submitted by then, and still to appear.")
    to_come: Interval = Field(description="Still to be submitted, and to appear.")
    final: Interval = Field(description="What the register will show of it in the end.")


class Outlook(Told):
    """Forecasts, and what such forecasts were worth; ``score`` is none where no earlier one can be judged yet."""

    head: Head
    as_of: date = Field(description="The day of the last look that was known.")
    unit: str = Field(examples=["notices"])
    forecasts: list[Forecast]
    method: str = _METHOD
    score: Score | None


class Becoming(Told):
    """What may become of the counts of some notices within a year."""

    notices: int
    individuals: int
    chance: float = Field(description="That one of them is revised, on the average.", examples=[0.12])
    revised: Interval = Field(description="How many are revised.")
    gained: Interval = Field(description="What that adds to the sum.")
    becomes: Interval | None = Field(description="What 500 and 501 became where they were revised.")


class Growth(Told):
    """What a period's individuals will come to within a year; ``score`` is of how many counts would be revised.

    A score is none where no earlier forecast can be judged yet.
    """

    head: Head
    as_of: date = Field(description="The day of the last look that was known.")
    unit: str = Field(examples=["records of individuals"])
    period: str = _PERIOD
    individuals: int = Field(description="What the register shows of it.")
    by_revisions: Interval
    by_new: Interval = Field(description="What notices add that are late or still to be submitted.")
    total: Interval = Field(description="What the register will then show of the period.")
    placeholders: Becoming = Field(description="Of the notices at 500 or 501.")
    others: Becoming
    method: str = _METHOD
    score: Score | None
    score_of_revisions: Score | None = Field(description="Of a period's sum with its revisions, in logarithms.")
    score_of_new: Score | None = Field(description="Of a year's sum with its new notices, in logarithms.")


class Chances(Told):
    """What chances told of single notices on earlier looks were worth; of both scores the smaller is the better."""

    notices: int = Field(description="How many times a chance was told.", examples=[8584])
    came: float = Field(description="Share of them of which it came true.", examples=[0.092])
    told: float = Field(description="The mean chance.", examples=[0.099])
    brier: float = Field(examples=[0.077])
    brier_of_base: float = Field(description="If all notices were taken as alike.", examples=[0.085])
    log: float = Field(description="Logarithmic score.", examples=[0.288])
    log_of_base: float = Field(description="If all notices were taken as alike.", examples=[0.359])
    judged_since: date = Field(description="The first look on which such a chance was told.")


class Prospect(Told):
    """What may become of the count of one notice within a year of the last look."""

    head: Head
    as_of: date = Field(description="The day of the last look that was known.")
    id: str = Field(examples=["ocr-2024-05-14-example-clinic-1a2b"])
    name: str
    submitted_on: date
    age: int = Field(description="Days since submission.", examples=[56])
    individuals: int = Field(description="What the register shows.", examples=[500])
    placeholder: bool = Field(description="Whether that is 500 or 501, as written before the number is known.")
    chance: float = Field(description="That the count is revised.", examples=[0.52])
    base: float = Field(description="The same of all notices less than two years old.", examples=[0.051])
    becomes: Interval | None = Field(
        description="What it is then, if it is revised; none where no such revision was seen."
    )
    alike: int = Field(description="Revisions of such counts from which that is drawn.", examples=[127])
    unit: str = Field(examples=["records of individuals"])
    method: str = _METHOD
    score: Chances | None = Field(description="None where no earlier chance can be judged yet.")


class Estimated(Told):
    """A figure with its interval of 90%."""

    value: float = Field(examples=[72.4])
    between: tuple[float, float] = _BETWEEN


class Overlap(Told):
    """Different people under one assumption of overlap."""

    assumption: str = Field(description="independent, half or same.", examples=["independent"])
    people: float
    between: tuple[float, float] = Field(description="The interval of 90%, if the assumption holds.")


class People(Told):
    """Between which bounds the different people behind the records lie, and what assumptions of overlap give."""

    head: Head
    as_of: date
    question: str = Field(description="In words.")
    notices: int = Field(description="Notices that give a count.")
    without_count: int = Field(description="Notices that give none, and are not in it.")
    records: int = Field(description="Sum of the individuals.")
    largest: int = Field(description="The largest notice.")
    residents: int = Field(description="People who can have been affected.")
    residents_year: int
    least: int = Field(description="Bound without any assumption.")
    most: int = Field(description="Bound without any assumption.")
    overlaps: list[Overlap]
    method: str = _METHOD
    sql: str


class Means(Told):
    """One breach type or location among the notices."""

    value: str
    notices: int
    share: Estimated


class Kind(Told):
    """What kind of organisation asks."""

    entity_type: str
    states: list[str]
    size: int | None
    organisations: int | None
    years: int


class Peers(Told):
    """What the notices of a kind of organisation look like over complete years; what too few would carry is none or empty."""

    head: Head
    as_of: date
    kind: Kind
    first_year: int
    last_year: int
    yearly: dict[str, int] = Field(description="Notices by year.")
    notices: int
    placeholders: int = Field(description="Notices at 500 or 501.")
    a_year: Estimated | None = Field(description="Notices a year; between which figures the next year's is expected.")
    per_organisation: Estimated | None = Field(description="Notices an organisation and year.")
    sizes: dict[str, Estimated] = Field(description="Share of notices, and the size that so many do not exceed.")
    larger: Estimated | None = Field(description="Share of notices larger than `size`.")
    means: list[Means]
    whereabouts: list[Means]
    through_associate: Estimated | None
    method: str = _METHOD
    sql: str


class Body(Told):
    """The bulk of the sizes; logarithms are natural."""

    notices: int
    mean_log: float
    sd_log: float
    cut_mean: float | None = Field(description="Of the log-normal law cut off at 500.")
    cut_sd: float | None
    distance: float | None = Field(description="Largest distance between the cut law's shares and the counted ones.")


class Tail(Told):
    """A generalised Pareto tail above a threshold."""

    threshold: int
    above: int = Field(description="Notices larger than the threshold.")
    shape: float = Field(description="1 or more: no finite mean.")
    shape_between: tuple[float, float]
    scale: float


class ReturnLevel(Told):
    """A size that is exceeded once in so many years."""

    years: int
    size: float
    between: tuple[float, float] = _BETWEEN


class Group(Told):
    """The sizes of one group of notices, in individuals; of fewer than twenty nothing but their number is told."""

    value: Any = Field(description="Of the dimension; none without one.")
    notices: int = Field(description="That give a count.")
    individuals: int
    median: Estimated | None
    body: Body | None
    tails: list[Tail] = Field(description="Above each threshold that was tried.")
    tail: Tail | None = Field(description="Above the one that is chosen.")
    levels: list[ReturnLevel]
    share_of_largest: dict[str, float]


class Sizes(Told):
    """How large the notices are."""

    head: Head
    as_of: date
    question: str = Field(description="In words.")
    years: float = Field(description="Years of submission that the notices speak of.")
    groups: list[Group]
    method: str = _METHOD
    sql: str
