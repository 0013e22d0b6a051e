"""``/api/v1``: the same questions and notices for programs; one shape of error, cursors, ETags, and reading from everywhere."""

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import duckdb
from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from breachtrail.errors import BreachTrailError, LedgerError, QuestionError, QuestionTooCostly
from breachtrail.questions import catalog, period
from breachtrail.questions.ask import Answer
from breachtrail.registers import register as registers
from breachtrail.web import asked, guard, told
from breachtrail.web.address import LANGUAGES, Address
from breachtrail.web.asking import listed
from breachtrail.web.head import HeadAsGet
from breachtrail.web.ledger import Ledger
from breachtrail.web.notice import of as notice_of
from breachtrail.web.selection import Selection
from breachtrail.web.site import Site
from breachtrail.web.visit import Visit
from breachtrail.wording import question as words
from breachtrail.wording.rows import as_json

#: Rows of one page, rows of one answer, and changes in one list.
MOST_NOTICES, MOST_ROWS, MOST_CHANGES = 1_000, 100_000, 10_000
#: Seconds: as long as nothing says otherwise, and for an answer that is asked of one state and so never changes.
_FRESH, _FOR_EVER = 60, 31_536_000

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": told.Problem, "content": {"application/problem+json": {}}, "description": why}
    for status, why in {
        404: "There is nothing of that name.",
        409: "The values do not go together, or not with what is known; or the state asked for is not served any more.",
        422: "A value is none that this parameter can have.",
        429: "Too many visits within a minute.",
        503: "It took too long, or the ledger cannot be read.",
    }.items()
}
#: Parameters that several resources take.
SELECTED = Annotated[Selection, Depends(asked.selected)]
HEAD = Annotated[
    str,
    Query(
        alias="head",
        pattern="^[0-9a-f]{4,64}$",
        description="Ask this state alone: its content hash, or how it begins. Such an answer may be kept for ever.",
    ),
]
Make = Callable[[Visit], Any]


def create_api(site: Site) -> FastAPI:
    """The API as an application of its own, to be mounted."""
    api = FastAPI(
        title="BreachTrail",
        version="1",
        description=f"{registers.load(site.register).title['en']}: every version of every notice, as known on any day. "
        "Individuals are records, not people.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=_PROBLEMS,
    )
    for path, function, shape, summary in (
        ("/answer", _answer, told.Answer, "Figures"),
        ("/notices", _notices, told.Notices, "Notices"),
        ("/notices/{id}", _notice, told.Trail, "A notice and its trail"),
        ("/organisations/{name:path}/notices", _organisation, told.Notices, "Notices filed under a name"),
        ("/changes", _changes, told.Changes, "What changed between two days"),
        ("/coverage", _coverage, told.Coverage, "What was looked at, and when"),
        ("/catalogue", _catalogue, told.Catalogue, "What can be asked"),
    ):
        api.add_api_route(path, function, response_model=shape, summary=summary, methods=["GET"])
    api.state.site = site
    api.add_middleware(HeadAsGet)
    api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"], expose_headers=["ETag"])
    for error in (HTTPException, BreachTrailError, RequestValidationError, duckdb.Error, Exception):
        api.add_exception_handler(error, _sorry)
    return api


def make_ready(site: Site) -> None:
    """Answer once before anybody asks: the first visitors, all at once, would each read the words and find out what is kept."""
    with suppress(QuestionTooCostly), site.reading() as ledger:  # then there is nothing to be kept ready either
        for language in LANGUAGES:
            visit = Visit(site, ledger, Address(language))
            answer_told(visit, visit.ask("notices", "individuals", by="state", where="individuals>=1"))


def answered(request: Request, as_of: str, head: str, make: Make) -> Response:
    """What ``make`` tells, or nothing where the visitor has it already."""
    site: Site = request.app.state.site
    with site.reading() as ledger:
        if head and not ledger.head.content.startswith(head):
            raise HTTPException(
                409, f"The state {head} is not served any more; the present one is {ledger.head.content}."
            )
        headers = {
            "ETag": guard.etag(ledger.head, request.url.path, request.url.query),
            "Cache-Control": f"public, max-age={_FOR_EVER}, immutable" if head else f"public, max-age={_FRESH}",
        }
        if guard.has_it(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        visit = Visit(site, ledger, Address("en", as_of=period.day(as_of or None)))
        return Response(as_json(make(visit), indent=None), media_type="application/json", headers=headers)


def head_told(ledger: Ledger) -> dict[str, Any]:
    """Which state of the ledger it is."""
    return {"generation": ledger.head.generation, "content": ledger.head.content}


def _answer(
    request: Request, selection: SELECTED, measures: asked.Measures = "notices,individuals", by: asked.By = "",
    as_of: asked.AsOf = "", head: HEAD = "",
    expected: Annotated[bool, Query(description="Tell what the figures will come to, too.")] = False,
) -> Response:  # fmt: skip
    """Figures with their caveats and the SQL behind them."""

    def make(visit: Visit) -> dict[str, Any]:
        query = {"measures": measures, "by": by}
        answer = visit.ask(*listed(query, "measures"), by=listed(query, "by"), **selection.asked)
        if len(answer.rows) > MOST_ROWS:
            raise QuestionError(
                f"The answer has {len(answer.rows):,} rows, {MOST_ROWS:,} at most. Narrow the question."
            )
        told = answer_told(visit, answer)
        return told | {"expected": _expected(visit, answer)} if expected else told

    return answered(request, as_of, head, make)


def answer_told(visit: Visit, answer: Answer) -> dict[str, Any]:
    """An answer as the API tells it."""
    return {
        "head": head_told(visit.ledger),
        "as_of": answer.question.as_of,
        "question": words.said(answer.question, visit.phrases),
        "columns": answer.columns,
        "rows": answer.records(),
        "caveats": [
            {"code": one.code, "text": visit.phrases.say(f"caveat.{one.code}", **one.values)} for one in answer.caveats
        ],
        "sql": answer.sql,
    }


def _expected(visit: Visit, answer: Answer) -> dict[str, Any]:
    from breachtrail.wording import expected

    return expected.document(answer, visit.ledger.expected(answer), visit.phrases)


def _notices(
    request: Request, selection: SELECTED, as_of: asked.AsOf = "", head: HEAD = "",
    order: Annotated[str, Query(pattern="^(individuals|submitted_on|first_seen|name)$")] = "submitted_on",
    limit: Annotated[int, Query(ge=1, le=MOST_NOTICES)] = 100,
    cursor: Annotated[str, Query(max_length=200, description="`next` of the page before.")] = "",
) -> Response:  # fmt: skip
    """Notices, a page of them; all pages of one cursor are as of the same day."""
    day, offset = _place(cursor) if cursor else (as_of, 0)

    def make(visit: Visit) -> dict[str, Any]:
        total = visit.ask("notices", **selection.asked).value()
        rows = visit.ledger.notices(**selection.asked, as_of=visit.day, order=order, limit=limit, offset=offset)
        behind = offset + len(rows)
        return {
            "head": head_told(visit.ledger),
            "as_of": visit.day,
            "total": total,
            "next": _cursor(visit.day, behind) if behind < total and rows else None,
            "notices": [notice_told(row) for row in rows],
        }

    return answered(request, day, head, make)


def _cursor(day: date, offset: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([str(day), offset]).encode()).decode()


def _place(cursor: str) -> tuple[str, int]:
    try:
        day, offset = json.loads(base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True))
        if not 0 <= int(offset) < 2**40:
            raise ValueError(offset)
        return str(date.fromisoformat(day)), int(offset)
    except (ValueError, TypeError, UnicodeError, RecursionError):
        raise HTTPException(404, f"{cursor[:40]!r} is no cursor; take `next` of the page before, as it is.") from None


def notice_told(row: dict[str, Any]) -> dict[str, Any]:
    """A notice with just the fields that are described."""
    return {name: row[name] for name in told.Notice.model_fields}


def _notice(
    request: Request, id: Annotated[str, Path(max_length=200)], as_of: asked.AsOf = "", head: HEAD = ""
) -> Response:
    """One notice, by its id or by a former one, with every version known by the day."""

    def make(visit: Visit) -> dict[str, Any]:
        try:
            notice = notice_of(visit, id)
        except QuestionError as error:
            raise HTTPException(404, str(error)) from None
        trail = [version for version in notice["trail"] if version["known_from"] <= visit.day]
        if not trail:
            raise HTTPException(404, f"{id} was first seen on {notice['first_seen']}, after {visit.day}.")
        now = {**trail[-1], "id": notice["id"], "first_seen": notice["first_seen"]}
        versions = [{name: one[name] for name in told.Version.model_fields} for one in trail]
        return {"head": head_told(visit.ledger), "notice": notice_told(now), "trail": versions}

    return answered(request, as_of, head, make)


def _organisation(
    request: Request, name: Annotated[str, Path(max_length=2_000)], as_of: asked.AsOf = "", head: HEAD = ""
) -> Response:
    """Everything ever filed under a name, letter case and punctuation aside."""

    def make(visit: Visit) -> dict[str, Any]:
        rows = visit.ledger.filed_by(name, visit.day)
        if not rows:
            raise HTTPException(
                404, f"No notice was ever filed under {name[:80]!r}, as far as was known on {visit.day}."
            )
        notices = [notice_told(row) for row in rows[:MOST_NOTICES]]
        return {
            "head": head_told(visit.ledger),
            "as_of": visit.day,
            "total": len(rows),
            "next": None,
            "notices": notices,
        }

    return answered(request, as_of, head, make)


def _changes(
    request: Request,
    since: asked.Since,
    selection: SELECTED,
    until: asked.Until = "",
    head: HEAD = "",
) -> Response:
    """What the register says differently at the end of ``until`` than at the end of ``since``."""

    def make(visit: Visit) -> dict[str, Any]:
        found = visit.ledger.changes(since, visit.day, where=selection.where())
        fields = told.Change.model_fields
        changes = [{name: one[name] for name in fields} for one in found[:MOST_CHANGES]]
        return {
            "head": head_told(visit.ledger), "since": period.day(since), "until": visit.day, "total": len(found),
            "changes": changes,
        }  # fmt: skip

    return answered(request, until, head, make)


def _coverage(request: Request, as_of: asked.AsOf = "", head: HEAD = "") -> Response:
    """Every snapshot, oldest first."""

    def make(visit: Visit) -> dict[str, Any]:
        looks = [look for look in visit.sight.looks if look.taken_on <= visit.day]
        fields = told.Look.model_fields
        return {
            "head": head_told(visit.ledger), "newest": looks[-1].taken_on,
            "looks": [{name: getattr(look, name) for name in fields} for look in looks],
        }  # fmt: skip

    return answered(request, as_of, head, make)


def _catalogue(request: Request, head: HEAD = "") -> Response:
    """Every measure and every dimension."""

    def item(one: catalog.Measure | catalog.Dimension) -> dict[str, Any]:
        told = {"name": one.name, "type": one.type, "meaning": one.meaning, "sql": one.sql}
        return told | {"foretold": one.foretold or None} if isinstance(one, catalog.Measure) else told

    def make(visit: Visit) -> dict[str, Any]:
        return {
            "measures": [item(one) for one in catalog.MEASURES.values()],
            "dimensions": [item(one) for one in catalog.dimensions().values()],
        }

    return answered(request, "", head, make)


async def _sorry(request: Request, error: Exception) -> Response:
    """Every error in one shape."""
    status, title, detail = 500, "That failed on our side", "The fault is ours. Ask for something else, or later."
    match error:
        case duckdb.Error():
            status = 503
        case HTTPException():
            status, title, detail = error.status_code, "That is not here", str(error.detail)
        case RequestValidationError():
            status, title, detail = 422, "That cannot be asked", unfit(error)
        case QuestionTooCostly() | LedgerError():
            status, detail = 503, str(error)
        case BreachTrailError():
            status, title, detail = 409, "That cannot be answered", str(error)
    return guard.problem(status, title, detail, getattr(error, "headers", None) or {})


def unfit(error: RequestValidationError) -> str:
    """Why a value is none that its parameter can have."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    if first["type"] == "string_pattern_mismatch":
        return f"{where} cannot be {str(first['input'])[:80]!r}. What it can be stands in openapi.json."
    return f"{where}: {first['msg']}."
