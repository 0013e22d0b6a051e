"""Who may come in: the tables of accounts, sessions, access keys, and of the mails that people got. No password, token or key
stands in them in clear."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from breachtrail.intake.tables import Base, Moment


class Account(Base):
    """One person.

    email:         what the person signs in with, in lower case
    organisation:  the group whose reports a filer owns; empty for the office's own people
    password:      Argon2id; none before an invitation was taken up, none for those who come by a provider
    seed:          of the one-time codes, sealed; counter: the period of the last code taken
    invitation:    SHA-256 of a code that is good once, until ``invited_until``
    failures:      refused attempts in a row; locked_until: no attempt counts before
    issuer, subject: who the person is at the OpenID Connect provider, once seen there
    language:      of the pages when the person last signed in; mail is written in it
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    by_provider: Mapped[bool] = mapped_column(default=False)
    password: Mapped[str | None] = mapped_column(String(200))
    seed: Mapped[str | None] = mapped_column(String(200))
    counter: Mapped[int] = mapped_column(default=0)
    invitation: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    invited_until: Mapped[dt.datetime | None] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None] = mapped_column(Moment)
    closed: Mapped[bool] = mapped_column(default=False)
    issuer: Mapped[str | None] = mapped_column(String(300))
    subject: Mapped[str | None] = mapped_column(String(255))
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    signed_in_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    language: Mapped[str | None] = mapped_column(String(2))


class Visit(Base):
    """One session of a browser, found by the SHA-256 of its token.

    stage:   ``password`` (the code is still owed), ``full``, or ``provider`` (gone to the provider, not back yet)
    pending: what has to outlive one request: the provider's state and nonce, a seed not confirmed yet, a sentence to show
    """

    __tablename__ = "visit"
    __table_args__ = (Index("visit_by_account", "account_id"),)

    token: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stage: Mapped[str] = mapped_column(String(10))
    form_token: Mapped[str] = mapped_column(String(64))
    pending: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    began_at: Mapped[dt.datetime] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment)


class AccessKey(Base):
    """What a filer's own system shows instead of a session, found by its SHA-256; good for a year, and for filing only."""

    __tablename__ = "access_key"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    hashed: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    good_until: Mapped[dt.datetime] = mapped_column(Moment)
    used_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Reminder(Base):
    """One mail to one person on one day. told: the deadlines in it; sent_at: none until the mail server has it."""

    __tablename__ = "reminder"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    told: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    begun_at: Mapped[dt.datetime] = mapped_column(Moment)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Moment)
