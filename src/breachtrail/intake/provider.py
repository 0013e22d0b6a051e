"""Signing in by an OpenID Connect provider, any that publishes its metadata: the code flow with PKCE, state and nonce.

Authlib does the protocol. Here stands what it leaves open: whose metadata is believed, which signatures, and which account the
person is. No account comes into being by signing in: an administrator made it, for this way.
"""

import warnings
from urllib.parse import urlsplit

import httpx
from authlib.deprecate import AuthlibDeprecationWarning  # type: ignore[import-untyped]
from fastapi import APIRouter
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from breachtrail.errors import IntakeError
from breachtrail.intake import account as accounts
from breachtrail.intake import visit
from breachtrail.intake.gate import ANYBODY, SOMEBODY, Here, allowed
from breachtrail.intake.guard import client_of
from breachtrail.intake.secret import Provider

with warnings.catch_warnings():
    # It would rather have the successor of httpx, which the house does not use yet.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.starlette_client import OAuth, OAuthError, StarletteOAuth2App  # type: ignore[import-untyped]

router = APIRouter()
BACK = "/sign-in/provider/back"
#: Asymmetric ones alone: with a symmetric one, whoever knows the client's secret could sign.
SIGNATURES = ("RS256", "PS256", "ES256", "EdDSA", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512")
_NAME = "provider"


def client(provider: Provider) -> StarletteOAuth2App:
    """What speaks to the provider."""
    known = OAuth()
    known.register(
        _NAME,
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=provider.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "timeout": 10.0,
            "follow_redirects": False,
        },
    )
    return known.create_client(_NAME)


@router.post("/sign-in/provider")
async def to_provider(here: Here = allowed(ANYBODY)) -> Response:
    """Begin the way, and show where it leads: the person goes there by a link of their own."""
    if not here.office.limits.allows("sign_in", client_of(here.request.scope)):
        return here.page("sign_in.html", 429, refused="slow", email="")
    speaker = await _trusted(here)
    told = await speaker.create_authorization_url(here.office.secrets.address + BACK)
    pending: dict[str, object] = {}
    here.request.scope["session"] = pending
    await speaker.save_authorize_data(here.request, redirect_uri=here.office.secrets.address + BACK, **told)

    def begun() -> str:
        with here.office.store.begin() as session:
            old = session.merge(here.visit) if here.visit else None
            row, token = visit.begin(session, None, "provider", here.now, ended=old)
            row.pending = dict(pending)
            return token

    token = await run_in_threadpool(begun)
    answer = here.page("to_provider.html", link=told["url"], host=urlsplit(told["url"]).hostname)
    return visit.shown(answer, token)


@router.get(BACK)
async def from_provider(here: Here = allowed(SOMEBODY, stage="provider")) -> Response:
    """The way back: the provider's code becomes its word on who this is, and that an account, or none."""
    speaker = await _trusted(here)
    here.request.scope["session"] = dict(here.visit.pending) if here.visit else {}
    try:
        told = await speaker.authorize_access_token(here.request)
    except (OAuthError, JoseError, httpx.HTTPError, ValueError, KeyError):
        told = {}
    claims = told.get("userinfo") or {}

    def ended() -> str:
        with here.office.store.begin() as session:
            account = (
                accounts.from_provider(session, _provider(here).issuer, dict(claims), here.language, here.now)
                if claims
                else None
            )
            present = session.merge(here.visit) if here.visit else None
            if account is None:
                if present is not None:
                    visit.end(session, present)
                return ""
            return visit.begin(session, account, "full", here.now, ended=present)[1]

    token = await run_in_threadpool(ended)
    if not token:
        return here.page("sign_in.html", 401, refused="provider", email="")
    return visit.shown(here.to("/"), token)


async def _trusted(here: Here) -> StarletteOAuth2App:
    """The client with the provider's metadata read, if they are the provider's own. Raises IntakeError."""
    provider = _provider(here)
    speaker: StarletteOAuth2App = here.request.app.state.provider
    try:
        metadata = await speaker.load_server_metadata()
    except (httpx.HTTPError, ValueError):
        raise IntakeError(here.say("account.provider_silent")) from None
    signed = [name for name in metadata.get("id_token_signing_alg_values_supported", ["RS256"]) if name in SIGNATURES]
    if metadata.get("issuer") != provider.issuer or not signed:
        metadata.pop("_loaded_at", None)
        raise IntakeError(here.say("account.provider_other"))
    metadata["id_token_signing_alg_values_supported"] = signed
    return speaker


def _provider(here: Here) -> Provider:
    provider = here.office.secrets.provider
    if provider is None:
        raise IntakeError(here.say("account.no_provider"))
    return provider
