"""The language of a person, and the mails that reminded of deadlines."""

import sqlalchemy as sa
from alembic import op

from breachtrail.intake.tables import Moment

revision = "reminder"
down_revision = "identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column and a table more."""
    op.add_column("account", sa.Column("language", sa.String(2)))
    op.create_table(
        "reminder",
        sa.Column("account_id", sa.String(32), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment()),
    )


def downgrade() -> None:
    """What was sent is forgotten."""
    op.drop_table("reminder")
    op.drop_column("account", "language")
