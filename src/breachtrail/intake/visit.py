"""Sessions of browsers: a random token in a cookie, the rest in the store, ended there when they end.

Thirty minutes without a request, or twelve hours, and the person signs in again (NIST SP 800-63B, AAL2). A sign-in is always
a new token.
"""

import datetime as dt
import secrets

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from breachtrail.intake.account import digest
from breachtrail.intake.identity import Account, Visit
from breachtrail.intake.secret import STRENGTH

#: ``__Host-``: a browser takes it only over https (or from this machine), for this host alone and for every path.
COOKIE = "__Host-breachtrail"
IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
#: How long the way to a provider and back, or from password to code, may take.
ON_THE_WAY = dt.timedelta(minutes=10)


def begin(
    session: Session, account: Account | None, stage: str, now: dt.datetime, ended: Visit | None = None
) -> tuple[Visit, str]:
    """A new session and its token; ``ended`` is the one that it takes the place of. Sessions past their time go too."""
    if ended is not None:
        session.delete(ended)
    session.execute(
        delete(Visit).where(
            or_(
                Visit.seen_at < now - IDLE,
                Visit.began_at < now - LONGEST,
                (Visit.stage != "full") & (Visit.began_at < now - ON_THE_WAY),
            )
        )
    )
    token = secrets.token_urlsafe(STRENGTH)
    visit = Visit(
        token=digest(token), account_id=account.id if account else None, stage=stage, pending={},
        form_token=secrets.token_urlsafe(STRENGTH), began_at=now, seen_at=now,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    return visit, token


def found(session: Session, token: str, now: dt.datetime) -> tuple[Visit, Account | None] | None:
    """The session of a token with its account, if it has not ended; it counts as seen now."""
    visit = session.scalar(select(Visit).where(Visit.token == digest(token)))
    if visit is None:
        return None
    longest = LONGEST if visit.stage == "full" else ON_THE_WAY
    account = session.get(Account, visit.account_id) if visit.account_id else None
    if visit.seen_at < now - IDLE or visit.began_at < now - longest or (account is not None and account.closed):
        session.delete(visit)
        return None
    if now - visit.seen_at > dt.timedelta(minutes=1):
        visit.seen_at = now
    return visit, account


def end(session: Session, visit: Visit) -> None:
    """Sign out."""
    session.delete(visit)


def shown(answer: Response, token: str) -> Response:
    """``answer`` with the token in its cookie. Lax, not strict: on the way back from a provider the browser has to show it."""
    answer.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")
    return answer


def is_own_form(visit: Visit, form_token: str) -> bool:
    """Whether a form was made for this session."""
    return secrets.compare_digest(visit.form_token, form_token)
