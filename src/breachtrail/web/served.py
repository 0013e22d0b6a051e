"""Feeds and downloads as a server gives them: the same for a given state, day and selection, so caches may keep them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from breachtrail.questions import period
from breachtrail.web import asked, download, feeds, guard
from breachtrail.web.address import LANGUAGES, Address
from breachtrail.web.asking import listed, pictured
from breachtrail.web.selection import Selection
from breachtrail.web.site import Site
from breachtrail.web.visit import Visit
from breachtrail.web.whole import Whole
from breachtrail.wording.answered import PICTURES
from breachtrail.wording.rows import as_json

_SELECTED = Annotated[Selection, Depends(asked.selected)]
_FRESH = 60


def router(site: Site) -> APIRouter:
    """The routes of feeds and downloads."""
    routes = APIRouter()
    for path, function in (
        ("/feeds/{language}/notices.{kind}", _feed),
        ("/downloads/notices.{kind}", _notices),
        ("/downloads/answer.{kind}", _answer),
        ("/downloads/datapackage.json", _package),
        ("/downloads/dataset.jsonld", _dataset),
    ):
        routes.add_api_route(path, partial(function, site), methods=["GET", "HEAD"], response_class=Response)
    versions = partial(_versions, site, Whole())
    routes.add_api_route("/downloads/versions.{kind}", versions, methods=["GET", "HEAD"], response_class=Response)
    return routes


def _given(
    site: Site, request: Request, as_of: str, media: str, name: str, make: Callable[[Visit], bytes | str | Path],
    language: str = "en",
) -> Response:  # fmt: skip
    with site.reading() as ledger:
        headers = {
            "ETag": guard.etag(ledger.head, str(request.url)),
            "Cache-Control": f"public, max-age={_FRESH}",
            "Access-Control-Allow-Origin": "*",
        }
        if name:
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        if guard.has_it(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        visit = Visit(site, ledger, Address(language, as_of=period.day(as_of or None)))
        made = make(visit)
        if isinstance(made, Path):
            return FileResponse(made, headers=headers, media_type=media)
        return Response(made, media_type=media, headers=headers)


def base(request: Request) -> str:
    """The address of the site as the visitor knows it."""
    return str(request.base_url).rstrip("/")


def _kind(kind: str, known: Any) -> str:
    if kind not in known:
        raise HTTPException(404)
    return kind


def _feed(
    site: Site, request: Request, language: str, kind: str, selection: _SELECTED, as_of: asked.AsOf = ""
) -> Response:
    if language not in LANGUAGES:
        raise HTTPException(404)
    if _kind(kind, ("atom", "json")) == "atom":
        return _given(
            site,
            request,
            as_of,
            "application/atom+xml",
            "",
            lambda visit: feeds.atom(visit, selection, base(request)),
            language,
        )
    return _given(
        site, request, as_of, "application/feed+json", "",
        lambda visit: as_json(feeds.json_feed(visit, selection, base(request))), language,
    )  # fmt: skip


def _notices(
    site: Site, request: Request, kind: str, selection: _SELECTED, as_of: asked.AsOf = "",
    order: Annotated[str, Query(pattern="^(individuals|submitted_on|first_seen|name)$")] = "submitted_on",
) -> Response:  # fmt: skip
    media = download.KINDS[_kind(kind, download.KINDS)]
    name = f"notices-{as_of}.{kind}" if as_of else f"notices.{kind}"
    return _given(site, request, as_of, media, name, lambda visit: download.notices(visit, selection, kind, order))


def _answer(
    site: Site, request: Request, kind: str, selection: _SELECTED, measures: asked.Measures = "notices",
    by: asked.By = "", as_of: asked.AsOf = "", lang: asked.Lang = "en", expected: asked.IsExpected = False,
) -> Response:  # fmt: skip
    kinds = {**download.KINDS, **PICTURES}
    media = kinds[_kind(kind, kinds)]
    query = {"measures": measures, "by": by}

    def make(visit: Visit) -> bytes:
        if kind in PICTURES:
            answer = visit.ask(*listed(query, "measures"), by=listed(query, "by"), **selection.asked)
            return pictured(answer, visit, kind, expected)
        return download.answer(visit, listed(query, "measures"), listed(query, "by"), selection, kind)

    return _given(site, request, as_of, media, f"answer.{kind}", make, lang)


def _versions(site: Site, whole: Whole, request: Request, kind: str) -> Response:
    """By the file: it may be larger than memory, and a part of it may be asked for."""
    media = download.KINDS[_kind(kind, ("csv", "parquet"))]
    return _given(site, request, "", media, f"versions.{kind}", lambda visit: whole.file(visit, kind))


def _package(site: Site, request: Request) -> Response:
    return _given(
        site, request, "", "application/json", "", lambda visit: as_json(download.package(visit, base(request)))
    )


def _dataset(site: Site, request: Request) -> Response:
    return _given(
        site, request, "", "application/ld+json", "", lambda visit: as_json(download.dataset(visit, base(request)))
    )
