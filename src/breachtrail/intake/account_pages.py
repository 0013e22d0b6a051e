"""One's own account, and everybody's: passwords, access keys, invitations, and who may come in no more."""

from fastapi import APIRouter
from starlette.responses import Response

from breachtrail.errors import IntakeConflict, IntakeNotFound, IntakeRefused
from breachtrail.intake import account as accounts
from breachtrail.intake import visit
from breachtrail.intake.gate import SOMEBODY, Here, allowed
from breachtrail.intake.permissions import Role

router = APIRouter()


@router.get("/account")
def own_page(here: Here = allowed(SOMEBODY)) -> Response:
    """Who one is here, the password, and the access keys of one's own system."""
    return _own(here)


@router.post("/account/password")
def change_password(here: Here = allowed(SOMEBODY)) -> Response:
    """A new password for the present one. Every session of the account ends, and this one goes on under a new token."""
    token = ""
    with here.office.store.begin() as session:
        account = accounts.one(session, here.actor.account)
        chosen = here.text("password")
        refused = "repeated" if chosen != here.text("again") else ""
        if not refused and not here.office.limits.allows("account", account.id):
            refused = "slow"
        refused = refused or accounts.change_password(session, account, here.text("present"), chosen, here.now)
        if not refused:
            _, token = visit.begin(session, account, "full", here.now)
    return _own(here, refused, 400) if refused else visit.shown(here.to("/account"), token)


@router.post("/account/keys")
def make_key(here: Here = allowed("report.write")) -> Response:
    """A new access key, shown this once."""
    with here.office.store.begin() as session:
        key = accounts.make_key(session, accounts.one(session, here.actor.account), here.text("label"), here.now)
    return _own(here, key=key)


@router.post("/account/keys/{key_id}/drop")
def drop_key(key_id: str, here: Here = allowed(SOMEBODY)) -> Response:
    """An access key of one's own ends."""
    with here.office.store.begin() as session:
        accounts.drop_key(session, accounts.one(session, here.actor.account), key_id)
    return here.to("/account")


@router.get("/accounts")
def everybody(here: Here = allowed("account.manage")) -> Response:
    """Every account, and the form for an invitation."""
    return _everybody(here)


@router.post("/accounts")
def invite(here: Here = allowed("account.manage")) -> Response:
    """Invite somebody; the code of the invitation is shown this once, to be handed on."""
    told = {name: here.text(name) for name in ("email", "name", "role", "organisation")}
    if told["role"] not in set(Role):
        return _everybody(here, 400, refused={"role": "role"}, told=told)
    try:
        with here.office.store.begin() as session:
            account, code = accounts.invite(
                session, here.actor, told["email"], told["name"], Role(told["role"]), told["organisation"], here.now,
                by_provider=here.text("way") == "provider",
            )  # fmt: skip
    except IntakeRefused as error:
        return _everybody(here, 400, refused=dict(error.refusals), told=told)
    except IntakeConflict:
        return _everybody(here, 409, refused={"email": "taken"}, told=told)
    return _everybody(here, invited=account.email, code="" if account.by_provider else code)


@router.post("/accounts/{account_id}/invite")
def invite_again(account_id: str, here: Here = allowed("account.manage")) -> Response:
    """For a forgotten password or a lost authenticator: both are forgotten, and a new invitation is shown this once."""
    with here.office.store.begin() as session:
        account, code = accounts.invite_again(session, here.actor, account_id, here.now)
    return _everybody(here, invited=account.email, code=code)


@router.post("/accounts/{account_id}/{change}")
def close(account_id: str, change: str, here: Here = allowed("account.manage")) -> Response:
    """Close an account, or open it again."""
    if change not in ("close", "open"):
        raise IntakeNotFound(here.say("account.no_such_page"))
    with here.office.store.begin() as session:
        accounts.close(session, here.actor, account_id, change == "close")
    return here.to("/accounts")


def _own(here: Here, refused: str = "", status: int = 200, key: str = "") -> Response:
    with here.office.store.begin() as session:
        keys = accounts.keys_of(session, here.actor.account)
        return here.page("own_account.html", status, refused=refused, key=key, keys=keys)


def _everybody(here: Here, status: int = 200, **told: object) -> Response:
    with here.office.store.begin() as session:
        values = {"refused": {}, "told": {}, "invited": "", "code": "", **told}
        return here.page("accounts.html", status, accounts=accounts.all_of(session), roles=list(Role), **values)
