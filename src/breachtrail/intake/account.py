"""Accounts: who invites whom, how a password and a code are judged, and what locks an account.

Nobody is given a password: an administrator invites, and the invitation, good once and for a day, lets the person choose one.
Refusals come back as values, not as errors: what was tried has to be kept, and an error would undo it.
"""

import datetime as dt
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeConflict, IntakeNotFound, IntakeRefused
from breachtrail.intake import audit, onetime, password
from breachtrail.intake.actor import Actor
from breachtrail.intake.identity import AccessKey, Account, Visit
from breachtrail.intake.permissions import Role
from breachtrail.intake.secret import STRENGTH, Secrets

INVITATION = dt.timedelta(hours=24)
LOCK = dt.timedelta(minutes=15)
#: Refused attempts in a row after which an account waits, from wherever they come.
MOST_FAILURES = 10
KEY_LIFE = dt.timedelta(days=365)
#: The roles whose people work for the office itself; only a filer belongs to an organisation that files.
OFFICE = frozenset(Role) - {Role.FILER}


def digest(code: str) -> bytes:
    """How tokens, invitations and keys are kept: they have 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(code.encode()).digest()


def invite(
    session: Session, by: Actor | None, email: str, name: str, role: Role, organisation: str, now: dt.datetime,
    by_provider: bool = False,
) -> tuple[Account, str]:  # fmt: skip
    """A new account and its invitation; without ``by`` it was the command line.

    Raises IntakeRefused with the fields that cannot be, IntakeConflict where there is an account already.
    """
    email, name = _written(email).lower(), _written(name)
    organisation = _written(organisation) if role is Role.FILER else ""
    refused = {}
    if email.count("@") != 1 or " " in email or not all(email.split("@")) or len(email) > 254:
        refused["email"] = "email"
    if not name or len(name) > 200:
        refused["name"] = "name"
    if role is Role.FILER and (not organisation or len(organisation) > 200):
        refused["organisation"] = "organisation"
    if refused:
        raise IntakeRefused("These fields cannot be taken: " + ", ".join(refused) + ".", refused)
    if session.scalar(select(Account.id).where(Account.email == email)):
        raise IntakeConflict(f"There is an account for {email} already.")
    account = Account(
        id=secrets.token_hex(8), email=email, name=name, role=role.value, organisation=organisation,
        by_provider=by_provider, made_at=now,
    )  # fmt: skip
    session.add(account)
    session.flush()
    audit.record(session, by, "account.invited", account.id, {"role": role.value, "organisation": organisation})
    return account, _invitation(account, now)


def invite_again(session: Session, by: Actor, account_id: str, now: dt.datetime) -> tuple[Account, str]:
    """For a forgotten password or a lost authenticator: both are forgotten, every session ends, a new invitation is made."""
    account = one(session, account_id)
    account.password, account.seed, account.counter = None, None, 0
    account.failures, account.locked_until = 0, None
    end_visits(session, account)
    session.execute(delete(AccessKey).where(AccessKey.account_id == account.id))
    audit.record(session, by, "account.invited_again", account.id, {})
    return account, _invitation(account, now)


def close(session: Session, by: Actor, account_id: str, closed: bool) -> None:
    """Nobody comes in by a closed account; its sessions and keys end at once. The last open administrator stays."""
    account = one(session, account_id)
    others = select(func.count()).where(
        Account.role == Role.ADMINISTRATOR.value, Account.closed.is_(False), Account.id != account.id
    )
    if closed and account.role == Role.ADMINISTRATOR.value and not session.scalar(others):
        raise IntakeConflict("The last administrator cannot be closed: nobody could open an account again.")
    account.closed = closed
    if closed:
        end_visits(session, account)
        session.execute(delete(AccessKey).where(AccessKey.account_id == account.id))
    audit.record(session, by, "account.closed" if closed else "account.opened", account.id, {})


def all_of(session: Session) -> Iterable[Account]:
    """Every account, by e-mail address."""
    return session.scalars(select(Account).order_by(Account.email)).all()


def one(session: Session, account_id: str) -> Account:
    """The account, locked for this transaction. Raises IntakeNotFound."""
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise IntakeNotFound("There is no such account.")
    return account


def invited(session: Session, code: str, now: dt.datetime) -> Account | None:
    """Whose invitation ``code`` is, if it still is good."""
    account = session.scalar(select(Account).where(Account.invitation == digest(code)).with_for_update())
    if account is None or account.closed or account.invited_until is None or account.invited_until < now:
        return None
    return account


def take_up(session: Session, account: Account, chosen: str) -> str:
    """Set the password of an invited account. Why not (see ``password.refusal``), or empty."""
    if why := password.refusal(chosen, (account.email, account.name, account.organisation)):
        return why
    account.password = password.kept(chosen)
    account.invitation = account.invited_until = None
    audit.record(session, actor_of(account), "account.password_set", account.id, {})
    return ""


def change_password(session: Session, account: Account, present: str, chosen: str, now: dt.datetime) -> str:
    """Why the password cannot be changed (present, short, long, guessed), or empty; every session of the account ends."""
    if not _is_right(account, password.fits(present, account.password), now):
        return "present"
    if why := password.refusal(chosen, (account.email, account.name, account.organisation)):
        return why
    account.password = password.kept(chosen)
    end_visits(session, account)
    audit.record(session, actor_of(account), "account.password_set", account.id, {})
    return ""


def with_password(session: Session, email: str, tried: str, now: dt.datetime) -> Account | None:
    """The account, if the password is its own and it is neither locked nor closed. The same work is done for every answer."""
    found = session.scalar(select(Account).where(Account.email == email.strip().lower()).with_for_update())
    fits = password.fits(tried, found.password if found else None)
    if found is None or not _is_right(found, fits and not found.closed, now):
        audit.record(session, None, "sign_in.refused", found.id if found else "", {"factor": "password"})
        return None
    if password.is_outdated(found.password or ""):
        found.password = password.kept(tried)
    return found


def with_code(session: Session, account: Account, secrets_: Secrets, tried: str, now: dt.datetime) -> bool:
    """Whether ``tried`` is the account's present one-time code, not taken before; a wrong one counts towards the lock."""
    seed = secrets_.unseal(account.seed, account.id) if account.seed else ""
    period = onetime.counter_of(seed, tried, now, account.counter) if seed else None
    if not _is_right(account, period is not None, now):
        audit.record(session, None, "sign_in.refused", account.id, {"factor": "code"})
        return False
    account.counter = period or 0
    return True


def enrol(session: Session, account: Account, secrets_: Secrets, seed: str, tried: str, now: dt.datetime) -> bool:
    """Keep ``seed`` as the account's, if ``tried`` shows that an authenticator has it."""
    period = onetime.counter_of(seed, tried, now, 0)
    if period is None:
        return False
    account.seed, account.counter = secrets_.seal(seed, account.id), period
    audit.record(session, actor_of(account), "account.authenticator_set", account.id, {})
    return True


def signed_in(session: Session, account: Account, way: str, language: str, now: dt.datetime) -> None:
    """Keep that and how the person came in, and in which language."""
    account.failures, account.locked_until, account.signed_in_at, account.language = 0, None, now, language
    audit.record(session, actor_of(account), "sign_in.accepted", account.id, {"way": way})


def from_provider(
    session: Session, issuer: str, claims: dict[str, object], language: str, now: dt.datetime
) -> Account | None:
    """The account of the person a provider speaks of: by issuer and subject; the first time by a verified address.

    The address counts once, for an account that an administrator made for the provider; later it may change there.
    """
    subject = str(claims["sub"])
    account = session.scalar(
        select(Account).where(Account.issuer == issuer, Account.subject == subject).with_for_update()
    )
    if account is None and claims.get("email_verified") is True:
        email = str(claims.get("email", "")).lower()
        account = session.scalar(
            select(Account)
            .where(Account.email == email, Account.by_provider.is_(True), Account.subject.is_(None))
            .with_for_update()
        )
        if account is not None:
            account.issuer, account.subject = issuer, subject
    if account is None or account.closed:
        audit.record(session, None, "sign_in.refused", account.id if account else "", {"factor": "provider"})
        return None
    signed_in(session, account, "provider", language, now)
    return account


def make_key(session: Session, account: Account, label: str, now: dt.datetime) -> str:
    """An access key for the filer's own system; it is shown once."""
    key = "btk_" + secrets.token_urlsafe(STRENGTH)
    row = AccessKey(
        id=secrets.token_hex(8), hashed=digest(key), account_id=account.id, label=_written(label)[:100] or "-",
        made_at=now, good_until=now + KEY_LIFE,
    )  # fmt: skip
    session.add(row)
    audit.record(session, actor_of(account), "key.made", row.id, {})
    return key


def keys_of(session: Session, account_id: str) -> Iterable[AccessKey]:
    """The access keys of an account, the newest first."""
    return session.scalars(
        select(AccessKey).where(AccessKey.account_id == account_id).order_by(AccessKey.made_at.desc())
    ).all()


def drop_key(session: Session, account: Account, key_id: str) -> None:
    """End an access key of the account's own. Raises IntakeNotFound."""
    row = session.get(AccessKey, key_id)
    if row is None or row.account_id != account.id:
        raise IntakeNotFound("There is no such access key.")
    session.delete(row)
    audit.record(session, actor_of(account), "key.dropped", key_id, {})


def with_key(session: Session, key: str, now: dt.datetime) -> Account | None:
    """The account that an access key belongs to, if both are good."""
    row = session.scalar(select(AccessKey).where(AccessKey.hashed == digest(key)))
    account = session.get(Account, row.account_id) if row and row.good_until > now else None
    if row is None or account is None or account.closed:
        return None
    row.used_at = now
    return account


def actor_of(account: Account) -> Actor:
    """Who the account's person is to the rest of the house."""
    return Actor(account=account.id, name=account.name, role=Role(account.role), organisation=account.organisation)


def end_visits(session: Session, account: Account) -> None:
    """Every session of the account ends now."""
    session.execute(delete(Visit).where(Visit.account_id == account.id))


def _is_right(account: Account, right: bool, now: dt.datetime) -> bool:
    """Whether an attempt counts as right; a wrong one brings the lock nearer, and under the lock none is right."""
    if account.locked_until is not None and account.locked_until > now:
        return False
    if right:
        account.failures = 0
        return True
    account.failures += 1
    if account.failures >= MOST_FAILURES:
        account.failures, account.locked_until = 0, now + LOCK
    return False


def _invitation(account: Account, now: dt.datetime) -> str:
    code = secrets.token_urlsafe(STRENGTH)
    account.invitation, account.invited_until = digest(code), now + INVITATION
    return code


def _written(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
