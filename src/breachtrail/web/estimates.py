"""``/api/v1``, what is estimated: forecasts, growth, sizes, people and peers, each with its interval and its method."""

import re
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.web import asked, foretold
from breachtrail.web.api import HEAD, SELECTED, answered, head_told
from breachtrail.web.notice import of as notice_of
from breachtrail.web.visit import Visit
from breachtrail.wording import growth, outlook, people, prospect, question
from breachtrail.wording.phrases import Phrases

_PERIOD = r"20\d\d(-(Q[1-4]|0[1-9]|1[0-2]))?"
#: Periods of one answer.
MOST_PERIODS = 40
#: Dimensions of few values, of which a notice has one.
SIZED_BY = ("year", "entity_type", "state", "business_associate")
_ENTITY_TYPES = [value for value in Vocabulary.load().values("entity_type") if value]
_ENGLISH = Phrases.of("en")


def added(api: FastAPI) -> FastAPI:
    """The API with these resources."""
    for path, function, shape, summary in (
        ("/forecast", _forecast, foretold.Outlook, "What periods will come to in notices"),
        ("/growth", _growth, foretold.Growth, "What a period's individuals will come to within a year"),
        ("/notices/{id}/prospect", _prospect, foretold.Prospect, "Whether a notice's count will change"),
        ("/sizes", _sizes, foretold.Sizes, "How large notices are"),
        ("/people", _people, foretold.People, "How many different people"),
        ("/peers", _peers, foretold.Peers, "Organisations like one's own"),
    ):
        api.add_api_route(path, function, response_model=shape, summary=summary, methods=["GET"])
    return api


def _forecast(
    request: Request,
    period: Annotated[
        str,
        Query(
            pattern=f"^{_PERIOD}(,{_PERIOD}){{0,{MOST_PERIODS - 1}}}$",
            description="Years, quarters or months, parted by commas; else the last twelve months, the quarter and the year.",
            examples=["2026", "2026-Q3,2026-07"],
        ),
    ] = "",
    as_of: asked.AsOf = "",
    head: HEAD = "",
) -> Response:
    """How many notices periods will have in the end, with intervals, and what such forecasts were worth."""

    def make(visit: Visit) -> dict[str, Any]:
        told = visit.ledger.forecast(*filter(None, period.split(",")), as_of=visit.day)
        return _headed(visit, outlook.document(told, _ENGLISH))

    return answered(request, as_of, head, make)


def _growth(
    request: Request,
    period: Annotated[
        str, Query(pattern=f"^{_PERIOD}$", description="A year, quarter or month.", examples=["2026", "2025-Q4"])
    ],
    as_of: asked.AsOf = "",
    head: HEAD = "",
) -> Response:
    """What a period's individuals grow by: by revisions, and by notices still to appear, apart."""

    def make(visit: Visit) -> dict[str, Any]:
        return _headed(visit, growth.document(visit.ledger.growth(period, as_of=visit.day), _ENGLISH))

    return answered(request, as_of, head, make)


def _prospect(
    request: Request, id: Annotated[str, Path(max_length=200)], as_of: asked.AsOf = "", head: HEAD = ""
) -> Response:
    """The chance that the count of one notice is revised within a year, and what it then becomes."""

    def make(visit: Visit) -> dict[str, Any]:
        try:
            known = notice_of(visit, id)["id"]
        except QuestionError as error:
            raise HTTPException(404, str(error)) from None
        return _headed(visit, prospect.document(visit.ledger.prospect(known, as_of=visit.day), _ENGLISH))

    return answered(request, as_of, head, make)


def _headed(visit: Visit, document: dict[str, Any]) -> dict[str, Any]:
    """A document of the commands as the API tells it: the state that it comes from stands under the API's name for it."""
    return {
        "head": head_told(visit.ledger),
        **{key: value for key, value in document.items() if key not in ("head", "ledger")},
    }


def _sizes(
    request: Request,
    selection: SELECTED,
    by: Annotated[
        str,
        Query(
            pattern=f"^({'|'.join(SIZED_BY)})$",
            description=f"One dimension to split by: {', '.join(SIZED_BY)}.",
            examples=["entity_type"],
        ),
    ] = "",
    as_of: asked.AsOf = "",
    head: HEAD = "",
) -> Response:
    """Body and tail of the sizes, return levels, and the share of the largest."""

    def make(visit: Visit) -> dict[str, Any]:
        found = visit.ledger.sizes(by or None, **selection.asked, as_of=visit.day)
        method = " ".join(people.say("en", f"sizes.{key}") for key in ("logs", "tails"))
        words = {"question": question.said(found.question, _ENGLISH), "method": method}
        return _headed(visit, people.sizes_document(found) | words)

    return answered(request, as_of, head, make)


def _people(request: Request, selection: SELECTED, as_of: asked.AsOf = "", head: HEAD = "") -> Response:
    """Bounds on the different people behind the records, and estimates under declared assumptions of overlap."""

    def make(visit: Visit) -> dict[str, Any]:
        found = visit.ledger.people(**selection.asked, as_of=visit.day)
        words = {"question": question.said(found.question, _ENGLISH), "method": people.say("en", "bounds.meaning")}
        return _headed(visit, people.bounds_document(found) | words)

    return answered(request, as_of, head, make)


def _peers(
    request: Request,
    entity_type: Annotated[
        str,
        Query(
            pattern=f"^({'|'.join(map(re.escape, _ENTITY_TYPES))})$",
            description=f"Who files: {', '.join(_ENTITY_TYPES)}.",
            examples=["Healthcare Provider"],
        ),
    ],
    state: Annotated[
        str,
        Query(
            pattern=asked.several(Vocabulary.load().values("state"), most=60),
            description="USPS codes of the filer's state, parted by commas; all without any.",
            examples=["TX", "TX,CA"],
        ),
    ] = "",
    size: Annotated[
        int | None, Query(ge=500, le=10**9, description="People whose information the organisation holds.")
    ] = None,
    organisations: Annotated[
        int | None, Query(ge=1, le=10**9, description="How many there are of its kind, for rates; no register says it.")
    ] = None,
    years: Annotated[int, Query(ge=1, le=50, description="So many complete years.")] = 5,
    as_of: asked.AsOf = "",
    head: HEAD = "",
) -> Response:
    """How often, how large, by what means and through whom organisations of a kind file notices."""

    def make(visit: Visit) -> dict[str, Any]:
        states = tuple(filter(None, state.split(",")))
        found = visit.ledger.peers(
            entity_type, states=states, size=size, organisations=organisations, years=years, as_of=visit.day
        )
        return _headed(visit, people.peers_document(found) | {"method": people.say("en", "peers.meaning")})

    return answered(request, as_of, head, make)
