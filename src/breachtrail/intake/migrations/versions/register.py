"""Reports, their versions, drafts and decisions, assessments, settings, and the audit trail that only grows."""

import sqlalchemy as sa
from alembic import op

from breachtrail.intake.tables import Moment

revision = "register"
down_revision = None
branch_labels = None
depends_on = None

_GROW_ONLY = ("version", "decision", "assessment", "audit")


def upgrade() -> None:
    """Make the first tables, and let the database itself refuse to change what may only grow."""
    _reports()
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("rules", sa.String(40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("conclusion", sa.String(30), nullable=False),
        *_by_whom("at"),
    )
    op.create_index("assessment_by_organisation", "assessment", ["organisation"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *_by_whom("at"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    for table in _GROW_ONLY:
        _let_grow_only(table)


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tracking_number", sa.String(12), unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("record", sa.Integer(), unique=True),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("filed_at", Moment()),
    )
    op.create_index("report_by_organisation", "report", ["organisation"])
    op.create_index("report_by_state", "report", ["state"])
    op.create_table(
        "draft",
        sa.Column("report_id", sa.String(32), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
    )
    op.create_table(
        "version",
        sa.Column("report_id", sa.String(32), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        *_by_whom("filed_at"),
    )
    op.create_table(
        "decision",
        sa.Column("report_id", sa.String(32), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_by_whom("at"),
    )


def _by_whom(moment: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column(moment, Moment(), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )


def _let_grow_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
    )
