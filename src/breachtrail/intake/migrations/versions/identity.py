"""Accounts, the sessions of browsers, and access keys."""

import sqlalchemy as sa
from alembic import op

from breachtrail.intake.tables import Moment

revision = "identity"
down_revision = "register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "account",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("by_provider", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("seed", sa.String(200)),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("invitation", sa.LargeBinary(32), unique=True),
        sa.Column("invited_until", Moment()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Moment()),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("issuer", sa.String(300)),
        sa.Column("subject", sa.String(255)),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("signed_in_at", Moment()),
        sa.UniqueConstraint("issuer", "subject"),
    )
    op.create_table(
        "visit",
        sa.Column("token", sa.LargeBinary(32), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("account.id", ondelete="CASCADE")),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("form_token", sa.String(64), nullable=False),
        sa.Column("pending", sa.JSON(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
    )
    op.create_index("visit_by_account", "visit", ["account_id"])
    op.create_table(
        "access_key",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("hashed", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("good_until", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
    )


def downgrade() -> None:
    """Nobody comes in any more: the tables go."""
    for table in ("access_key", "visit", "account"):
        op.drop_table(table)
