"""What a visitor of the API, a feed or a download may ask, each with its meaning: parameters of one name everywhere.

A value that is none of a column's is refused here (422), with what it can be; what remains are values that do not go
together, or not with what is known (409).
"""

import re
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Query

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import catalog
from breachtrail.registers import register
from breachtrail.web.selection import LONGEST_SEARCH, Selection

_DAY = r"^\d{4}-\d{2}-\d{2}$"


def several(values: Iterable[str], most: int = 20) -> str:
    """A pattern: some of these values, parted by commas."""
    one = "|".join(re.escape(value) for value in values if value)
    return f"^({one})(,({one})){{0,{most - 1}}}$"


def _worded(column: str, meaning: str, example: str = "") -> Any:
    values = [value for value in Vocabulary.load().values(column) if value]
    told = f"{meaning} Values parted by commas, of which one must hold: {', '.join(values)}."
    return Query(pattern=several(values), max_length=2_000, description=told, examples=[example or values[0]])


def _day(meaning: str, **more: Any) -> Any:
    return Query(pattern=_DAY, description=f"{meaning} YYYY-MM-DD.", json_schema_extra={"format": "date"}, **more)


async def selected(
    q: Annotated[
        str,
        Query(
            pattern="[A-Za-z0-9]",
            max_length=LONGEST_SEARCH,
            description="Words of the name of who filed.",
            examples=["clinic"],
        ),
    ] = "",
    year: Annotated[
        str,
        Query(pattern=r"^20\d\d(,20\d\d){0,30}$", description="Years of submission.", examples=["2024", "2023,2024"]),
    ] = "",
    month: Annotated[
        str, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="Month of submission.", examples=["2024-07"])
    ] = "",
    from_: Annotated[str, _day("Submitted on or after this day,", alias="from")] = "",
    to: Annotated[str, _day("Submitted on or before this day,")] = "",
    state: Annotated[str, _worded("state", "USPS code of the filer's state.", "TX,CA")] = "",
    entity_type: Annotated[str, _worded("entity_type", "Who filed.")] = "",
    breach_type: Annotated[str, _worded("breach_type", "Type of breach.")] = "",
    location: Annotated[str, _worded("location", "Where the information was.")] = "",
    business_associate: Annotated[str, _worded("business_associate", "Whether a business associate was present.")] = "",
    size_band: Annotated[str, _worded("size_band", "Class of size, by individuals.")] = "",
    placeholder: Annotated[str, _worded("placeholder", "Whether the count is 500 or 501.")] = "",
    status: Annotated[str, _worded("status", "Where the register shows the notice.")] = "",
    at_least: Annotated[
        str, Query(pattern=r"^\d{1,12}$", description="Individuals, at least.", examples=["1000000"])
    ] = "",
    at_most: Annotated[str, Query(pattern=r"^\d{1,12}$", description="Individuals, at most.")] = "",
    view: Annotated[
        str,
        Query(
            pattern=f"^({'|'.join(register.load('us_hhs_ocr').views)})$",
            description="One list alone; a total needs both.",
        ),
    ] = "",
) -> Selection:
    """Which notices are meant. Raises QuestionError for what does not go together."""
    told = dict(locals())
    return Selection.of({"from": told.pop("from_"), **told})


AsOf = Annotated[str, _day("The day at whose end the register is read (else the newest),", examples=["2024-12-08"])]
Since = Annotated[str, _day("From the end of this day …,", examples=["2024-11-06"])]
Until = Annotated[str, _day("… to the end of this one (else the newest),", examples=["2024-12-08"])]
Measures = Annotated[
    str,
    Query(
        pattern=several(catalog.MEASURES, 6),
        description=f"What to count, parted by commas: {', '.join(catalog.MEASURES)}.",
        examples=["notices,individuals"],
    ),
]
By = Annotated[
    str,
    Query(
        pattern=several(catalog.dimensions(), 2),
        description=f"Dimensions to split by, two at most: {', '.join(catalog.dimensions())}.",
        examples=["state"],
    ),
]
IsExpected = Annotated[bool, Query(description="Tell what the figures will come to, too.")]
Lang = Annotated[str, Query(pattern="^(en|zh)$", description="Language of a picture's words.", examples=["zh"])]
