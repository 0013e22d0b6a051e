"""What a visitor of the API, a feed or a download may ask, each with its meaning: parameters of one name everywhere."""

from typing import Annotated

from fastapi import Query

from breachtrail.questions import catalog
from breachtrail.questions import period as periods
from breachtrail.questions.question import Question
from breachtrail.web.selection import LONGEST_SEARCH, Selection

_VALUES = "Values parted by commas, of which one must hold."


def selected(
    q: Annotated[
        str, Query(max_length=LONGEST_SEARCH, description="Words of the name of who filed.", examples=["clinic"])
    ] = "",
    year: Annotated[str, Query(max_length=80, description=f"Year of submission. {_VALUES}", examples=["2024"])] = "",
    month: Annotated[str, Query(max_length=7, description="Month of submission, YYYY-MM.")] = "",
    from_: Annotated[str, Query(alias="from", max_length=10, description="Submitted on or after this day.")] = "",
    to: Annotated[str, Query(max_length=10, description="Submitted on or before this day.")] = "",
    state: Annotated[
        str, Query(max_length=400, description=f"USPS code of the filer's state. {_VALUES}", examples=["TX,CA"])
    ] = "",
    entity_type: Annotated[str, Query(max_length=400, description=f"Who filed. {_VALUES}")] = "",
    breach_type: Annotated[str, Query(max_length=400, description=f"Type of breach. {_VALUES}")] = "",
    location: Annotated[str, Query(max_length=400, description=f"Where the information was. {_VALUES}")] = "",
    business_associate: Annotated[
        str, Query(max_length=80, description="Whether a business associate was present.")
    ] = "",
    size_band: Annotated[str, Query(max_length=400, description=f"Class of size. {_VALUES}")] = "",
    placeholder: Annotated[str, Query(max_length=80, description="Whether the count is 500 or 501.")] = "",
    status: Annotated[str, Query(max_length=200, description=f"Where the register shows the notice. {_VALUES}")] = "",
    at_least: Annotated[str, Query(max_length=20, description="Individuals, at least.")] = "",
    at_most: Annotated[str, Query(max_length=20, description="Individuals, at most.")] = "",
    view: Annotated[str, Query(max_length=40, description="One list alone; a total needs both.")] = "",
) -> Selection:
    """Which notices are meant. Raises QuestionError for values that no column has."""
    told = dict(locals())
    return Selection.of({"from": told.pop("from_"), **told})


AsOf = Annotated[
    str,
    Query(
        max_length=10,
        description="The day at whose end the register is read, YYYY-MM-DD; else the newest.",
        examples=["2024-12-08"],
    ),
]
Measures = Annotated[
    str,
    Query(
        max_length=200,
        description=f"What to count, parted by commas: {', '.join(catalog.MEASURES)}.",
        examples=["notices,individuals"],
    ),
]
By = Annotated[str, Query(max_length=80, description="Dimensions to split by, two at most.", examples=["state"])]


def question(measures: tuple[str, ...], by: tuple[str, ...], selection: Selection, as_of: str) -> Question:
    """The question that these make."""
    asked = selection.asked
    first, last = periods.of(None, asked["month"], asked["submitted_from"], asked["submitted_to"])
    return Question(measures, by, tuple(asked["where"]), first, last, periods.day(as_of or None), asked["view"])
