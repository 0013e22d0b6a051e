"""Signing in and out: password then one-time code, or by a provider; and taking up an invitation."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from breachtrail.intake import account as accounts
from breachtrail.intake import onetime, visit
from breachtrail.intake.gate import ANYBODY, LANGUAGE_COOKIE, SOMEBODY, Here, NotSignedIn, allowed, own_path
from breachtrail.intake.guard import client_of
from breachtrail.intake.identity import Account, Visit

router = APIRouter()
HALF_A_YEAR = 180 * 24 * 3600


@router.get("/language/{language}")
def choose_language(language: str, back: str = "/", here: Here = allowed(ANYBODY)) -> Response:
    """The pages in English or in Chinese from now on, and back to where one was."""
    answer = here.to(own_path(back))
    if language in ("en", "zh"):
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=HALF_A_YEAR, path="/", secure=True, httponly=True, samesite="lax"
        )
    return answer


@router.get("/sign-in")
def sign_in_page(here: Here = allowed(ANYBODY)) -> Response:
    """The form for address and password, and the button for the provider where there is one."""
    return here.page("sign_in.html", refused="", email="")


@router.post("/sign-in")
def sign_in(here: Here = allowed(ANYBODY)) -> Response:
    """Judge address and password; one sentence for every reason, whether there is such an account or not."""
    email, client = here.text("email"), client_of(here.request.scope)
    limits = here.office.limits
    if not limits.allows("sign_in", client) or not limits.allows("account", client, email.strip().lower()):
        return here.page("sign_in.html", 429, refused="slow", email=email)
    with here.office.store.begin() as session:
        account = accounts.with_password(session, email, here.text("password"), here.now)
        if account is not None:
            old = session.merge(here.visit) if here.visit else None
            _, token = visit.begin(session, account, "password", here.now, ended=old)
    if account is None:
        return here.page("sign_in.html", 401, refused="wrong", email=email)
    return visit.shown(here.to("/sign-in/code" if account.seed else "/sign-in/authenticator"), token)


@router.get("/sign-in/code")
def code_page(here: Here = allowed(SOMEBODY, stage="password")) -> Response:
    """The form for the one-time code."""
    return here.page("code.html", refused="")


@router.post("/sign-in/code")
def code(here: Here = allowed(SOMEBODY, stage="password")) -> Response:
    """Judge the code; a right one makes the session a full one, under a new token."""
    refused = _too_often(here)
    token = ""
    if not refused:
        with here.office.store.begin() as session:
            account, present = _locked(session, here)
            if accounts.with_code(session, account, here.office.secrets, here.text("code"), here.now):
                accounts.signed_in(session, account, "code", here.language, here.now)
                _, token = visit.begin(session, account, "full", here.now, ended=present)
            else:
                refused = "wrong"
    if refused:
        return here.page("code.html", 429 if refused == "slow" else 401, refused=refused)
    return visit.shown(here.to("/"), token)


@router.get("/sign-in/authenticator")
def authenticator_page(here: Here = allowed(SOMEBODY, stage="password")) -> Response:
    """A new seed as a picture and as text, for an account that has none yet."""
    with here.office.store.begin() as session:
        account, present = _locked(session, here)
        if account.seed:
            return here.to("/sign-in/code")
        seed = str(present.pending.get("seed") or onetime.new_seed())
        present.pending = {"seed": seed}
    return _authenticator(here, account, seed, "")


@router.post("/sign-in/authenticator")
def authenticator(here: Here = allowed(SOMEBODY, stage="password")) -> Response:
    """Keep the seed once a code shows that an authenticator has it; the person is in."""
    refused = _too_often(here)
    token = ""
    with here.office.store.begin() as session:
        account, present = _locked(session, here)
        seed = str(present.pending.get("seed", ""))
        if account.seed or not seed:
            return here.to("/sign-in/code")
        if not refused and accounts.enrol(session, account, here.office.secrets, seed, here.text("code"), here.now):
            accounts.signed_in(session, account, "code", here.language, here.now)
            _, token = visit.begin(session, account, "full", here.now, ended=present)
    if token:
        return visit.shown(here.to("/"), token)
    return _authenticator(here, account, seed, refused or "wrong", 429 if refused else 401)


@router.get("/invitation")
def invitation_page(here: Here = allowed(ANYBODY)) -> Response:
    """The form for the code of an invitation and a password of one's own."""
    return here.page("invitation.html", refused="", code="")


@router.post("/invitation")
def invitation(here: Here = allowed(ANYBODY)) -> Response:
    """Set the password of an invited account; the person then signs in with it."""
    code, chosen = here.text("code").strip(), here.text("password")
    if not here.office.limits.allows("sign_in", client_of(here.request.scope)):
        return here.page("invitation.html", 429, refused="slow", code=code)
    with here.office.store.begin() as session:
        account = accounts.invited(session, code, here.now)
        refused = "repeated" if chosen != here.text("again") else ""
        refused = refused or (accounts.take_up(session, account, chosen) if account else "invitation")
    if refused:
        return here.page("invitation.html", 400, refused=refused, code=code)
    return here.page("sign_in.html", refused="", email=account.email if account else "", done="password_set")


@router.post("/sign-out")
def sign_out(here: Here = allowed(ANYBODY)) -> Response:
    """End the session in the store, and tell the browser to forget what it saw."""
    if here.visit is not None:
        with here.office.store.begin() as session:
            visit.end(session, session.merge(here.visit))
    answer = here.to("/sign-in")
    answer.delete_cookie(visit.COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


def _authenticator(here: Here, account: Account, seed: str, refused: str, status: int = 200) -> Response:
    picture = onetime.picture(seed, account.email)
    return here.page("authenticator.html", status, refused=refused, picture=picture, seed=seed)


def _too_often(here: Here) -> str:
    account = here.account.id if here.account else ""
    return "" if here.office.limits.allows("account", client_of(here.request.scope), account) else "slow"


def _locked(session: Session, here: Here) -> tuple[Account, Visit]:
    """The account and the session of whoever asks, both from this transaction."""
    if here.account is None or here.visit is None:
        raise NotSignedIn
    present = session.get(Visit, here.visit.token)
    if present is None:
        raise NotSignedIn
    return accounts.one(session, here.account.id), present
