"""What a register of one's own keeps. The tables of accounts stand in identity.py, upon the same Base.

A report is what was filed, in numbered versions that are never changed; beside it lies at most one draft, of the first
version or of the next. Decisions, assessments and the audit trail only grow: the database itself refuses to change them
(migrations/versions/register.py).
"""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, Integer, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[dt.datetime]):
    """A moment with its zone; kept in UTC, and given back in UTC by every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC; a moment without a zone is refused, for nobody knows what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """SQLite gives it back without its zone, PostgreSQL in the zone of the connection."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """All tables of the store."""


class Filed(Base):
    """One report, from its first draft on.

    state:        draft, filed, in_review, returned, accepted, public, archive
    version:      the newest version filed; 0 before the first
    judged:       the newest version that the office accepted or returned
    accepted:     the newest version that the office accepted: what the register shows
    record:       its number in the public register, once it is public
    closing:      what the register says of the case since it is in the archive
    """

    __tablename__ = "report"
    __table_args__ = (Index("report_by_organisation", "organisation"), Index("report_by_state", "state"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    tracking_number: Mapped[str | None] = mapped_column(String(12), unique=True)
    version: Mapped[int] = mapped_column(Integer, default=0)
    judged: Mapped[int] = mapped_column(Integer, default=0)
    accepted: Mapped[int] = mapped_column(Integer, default=0)
    record: Mapped[int | None] = mapped_column(Integer, unique=True)
    closing: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    filed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Draft(Base):
    """What is being typed: at most one a report. answers: field → text or texts, as typed."""

    __tablename__ = "draft"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)


class Version(Base):
    """One filing: the first, or an addendum. Never changed."""

    __tablename__ = "version"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    filed_at: Mapped[dt.datetime] = mapped_column(Moment)
    account: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))


class Decision(Base):
    """What the office decided of a version, and why. Never changed."""

    __tablename__ = "decision"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    decision: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    account: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))


class Assessed(Base):
    """One assessment of an incident, with its conclusion. Never changed: another look is another row."""

    __tablename__ = "assessment"
    __table_args__ = (Index("assessment_by_organisation", "organisation"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    rules: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    conclusion: Mapped[str] = mapped_column(String(30))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    account: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))


class AuditEntry(Base):
    """One link of the audit trail. Never changed. detail: JSON, as it was hashed."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    account: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class Choice(Base):
    """What the office has set (setting.py)."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


#: Tables whose rows nobody may change or take away.
GROW_ONLY = ("version", "decision", "assessment", "audit")
