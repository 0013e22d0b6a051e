"""The site as an application: pages in both languages, assets, and errors as pages that say what to do."""

import mimetypes
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, Any

import duckdb
from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Form, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from breachtrail.errors import BreachTrailError, LedgerError, QuestionError, QuestionTooCostly
from breachtrail.questions import period
from breachtrail.web import build, checking, download, estimates, guard, served, style
from breachtrail.web.address import LANGUAGES, Address
from breachtrail.web.api import create_api, unfit
from breachtrail.web.kept import Kept
from breachtrail.web.ledger import Open
from breachtrail.web.page import Page, Sight, rendered
from breachtrail.web.ready import Ready
from breachtrail.web.refusal import Refusal
from breachtrail.web.routes import ROUTES, Route
from breachtrail.web.site import PATIENCE, Site
from breachtrail.web.visit import Visit
from breachtrail.wording.phrases import Phrases

#: Bytes from which on it is worth compressing.
_LEAST_COMPRESSED = 1_000
#: What is compressed in itself.
_PACKED = (download.KINDS["xlsx"], download.KINDS["parquet"])
#: How long a browser may show a page without asking again, in seconds.
_FRESH = 60


def create_app(
    open_: Open,
    *,
    patience: float = PATIENCE,
    visits_a_minute: int = guard.VISITS_A_MINUTE,
    makes_ahead: bool = False,
) -> FastAPI:
    """The whole site over one ledger.

    open_:           opens the ledger of its home; called again when another generation is sealed
    patience:        seconds that the questions of one visit may take
    visits_a_minute: of one address; more are asked to come back later
    makes_ahead:     have ready what every reader opens first, from the start on and after each sealing
    """
    build.mark()  # of the files that are served from now on; the first visitors, all at once, would each work it out
    site = Site(open_, patience)
    app = FastAPI(title="BreachTrail", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_COMPRESSED, compresslevel=6, exclude_content_types=_PACKED)
    app.add_middleware(Kept, site)
    if makes_ahead:
        app.add_middleware(Ready, site)
    app.add_middleware(guard.Guard, visits_a_minute, partial(_broken, site))
    app.mount("/api/v1", estimates.added(create_api(site)))  # first, so that an answer is not looked for among pages
    for route in ROUTES:
        _mount(app, site, route)
    for language in LANGUAGES:
        app.add_api_route(f"/{language}", lambda language=language: RedirectResponse(f"/{language}/", status_code=308))
    check = partial(_checked, site, CapacityLimiter(checking.AT_ONCE))
    app.add_api_route("/{language}/check", check, methods=["POST"], response_class=HTMLResponse)
    app.add_api_route("/assets/{name}", _asset, methods=["GET", "HEAD"])
    app.include_router(served.router(site))
    app.add_api_route("/robots.txt", lambda: Response("User-agent: *\nAllow: /\n", media_type="text/plain"))
    app.add_exception_handler(HTTPException, partial(_not_there, site))
    app.add_exception_handler(BreachTrailError, partial(_refused, site))
    app.add_exception_handler(RequestValidationError, partial(_unfit, site))
    app.add_exception_handler(duckdb.Error, partial(_failed, site))
    return app


def _mount(app: FastAPI, site: Site, route: Route) -> None:
    path = route.path.replace("{}", "{wanted}")

    def show(request: Request) -> Response:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            raise HTTPException(404)
        wanted = request.path_params.get("wanted")
        return _shown(site, request, language, partial(_make, route, wanted))

    def to_language(request: Request) -> Response:
        language = preferred(request.headers.get("accept-language", ""))
        target = request.url.replace(scheme="", netloc="", path=f"/{language}{request.url.path}")
        return RedirectResponse(str(target), status_code=307, headers={"Vary": "Accept-Language"})

    app.add_api_route(f"/{{language}}/{path}", show, methods=["GET", "HEAD"], response_class=HTMLResponse, name=path)
    app.add_api_route(f"/{path}", to_language, methods=["GET", "HEAD"], response_class=RedirectResponse)


def _make(route: Route, wanted: str | None, visit: Visit) -> Page:
    return route.make(visit) if wanted is None else route.make(visit, wanted)


def _shown(site: Site, request: Request, language: str, make: Any) -> Response:
    """The page, or nothing where the visitor has it already: a page of one state, as of one day, is always the same."""
    here = address(request, language)
    with site.reading() as ledger:
        visit = Visit(site, ledger, here)
        headers = {
            "ETag": guard.etag(ledger.head, request.url.path, request.url.query),
            "Cache-Control": f"public, max-age={_FRESH}",
        }
        if guard.has_it(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        page = make(visit)
        if page.status >= 400:
            headers = {"Cache-Control": "no-store"}
        if "chart" in request.query_params:
            return _specification(page, request.query_params["chart"], headers)
        return HTMLResponse(rendered(page, here, visit.sight), page.status, headers)


def _specification(page: Page, name: str, headers: dict[str, str]) -> Response:
    """One chart of a page as the browser draws it again: its Vega-Lite for both widths."""
    chart = next((one for one in page.charts if one.name == name), None)
    if chart is None:
        raise HTTPException(404)
    return JSONResponse(chart.specs, headers=headers)


async def _checked(
    site: Site,
    at_once: CapacityLimiter,
    request: Request,
    language: str,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
) -> Response:
    if language not in LANGUAGES:
        raise HTTPException(404)

    def check() -> Response:
        here = address(request, language)
        with site.reading() as ledger:
            visit = Visit(site, ledger, here)
            page = checking.checked(visit, text, published)
            return HTMLResponse(rendered(page, here, visit.sight), page.status, {"Cache-Control": "no-store"})

    return await to_thread.run_sync(check, limiter=at_once)


def address(request: Request, language: str, *, of_any_day: bool = False) -> Address:
    """Where the visitor is, from what was asked. Raises QuestionError for a day that is none, unless any will do."""
    told = {name: request.query_params.getlist(name) for name in request.query_params if name != "chart"}
    query = {name: ",".join(filter(None, values)) for name, values in told.items() if any(values)}  # several of a form
    told_day = query.pop("as_of", None)
    day: date | None = None if of_any_day else period.day(told_day)
    path = request.url.path.strip("/").partition("/")[2] if request.url.path.strip("/") else ""
    return Address(language, path, tuple(query.items()), day)


def preferred(accepted: str) -> str:
    """The language of a header ``Accept-Language``: Chinese where it is wanted before English, else English."""
    wanted = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, tag.lower()[:2]))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in LANGUAGES), "en")


def _asset(name: str) -> Response:
    body = style.asset(name)
    if body is None:
        raise HTTPException(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(body, media_type=kind, headers={"Cache-Control": "public, max-age=86400"})


async def _not_there(site: Site, request: Request, error: HTTPException) -> Response:
    if request.url.path.startswith("/api/"):
        return guard.problem(error.status_code, "That is not here", str(error.detail))
    key = {400: "refused", 404: "no_page", 405: "no_method"}.get(error.status_code, "failed")
    why = BreachTrailError(str(error.detail), {400: "bad_form"}.get(error.status_code, "failed"))
    why_told = why if key in ("refused", "failed") else None
    return await run_in_threadpool(_sorry, site, request, error.status_code, key, why_told)


async def _refused(site: Site, request: Request, error: BreachTrailError) -> Response:
    status = 503 if isinstance(error, QuestionTooCostly | LedgerError) else 404 if _names_a_thing(request) else 422
    return await run_in_threadpool(_sorry, site, request, status, "refused", error)


async def _unfit(site: Site, request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    if first["loc"][0] == "body":
        why = QuestionError(unfit(error), "only_text")
    else:
        name, seen = ".".join(map(str, first["loc"][1:])), str(first["input"])[:80]
        why = QuestionError(unfit(error), "no_value", parameter=name, seen=seen)
    return await run_in_threadpool(_sorry, site, request, 422, "refused", why)


def _names_a_thing(request: Request) -> bool:
    return "wanted" in request.path_params and not request.query_params


async def _broken(site: Site, request: Request, status: int = 500) -> Response:
    return await run_in_threadpool(_sorry, site, request, status, "failed", BreachTrailError("", "failed"))


async def _failed(site: Site, request: Request, error: Exception) -> Response:
    return await _broken(site, request, 503)


def _sorry(site: Site, request: Request, status: int, key: str, why: BreachTrailError | None) -> Response:
    """A page that says what was not possible, in the language of the address; whatever else was asked stays."""
    first = request.url.path.strip("/").partition("/")[0]
    language = first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))
    phrases = Phrases.of(language, site.register)
    asked = request.query_params.get("as_of")
    values = {"why": why and Refusal.of(why, phrases), "as_of": asked}
    page = Page(phrases.say(f"web.sorry.{key}"), "sorry.html", values, status)
    with site.reading() as ledger:
        looks = tuple(ledger.coverage())
        here = _here(request, language, looks[0].taken_on) if first in LANGUAGES else Address(language)
        sight = Sight(ledger.head, here.as_of or looks[-1].taken_on, looks)
    return HTMLResponse(rendered(page, here, sight), status, {"Cache-Control": "no-store"})


def _here(request: Request, language: str, earliest: date) -> Address:
    """Where the visitor is, the day left out if nothing can be told as of it."""
    try:
        here = address(request, language)
    except QuestionError:
        return address(request, language, of_any_day=True)
    return here if here.as_of is None or here.as_of >= earliest else replace(here, as_of=None)
