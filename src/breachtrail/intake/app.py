"""The application: every router behind the guard, and what is said when something cannot be."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Scope

from breachtrail.errors import (
    IntakeConflict,
    IntakeError,
    IntakeForbidden,
    IntakeNotFound,
    IntakeRefused,
    IntakeSlow,
)
from breachtrail.intake import (
    account_pages,
    api,
    assessment_pages,
    filing_pages,
    office_pages,
    provider,
    setting_pages,
    sign_in,
)
from breachtrail.intake.gate import Here, NotSignedIn, language_of
from breachtrail.intake.guard import Guard
from breachtrail.intake.office import Office, style_name, stylesheet

log = logging.getLogger(__name__)
PAGES = (sign_in, provider, account_pages, setting_pages, filing_pages, assessment_pages, office_pages)
#: Where a session goes that has not come all the way.
NEXT = {"password": "/sign-in/code"}
STATUS: dict[type[IntakeError], int] = {
    IntakeForbidden: 403, IntakeNotFound: 404, IntakeConflict: 409, IntakeRefused: 400,
    IntakeSlow: 429,
}  # fmt: skip
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


def application(office: Office) -> FastAPI:
    """The office as an ASGI application; it opens nothing and starts nothing by itself."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, title="BreachTrail intake")
    app.state.office = office
    app.state.provider = provider.client(office.secrets.provider) if office.secrets.provider else None
    app.add_middleware(Guard, host=office.secrets.host, limits=office.limits, broken=_broken)
    for pages in PAGES:
        app.include_router(pages.router, include_in_schema=False)
    app.include_router(api.router)
    app.add_api_route("/style/{name}", _style, methods=["GET"], include_in_schema=False)
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(IntakeError, _refused)
    app.add_exception_handler(RequestValidationError, _no_such_page)
    app.add_exception_handler(HTTPException, _no_such_page)
    return app


def _style(name: str) -> Response:
    for language in ("en", "zh"):
        if f"/style/{name}" == style_name(language):
            return Response(stylesheet(language), media_type="text/css", headers=FOR_EVER)
    raise HTTPException(404)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _not_signed_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    if _is_api(request):
        answer = {
            "error": "An access key is wanted in the line `Authorization: Bearer ...`; there was none, or no good one."
        }
        return JSONResponse(answer, 401, {"www-authenticate": "Bearer"})
    return RedirectResponse(NEXT.get(error.stage, "/sign-in"), 303)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, IntakeError)
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 503)
    sentence = str(error)
    if language_of(request, request.app.state.office) == "zh" and sentence.isascii() and not _is_api(request):
        # What the rooms behind the pages say no with is English; a Chinese page says which kind of no it is.
        sentence = _phrase(request, f"account.kind.{status}")
    return _said(request, status, sentence, error.refusals if isinstance(error, IntakeRefused) else None)


def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 422
    if _is_api(request):
        seen = error.errors() if isinstance(error, RequestValidationError) else []
        where = {".".join(map(str, one["loc"])): one["msg"] for one in seen}
        return _said(request, status, "The request is not one that is known here.", where)
    return _said(request, status if status in (400, 405, 413) else 404, _phrase(request, "account.no_such_page"))


def _broken(scope: Scope, error: Exception) -> Response:
    request = Request(scope)
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _said(request, 500, _phrase(request, "account.broken"))


def _said(request: Request, status: int, sentence: str, refusals: object = None) -> Response:
    if _is_api(request):
        return JSONResponse({"error": sentence, **({"fields": refusals} if refusals else {})}, status)
    return Here.bare(request).page("refused.html", status, sentence=sentence)


def _phrase(request: Request, key: str) -> str:
    office: Office = request.app.state.office
    return office.phrases(language_of(request, office)).say(key)
